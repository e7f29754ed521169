"""Two readings compared: which are the same and which differ; a difference becomes a finding."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from extract.cards.loading import load_card
from extract.output.tables import tables_json
from extract.publishing.publish import publish
from extract.records.pipeline import read_paper
from extract.tables.proof import proving
from extract.tables.proof.agreement import compare, reads_alike
from extract.tables.proof.camelot_cells import glyph_text
from extract.tables.proof.camelot_reader import Area, CamelotGlyph
from extract.tables.reading import read_tables
from extract.tables.table import Cell, CellFlag, PrintedTable, Row
from validations.run import validate_paper

ROOT = Path(__file__).parents[4]
FACSIMILES = ROOT / "raw_pdfs" / "facsimiles"
PITCH = 10.0


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        (Cell("0.31 (0.16–0.61)"), "0.31(0.16-0.61)"),
        (Cell("−0.28"), "-0.28"),
        (Cell("efficacy"), "eﬃcacy"),
        (Cell("12", ("a", "b")), "12ab"),
        (Cell("Age", ("1",)), "Age1"),
        (Cell("kg/m2"), "kg/m²"),
        (Cell("Leiomyosarcoma"), "Leiomyo-sarcoma"),
        (Cell("<0.001", flags=(CellFlag("RDR007", "text layer", "b0.001", "drawn <"),)), "b0.001"),
    ],
)
def test_readings_that_are_the_same(cell: Cell, reading: str) -> None:
    assert reads_alike(cell, reading)


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        (Cell("24"), "42"),
        (Cell("24"), "21"),
        (Cell("24"), "24a"),
        (Cell("24"), ""),
        (Cell("0.02"), "-0.02"),
        (Cell("13 (12)"), "1-3(12)"),
        (Cell("<0.001"), "0.001"),
        (Cell("12 (23.5)"), "12(2.35)"),
        (Cell("1.5"), "15"),
    ],
)
def test_readings_that_are_not(cell: Cell, reading: str) -> None:
    assert not reads_alike(cell, reading)


def table(*rows: Sequence[str]) -> PrintedTable:
    return PrintedTable("Table 1", "", (), 0, tuple(Row(tuple(map(Cell, texts))) for texts in rows))


def glyphs(text: str, column: int, row: int = 0, x0: float = 0.0) -> list[CamelotGlyph]:
    places = [(char, x0 + 4 * i) for i, char in enumerate(text) if char != " "]
    return [CamelotGlyph(char, x, x + 4, PITCH * row, 8.0, row, column) for char, x in places]


def as_read(of: PrintedTable, columns: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], list[CamelotGlyph]]:
    """The second reading of a table's cells: the same text, in the same columns except for those given."""
    return {
        (r, c): glyphs(cell.text, columns.get((r, c), c), r)
        for r, row in enumerate(of.rows)
        for c, cell in enumerate(row.cells)
        if cell.text
    }


TABLE = table(
    ("Male", "24", "31"),
    ("Female", "27", "20"),
    ("Other", "3", ""),
    ("Old", "11", "7"),
    ("Young", "13", "9"),
    ("", "1", ""),
)


def test_the_same_in_the_same_columns_is_no_doubt() -> None:
    assert compare(TABLE, [as_read(TABLE, {})]) == []


def test_a_number_in_the_column_of_a_blank_cell_is_a_doubt() -> None:
    (flag,) = compare(TABLE, [as_read(TABLE, {(2, 1): 2})])
    assert (flag.row, flag.column, flag.code, flag.reader, flag.reading) == (2, 1, "RDR001", "camelot", "3")


def test_a_number_moved_onto_another_is_an_error_of_the_second_reader() -> None:
    assert compare(TABLE, [as_read(TABLE, {(0, 1): 2})]) == []


def test_a_second_value_in_a_cell_is_a_doubt_what_belongs_to_the_first_is_none() -> None:
    joined = table(("A", "24 31"), ("B", "27 (3)"), ("C", "3"), ("D", "4"))
    cells = as_read(joined, {})
    cells[0, 1] = glyphs("24", 1) + glyphs("31", 2, x0=40.0)
    cells[1, 1] = glyphs("27", 1, 1) + glyphs("(3)", 2, 1, x0=40.0)
    (flag,) = compare(joined, [cells])
    assert (flag.row, flag.column, flag.reading) == (0, 1, "24 | 31")


def test_columns_that_the_second_reader_does_not_tell_apart_say_nothing() -> None:
    one_column = {(r, c): 0 for r in range(6) for c in range(3)}
    assert compare(TABLE, [as_read(TABLE, one_column)]) == []


def test_raised_and_wrapped_characters_stand_where_they_belong() -> None:
    raised = CamelotGlyph("2", 16.0, 18.0, -3.0, 5.0, 0, 0)
    below = glyphs("total", 0, row=1)
    assert (
        glyph_text([*below, raised, *glyphs("kg/m", 0), *glyphs("and", 0, x0=30.0)]).replace(" ", "") == "kg/m2andtotal"
    )


def planted(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Let the second reader misread the first `old` in a row of characters as `new`."""
    honest = proving.read_again

    def misread(path: Path, areas: Sequence[Area], password: str | None = None) -> dict[Area, list[CamelotGlyph]]:
        found = honest(path, areas, password)
        for read in found.values():
            text = "".join(glyph.text for glyph in read)
            if (at := text.find(old)) >= 0:
                read[at : at + len(old)] = [g._replace(text=char) for g, char in zip(read[at:], new, strict=False)]
                break
        return found

    monkeypatch.setattr(proving, "read_again", misread)


@pytest.mark.parametrize(
    ("printed", "misread", "expected", "code"),
    [
        ("0.464", "0.463", ("p", "0.464", "0.463"), "RDR001"),  # the interval allows both
        ("12(23.5)", "12(28.5)", ("percent", "23.5", "28.5"), "RDR009"),  # 12 of 51 is 23.5
    ],
)
def test_a_planted_difference_becomes_a_flag_a_reading_and_a_finding(
    printed: str,
    misread: str,
    expected: tuple[str, str, str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planted(monkeypatch, printed, misread)
    pdf = FACSIMILES / "li2024.pdf"
    paper = read_paper(load_card("li2024"), pdf)
    (flagged,) = [table for table in read_tables(pdf) if table.flags]
    assert [flag.reader for flag in flagged.flags] == ["camelot"]
    assert (flagged.agreement or 1) < 1
    assert '"RDR001"' in tables_json(pdf, [flagged])

    publish(paper, tmp_path / "li2024")
    lines = (tmp_path / "li2024" / "readings.csv").read_text(encoding="utf-8").splitlines()
    exhibit, row, column, published, reader, reading, _, given = lines[1].split(",")
    assert (len(lines), column, published, reading) == (2, *expected)
    assert (reader, given) == ("camelot", "RDR001")
    records = (tmp_path / "li2024" / f"{exhibit}.csv").read_text(encoding="utf-8").splitlines()
    assert {record.rpartition(",")[2] for record in records if record.startswith(f"{row},")} == {"pdfplumber"}
    assert any(record.endswith("pdfplumber+camelot") for record in records)

    outcome = validate_paper(tmp_path / "li2024", ROOT / "validations" / "verdicts")
    (finding,) = [finding for finding in outcome.findings if finding.code.startswith("RDR")]
    assert (finding.code, finding.exhibit, finding.row, finding.printed) == (
        code,
        exhibit,
        row,
        f"{column}={published}",
    )
    assert outcome.waiting == ((finding,) if code == "RDR001" else ())


def test_without_a_second_reading_the_first_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "read_again", lambda *_: {})
    paper = read_paper(load_card("li2024"), FACSIMILES / "li2024.pdf")
    assert {table.agreement for table in read_tables(FACSIMILES / "li2024.pdf")} == {None}
    assert {name for exhibit in paper.exhibits for name in exhibit.frame["read_by"]} == {"pdfplumber"}
    assert paper.readings.empty
