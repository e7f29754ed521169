"""Forest plots on the screen and as CSV, with their doubts."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from extract.forests.plot import Plot, PlotFlag, PlotRow
from extract.output.forests import plots_csv, plots_json, plots_text
from extract.page.box import Box

PLACE = Box(50, 100, 500, 108, page=4)
LI = PlotRow(
    {"kind": "study", "label": "Li 2020", "estimate": "0.85", "ci_low": "0.58", "ci_high": "1.24", "weight": "60.1"},
    PLACE,
    (PlotFlag("ci_low", "RDR010", "rapidocr", "0.58", "OCR confidence 0.61"),),
)
WU = PlotRow(
    {"kind": "study", "label": "Wu 2021", "estimate": "0.91", "ci_low": "0.60", "ci_high": "1.38", "weight": "39.9"},
    PLACE,
    (PlotFlag("weight", "RDR011", "rapidocr", "399", "the weights add up to 100"),),
)
MARK = PlotRow({"drawn_estimate": "0.7"}, PLACE, (PlotFlag("label", "RDR012", "drawing", "", "a mark without a row"),))
PLOT = Plot("Figure 2", "Survival", PLACE, "HR", "log", (LI, WU, MARK))


def test_doubtful_cells_are_marked_on_the_screen() -> None:
    lines = [line.strip() for line in plots_text([PLOT], 100).splitlines()]
    assert lines[1] == "page 4: 3 rows, HR, log axis, 2 in doubt [?], 1 repaired [~]"
    assert [" ".join(line.split()) for line in lines[5:8]] == [
        "study Li 2020 0.85 (0.58, 1.24) [?] 60.1",
        "study Wu 2021 0.91 (0.60, 1.38) 39.9 [~]",
        "[?] 0.7",
    ]
    assert lines[9:12] == [
        "[?] row 1 (Li 2020), ci_low: RDR010 OCR confidence 0.61",
        "[?] row 3, label: RDR012 a mark without a row",
        "[~] row 2 (Wu 2021), weight: RDR011 rapidocr reads '399': the weights add up to 100",
    ]


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("arm1_total", "7/25 [?]"),
        ("ci_high", "0.85 (0.58, 1.24) [?]"),
        ("drawn_ci_low", "0.851 [?]"),
        ("drawn_weight", "60.1 [?]"),
        ("measure", "Li 2020 [?]"),
        ("p", "[?]"),
    ],
)
def test_the_mark_stands_where_the_screen_shows_the_value(column: str, shown: str) -> None:
    values = LI.values | {"arm1_events": "7", "arm1_total": "25", "drawn_estimate": "0.851"}
    row = replace(LI, values=values, flags=(PlotFlag(column, "RDR010", "rapidocr", "", "OCR confidence 0.61"),))
    text = plots_text([replace(PLOT, rows=(row,))], 120)
    line = next(line for line in text.splitlines() if line.startswith(" study"))
    assert shown in line
    assert line.count("[?]") == 1


def test_doubtful_values_are_named_in_the_csv() -> None:
    rows = list(csv.DictReader(plots_csv([PLOT])["figure_2.csv"].splitlines()))
    assert [row["flags"] for row in rows] == [
        "ci_low: RDR010 OCR confidence 0.61",
        "weight: RDR011 rapidocr reads '399': the weights add up to 100",
        "label: RDR012 a mark without a row",
    ]


def test_a_doubt_about_the_whole_plot_is_shown_everywhere(tmp_path: Path) -> None:
    plot = replace(PLOT, flags=(PlotFlag("", "RDR012", "drawing", "", "a second column is not read"),))
    lines = plots_text([plot], 100).splitlines()
    assert lines[1].startswith("page 4: 3 rows, HR, log axis, in doubt [?], 2 in doubt [?]")
    assert "[?] plot: RDR012 a second column is not read" in lines
    first, *_ = csv.DictReader(plots_csv([plot])["figure_2.csv"].splitlines())
    assert first["flags"] == "plot: RDR012 a second column is not read | ci_low: RDR010 OCR confidence 0.61"
    pdf = tmp_path / "a.pdf"
    pdf.touch()
    (found,) = json.loads(plots_json(pdf, [plot]))["plots"]
    assert found["flags"] == [[-1, -1, "RDR012", "a second column is not read"]]


def test_the_csv_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "figure_2.csv"
    path.write_text(plots_csv([replace(PLOT, rows=(LI, WU))])["figure_2.csv"], encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path), "--schema", "forest"])
    assert "SCH002" not in result.output
    assert "2 rows have flags of the reader, which are not checked" in result.output


def test_a_plot_without_rows_is_named() -> None:
    assert "page 4: 0 rows, HR, log axis" in plots_text([replace(PLOT, rows=())], 100)
