"""A document is opened once, and each of its pages is read once, whoever asks."""

from collections import Counter
from pathlib import Path

import pytest
from pdfplumber.page import Page

from extract.cards.loading import card_names, load_card
from extract.drafting.draft import draft_card
from extract.errors import UnreadableError, UsageError
from extract.page import document as documents
from extract.page.document import open_document
from extract.page.sheet import Sheet, read_sheets
from extract.records.pipeline import read_paper

FACSIMILES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often each page is turned into sheets, and (as page 0) how often a page is parsed."""
    count: Counter[int] = Counter()
    layout = Page.layout.fget  # type: ignore[attr-defined]

    def counted(page: Page) -> list[Sheet]:
        count[page.page_number] += 1
        return read_sheets(page)

    def parsed(page: Page) -> object:
        count[0] += not hasattr(page, "_layout")
        return layout(page)

    monkeypatch.setattr(documents, "read_sheets", counted)
    monkeypatch.setattr(Page, "layout", property(parsed))
    return count


@pytest.mark.parametrize("paper", card_names())
def test_a_page_of_a_paper_is_read_once(paper: str, readings: Counter[int]) -> None:
    read_paper(load_card(paper), FACSIMILES / f"{paper}.pdf")
    parses = readings.pop(0)
    assert set(readings.values()) == {1}
    assert parses == len(readings)


def test_a_page_of_a_draft_is_read_once(readings: Counter[int]) -> None:
    draft_card("new2026", FACSIMILES / "cao2025_vector.pdf")
    parses = readings.pop(0)
    assert set(readings.values()) == {1}
    assert parses == len(readings)


def test_pages_asked_for() -> None:
    with open_document(FACSIMILES / "li2024.pdf") as document:
        count = document.page_count
        assert document.numbers() == list(range(1, count + 1))
        assert document.numbers(range(2, 99)) == list(range(2, count + 1))
        with pytest.raises(UsageError, match=f"no page 98; the PDF has pages 1-{count}"):
            document.numbers(range(98, 99))
        assert document.sheets(count + 1) == ()


def test_a_page_that_only_one_library_finds_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_document(FACSIMILES / "li2024.pdf") as document:
        monkeypatch.setattr(document, "page_count", 99)
        with pytest.raises(UnreadableError, match="the PDF is damaged"):
            document.sheets(99)
