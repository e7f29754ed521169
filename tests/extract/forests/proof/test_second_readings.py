"""Two readings of one plot become one."""

import pytest

from extract.forests.plot import Plot, PlotRow
from extract.forests.proof.second_readings import without_second_readings
from extract.page.box import Box

PLACE = Box(50, 100, 400, 300, page=3)


def plot(reader: str, *estimates: str, place: Box = PLACE) -> Plot:
    rows = [
        PlotRow({"estimate": text, "ci_low": "0.1", "ci_high": "9.0"}, place, read_by=(reader,)) for text in estimates
    ]
    return Plot("Figure 1", "", place, "OR", "log", tuple(rows))


def test_the_reading_of_the_text_is_kept() -> None:
    text, picture = plot("pdfplumber", "1.1", "1.2", "1.3"), plot("rapidocr", "1.1", "1.2", "1.3")
    assert without_second_readings([text, picture]) == [text]
    assert without_second_readings([picture, text]) == [text]


def test_rows_of_the_other_reading_alone_are_a_flag() -> None:
    text, picture = plot("pdfplumber", "1.1", "1.2", "1.3"), plot("rapidocr", "1.1", "1.2", "1.8")
    (found,) = without_second_readings([text, picture])
    assert [(flag.column, flag.code, flag.reading) for flag in found.flags] == [("", "RDR012", "1.8 (0.1, 9.0)")]


@pytest.mark.parametrize(
    ("estimates", "place"),
    [
        (("2.1", "2.2"), PLACE),
        (("1.1", "1.2"), Box(50, 400, 400, 600, page=3)),
        (("1.1", "1.2"), Box(50, 100, 400, 300)),
    ],
)
def test_other_rows_or_places_are_another_plot(estimates: tuple[str, ...], place: Box) -> None:
    plots = [plot("pdfplumber", "1.1", "1.2"), plot("rapidocr", *estimates, place=place)]
    assert without_second_readings(plots) == plots
