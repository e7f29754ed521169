"""Characters and drawings as no program prints them, which broken PDFs hold: the page is read without them, or with
what can be told of them."""

import copy
from collections.abc import Callable, Iterable, Iterator
from math import inf, isfinite, nan
from pathlib import Path
from typing import Any

import pytest
from pdfminer.layout import LTChar, LTCurve, LTItem

from extract.claims.reading import read_claims
from extract.forests.reading import read_forests
from extract.page import objects
from extract.page.document import open_document
from extract.tables.reading import read_tables

FACSIMILES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"
NO_NUMBERS = {"nan": nan, "inf": inf, "-inf": -inf, "1e308": 1e308, "-1e9": -1e9, "0": 0.0, "1e-308": 1e-308}
TEXTS = ["", " ", "\u200b", "\xad", "\0", "\ud800", "12\n3", "²", "\u0661", "\ufeff", "(" * 40, "ﬁ"]
IDENTITY = (1.0, 0.0, 0.0, 1.0)


def with_text(text: str) -> dict[str, Any]:
    return {"_text": text}


MUTATIONS: dict[str, dict[str, Any]] = {
    **{f"text {text!r}": with_text(text) for text in TEXTS},
    **{f"{side} {name}": {side: value} for side in ("x0", "x1", "y0", "y1") for name, value in NO_NUMBERS.items()},
    **{f"size {name}": {"size": value} for name, value in NO_NUMBERS.items()},
    **{f"matrix {name}": {"matrix": (value,) * 6} for name, value in NO_NUMBERS.items()},
    **{f"font {name!r}": {"fontname": name} for name in (b"\xff\xfe", b"", "", "+", None)},
    "no area": {"x0": 90.0, "x1": 90.0, "y0": 90.0, "y1": 90.0},
    "turned inside out": {"x0": 99.0, "x1": 90.0, "y0": 99.0, "y1": 90.0},
}
COLOURS = [None, (), "x", (nan,), (None,), b"x"]
LINES = {name: change for name, change in MUTATIONS.items() if name[0] in "xyt" and "text" not in name}
LINES |= {f"{kind} {value!r}": {kind: value} for kind in ("stroking_color", "non_stroking_color") for value in COLOURS}


def some(names: Iterable[str], every: int = 4) -> list[Any]:
    """The names as parameters: one of so many in an ordinary test run, the others in that of the whole corpus."""
    return [
        pytest.param(name, marks=() if place % every == 0 else pytest.mark.corpus) for place, name in enumerate(names)
    ]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """change(kind, values, step): every so many items of the kind on each page have these values."""

    def changed(kind: type[LTItem], values: dict[str, Any], step: int = 7) -> None:
        sound = objects.flat_items

        def flat_items(items: Iterable[LTItem]) -> Iterator[LTItem]:
            for number, item in enumerate(sound(items)):
                if isinstance(item, kind) and number % step == 0:
                    item = copy.copy(item)
                    vars(item).update(values)
                yield item

        monkeypatch.setattr(objects, "flat_items", flat_items)

    return changed


@pytest.mark.parametrize("name", some(MUTATIONS))
def test_characters_that_nobody_prints(name: str, change: Callable[..., None]) -> None:
    change(LTChar, MUTATIONS[name])
    read_tables(FACSIMILES / "li2024.pdf", range(3, 4))
    read_claims(FACSIMILES / "li2024.pdf", range(1, 2))


@pytest.mark.parametrize("text", some(TEXTS))
def test_numbers_of_plots_that_nobody_prints(text: str, change: Callable[..., None]) -> None:
    change(LTChar, with_text(text))
    read_forests(FACSIMILES / "cao2025_vector.pdf", range(11, 12))


@pytest.mark.parametrize("name", some(["text ''", "text '\\x00'", "y1 nan", "size 0", "matrix nan", "no area"]))
def test_a_page_of_nothing_but_such_characters(name: str, change: Callable[..., None]) -> None:
    change(LTChar, MUTATIONS[name], 1)
    read_tables(FACSIMILES / "li2024.pdf")
    read_claims(FACSIMILES / "li2024.pdf")


@pytest.mark.parametrize("name", some(LINES))
def test_drawings_that_nobody_prints(name: str, change: Callable[..., None]) -> None:
    change(LTCurve, LINES[name], 3)
    read_tables(FACSIMILES / "li2024.pdf", range(3, 4))
    read_forests(FACSIMILES / "cao2025_vector.pdf", range(11, 12))


@pytest.mark.parametrize("name", some(MUTATIONS))
def test_what_comes_of_them_has_a_place_and_can_be_saved(name: str, change: Callable[..., None]) -> None:
    change(LTChar, MUTATIONS[name])
    with open_document(FACSIMILES / "li2024.pdf") as document, document.parsed(3) as page:
        chars, _ = objects.characters_and_drawings(page)
    assert len(chars) > 500
    for char in chars:
        assert char["x0"] <= char["x1"] and char["top"] < char["bottom"]
        numbers = (char["x0"], char["top"], char["x1"], char["bottom"], char["size"], *char["matrix"])
        assert all(map(isfinite, numbers))
        assert "\0" not in char["text"] and char["text"].encode() is not None and isinstance(char["fontname"], str)


@pytest.mark.parametrize(("width", "height"), [(0, 100), (100, 0), (nan, 100), (100, inf), (-1, 5)])
def test_a_page_without_size_prints_nothing(width: float, height: float) -> None:
    class Page:
        """A page of pdfplumber with a text on it."""

        mediabox = (0, 0, 0, 0)
        layout = (object(),)

    page: Any = Page()
    page.width, page.height = width, height
    assert objects.characters_and_drawings(page) == ([], [])
