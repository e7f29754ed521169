import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from extract.output.doubts import REPAIR_CODES
from extract.output.output_forms import fitted_widths
from extract.output.tables import tables_csv, tables_json, tables_text
from extract.tables.table import Flag, PrintedTable
from validations.registry import all_checks

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
            "statistics": [[2, 1, "count", "head: N (%)"]],
        }
    ]


def test_each_table_becomes_a_csv_of_its_own(table_of: Make) -> None:
    table = small(table_of)
    files = tables_csv([table, table])
    assert list(files) == ["table_1.csv", "table_1-2.csv"]
    assert files["table_1.csv"] == "Characteristic,N (%),flags\nSex,,\nMale,44 (61.1),\n"


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


FLAGS = (
    Flag(2, 1, "RDR001", "camelot", "41(61.1)", "pdfplumber reads '44 (61.1)'"),
    Flag(2, 1, "RDR007", "text layer", "44 b61.1)", "the text layer says b, the glyph shows ("),
    Flag(1, 1, "RDR005", "pdfplumber", "", "4 stands there and is lost"),
    Flag(0, 1, "RDR007", "text layer", "N b%)", "the text layer says b, the glyph shows ("),
)


def test_doubtful_cells_are_marked_on_the_screen(table_of: Make) -> None:
    lines = [line.strip() for line in tables_text([replace(small(table_of), flags=FLAGS)], 80).splitlines()]
    assert lines[1] == "page 1: 2 rows, 2 columns, 2 in doubt [?], 1 repaired [~]"
    assert lines[3] == "Characteristic   N (%) [~]"
    assert [line.split("  ")[-1].strip() for line in lines[5:7]] == ["[?]", "44 (61.1) [?]"]
    assert lines[8:] == [
        "[?] row 2 (Male), N (%): RDR001 camelot reads '41(61.1)': pdfplumber reads '44 (61.1)'",
        "[?] row 1 (Sex), N (%): RDR005 4 stands there and is lost",
        "[~] 2 cells: RDR007 the text layer says b, the glyph shows (",
        "",
    ]


def test_doubtful_cells_are_named_in_the_csv(table_of: Make) -> None:
    text = tables_csv([replace(small(table_of), flags=FLAGS)])["table_1.csv"]
    head, sex, male = csv.reader(text.splitlines())
    assert head == ["Characteristic", "N (%)", "flags"]
    lost = "column 2: RDR005 4 stands there and is lost"
    glyph = "text layer reads 'N b%)': the text layer says b, the glyph shows ("
    assert sex == ["Sex", "", f"{lost} | head, column 2: RDR007 {glyph}"]
    assert male[2].startswith(
        "column 2: RDR001 camelot reads '41(61.1)': pdfplumber reads '44 (61.1)' | column 2: RDR007"
    )


WHOLE = (Flag(-1, -1, "RDR003", "pdfplumber", "", "no caption"),)


def test_a_doubt_of_the_whole_table(table_of: Make, tmp_path: Path) -> None:
    table = replace(small(table_of), flags=WHOLE)
    text = tables_text([table], 80)
    assert "page 1: 2 rows, 2 columns, in doubt [?]" in text
    assert "\n[?] table: RDR003 no caption\n" in text
    assert text.count("[?]") == 2
    assert tables_csv([table])["table_1.csv"].splitlines()[1] == "Sex,,table: RDR003 no caption"
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(b"%PDF-")
    assert json.loads(tables_json(pdf, [table]))["tables"][0]["flags"] == [[-1, -1, "RDR003", "no caption"]]


def test_flags_of_tables_without_heads_or_rows(table_of: Make) -> None:
    flag = Flag(0, 0, "RDR001", "camelot", "Sexe", "pdfplumber reads 'Sex'")
    headless = replace(small(table_of), header_rows=0, flags=(flag, *WHOLE))
    first = next(csv.reader(tables_csv([headless])["table_1.csv"].splitlines()))
    assert first[2] == "column 1: RDR001 camelot reads 'Sexe': pdfplumber reads 'Sex' | table: RDR003 no caption"
    only_head = table_of("Table 1", [["Sex", "N"]], [])
    lines = tables_csv([replace(only_head, flags=(flag,))])["table_1.csv"].splitlines()
    assert lines == ["Sex,N,flags", ",,\"head, column 1: RDR001 camelot reads 'Sexe': pdfplumber reads 'Sex'\""]


def test_the_second_reader_reads_nothing(table_of: Make) -> None:
    flag = Flag(2, 1, "RDR001", "camelot", "", "pdfplumber reads '44 (61.1)'")
    assert "camelot reads nothing: pdfplumber reads" in tables_text([replace(small(table_of), flags=(flag,))], 80)


def test_brackets_in_heads_are_printed(table_of: Make) -> None:
    text = tables_text([table_of("Table 1", [["Drug", "Age [years]"]], [["A [b]", ("[median]", "c")]])], 80)
    assert "Age [years]" in text
    assert "A [b]" in text
    assert "[median] [c]" in text


def test_the_codes_of_repairs_are_those_of_notes() -> None:
    severities = {check.code: check.severity for check in all_checks() if check.code.startswith("RDR")}
    assert {code for code, severity in severities.items() if severity == "note"} == REPAIR_CODES


def test_long_labels_are_shortened_in_the_line_of_a_doubt(table_of: Make) -> None:
    label = "Patients with known risk factors other than diabetes and history of disease"
    table = table_of("Table 1", [["", "N"]], [[label, "44"]])
    flag = Flag(1, 1, "RDR005", "pdfplumber", "", "4 is lost")
    text = tables_text([replace(table, flags=(flag,))], 120)
    assert "[?] row 1 (Patients with known risk factors other than…), N: RDR005 4 is lost" in text
