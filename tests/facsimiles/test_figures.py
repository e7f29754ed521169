"""The figures of cao2025 print every cell and draw every value where it belongs; pictures show what drawings do."""

import csv
import math
import re
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from scipy.stats import beta

FACSIMILES = Path(__file__).parents[2] / "raw_pdfs" / "facsimiles"
SOURCES = FACSIMILES / "cao2025"
NOT_PRINTED = {"row", "row_kind", "group"}
typesetter = runpy.run_path(str(FACSIMILES / "typeset.py"))
FIGURES, FIGURE_VARIANTS = typesetter["FIGURES"], typesetter["FIGURE_VARIANTS"]
CAPTION = re.compile(r"(Fig\. \d\.) (?:Objective responses,|Rates of|Severe adverse|Made-up)")
DRAWN = [name for name, figures in FIGURE_VARIANTS.items() if figures.dpi == 0]
PICTURES = [name for name, figures in FIGURE_VARIANTS.items() if figures.dpi]


def rows_of(name: str) -> list[dict[str, str]]:
    with (SOURCES / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def printed_texts(variant: str) -> set[str]:
    """What the figures of a variant must print: cells, joined as they are printed."""
    names = [*FIGURES[:3], "ratios"] if variant == "log" else FIGURES
    hidden = NOT_PRINTED | ({"treatment"} if variant == "panels" else set())
    rows = [row for name in names for row in rows_of(name)]
    cells = {text for row in rows for column, text in row.items() if column not in hidden and text not in ("", ".")}
    intervals = {f"({row['ci_low']}, {row['ci_high']})" for row in rows if row["ci_low"]}
    return cells | intervals | {row["group"] for row in rows if row.get("row_kind") == "study" and row.get("group")}


def figure_pages(pdf: Path) -> dict[int, tuple[str, str]]:
    """Pages with the captions of figures, from 0: the figures whose captions stand there, and the text."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    captions = [" ".join(CAPTION.findall(text)) for text in texts]
    return {number: found for number, found in enumerate(zip(captions, texts, strict=True)) if found[0]}


def text_of(pdf: Path) -> str:
    """The pages with figures, without white space."""
    text = "".join(text for _, text in figure_pages(pdf).values())
    return "".join(text.replace("\ufffe", "-").split())


@pytest.mark.parametrize("variant", DRAWN)
def test_drawings_print_every_cell(variant: str, tmp_path: Path) -> None:
    typesetter["typeset"]("cao2025", tmp_path / "paper.pdf", variant)
    text = text_of(tmp_path / "paper.pdf")
    assert {cell for cell in printed_texts(variant) if "".join(cell.split()) not in text} == set()
    assert "Overall(I^2=75.52%,p=0.00);" in text


@pytest.mark.parametrize("variant", PICTURES)
def test_pictures_have_captions_but_no_text_layer(variant: str, tmp_path: Path) -> None:
    typesetter["typeset"]("cao2025", tmp_path / "paper.pdf", variant)
    pages = figure_pages(tmp_path / "paper.pdf")
    assert " ".join(captions for captions, _ in pages.values()) == "Fig. 2. Fig. 3. Fig. 4. Fig. 5."
    assert [number for number, (_, text) in pages.items() if "(0.00," in text] == []
    figures = FIGURE_VARIANTS[variant]
    with pdfplumber.open(tmp_path / "paper.pdf") as document:
        images = [image for number in pages for image in document.pages[number].images]
    longest = 676 if figures.look == "sideways" else 491
    assert [image["srcsize"][0] for image in images] == [math.ceil(longest * figures.dpi / 72)] * 4


def test_committed_pictures_are_those_of_the_drawings(tmp_path: Path) -> None:
    typesetter["draw_pictures"](tmp_path, typesetter["Figures"]())
    for name in FIGURES:
        with Image.open(tmp_path / f"{name}.jpg") as new, Image.open(SOURCES / f"{name}.jpg") as committed:
            assert (new.size, new.mode) == (committed.size, committed.mode)
            difference = np.abs(np.asarray(new, dtype=float) - np.asarray(committed, dtype=float))
        assert difference.mean() < 3.0, name  # of 255: other smoothing or another encoder, but the same drawing


# ---- what is drawn, measured in the PDF ----


def exact(events: int, total: int) -> tuple[float, float, float]:
    low = beta.ppf(0.025, events, total - events + 1) if events else 0.0
    high = beta.ppf(0.975, events + 1, total - events) if events < total else 1.0
    return events / total, low, high


def values_of(name: str, row: dict[str, str]) -> tuple[float, float, float]:
    """Estimate and interval that a row's drawing shows."""
    if name == "fig4" or row["row_kind"] != "study":
        return float(row.get("es") or row["orr"]), float(row["ci_low"]), float(row["ci_high"])
    return exact(int(row.get("events") or 0) + int(row.get("cr") or 0) + int(row.get("pr") or 0), int(row["total"]))


def drawn_marks(name: str) -> tuple[list[Any], list[Any], list[Any]]:
    """Squares, whiskers and diamonds of a figure, from top to bottom."""
    pdf = FACSIMILES / "cao2025_vector.pdf"
    label = f"Fig. {name[-1]}."
    number = next(number for number, (captions, _) in figure_pages(pdf).items() if label in captions)
    with pdfplumber.open(pdf) as document:
        page = document.pages[number]
        squares = [shape for shape in page.rects if abs(shape["width"] - shape["height"]) < 0.01]
        whiskers = [shape for shape in page.lines if shape["top"] == shape["bottom"] and shape["linewidth"] > 0.55]
        diamonds = [shape for shape in page.curves if shape["height"] > 5]
    return tuple(sorted(marks, key=lambda mark: mark["top"]) for marks in (squares, whiskers, diamonds))  # type: ignore


@pytest.mark.parametrize("name", FIGURES)
def test_marks_stand_at_their_values(name: str) -> None:
    rows = [row for row in rows_of(name) if row["ci_low"]]
    studies = [row for row in rows if row.get("row_kind", "study") == "study"]
    squares, whiskers, diamonds = drawn_marks(name)
    assert (len(squares), len(whiskers)) == (len(studies), len(studies))
    assert len(diamonds) == len(rows) - len(studies)
    ends = [(values_of(name, row), mark) for row, mark in zip(studies, whiskers, strict=True)]
    pooled = [row for row in rows if row not in studies]
    ends += [(values_of(name, row), mark) for row, mark in zip(pooled, diamonds, strict=True)]
    places = [(value, mark[side]) for values, mark in ends for value, side in ((values[1], "x0"), (values[2], "x1"))]
    middles = [(mark["x0"] + mark["x1"]) / 2 for mark in squares]
    places += [(values_of(name, row)[0], x) for row, x in zip(studies, middles, strict=True)]
    value, x = np.array(places).T
    slope, start = np.polyfit(x, value, 1)
    assert np.abs(slope * x + start - value).max() < 2e-4
    printed = [(row.get("es") or row["orr"], row["ci_low"], row["ci_high"]) for row in studies]
    assert np.abs(np.array(printed, dtype=float) - [values_of(name, row) for row in studies]).max() < 0.005 + 1e-9


@pytest.mark.parametrize("name", ["fig2", "fig3", "fig5"])
def test_areas_of_squares_go_with_weights(name: str) -> None:
    weights = np.array([float(row["weight"]) for row in rows_of(name) if row["row_kind"] == "study"])
    areas = np.array([square["width"] ** 2 for square in drawn_marks(name)[0]])
    assert areas / weights == pytest.approx((areas / weights).mean(), rel=1e-3)


def test_made_up_ratios_follow_from_their_counts() -> None:
    for row in rows_of("ratios")[:-1]:
        events1, total1, events2, total2 = (
            int(row[f"arm{arm}_{kind}"]) for arm in (1, 2) for kind in ("events", "total")
        )
        empty = 0.5 if 0 in (events1, events2) else 0.0
        a, b, c, d = (n + empty for n in (events1, total1 - events1, events2, total2 - events2))
        error = 1.959964 * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
        limits = [math.exp(math.log(a * d / b / c) + sign * error) for sign in (0, -1, 1)]
        assert [f"{limit:.2f}" for limit in limits] == [row["or"], row["ci_low"], row["ci_high"]], row["study"]
