"""The review in a real browser: a paper ruled on by keys, undo, two people to consensus, a cell corrected; every screen
for everyone; nothing is loaded from elsewhere."""

import hashlib
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from extract.commands.rulings.review import published_desk
from extract.pdf.limits import Limits
from extract.review.desk.paper import ReviewedPaper
from extract.review.web.app import make_app
from extract.review.web.door import Keys
from extract.review.web.office import Office
from extract.review.web.server import HOST, free_socket, port_of
from validations.rulings.matching import read_rulings
from validations.run import validate_paper

ROOT = Path(__file__).parents[3]
AXE = Path(__file__).parent / "axe" / "axe.min.js"
ANN, BO = "Ann Smith", "Bo Chen"
DESKTOP, PHONE = {"width": 1280, "height": 850}, {"width": 390, "height": 800}


@contextmanager
def served(desk: list[ReviewedPaper], reviewer: str) -> Iterator[str]:
    """The address, with its token, of a server that runs until the block ends."""
    keys, listening = Keys(), free_socket(0)
    office = Office({paper.name: paper for paper in desk}, reviewer, keys.csrf)
    app = make_app(office, keys, port_of(listening))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield f"http://{HOST}:{port_of(listening)}/?token={keys.token}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@contextmanager
def visited(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """A page that has come in. What it asks of others, or complains of, is an error in the end."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith(address.partition("?")[0]) or wrong.append(request.url))
    page.goto(address)
    yield page
    context.close()
    assert [text for text in wrong if "status of 422" not in text] == []


def li2024_in(folder: Path) -> ReviewedPaper:
    """A copy of the published paper, without its rulings."""
    shutil.copytree(ROOT / "curated" / "li2024", folder / "curated" / "li2024")
    (folder / "cards").mkdir()
    shutil.copy(ROOT / "extract" / "papers" / "li2024.toml", folder / "cards")
    pdf = ROOT / "raw_pdfs" / "facsimiles" / "li2024.pdf"
    return published_desk(folder / "curated" / "li2024", folder / "verdicts", folder / "cards", pdf, Limits())


@pytest.fixture(scope="module")
def li2024(tmp_path_factory: pytest.TempPathFactory) -> ReviewedPaper:
    return li2024_in(tmp_path_factory.mktemp("li2024"))


def press(page: Page, key: str) -> None:
    """Press a key and wait for the screen to which it leads."""
    shown = int(page.locator("html").get_attribute("data-screens") or 0)
    page.keyboard.press(key)
    page.wait_for_selector(f"html[data-screens='{shown + 1}']")


def test_a_whole_paper_is_ruled_on_by_keys_only(browser: Browser, paper: ReviewedPaper) -> None:
    total = len(paper.items(ANN))
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        expect(page.locator("#what")).to_be_focused()
        press(page, "l")
        for number in range(total - 1):
            if number % 2:
                page.keyboard.press("e")
                expect(page.locator("#why")).to_be_focused()
                page.keyboard.type(f"no error, number {number}")
                press(page, "Control+Enter")
            else:
                press(page, "p")
        expect(page.locator(".ruled, .steps").first).to_contain_text(f"1 of {total}")
        press(page, "p")
        expect(page.locator(".done")).to_contain_text("All findings are ruled on")
    rulings = read_rulings(paper.rulings)
    assert len(rulings) == total
    assert {ruling["by"] for ruling in rulings} == {ANN}
    assert {ruling["verdict"] for ruling in rulings} == {"paper_error", "explained"}
    assert validate_paper(paper.folder, paper.rulings.parent).waiting == ()
    assert [entry.what for entry in paper.entries()] == ["postpone", *["rule"] * total]


def test_steps_are_undone_one_by_one(browser: Browser, paper: ReviewedPaper) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        first = page.url
        press(page, "p")
        second = page.url
        press(page, "p")
        press(page, "u")
        assert page.url == second
        expect(page.locator(".said")).to_contain_text("Undone")
        press(page, "u")
        assert page.url == first
        press(page, "u")
        expect(page.locator(".said")).to_contain_text("nothing to undo")
    assert read_rulings(paper.rulings) == ()
    assert [entry.what for entry in paper.entries()] == ["rule", "rule", "undo", "undo"]


def test_an_explanation_needs_its_own_words_and_a_comment_stays(browser: Browser, paper: ReviewedPaper) -> None:
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        page.keyboard.press("e")
        page.keyboard.type("1")
        press(page, "Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("Please write a reason")
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        page.keyboard.type("ask the authors <b>")
        press(page, "Enter")
        expect(page.locator("p.note")).to_have_text(re.compile(r"ask the authors <b> +Ann Smith, \d{4}-\d\d-\d\d"))
    assert not paper.rulings.exists()


def test_two_people_rule_unseen_and_settle_what_they_disagree_on(browser: Browser, paper: ReviewedPaper) -> None:
    package = paper.folder / "datapackage.json"
    package.write_text(json.dumps({**json.loads(package.read_text()), "reviewers": 2}))
    needed = sum(item.needed for item in paper.items(ANN))
    for name, key in ((ANN, "p"), (BO, "e")):
        with served([paper], name) as address, visited(browser, address) as page:
            press(page, "Enter")
            for number in range(needed):
                if key == "e" and number == 0:
                    page.keyboard.press("e")
                    page.keyboard.type("a subset of the patients")
                    press(page, "Control+Enter")
                else:
                    press(page, "p")
            page.get_by_role("link", name="Disagreements").click()
            if name == ANN:
                expect(page.locator("main")).to_contain_text("Done so far: Ann Smith")
                continue
            expect(page.locator(".conflict")).to_have_count(1)
            expect(page.locator(".conflict")).to_contain_text("a subset of the patients")
            page.keyboard.press("r")
            page.keyboard.type("we looked again together")
            page.keyboard.press("Control+Enter")
            press(page, "p")
            expect(page.locator(".done")).to_contain_text("Nothing is left to settle")
    verdicts = paper.rulings.parent
    files = {str(path.relative_to(verdicts)): len(read_rulings(path)) for path in verdicts.rglob("*.toml")}
    assert files == {"made2026/ann-smith.toml": needed, "made2026/bo-chen.toml": needed, "made2026.toml": 1}
    outcome = validate_paper(paper.folder, verdicts)
    assert outcome.waiting == ()
    assert outcome.teamwork
    assert (outcome.teamwork.agreement.both, outcome.teamwork.agreement.agreed) == (needed, needed - 1)


def test_a_cell_is_corrected_and_the_paper_read_anew(browser: Browser, tmp_path: Path) -> None:
    paper = li2024_in(tmp_path)
    with served([paper], ANN) as address, visited(browser, address) as page:
        press(page, "Enter")
        press(page, "m")
        chosen = page.locator("tr.chosen [data-cell='1']")
        expect(chosen).to_be_focused()
        expect(page.locator("rect.cell")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        expect(chosen).to_be_focused()
        page.keyboard.press("r")
        expect(page.locator("#why")).to_have_value("")
        for _ in "5.1)":
            page.keyboard.press("Backspace")
        page.keyboard.type("7.1)")
        press(page, "Enter")
        expect(page.get_by_role("alert")).to_contain_text("both read “24 (45.1)” here")
        expect(page.locator("#published")).to_be_focused()
        expect(page.locator("#published")).to_have_value("24 (47.1)")
        press(page, "Enter")
        expect(page.get_by_role("alert")).to_contain_text("A correction needs a reason")
        page.locator("#why").fill("the 7 is smudged")
        page.locator("#why").press("Enter")
        expect(page.locator(".said")).to_contain_text("The cell is corrected", timeout=120_000)
        expect(page.locator(".said")).to_contain_text("Gone: PCT001 Table 1, row 3; New: ")
        expect(page.locator("td.repaired")).to_have_text(re.compile(r"24 \(47\.1\)"))
    assert paper.card
    assert 'read = "24 (45.1)"\npublished = "24 (47.1)"' in paper.card.read_text(encoding="utf-8")
    assert "24,47.1" in (paper.folder / "table1.csv").read_text(encoding="utf-8")
    assert "24,45.1" not in (paper.folder / "findings.csv").read_text(encoding="utf-8")
    assert [entry.what for entry in paper.entries()] == ["misread"]


def screens(paper: ReviewedPaper) -> list[str]:
    at = f"/papers/{paper.name}"
    key = paper.items(ANN)[0].key
    tabs = [f"{at}/exhibits", f"{at}/exhibits/table1?row=3&column=1", f"{at}/exhibits/table1?type=row", f"{at}/card"]
    return [
        "/",
        "/help",
        at,
        f"{at}/findings/{key}",
        *tabs,
        f"{at}/unchecked",
        f"{at}/history",
        f"{at}/conflicts",
        "/no",
    ]


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_no_screen_has_a_fault_of_accessibility(
    browser: Browser, li2024: ReviewedPaper, size: dict[str, int], scheme: str
) -> None:
    with served([li2024], ANN) as address:
        context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        for screen in screens(li2024):
            page.goto(address.partition("/?")[0] + screen)
            page.wait_for_load_state("networkidle")
            page.wait_for_selector(".misprints:has(ul, p.hint)") if "findings/" in screen else None
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("axe.run().then((all) => all.violations)")
            faults = [
                f"{each['id']}: {each['help']}: {[node['html'][:200] for node in each['nodes']][:3]}" for each in found
            ]
            assert faults == [], screen
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{screen} is wider than its window"
            )
        context.close()


def test_axe_is_the_file_that_its_readme_names() -> None:
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in (AXE.parent / "README.md").read_text()


def test_how_fast_it_is(
    browser: Browser, li2024: ReviewedPaper, record_property: Callable[[str, object], None]
) -> None:
    """Figures only, for whoever reads the output of -s: nothing is asserted of them."""
    with served([li2024], ANN) as address, visited(browser, address) as page:
        keys = [item.key for item in li2024.items(ANN)]
        base = f"{address.partition('/?')[0]}/papers/li2024"
        finding = [timed(page, f"{base}/findings/{key}") for key in keys]
        fresh, kept = timed(page, f"{base}/pages/1.webp"), timed(page, f"{base}/pages/1.webp")
    figures = {"finding": median(finding), "slowest finding": max(finding), "page": fresh, "page again": kept}
    for name, seconds in figures.items():
        print(f"{name}: {seconds * 1000:.0f} ms")
        record_property(name, seconds)
    assert len(finding) == len(keys)


def timed(page: Page, address: str) -> float:
    began = time.perf_counter()
    assert page.request.get(address).ok
    return time.perf_counter() - began
