"""The index in a real browser, without a network: counts, papers, search by words and code, links, failures."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from extract.corpus.index import page as index_page
from tests.extract.corpus import fakes


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fakes.fill(tmp_path_factory.mktemp("index") / "library", 7)
    (folder / "<script>.pdf").write_bytes(fakes.pdf_bytes("n </script><b>"))
    (folder / "broken.pdf").write_bytes(b"no PDF")
    (folder / "same.pdf").write_bytes((folder / "paper001.pdf").read_bytes())
    fakes.run(folder, folder.parent / "out", workers=2)
    return folder.parent / "out"


@pytest.fixture
def page(browser: Browser, out: Path) -> Page:
    context = browser.new_context(offline=True)
    found = context.new_page()
    errors: list[str] = []
    found.on("console", lambda message: errors.append(message.text))
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.goto((out / "index.html").as_uri())
    assert errors == []
    return found


def titles(page: Page) -> list[str]:
    return page.locator("#rows a").all_inner_texts()


def test_counts_and_papers_the_worst_first(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Findings of 8 papers")
    expect(page.locator("header")).to_contain_text("10 files, 9 different contents")
    assert titles(page) == [
        f"Paper {name}" for name in ("000", "003", "006", "</script><b>", "001", "002", "004", "005")
    ]
    codes = [" ".join(text.split()[:1]) for text in page.locator(".codes tbody th").all_inner_texts()]
    assert codes == ["PCT001", "EFF001"]
    expect(page.locator(".codes tbody tr").first).to_contain_text("25.0 %")
    expect(page.locator(".failures tbody tr")).to_contain_text("not a PDF: it begins with b'no PDF'")


def test_search_by_title_file_and_code(page: Page) -> None:
    page.fill("#words", "PAPER 00 6")
    assert titles(page) == ["Paper 006"]
    page.fill("#words", "script")
    assert titles(page) == ["Paper </script><b>"]
    page.fill("#words", "")
    page.select_option("#code", "EFF001")
    assert titles(page) == ["Paper 003"]
    expect(page.locator("#count")).to_have_text("1 paper")


def test_each_paper_leads_to_its_report(page: Page) -> None:
    page.click("text=Paper 006")
    expect(page.locator("p")).to_have_text("006")


def test_of_a_large_corpus_the_worst_are_searched(out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(index_page, "SEARCHED", 3)
    monkeypatch.setattr(index_page, "LISTED", 2)
    fakes.run(out.parent / "library", out, resume=True)
    text = (out / "index.html").read_text(encoding="utf-8")
    assert "The search covers the 3 worst papers; findings.parquet has all." in text
    assert (text.count('<th scope="row"><a href='), "paper001" in text) == (2, False)
