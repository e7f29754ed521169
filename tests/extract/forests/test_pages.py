"""Which pages may show a plot, and which captions name another kind of figure."""

from pathlib import Path

import pytest

from extract.forests.pages import OTHER_FIGURES, caption_of, has_intervals, pages_with_pictures, pages_with_plots
from extract.forests.raster.images import KnownPictures
from extract.forests.text.captions import FigureCaption
from extract.page.box import Box
from extract.page.document import open_document

FACSIMILES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"
FIGURES = [9, 10, 11, 12]


def test_pages_of_drawings_and_of_pictures() -> None:
    for name, drawn, pictured in (("cao2025_vector", FIGURES, []), ("cao2025", [], FIGURES)):
        with open_document(FACSIMILES / f"{name}.pdf") as document:
            assert set(drawn) <= set(pages_with_plots(document, document.numbers()))
            assert pages_with_pictures(document, document.numbers(), KnownPictures()) == pictured


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4.32 (1.27, 14.70)\r\n4.06 (1.21, 13.60)\r\n1.87 (0.93, 3.76)", True),
        ("1.75\r\n8.68\r\n2.27\r\n[0.58;  5.24]\r\n[1.26; 59.95]\r\n[0.12; 41.77]", True),
        ("\x13\x11\x13\x14 " * 20, True),
        ("OR 4.32 (1.27, 14.70) and OR 4.06 (1.21, 13.60)", False),
        ("(12, 13), (14-16), (Table 1, Table 2), (95% CI)", False),
    ],
)
def test_texts_with_intervals(text: str, found: bool) -> None:
    assert has_intervals(text) is found


def caption(text: str, top: float, x0: float = 50) -> FigureCaption:
    return FigureCaption("Figure 1", text, x0, top, x0 + 200, top + 10)


def test_captions_of_pictures() -> None:
    place = Box(60.0, 100.0, 240.0, 200.0)
    below, above, far = caption("below", 210), caption("above", 60), caption("beside", 150, 400)
    assert caption_of(place, [above, below, far]) == below
    assert caption_of(place, [above, far]) == above
    assert caption_of(place, [far]) == far
    assert caption_of(place, [far, caption("another", 500, 400)]) is None


@pytest.mark.parametrize(
    "text", ["PRISMA flow chart", "Kaplan-Meier curves of survival", "Funnel plot", "Flow of patients", "CT scans"]
)
def test_captions_of_other_figures(text: str) -> None:
    assert OTHER_FIGURES.search(text)


@pytest.mark.parametrize(
    "text", ["Objective response rates per histologic subtypes", "Meta-analysis of survival", "Reoperations"]
)
def test_captions_that_may_be_of_plots(text: str) -> None:
    assert not OTHER_FIGURES.search(text)
