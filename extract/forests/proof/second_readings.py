"""Two readings of one plot: by the text of the page and out of the picture below it."""

from collections.abc import Sequence
from dataclasses import replace

from extract.forests.plot import INTERVAL_COLUMNS, PICTURE_READER, Plot, PlotFlag

SECOND_READING = "RDR012"
SAME_PLOT_SHARE = 0.5  # of the smaller box: two readings of one plot stand in one place
SAME_ROWS_SHARE = 0.5  # of the intervals of the shorter reading are in the other: OCR may misread the rest

ReadInterval = tuple[str, ...]


def without_second_readings(plots: Sequence[Plot]) -> list[Plot]:
    """The plots, each read once: of two readings in one place with the same intervals the longer one, or that of the
    text. A flag names intervals that only the other reading has."""
    found: list[Plot] = []
    for plot in sorted(plots, key=lambda plot: (-len(intervals_read(plot)), PICTURE_READER in plot.rows[0].read_by)):
        first = next((i for i, other in enumerate(found) if are_one_plot(other, plot)), None)
        if first is None:
            found.append(plot)
        elif missing := sorted(intervals_read(plot) - intervals_read(found[first])):
            found[first] = replace(found[first], flags=(*found[first].flags, second_reading(missing, plot)))
    return sorted(found, key=lambda plot: next(i for i, other in enumerate(plots) if other.rows is plot.rows))


def second_reading(missing: Sequence[ReadInterval], plot: Plot) -> PlotFlag:
    texts = ", ".join(f"{estimate} ({low}, {high})" for estimate, low, high in missing)
    return PlotFlag(
        "", SECOND_READING, plot.rows[0].read_by[0], texts, "another reading of the plot has these intervals"
    )


def are_one_plot(first: Plot, second: Plot) -> bool:
    """Whether two plots stand in one place and share most intervals."""
    a, b = first.box, second.box
    if a.page != b.page or a.overlap_x(b) <= 0 or a.overlap_y(b) <= 0:
        return False
    shared = a.overlap_x(b) * a.overlap_y(b)
    rows, others = intervals_read(first), intervals_read(second)
    together = shared >= SAME_PLOT_SHARE * min(a.width * a.height, b.width * b.height)
    return together and len(rows & others) >= max(1, SAME_ROWS_SHARE * min(len(rows), len(others)))


def intervals_read(plot: Plot) -> set[ReadInterval]:
    """The estimates with their limits that a reading of a plot has."""
    rows = (tuple(row.values.get(column, "") for column in INTERVAL_COLUMNS) for row in plot.rows)
    return {row for row in rows if all(row)}
