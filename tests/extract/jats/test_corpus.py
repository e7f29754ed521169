"""Real papers, in the folder DOUBLETAKE_CORPUS: their XML against what others read of it, and beside their pages.

The corpus holds parts of articles, one of them cut in the middle of a tag; so the tables are taken out of them."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from extract.errors import PartFaults
from extract.jats.reading import read_jats_tables
from extract.jats.third_reading import read_xml_besides, tables_with_xml
from extract.tables.reading import read_tables
from extract.tables.table import PrintedTable

WORKERS = 2
MOST_FLAGGED_SHARE = 0.02  # of the cells that are right
OTHERS_MARK = "bodymassindex,kg/m2"  # PMC5617873: <sup>2a</sup> is an exponent and a mark; the others keep "2a"
pytestmark = pytest.mark.corpus


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the papers; the package that scores them lies in the corpus."""
    given = os.environ.get("DOUBLETAKE_CORPUS")
    if not given:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers and their published tables")
    monkeypatch.syspath_prepend(given)
    yield Path(given) / "tables" / "jats"
    for name in [name for name in sys.modules if name.partition(".")[0] == "scoring"]:
        del sys.modules[name]


@pytest.fixture
def xmls(folder: Path, tmp_path: Path) -> dict[Path, Path]:
    """The PDF of each paper -> an article with its tables."""
    from scoring.table_truth import TABLE_WRAP

    found = {}
    for pdf in sorted(folder.glob("*.pdf")):
        wraps = TABLE_WRAP.findall(pdf.with_suffix(".xml").read_text(encoding="utf-8"))
        found[pdf] = tmp_path / f"{pdf.stem}.xml"
        found[pdf].write_text(f"<sec>{''.join(wraps)}</sec>", encoding="utf-8")
    return found


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


def test_with_the_xml_no_wrong_cell_is_without_a_flag(xmls: dict[Path, Path]) -> None:
    from scoring.table_metric import Tally, score_document
    from scoring.table_truth import read_truth

    with ProcessPoolExecutor(WORKERS) as pool:
        read = list(pool.map(read_tables, xmls))
    pooled, wrong = Tally(), Counter[tuple[str, str]]()
    for (pdf, xml), tables in zip(xmls.items(), read, strict=True):
        answers = [as_answer(table) for table in tables_with_xml(tables, *read_xml_besides(xml))]
        pooled.update(score_document(read_truth(pdf), answers)[0])
        wrong += unflagged(read_truth(pdf), answers)
    assert {label for label, _ in wrong} <= {OTHERS_MARK}
    right = pooled["numbers_predicted"] - pooled["numbers_wrong"]
    assert pooled["numbers_flagged"] - pooled["numbers_wrong_flagged"] <= MOST_FLAGGED_SHARE * right
