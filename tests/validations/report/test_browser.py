"""The report in a real browser: filters, keyboard, phone, paper, and that nothing is loaded or run but its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from validations.registry import SEVERITIES

DESKTOP = {"width": 1100, "height": 900}


@pytest.fixture
def page(browser: Browser, curated: Path) -> Iterator[Page]:
    """The report; what it asks the network for, or complains of, is an error when the test ends."""
    wrong: list[str] = []
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or wrong.append(request.url))
    page.goto((curated / "made2026" / "report.html").as_uri())
    yield page
    context.close()
    assert wrong == []


def shown(page: Page) -> list[str]:
    """The codes of the findings that are to be seen."""
    return [code.strip() for code in page.locator("article:visible .code").all_inner_texts()]


def test_nothing_of_the_paper_runs(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.locator("article img, header img, main script").count() == 0
    assert "window.ran = 1" in page.inner_text("body")
    assert "{{ 7 * 7 }}" in page.inner_text("h1")
    assert page.locator("header a[href^=javascript]").count() == 0


def test_filters(page: Page) -> None:
    everything = shown(page)
    assert {"PCT001", "DUP001"} <= set(everything)
    page.select_option("[name=family]", "PCT")
    assert set(shown(page)) == {"PCT001"}
    page.select_option("[name=state]", "ruled")
    assert shown(page) == ["PCT001"]
    assert page.inner_text("output") == f"1 of {len(everything)} shown"
    page.select_option("[name=state]", "waiting")
    assert page.locator("article:visible .ruling").count() == 0
    page.click("button[type=reset]")
    page.wait_for_selector("article[hidden]", state="detached")
    assert shown(page) == everything
    page.uncheck("[name=severity][value=impossible]")
    assert "PCT001" not in shown(page)
    page.click("button[type=reset]")
    page.select_option("[name=exhibit]", "table1")
    assert shown(page) == everything
    for box in page.locator("[name=severity]").all():
        box.uncheck()
    assert page.locator(".none").is_visible()


def test_a_link_leads_to_a_finding_that_the_filter_hides(page: Page) -> None:
    page.select_option("[name=state]", "ruled")
    page.evaluate("location.hash = '#f1'")
    expect(page.locator("#f1")).to_be_focused()
    assert page.locator("#f1").is_visible()


def test_the_places_of_a_finding_are_linked_and_boxed(page: Page) -> None:
    twice = page.locator("article", has_text="DUP001").first
    assert twice.locator("rect.own").count() == 1
    assert twice.locator("rect").count() == 2
    assert "Rash" in twice.locator(".places").inner_text()
    box = twice.locator("figure svg:has(rect.own)").bounding_box()
    assert box
    assert box["width"] > 300


def test_all_of_it_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#findings")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "severity"
    page.keyboard.press("Space")
    assert "impossible" not in page.locator("article:visible .tag").all_inner_texts()
    page.keyboard.press("Space")
    page.evaluate("document.activeElement.blur()")
    for key, number in (("j", "f1"), ("j", "f2"), ("k", "f1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == number
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_every_control_has_a_name_and_a_visible_focus(page: Page) -> None:
    for control in page.locator("a:visible, button:visible, select:visible, input:visible, summary:visible").all():
        control.focus()
        name = control.evaluate("e => e.ariaLabel || (e.labels && e.labels[0]?.innerText) || e.innerText")
        assert name.strip()
    assert page.locator("svg[role=img]:not([aria-label])").count() == 0


def test_the_line_that_rules_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    waiting = page.locator("article[data-state=waiting]").first
    waiting.locator(".copy").click()
    expect(page.locator(".copy").first).not_to_have_text("Copy")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == waiting.locator(".command code").inner_text()
    assert copied.startswith("doubletake verdict made2026 ")


@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_narrow_screen_is_not_scrolled_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("article:visible").count() > 0


def test_paper_shows_all_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator("article:visible").count() == page.locator("article").count()
    assert not page.locator(".copy, summary").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_page(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for selector in ("body", ".quiet", "header a", ".message", *(f".mark.{name}" for name in SEVERITIES)):
        found = page.locator(selector).first
        colours = [
            found.evaluate("e => getComputedStyle(e).color"),
            page.evaluate("getComputedStyle(document.body).backgroundColor"),
        ]
        light, dark = sorted((luminance(colour) for colour in colours), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (selector, colours)


def luminance(colour: str) -> float:
    """Relative luminance of rgb(r, g, b), as WCAG 2 defines it."""
    channels = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_without_scripts_everything_is_there(browser: Browser, curated: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((curated / "made2026" / "report.html").as_uri())
    assert page.locator("article").count() == page.locator("article:visible").count() > 2
    assert not page.locator(".filters").is_visible()
    assert page.locator(".command code").first.is_visible()
    context.close()


def test_the_index_leads_to_the_report(page: Page, curated: Path) -> None:
    page.goto((curated / "report.html").as_uri())
    assert page.locator("tbody tr").count() == 1
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.click("text=made2026")
    assert page.locator("article").count() > 2
    page.click("text=all papers")
    assert page.locator("h1").inner_text() == "Findings by paper"


def test_text_from_right_to_left_stays_in_its_place(page: Page) -> None:
    name = page.locator("article .where bdi").first
    name.evaluate("e => { e.textContent = 'אבג'; e.after(' · 45.1') }")
    shown = name.evaluate(
        "e => { const r = document.createRange(); r.selectNode(e.nextSibling); "
        "return [r.getBoundingClientRect().left, e.getBoundingClientRect().right] }"
    )
    assert shown[0] >= shown[1] - 1
