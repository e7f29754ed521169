"""Layouts of other typesetters: each file is read as printed.

A folder here is one kind of layout, with documents of our own: `<variant>.pdf`, its source (.tex, .typ, .html, .fodt,
.py...; not for `case*.pdf`, which were reported) and `<variant>.json`, its truth typed by hand:

- `{"tables": [{"label", "header": [...], "rows": [[...], ...], "flagged": [[row, column], ...]}, ...]}`: all tables of
  the document, from first to last. "header" (the cells of the last head row), "caption" and "flagged" (cells of "rows"
  that must carry a flag; [-1, -1]: the whole table) may be left out; a table without "flagged" may carry no flag.
- `{"rows": [{"label", "estimate", "ci_low", ...}, ...]}`: all rows of forest plots, from first to last, with the
  columns to compare; "drawn_*" agree within 2 % or .02; "flagged": true where the row must carry a flag, and none may
  otherwise.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.forests.reading import read_forests
from extract.tables.reading import read_tables

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*/*.json"))


def _near(found: str, true: str) -> bool:
    return abs(float(found or "nan") - float(true)) <= max(0.02, 0.02 * abs(float(true)))


def _check_tables(pdf: Path, expected: list[dict[str, Any]]) -> None:
    found = read_tables(pdf)
    assert [table.label for table in found] == [table["label"] for table in expected]
    for table, truth in zip(found, expected, strict=True):
        assert [list(row.texts) for row in table.body] == truth["rows"]
        if "header" in truth:
            assert list(table.head[-1].texts) == truth["header"]
        if "caption" in truth:
            assert table.caption == truth["caption"]
        places = {(flag.row - table.header_rows if flag.row >= 0 else -1, flag.column) for flag in table.flags}
        assert places == {tuple(place) for place in truth.get("flagged", [])}, table.flags


def _check_plots(pdf: Path, expected: list[dict[str, Any]]) -> None:
    rows = [row for plot in read_forests(pdf) for row in plot.rows]
    assert [row.values.get("label", "") for row in rows] == [truth["label"] for truth in expected]
    for row, truth in zip(rows, expected, strict=True):
        assert bool(row.flags) == truth.get("flagged", False), (truth["label"], row.flags)
        for column, value in truth.items():
            if column.startswith("drawn_"):
                assert _near(row.values.get(column, ""), value), (truth["label"], column)
            elif column != "flagged":
                assert row.values.get(column, "") == value, (truth["label"], column)


@pytest.mark.parametrize("truth", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_layout(truth: Path) -> None:
    expected = json.loads(truth.read_text(encoding="utf-8"))
    pdf = truth.with_suffix(".pdf")
    if "tables" in expected:
        _check_tables(pdf, expected["tables"])
    else:
        _check_plots(pdf, expected["rows"])


def test_every_document_has_its_truth_and_source() -> None:
    for pdf in FOLDER.glob("*/*.pdf"):
        assert pdf.with_suffix(".json").is_file(), pdf.name
        sources = [path for path in pdf.parent.glob(f"{pdf.stem}.*") if path.suffix not in (".pdf", ".json")]
        assert sources or pdf.stem.startswith("case"), pdf.name
