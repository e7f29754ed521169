"""Keys and refusals in a real browser: no ruling lands on another finding, is made unasked or is lost unsaid."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from extract.review.desk.paper import ReviewedPaper
from tests.extract.review.conftest import Visitor
from tests.extract.review.test_browser import ANN, li2024, press, served, visited
from validations.rulings.matching import read_rulings

__all__ = ["li2024"]
SMALL = {"width": 1366, "height": 768}


def reason(page: Page) -> str:
    return page.locator("#why").input_value()


def test_words_typed_after_a_refusal_go_into_the_reason(browser: Browser, paper: ReviewedPaper) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        shown = page.url
        page.keyboard.press("r")
        page.keyboard.press("Control+a")
        page.keyboard.type("42")
        page.keyboard.press("Control+Enter")
        press(page, "e")
        expect(page.get_by_role("alert")).to_contain_text("Please write a reason")
        expect(page.locator("#why")).to_be_focused()
        assert page.url == shown
        page.keyboard.type(" people, explained")
        assert read_rulings(paper.rulings) == ()
        press(page, "Control+Enter")
    assert [(each["verdict"], each["why"]) for each in read_rulings(paper.rulings)] == [
        ("explained", "42 people, explained")
    ]


@pytest.mark.parametrize(("key", "verdict"), [("p", "paper_error"), ("e", "explained")])
def test_a_ruling_on_an_empty_reason_opens_the_field(
    browser: Browser, paper: ReviewedPaper, key: str, verdict: str
) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        page.keyboard.press("r")
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.press("Control+Enter")
        for again in (key, "Control+Enter"):
            page.keyboard.press(again)
            expect(page.locator("#why")).to_be_focused()
        page.keyboard.type("people jump over lakes")
        press(page, "Control+Enter")
    assert [(each["verdict"], each["why"]) for each in read_rulings(paper.rulings)] == [
        (verdict, "people jump over lakes")
    ]


def test_keys_are_dropped_while_a_ruling_is_on_its_way(browser: Browser, paper: ReviewedPaper) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        page.evaluate(
            """for (const key of ["p", "p", "l", "p"])
                 document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))"""
        )
        page.wait_for_selector("html[data-screens='2']")
    assert [entry.what for entry in paper.entries()] == ["rule"]


def test_ctrl_enter_rules_only_after_a_ruling_was_chosen(browser: Browser, paper: ReviewedPaper) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        page.keyboard.press("r")
        expect(page.locator("[data-hint]")).to_contain_text("Ctrl Enter leaves the field")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#why")).not_to_be_focused()
        page.keyboard.press("e")
        expect(page.locator("[data-hint]")).to_contain_text("Ctrl Enter rules: Explained")
        page.keyboard.press("Escape")
        expect(page.locator("[data-hint]")).to_contain_text("Ctrl Enter leaves the field")
    assert paper.entries() == ()


def test_the_caret_is_at_the_end_and_escape_puts_the_old_text_back(browser: Browser, paper: ReviewedPaper) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        old = reason(page)
        page.keyboard.press("r")
        page.keyboard.type("; more")
        assert reason(page) == f"{old}; more"
        page.keyboard.press("Escape")
        assert reason(page) == old
        page.keyboard.press("e")
        assert reason(page) == ""
        page.keyboard.press("Escape")
        assert reason(page) == old


def test_a_ruling_says_what_it_did_and_undo_names_it(browser: Browser, paper: ReviewedPaper) -> None:
    first = paper.items(ANN)[0]
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        press(page, "p")
        expect(page.locator(".said")).to_contain_text(f"row {first.finding.row}: paper’s error. u takes it back.")
        press(page, "u")
        expect(page.locator(".said")).to_contain_text("Undone: paper’s error on ")
        expect(page.locator(".said")).to_contain_text(f"row {first.finding.row} ({first.finding.code}).")
        expect(page).to_have_url(re.compile(first.key))


def test_a_server_that_has_ended_is_not_silent(browser: Browser, paper: ReviewedPaper) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served([paper], ANN) as address:
        page.goto(address)
        press(page, "Enter")
    page.keyboard.press("j")
    expect(page.get_by_role("alert")).to_contain_text("The server has ended. ")
    page.keyboard.press("p")
    expect(page.get_by_role("alert")).to_contain_text("The server has ended; this ruling was not saved.")
    page.keyboard.press("r")
    expect(page.locator("#why")).to_be_focused()
    context.close()
    assert paper.entries() == ()


def test_sentence_reason_and_buttons_are_seen_at_once(browser: Browser, li2024: ReviewedPaper) -> None:
    with served([li2024], ANN) as address, visited(browser, address, viewport=SMALL) as page:
        for item in li2024.items(ANN):
            page.goto(f"{address.partition('/?')[0]}/papers/li2024/findings/{item.key}")
            for seen in ("#what", ".top .message", "#why", ".verdicts button[value]"):
                box = page.locator(seen).first.bounding_box()
                assert box and box["y"] >= 0 and box["y"] + box["height"] <= SMALL["height"], (item.title, seen)
            assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_other_places_of_a_finding_are_lit_when_asked_for(browser: Browser, li2024: ReviewedPaper) -> None:
    twice = next(item for item in li2024.items(ANN) if item.finding.code == "DUP001")
    with served([li2024], ANN) as address, visited(browser, address) as page:
        page.goto(f"{address.partition('/?')[0]}/papers/li2024/findings/{twice.key}")
        page.get_by_role("button", name="Table 4, row 13").click()
        expect(page.locator("rect.cell")).to_have_count(len(twice.also[0].boxes))
        box, top = page.locator("rect.cell").first, twice.also[0].boxes[0].top
        assert float(box.get_attribute("y") or 0) == pytest.approx(top - 1.5, abs=0.1)
        expect(box).to_be_in_viewport()


def test_a_figure_of_the_text_says_what_to_do_with_a_misreading(browser: Browser, li2024: ReviewedPaper) -> None:
    claim = next(item for item in li2024.items(ANN) if item.finding.exhibit == "claims")
    with served([li2024], ANN) as address, visited(browser, address) as page:
        page.goto(f"{address.partition('/?')[0]}/papers/li2024/findings/{claim.key}")
        page.keyboard.press("m")
        expect(page.locator("#misread")).to_contain_text("Figures of the text cannot be corrected here")


def test_a_form_of_another_finding_is_refused(paper: ReviewedPaper, visitor: Visitor) -> None:
    first, second, *_ = paper.items(ANN)
    at = f"/papers/made2026/findings/{first.key}/rule"
    sent = {"csrf": visitor.keys.csrf, "verdict": "explained", "why": "a subset"}
    for mark in ("", second.mark, first.key):
        answer = visitor.client.post(at, data={**sent, "finding": mark}, headers=ORIGIN, follow_redirects=False)
        assert answer.status_code == 422
        assert "Nothing was saved" in answer.text
    stale = first.mark
    visitor.post(at, verdict="paper_error", why="a slip")
    answer = visitor.client.post(at, data={**sent, "finding": stale}, headers=ORIGIN, follow_redirects=False)
    assert answer.status_code == 422
    assert [each["why"] for each in read_rulings(paper.rulings)] == ["a slip"]


ORIGIN = {"origin": "http://127.0.0.1:8765"}
