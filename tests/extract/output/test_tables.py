import json
from collections.abc import Callable
from pathlib import Path

from extract.output.output_forms import fitted_widths
from extract.output.tables import tables_csv, tables_json, tables_text
from extract.tables.table import PrintedTable

Make = Callable[..., PrintedTable]


def small(table_of: Make) -> PrintedTable:
    return table_of("Table 1", [["Characteristic", "N (%)"]], [["Sex", ""], [(">Male", "1"), "44 (61.1)"]])


def test_json_has_the_keys_of_the_contract(table_of: Make, tmp_path: Path) -> None:
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(b"%PDF-")
    found = json.loads(tables_json(pdf, [small(table_of)]))
    assert list(found) == ["file", "sha256", "tables"]
    assert found["tables"] == [
        {
            "label": "Table 1",
            "caption": "Caption",
            "boxes": [[1, 50.0, 100.0, 590.0, 130.0]],
            "header_rows": 1,
            "rows": [["Characteristic", "N (%)"], ["Sex", ""], ["Male", "44 (61.1)"]],
            "marks": [[2, 0, "1"]],
            "flags": [],
            "footnotes": [],
            "agreement": None,
        }
    ]


def test_each_table_becomes_a_csv_of_its_own(table_of: Make) -> None:
    table = small(table_of)
    files = tables_csv([table, table])
    assert list(files) == ["table_1.csv", "table_1-2.csv"]
    assert files["table_1.csv"] == "Characteristic,N (%)\nSex,\nMale,44 (61.1)\n"


def test_tables_as_text(table_of: Make) -> None:
    lines = [line.rstrip() for line in tables_text([small(table_of)], 60).splitlines()]
    assert lines[:2] == ["Table 1  Caption", "page 1: 2 rows, 2 columns"]
    assert "   Male [1]       44 (61.1)" in lines


def test_words_and_numbers_are_not_broken_on_a_narrow_screen(table_of: Make) -> None:
    table = table_of(
        "Table 1", [["Drug", "Estimate (95% CI)"]], [["pembrolizumab and axitinib", "0.123 (0.045–0.678)"]]
    )
    lines = [line.strip() for line in tables_text([table], 30).splitlines()]
    assert [line.split("  ")[0] for line in lines if "pembro" in line] == ["pembrolizumab"]
    assert any("(0.045–0.678)" in line for line in lines)
    assert max(map(len, tables_text([table], 200).splitlines())) < 60


def test_the_widest_columns_are_narrowed_first_but_not_below_their_longest_word() -> None:
    assert fitted_widths([10, 40, 20], [5, 8, 9], 50) == [10, 20, 20]
    assert fitted_widths([10, 40, 20], [5, 30, 9], 50) == [10, 30, 10]
    assert fitted_widths([10, 40], [10, 40], 20) == [10, 40]
