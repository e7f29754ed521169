"""Faults planted in the readers: each costs its page, table, plot or picture, which the result names; the others are
read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.cards.loading import load_card
from extract.claims.reading import read_claims
from extract.errors import ExhibitError, PartFaults
from extract.forests.panel import Panel
from extract.forests.reading import read_forests
from extract.output.claims import claims_json
from extract.output.tables import tables_json
from extract.publishing.publish import publish
from extract.records.pipeline import ExtractedPaper, read_paper
from extract.records.without_card import read_without_card
from extract.tables.reading import read_tables
from validations.run import validate_paper

FACSIMILES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"
LI2024, CAO2025 = FACSIMILES / "li2024.pdf", FACSIMILES / "cao2025_vector.pdf"
pytestmark = pytest.mark.usefixtures("guarded")
Plant = Callable[..., None]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """plant(name, when, error): the function of this name raises the error for the arguments that `when` picks."""

    def planted(name: str, when: Callable[..., bool], error: BaseException | None = None) -> None:
        module, _, function = name.rpartition(".")
        sound = getattr(__import__(module, fromlist=[function]), function)

        def faulty(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
            if when(*arguments):
                raise error or IndexError("list index out of range")
            return sound(*arguments, **options)

        monkeypatch.setattr(name, faulty)

    return planted


def labels(pdf: Path, faults: PartFaults) -> list[str]:
    return [table.label for table in read_tables(pdf, faults=faults)]


def parts(faults: PartFaults) -> list[str]:
    assert all(" in faulty (" not in item.why for item in faults.unread)
    return [item.part for item in faults.unread]


@pytest.mark.parametrize(
    ("function", "when"),
    [
        ("extract.tables.reading.make_table", lambda parts: parts[0].caption.label == "Table 2"),
        ("extract.tables.proof.proving.cells_by_part", lambda table, _: table.label == "Table 2"),
        ("extract.tables.proof.proving.with_agreement", lambda table, *_: table.label == "Table 2"),
    ],
)
def test_a_table_that_cannot_be_read(function: str, when: Callable[..., bool], plant: Plant) -> None:
    plant(function, when)
    faults = PartFaults(LI2024)
    assert labels(LI2024, faults) == ["Table 1", "Table 3", "Table 4"]
    assert parts(faults) == ["page 3, Table 2"]


def test_the_json_names_it(plant: Plant) -> None:
    plant("extract.tables.reading.make_table", lambda parts: parts[0].caption.label == "Table 2")
    faults = PartFaults(LI2024)
    tables = read_tables(LI2024, faults=faults)
    assert "unread" not in json.loads(tables_json(LI2024, tables))
    why = "internal error: IndexError in tables_in (extract/tables/reading.py)"
    assert json.loads(tables_json(LI2024, tables, faults.unread))["unread"] == [{"part": "page 3, Table 2", "why": why}]


def test_statistics_that_cannot_be_told(plant: Plant) -> None:
    tables = read_tables(LI2024)
    plant("extract.meaning.reading.blocks_of", lambda table, _: table.label == "Table 2")
    found = json.loads(tables_json(LI2024, tables))
    assert [bool(table["statistics"]) for table in found["tables"]] == [True, False, True, True]
    assert [item["part"] for item in found["unread"]] == ["page 3, Table 2, the statistics"]


@pytest.mark.parametrize(
    ("function", "when"),
    [
        ("extract.page.document.read_sheets", lambda page: page.page_number == 3),
        ("extract.page.prose.running_phrases", lambda sheet: sheet.page == 3),
        ("extract.tables.finding.parts.find_regions", lambda sheet, *_: sheet.page == 3),
        ("extract.tables.finding.all_parts.find_uncaptioned", lambda sheet, *_: sheet.page == 3),
    ],
)
def test_a_page_that_cannot_be_read(function: str, when: Callable[..., bool], plant: Plant) -> None:
    plant(function, when)
    faults = PartFaults(LI2024)
    assert labels(LI2024, faults)[0] == "Table 1"
    assert parts(faults) == ["page 3"]


def test_the_text_of_a_page_that_cannot_be_read(plant: Plant) -> None:
    plant("extract.page.document.read_sheets", lambda page: page.page_number == 1)
    faults = PartFaults(LI2024)
    claims = read_claims(LI2024, faults=faults)
    assert claims and all(box.page > 1 for claim in claims for box in claim.boxes)
    assert json.loads(claims_json(LI2024, claims, faults.unread))["unread"][0]["part"] == "page 1"


def test_a_paragraph_that_cannot_be_read(plant: Plant) -> None:
    whole = len(read_claims(LI2024))
    plant("extract.claims.reading.claims_in", lambda paragraph, _: paragraph.section == "results")
    faults = PartFaults(LI2024)
    assert 0 < len(read_claims(LI2024, faults=faults)) < whole
    assert all(", paragraph " in part for part in parts(faults))


def test_a_plot_that_cannot_be_read(plant: Plant) -> None:
    def is_second(panel: Panel) -> bool:
        return panel.label.startswith("Fig") and panel.label.endswith("3")

    plant("extract.forests.reading.plot_of", is_second)
    faults = PartFaults(CAO2025)
    found = [plot.label for plot in read_forests(CAO2025, faults=faults)]
    assert found and not any(label.endswith("3") for label in found)
    assert [item.label[-1] for item in faults.unread] == ["3"]


def test_a_picture_that_cannot_be_read(plant: Plant) -> None:
    plant("extract.forests.reading.canvas_of", lambda picture: True)
    faults = PartFaults(FACSIMILES / "cao2025.pdf")
    with pytest.raises(IndexError):
        read_forests(FACSIMILES / "cao2025.pdf", range(9, 11), faults=faults)
    assert parts(faults) == ["page 9, a picture", "page 10, a picture"]


def test_a_picture_that_cannot_be_drawn(plant: Plant) -> None:
    plant("extract.forests.raster.images.rendered", lambda *_: True)
    faults = PartFaults(FACSIMILES / "cao2025.pdf")
    with pytest.raises(IndexError):
        read_forests(FACSIMILES / "cao2025.pdf", range(9, 10), faults=faults)
    assert parts(faults) == ["page 9, a picture"]


def findings(paper: ExtractedPaper, folder: Path) -> list[tuple[str, str]]:
    publish(paper, folder)
    outcome = validate_paper(folder, folder / "verdicts.toml")
    return [(item.exhibit, item.message) for item in outcome.waiting if item.code == "RDR020"]


@pytest.mark.parametrize(
    ("function", "when"),
    [
        ("extract.tables.reading.make_table", lambda parts: parts[0].caption.label == "Table 2"),
        ("extract.meaning.reading.arms_of_paper", lambda tables: any(table.label == "Table 2" for table in tables)),
        ("extract.meaning.reading.meanings_of", lambda table, _: table.label == "Table 2"),
        ("extract.records.without_card.ruled_doubts", lambda name, *_: name == "table2"),
    ],
)
def test_check_waits_for_a_ruling_on_what_was_not_read(
    function: str, when: Callable[..., bool], plant: Plant, tmp_path: Path
) -> None:
    plant(function, when)
    paper = read_without_card(LI2024, "li2024")
    assert [exhibit.card.name for exhibit in paper.exhibits] == ["table1", "table3", "table4"]
    ((exhibit, message),) = findings(paper, tmp_path / "li2024")
    assert exhibit == "table2"
    assert message.startswith("not read: page 3, Table 2: internal error: IndexError in ")
    assert str(LI2024) not in message


def test_check_names_a_page_that_was_not_read_once(plant: Plant, tmp_path: Path) -> None:
    plant("extract.page.document.read_sheets", lambda page: page.page_number == 3)
    paper = read_without_card(LI2024, "li2024")
    assert [exhibit for exhibit, _ in findings(paper, tmp_path / "li2024")] == ["page_3"]


def test_check_reads_the_rest_where_one_kind_of_reading_fails(plant: Plant, tmp_path: Path) -> None:
    plant("extract.records.without_card.claims_in_document", lambda *_: True)
    paper = read_without_card(LI2024, "li2024")
    assert (len(paper.exhibits), len(paper.claims)) == (4, 0)
    assert [exhibit for exhibit, _ in findings(paper, tmp_path / "li2024")] == ["figures_in_the_text"]


@pytest.mark.parametrize(
    ("function", "when"),
    [
        ("extract.tables.reading.make_table", lambda parts: parts[0].caption.label == "Table 2"),
        ("extract.records.pipeline.read_exhibit", lambda card, exhibit, *_: exhibit.name == "table2"),
    ],
)
def test_extract_publishes_the_others_with_partial(
    function: str, when: Callable[..., bool], plant: Plant, tmp_path: Path
) -> None:
    plant(function, when)
    card = load_card("li2024")
    with pytest.raises(ExhibitError, match=r"^li2024 exhibits.table2: .*Table 2: not read: internal error: IndexError"):
        read_paper(card, LI2024)
    paper = read_paper(card, LI2024, partial=True)
    assert [exhibit for exhibit, _ in findings(paper, tmp_path / "li2024")] == ["table2"]
    assert "doubletake" not in paper.missing[0].why


def test_extract_does_not_lose_the_text_of_a_page_unseen(plant: Plant) -> None:
    plant("extract.page.document.read_sheets", lambda page: page.page_number == 1)
    with pytest.raises(ExhibitError, match=r"^page 1: not read: internal error"):
        read_paper(load_card("li2024"), LI2024)


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt()])
def test_a_lack_of_memory_and_an_interrupt_end_the_reading(error: BaseException, plant: Plant) -> None:
    plant("extract.tables.reading.make_table", lambda parts: True, error)
    with pytest.raises(type(error)):
        read_without_card(LI2024, "li2024")
