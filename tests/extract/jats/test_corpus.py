"""Real papers, in the folder DOUBLETAKE_CORPUS: their XML against what others read of it, and beside their pages.

The corpus holds parts of articles, one of them cut in the middle of a tag; so the tables are taken out of them."""

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from extract.errors import PartFaults
from extract.jats.comparison import DIFFERENT
from extract.jats.reading import read_jats_tables
from extract.jats.source import read_article
from extract.jats.third_reading import read_xml_besides, tables_with_xml
from extract.tables.reading import read_tables
from extract.tables.table import PrintedTable

JUDGED = Path(__file__).with_name("judged_differences.csv")
FAULTS = ("page", "xml", "ours")
WORKERS = 2
MOST_FLAGGED_SHARE = 0.02  # of the cells that are right
OTHERS_MARK = "bodymassindex,kg/m2"  # Table 1 of PMC5617873; the others keep "m2a"
OTHERS_CELLS = ("18.4(3.8)", "18.7(4.2)", "18.6(4.0)")  # of that row
AS_BELOW = "the XML has another label"  # begins the evidence of cells that are alike in a row with another label
pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """The folder of the papers; the package that scores them lies in the corpus."""
    given = os.environ.get("DOUBLETAKE_CORPUS")
    if not given:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers and their published tables")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(given)
        yield Path(given) / "tables" / "jats"
    for name in [name for name in sys.modules if name.partition(".")[0] == "scoring"]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def xmls(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The PDF of each paper -> an article with its tables."""
    from scoring.table_truth import TABLE_WRAP

    found, tmp_path = dict[Path, Path](), tmp_path_factory.mktemp("jats")
    for pdf in sorted(folder.glob("*.pdf")):
        wraps = TABLE_WRAP.findall(pdf.with_suffix(".xml").read_text(encoding="utf-8"))
        found[pdf] = tmp_path / f"{pdf.stem}.xml"
        found[pdf].write_text(f"<sec>{''.join(wraps)}</sec>", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def compared(xmls: dict[Path, Path]) -> dict[Path, list[PrintedTable]]:
    """The PDF of each paper -> its tables with what their XML says of them."""
    with ProcessPoolExecutor(WORKERS) as pool:
        read = list(pool.map(read_tables, xmls))
    return {
        pdf: tables_with_xml(tables, *read_xml_besides(xml))
        for (pdf, xml), tables in zip(xmls.items(), read, strict=True)
    }


def as_answer(table: PrintedTable) -> dict[str, object]:
    flags = [list(flag) for flag in table.flags]
    return {"label": table.label, "rows": [list(row.texts) for row in table.rows], "flags": flags}


def unflagged(truth: list[object], answers: list[dict[str, object]]) -> Counter[tuple[str, str]]:
    """The numeric cells that are not as published and have no flag, with the label of their row."""
    from scoring.table_metric import harmless_marks, make_grid, match

    true = [make_grid(table.label, table.rows) for table in truth]  # type: ignore[attr-defined]
    seen = [[make_grid(a["label"], a["rows"], harmless_marks(table), a["flags"]) for a in answers] for table in truth]
    found: Counter[tuple[str, str]] = Counter()
    for number, place in match(true, seen).items():
        found += (seen[number][place].numbers - true[number].numbers) - seen[number][place].flagged
    return found


def test_cells_of_xml_are_those_that_others_read(xmls: dict[Path, Path]) -> None:
    from scoring.table_metric import Tally, score_document
    from scoring.table_truth import read_truth

    pooled = Tally()
    for pdf, xml in xmls.items():
        answers = [as_answer(table) for table in read_jats_tables(xml, PartFaults(xml))]
        pooled.update(score_document(read_truth(pdf), answers)[0])
        assert {label for label, _ in unflagged(read_truth(pdf), answers)} <= {OTHERS_MARK}
    assert (pooled["tables"], pooled["found"], pooled["spurious"]) == (55, 55, 0)
    assert (pooled["digits_lost"], pooled["digits_invented"]) == (0, 0)
    assert pooled["numbers_true"] - pooled["numbers_shared"] == 3


def make_oasis(table: etree._Element) -> None:
    """Change a <table> into the OASIS format, in place. Its spans are laid out here anew."""
    tgroup, width = etree.Element("tgroup"), 0
    for group in [each for each in table if each.tag in ("thead", "tbody", "tfoot")]:
        taken, rows = set[tuple[int, int]](), group.findall("tr")
        for r, row in enumerate(rows):
            for cell in row:
                c = next(c for c in count() if (r, c) not in taken)
                high, wide = (int(cell.attrib.pop(name, "1")) for name in ("rowspan", "colspan"))
                taken |= {(r + i, c + j) for i in range(high) for j in range(wide)}
                cell.tag, width = "entry", max(width, c + wide)
                cell.attrib.update({"namest": f"c{c}", "nameend": f"c{c + wide - 1}", "morerows": str(high - 1)})
            row.tag = "row"
        tgroup.append(group)
    for c in reversed(range(width)):
        tgroup.insert(0, etree.Element("colspec", colname=f"c{c}"))
    table[:] = [tgroup]


def test_tables_of_both_formats_are_laid_out_alike(xmls: dict[Path, Path], tmp_path: Path) -> None:
    alike = 0
    for xml in xmls.values():
        tables = read_jats_tables(xml, PartFaults(xml))
        article, other = read_article(xml), tmp_path / xml.name
        for table in article.iter("table"):
            make_oasis(table)
        other.write_bytes(etree.tostring(article))
        assert b"<tgroup>" in other.read_bytes()
        assert b"<td" not in other.read_bytes()
        again = read_jats_tables(other, PartFaults(other))
        assert [cells_of(table) for table in again] == [cells_of(table) for table in tables]
        alike += len(again)
    assert alike == 55


def cells_of(table: PrintedTable) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [[(cell.text, cell.marks) for cell in row.cells] for row in table.rows]


def test_with_the_xml_no_wrong_cell_is_without_a_flag(compared: dict[Path, list[PrintedTable]]) -> None:
    from scoring.table_metric import Tally, score_document
    from scoring.table_truth import read_truth

    pooled, wrong = Tally(), Counter[tuple[str, str]]()
    for pdf, tables in compared.items():
        answers = [as_answer(table) for table in tables]
        pooled.update(score_document(read_truth(pdf), answers)[0])
        wrong += unflagged(read_truth(pdf), answers)
    assert wrong == Counter((OTHERS_MARK, cell) for cell in OTHERS_CELLS)
    right = pooled["numbers_predicted"] - pooled["numbers_wrong"]
    assert pooled["numbers_flagged"] - pooled["numbers_wrong_flagged"] <= MOST_FLAGGED_SHARE * right
    assert judged_counts("wrong_numbers") == {"xml": pooled["numbers_wrong_flagged"], "page": 0, "ours": 0}
    assert pooled["numbers_wrong_flagged"] == 42


def test_the_mark_that_others_leave_in_a_label_is_a_mark(compared: dict[Path, list[PrintedTable]]) -> None:
    """The page and the XML print kg/m with a raised "2a", and the note "a" of the table is that on means. The scorer
    takes only a superscript without any digit for a mark, so that three cells of the row seem wrong."""
    [table] = [
        t for pdf, tables in compared.items() if pdf.stem == "PMC5617873" for t in tables if t.label == "Table 1"
    ]
    [label] = [row.cells[0] for row in table.body if row.texts[0].startswith("Body mass")]
    assert (label.text, label.marks) == ("Body mass index, kg/m2", ("a",))
    assert "a Mean (standard deviation)" in table.footnotes


Difference = tuple[str, str, str, str, str, str]  # paper, table, row below the head, column, both from 1; page, XML


def differences(paper: str, table: PrintedTable) -> Counter[Difference]:
    """The differences of a table, each with the number of cells in doubt for it. Rows of the head are 0 and less; a
    doubt about the whole table has no row."""
    found: Counter[Difference] = Counter()
    for flag in table.flags:
        if flag.code != DIFFERENT:
            continue
        if flag.row < 0:
            found[paper, table.label, "", "", "", flag.evidence] += 1
            continue
        row, column = table.rows[flag.row], 0 if flag.evidence.startswith(AS_BELOW) else flag.column
        [reading] = [f.reading for f in table.flags if f[:3] == (flag.row, column, DIFFERENT)]
        place = (str(flag.row - table.header_rows + 1), str(column + 1))
        found[paper, table.label, *place, row.texts[column], reading] += 1
    return found


def judged_lines() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged_counts(column: str) -> dict[str, int]:
    """The sum of a column of the judged differences by whose fault they are."""
    counts = dict.fromkeys(FAULTS, 0)
    for line in judged_lines():
        counts[line["fault"]] += int(line[column])
    return counts


def test_every_difference_between_page_and_xml_is_judged(compared: dict[Path, list[PrintedTable]]) -> None:
    """A new difference fails until someone has looked at the page and added a line; so does a line that is gone."""
    found: Counter[Difference] = Counter()
    for pdf, tables in compared.items():
        for table in tables:
            found += differences(pdf.stem, table)
    names = ("paper", "table", "row", "column", "printed", "xml")
    judged = Counter({tuple(line[name] for name in names): int(line["cells"]) for line in judged_lines()})
    assert found == judged
    assert judged_counts("cells") == {"xml": 87, "page": 0, "ours": 0}
