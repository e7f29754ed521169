"""Real drawings, in the folder DOUBLETAKE_CORPUS: those made by statistics packages agree with the numbers printed
beside them."""

import os
from pathlib import Path

import pytest

from extract.forests.plot import PlotRow
from extract.forests.reading import read_forests

FOLDER = os.environ.get("DOUBLETAKE_CORPUS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="DOUBLETAKE_CORPUS is not set: it names a folder of real papers")
DRAWN = ("drawn_estimate", "drawn_ci_low", "drawn_ci_high")


def rows_of(name: str) -> list[PlotRow]:
    plots = read_forests(Path(FOLDER) / "forest" / "vector" / f"{name}.pdf")
    return [row for plot in plots for row in plot.rows if row.values.get("ci_low")]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("10.1186_s13027-016-0058-9", 23),
        ("10.1186_s40064-016-3064-x", 29),
        ("10.1515_med-2016-0052", 72),
        ("10.5812_ircmj.40061", 202),
        ("r-meta-figure2", 19),
    ],
)
def test_rows_stand_where_they_are_printed(name: str, count: int) -> None:
    agreeing = [row for row in rows_of(name) if "drawing" in row.read_by]
    assert len(agreeing) >= 0.95 * count


def test_a_diamond_added_by_hand_does_not_agree() -> None:
    """A plot has two pooled lines, fixed and random; the package draws one."""
    unlike = [row for row in rows_of("10.1186_s40064-016-3064-x") if "drawing" not in row.read_by]
    row, other = [row for row in unlike if row.values["kind"] == "overall"]  # of Figures 2 and 4
    assert other.values["estimate"] == "3.21"
    assert [row.values[name] for name in ("estimate", "ci_low", "ci_high")] == ["2.05", "1.51", "2.77"]
    assert [float(row.values[name]) for name in DRAWN] == pytest.approx([2.05, 1.495, 2.81], abs=0.01)


def test_a_slipped_decimal_point_is_seen_in_the_picture_beside_the_text() -> None:
    (row,) = [row for row in rows_of("10.2147_OTT.S101858") if row.values["estimate"] == "11.1"]
    assert "drawing" not in row.read_by
    assert float(row.values["drawn_estimate"]) == pytest.approx(1.11, abs=0.05)
