"""Exhibits corrected in place, with the card and the CSVs that result."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.commands.rulings.review import published_desk
from extract.errors import CardError, UsageError
from extract.pdf.limits import Limits
from extract.review.desk.decisions import undo
from extract.review.desk.paper import ReviewedPaper
from extract.review.exhibits.card_text import card_lines
from extract.review.exhibits.corrections import UNDO, add_row, compared, correct_cell
from extract.review.exhibits.grids import Grid
from extract.review.exhibits.reading import grids_of
from extract.review.exhibits.replay import replay_corrections
from tests.extract.review.conftest import Visitor, running

ROOT = Path(__file__).parents[3]
ANN = "Ann Smith"


@pytest.fixture
def li2024(tmp_path: Path) -> ReviewedPaper:
    """A copy of the published paper, with its card."""
    shutil.copytree(ROOT / "curated" / "li2024", tmp_path / "curated" / "li2024")
    (tmp_path / "cards").mkdir()
    shutil.copy(ROOT / "extract" / "papers" / "li2024.toml", tmp_path / "cards")
    pdf = ROOT / "raw_pdfs" / "facsimiles" / "li2024.pdf"
    return published_desk(tmp_path / "curated" / "li2024", tmp_path / "verdicts", tmp_path / "cards", pdf, Limits())


def grid(paper: ReviewedPaper, name: str) -> Grid:
    return next(each for each in grids_of(paper) if each.exhibit == name)


def published(paper: ReviewedPaper) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in paper.folder.glob("*.csv")}


def card_of(paper: ReviewedPaper) -> str:
    assert paper.card
    return paper.card.read_text(encoding="utf-8")


def test_a_cell_corrected_in_place_is_published_and_taken_back(li2024: ReviewedPaper) -> None:
    card, csvs = card_of(li2024), published(li2024)
    table = grid(li2024, "table1")
    row = next(row for row in table.rows if row.cells[0].text == "< 54 years old")
    assert (row.number, row.cells[1].read) == (3, "24 (45.1)")
    assert row.cells[1].boxes
    before = {item.finding.code for item in li2024.items(ANN) if item.finding.row == "3"}
    correct_cell(li2024, table, 3, 1, " 24  (47.1) ", "the page prints it so", ANN)
    assert card_of(li2024).startswith(card)
    assert "24,47.1" in published(li2024)["table1.csv"]
    assert "PCT001" in before
    assert "PCT001" not in {item.finding.code for item in li2024.items(ANN) if item.finding.row == "3"}
    assert "PCT005" in published(li2024)["findings.csv"]
    assert "RDR002" in published(li2024)["readings.csv"]
    cell = grid(li2024, "table1").rows[2].cells[1]
    assert (cell.read, cell.text, cell.repaired) == ("24 (45.1)", "24 (47.1)", True)
    assert li2024.card
    li2024.card.write_text(card_of(li2024).replace('published = "24 (47.1)"', 'published = "25 (47.1)"'))
    with pytest.raises(CardError, match="was changed since"):
        undo(li2024, ANN, UNDO)
    li2024.card.write_text(card_of(li2024).replace('published = "25 (47.1)"', 'published = "24 (47.1)"'))
    correct_cell(li2024, grid(li2024, "table1"), 3, 1, "24 (45.1)", "read rightly after all", ANN)
    assert card_of(li2024) == card
    undo(li2024, ANN, UNDO)
    assert "24,47.1" in published(li2024)["table1.csv"]
    undo(li2024, ANN, UNDO)
    assert card_of(li2024) == card
    for name in ("table1.csv", "readings.csv", "claims.csv"):
        assert published(li2024)[name] == csvs[name]


def test_what_the_card_cannot_take_leaves_everything_as_it_was(li2024: ReviewedPaper) -> None:
    card, csvs, table = card_of(li2024), published(li2024), grid(li2024, "table1")
    for row, column, text, why in (
        (3, 1, "24 (45.1)", "the same"),
        (3, 1, "24 (47.1)", " . "),
        (3, 1, "2" * 501, "too long"),
        (99, 1, "24", "no row"),
        (3, 9, "24", "no column"),
        (3, -1, "24", "no column"),
    ):
        with pytest.raises(UsageError):
            correct_cell(li2024, table, row, column, text, why, ANN)
    with pytest.raises(CardError):
        correct_cell(li2024, table, 3, 0, "", "the label is blank", ANN)
    assert card_of(li2024) == card
    assert published(li2024) == csvs
    assert not li2024.history.exists()


def test_a_row_that_was_missed_is_typed_in_and_taken_back(li2024: ReviewedPaper) -> None:
    card, table = card_of(li2024), grid(li2024, "table4")
    cells = ["A new event", *(["1 (2.0)"] * (len(table.columns) - 1))]
    add_row(li2024, table, 2, cells, table.pages[0], ANN)
    found = grid(li2024, "table4")
    assert len(found.rows) == len(table.rows) + 1
    assert (found.rows[2].cells[0].text, found.rows[2].typed) == ("A new event", True)
    assert found.rows[3].cells == table.rows[2].cells
    assert "\n3,any,A new event,1,2.0,,"[:10] in published(li2024)["table4.csv"]
    with pytest.raises(UsageError, match="typed by a person"):
        correct_cell(li2024, found, 3, 1, "2", "a slip", ANN)
    undo(li2024, ANN, UNDO)
    assert card_of(li2024) == card


def test_a_drafted_exhibit_is_compared_with_its_page(li2024: ReviewedPaper) -> None:
    assert li2024.card
    assert li2024.sources.read_again
    li2024.card.write_text(card_of(li2024).replace('label = "Table 2"', 'label = "Table 2"\nunread = true', 1))
    draft = card_of(li2024)
    assert li2024.sources.read_again(li2024.card.parent) == ()
    assert any(item.finding.code == "RDR021" for item in li2024.items(ANN))
    compared(li2024, grid(li2024, "table2"), ANN)
    assert "unread" not in card_of(li2024)
    assert all(item.finding.code != "RDR021" for item in li2024.items(ANN))
    with pytest.raises(UsageError):
        compared(li2024, grid(li2024, "table2"), ANN)
    undo(li2024, ANN, UNDO)
    assert any(item.finding.code == "RDR021" for item in li2024.items(ANN))
    assert sorted(card_of(li2024).split()) == sorted(draft.split())


def test_the_screens_of_exhibits(li2024: ReviewedPaper, visit: Callable[..., Visitor]) -> None:
    visitor = visit([li2024], ANN)
    assert "Table 4" in visitor.get("/papers/li2024/exhibits")
    at = "/papers/li2024/exhibits/table1"
    text = visitor.get(f"{at}?row=3&column=1")
    assert 'class="cell"' in text
    assert 'value="24 (45.1)"' in text
    for query in ("?row=x&column=-1", "?row=999999&column=1", "?row=3&column=99", "?type=row&row=3", "?row=3&row=4"):
        visitor.get(at + query)
    fields = {"row": "3", "column": "1", "published": "24 (47.1)", "why": "the page prints it so"}
    assert visitor.post(f"{at}/correct", confirmed="yes", **fields) == f"{at}?row=3&column=1"
    assert "The cell is corrected" in visitor.get(f"{at}?row=3&column=1")
    assert visitor.post("/papers/li2024/undo") == f"{at}?row=3"
    for name in ("correct", "row", "compared"):
        for exhibit in ("table9", "..%2ftable1", "table1%00"):
            answer = visitor.client.post(
                f"/papers/li2024/exhibits/{exhibit}/{name}",
                data={"csrf": visitor.keys.csrf, **fields},
                headers={"origin": "http://127.0.0.1:8765"},
            )
            assert answer.status_code == 404
    assert "Nothing is wrong with it" in visitor.get("/papers/li2024/card")
    assert li2024.card
    li2024.card.write_text(f"# <script>window.ran = 1</script> <img src=x onerror=x>\n{card_of(li2024)}")
    text = visitor.get("/papers/li2024/card")
    assert "window.ran" in text
    assert running(text) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("rows = 34", "rows = 33", "rows = 33", "read 34 rows, the card says 33"),
        ('label = "Table 3"', 'label = "Table 33"', "[exhibits.table3]", "expected a table under 'Table 33'"),
        ('schema = "adverse_events"', 'schema = "advers"', 'schema = "advers"', "no schema"),
        ("cohort = 51", "cohort =", "cohort =", "Invalid value"),
    ],
)
def test_what_is_wrong_with_a_card_stands_beside_its_line(
    li2024: ReviewedPaper, old: str, new: str, line: str, words: str
) -> None:
    assert li2024.card
    assert old in card_of(li2024)
    li2024.card.write_text(card_of(li2024).replace(old, new, 1))
    [wrong] = [each for each in card_lines("li2024", li2024.card, lambda: grids_of(li2024)) if each.faults]
    assert words in " ".join(wrong.faults)
    assert wrong.text == line


def test_a_paper_without_card_is_shown_and_cannot_be_corrected(paper: ReviewedPaper, visitor: Visitor) -> None:
    table = grid(paper, "table1")
    assert not table.correctable
    assert "/correct" not in visitor.get("/papers/made2026/exhibits/table1?row=1&column=1")
    with pytest.raises(UsageError):
        correct_cell(paper, table, 1, 1, "x", "why", ANN)
    answer = visitor.client.get("/papers/made2026/card")
    assert answer.status_code == 404


def test_the_cell_of_a_finding_is_lit_once_the_exhibits_are_read(
    li2024: ReviewedPaper, visit: Callable[..., Visitor]
) -> None:
    visitor = visit([li2024], ANN)
    item = next(item for item in li2024.items(ANN) if item.finding.code == "PCT001")
    at = f"/papers/li2024/findings/{item.key}"
    visitor.get(at)
    [cell] = grid(li2024, "table1").rows[2].cells[1].boxes
    page = visitor.get(f"{at}/pages/{cell.page}")
    [lit] = re.findall(r'<rect class="cell" x="([\d.]+)"', page)
    assert float(lit) == pytest.approx(cell.x0 - 1.5, abs=0.1)


def test_of_several_records_of_a_row_the_own_cell_is_lit(li2024: ReviewedPaper) -> None:
    table = grid(li2024, "table2")
    first, second = (table.boxes_of("3", "hazard_ratio", part) for part in ("PFS", "OS"))
    assert len(first) == len(second) == 1
    assert first[0].x1 < second[0].x0
    assert len(table.boxes_of("3", "hazard_ratio", "")) == 2
    assert (
        table.boxes_of("99", "hazard_ratio", "PFS")
        == table.boxes_of("3", "none", "")
        == table.boxes_of("x", "", "")
        == ()
    )


def test_corrections_are_played_again_on_a_card_that_lost_them(li2024: ReviewedPaper) -> None:
    assert li2024.card
    card = card_of(li2024)
    correct_cell(li2024, grid(li2024, "table1"), 3, 1, "24 (47.1)", "the page prints it so", ANN)
    corrected, history = card_of(li2024), li2024.history.read_text()
    assert replay_corrections(li2024) == []
    li2024.card.write_text(card)
    [line] = replay_corrections(li2024)
    assert line.endswith("corrected again: misread table1 row 3, by Ann Smith")
    assert card_of(li2024) == corrected
    li2024.card.write_text(card.replace('label = "Table 1"', 'label = "Table 1"\nleft_out = [3]', 1))
    left_out = card_of(li2024)
    [line] = replay_corrections(li2024)
    assert "stale: misread table1 row 3 of Ann Smith is not written" in line
    assert card_of(li2024) == left_out
    assert li2024.history.read_text() == history
