"""Forest plots as JSON, as CSV files, and as text for the screen."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.errors import UnreadPart
from extract.forests.plot import Plot, PlotFlag, PlotRow
from extract.output.doubts import (
    FLAGS_COLUMN,
    WHOLE_EXHIBIT,
    CellDoubt,
    doubt_counts,
    doubt_lines,
    flags_cell,
    mark_of,
    short_label,
)
from extract.output.output_forms import (
    OutputForms,
    csv_names,
    csv_of_rows,
    escape_markup,
    flag_reason,
    grid_text,
    json_text,
)
from extract.page.box import Box

FOREST_COLUMNS = (
    *("kind", "group", "label", "treatment", "measure", "n_studies", "total", "cr", "pr", "events"),
    *(f"arm{arm}_{name}" for arm in (1, 2) for name in ("events", "total", "mean", "sd")),
    *("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high", "weight"),
    *("i2", "tau2", "q", "df", "z", "p"),
    *("drawn_estimate", "drawn_ci_low", "drawn_ci_high", "drawn_weight"),
)
UNWRAPPED_COLUMNS = ("estimate", "drawn", "prediction")  # an interval is read in one piece
_MERGED_INTO = (  # beginning of columns of the schema -> the column of the screen that shows them
    *(("arm1_", "arm 1"), ("arm2_", "arm 2"), ("ci_", "estimate"), ("prediction_", "prediction")),
    *(("drawn_weight", "weight"), ("drawn_", "drawn")),
)
PLACE_COLUMNS = ("page", "x0", "top", "x1", "bottom")


def plots_json(path: Path, plots: Sequence[Plot], unread: Sequence[UnreadPart] = ()) -> str:
    """Return the plots of a file as the JSON that `doubletake forest --json` prints."""
    return json_text(path, unread, plots=[_as_json(plot) for plot in plots])


def _as_json(plot: Plot) -> dict[str, Any]:
    return {
        "label": plot.label,
        "caption": plot.caption,
        "title": plot.title,
        "page": plot.box.page,
        "bbox": _rounded(plot.box),
        "measure": plot.measure,
        "scale": plot.scale,
        "heads": list(plot.heads),
        "rows": [{**forest_record(i, row), "flags": list(_flags(row))} for i, row in enumerate(plot.rows, 1)],
        "flags": [[-1, -1, flag.code, _reason_of_plot(flag)] for flag in plot.flags],
    }


def forest_record(number: int, row: PlotRow) -> dict[str, str]:
    """Return a row of a plot as a record of the schema `forest`; every value is text. `number`: its row, from 1."""
    values = {name: row.values.get(name, "") for name in FOREST_COLUMNS}
    notes = ";".join(f"{column}:{mark}" for column, mark in row.marks.items())
    place = dict(zip(PLACE_COLUMNS, (str(row.box.page), *map(str, _rounded(row.box))), strict=True))
    return {"row": str(number), **values, "notes": notes, **place, "read_by": "+".join(row.read_by)}


def _rounded(box: Box) -> list[float]:
    return [round(value, 1) for value in box.edges]


def _flags(row: PlotRow) -> Iterator[tuple[str, str, str]]:
    return ((flag.column, flag.code, _reason(row, flag)) for flag in row.flags)


def _reason(row: PlotRow, flag: PlotFlag) -> str:
    return flag_reason(flag.reader, flag.reading, flag.evidence, row.values.get(flag.column, ""))


def _reason_of_plot(flag: PlotFlag) -> str:
    return flag_reason(flag.reader, flag.reading, flag.evidence, "")


def plots_csv(plots: Sequence[Plot]) -> dict[str, str]:
    """Return a CSV of the schema `forest` for each plot, by file name. Each panel of a figure is a plot of its own. A
    last column, `flags`, says which values of the row are in doubt or repaired; in the first row, also the doubts about
    the whole plot."""
    names = csv_names((plot.label for plot in plots), "forest")
    return {name: csv_of_rows(_lines(plot)) for name, plot in zip(names, plots, strict=True)}


def _lines(plot: Plot) -> Iterator[Sequence[str]]:
    head = ["row", *FOREST_COLUMNS, "notes", *PLACE_COLUMNS, "read_by"]
    yield [*head, FLAGS_COLUMN]
    whole = [("plot", flag.code, _reason_of_plot(flag)) for flag in plot.flags]
    for number, row in enumerate(plot.rows, 1):
        values = forest_record(number, row)
        flags = [*(whole if number == 1 else []), *_flags(row)]
        yield [*(values[name] for name in head), flags_cell(flags)]


def plots_text(plots: Sequence[Plot], width: int) -> str:
    """Return the plots as text for a screen of `width` columns: caption, page, the columns that are not empty with a
    mark at the cells in doubt, and a line for each doubt."""
    return "".join(f"{line}\n" for plot in plots for line in _block(plot, width))


def _block(plot: Plot, width: int) -> list[str]:
    doubts = [CellDoubt(WHOLE_EXHIBIT, f.code, "plot", _reason_of_plot(f), f.evidence) for f in plot.flags]
    doubts += [_doubt(number, row, flag) for number, row in enumerate(plot.rows, 1) for flag in row.flags]
    return [*_heading(plot, doubts), _grid(plot, width), *doubt_lines(doubts), ""]


def _heading(plot: Plot, doubts: Sequence[CellDoubt]) -> list[str]:
    parts = [f"{len(plot.rows)} rows", plot.measure, f"{plot.scale} axis", *doubt_counts(doubts)]
    about = ", ".join(filter(None, parts))
    page = f"page {plot.box.page}" + (f", {plot.title}" if plot.title else "")
    return [f"{plot.label or 'Forest plot'}  {plot.caption}".strip(), f"{page}: {about}"]


def _doubt(number: int, row: PlotRow, flag: PlotFlag) -> CellDoubt:
    label = f" ({short_label(row.values['label'])})" if row.values.get("label") else ""
    place = f"row {number}{label}, {flag.column}"
    return CellDoubt((number, flag.column), flag.code, place, _reason(row, flag), flag.evidence)


def _grid(plot: Plot, width: int) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    rows = [_marked_cells(row) for row in plot.rows]
    names = [name for name in merged_cells({}) if any(row[name] for row in rows)]
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in names:
        grid.add_column(name, overflow="fold", no_wrap=name in UNWRAPPED_COLUMNS)
    for row in rows:
        grid.add_row(*(escape_markup(row[name]) for name in names))
    return grid_text(grid, width)


def _marked_cells(row: PlotRow) -> dict[str, str]:
    """The merged cells of a row, with the mark of their doubts; flags on columns that are not shown mark the label."""
    cells = merged_cells(row.values)
    codes: dict[str, list[str]] = {}
    for flag in row.flags:
        name = next((shown for part, shown in _MERGED_INTO if flag.column.startswith(part)), flag.column)
        codes.setdefault(name if name in cells else "label", []).append(flag.code)
    return {name: " ".join(filter(None, [text, mark_of(codes.get(name, ()))])) for name, text in cells.items()}


def merged_cells(values: Mapping[str, str]) -> dict[str, str]:
    """Return a row in fewer columns: counts as "7/25", means as "14.1 (4.8) 25", intervals as "1.75 (0.58, 5.24)"."""
    cells = {name: values.get(name, "") for name in ("kind", "group", "label", "treatment", "n_studies")}
    cells |= {name: values.get(name, "") for name in ("events", "cr", "pr", "total")}
    cells |= {f"arm {arm}": _arm(values, f"arm{arm}_") for arm in (1, 2)}
    cells["estimate"] = _interval(values, "estimate", "ci_low", "ci_high")
    cells["drawn"] = _interval(values, "drawn_estimate", "drawn_ci_low", "drawn_ci_high")
    cells["prediction"] = _interval(values, "", "prediction_low", "prediction_high")
    return cells | {name: values.get(name, "") for name in ("weight", "i2", "tau2", "q", "df", "z", "p")}


def _arm(values: Mapping[str, str], arm: str) -> str:
    events, total, mean, sd = (values.get(arm + name, "") for name in ("events", "total", "mean", "sd"))
    return f"{mean} ({sd}) {total}" if mean else "/".join(filter(None, (events, total)))


def _interval(values: Mapping[str, str], *names: str) -> str:
    estimate, low, high = (values.get(name, "") for name in names)
    return f"{estimate} ({low}, {high})".strip() if low or high else estimate


PLOT_FORMS: OutputForms[Plot] = OutputForms(plots_json, plots_csv, plots_text)
