"""The XML as a third reading of a PDF: Table 4 of the facsimile of kokkali2025 beside the same table typed as XML."""

import json
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extract.commands.cli import main

PDF = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles" / "kokkali2025.pdf"
BODY = 2  # the first row below the head
TABLE4 = ("--pages", "4")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def table_with(tmp_path: Path, xml: str) -> dict[str, Any]:
    path = tmp_path / "other.xml"
    path.write_text(xml, encoding="utf-8")
    result = run("tables", PDF, *TABLE4, "--xml", path, "--json")
    assert result.exit_code == 0, result.stderr
    [table] = [table for table in json.loads(result.stdout)["tables"] if table["label"] == "Table 4"]
    return table


def places(table: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(row - BODY if row >= 0 else row, column, code) for row, column, code, _ in table["flags"]]


def test_where_page_and_xml_agree_nothing_is_in_doubt(tmp_path: Path, table4: str, article: str) -> None:
    table = table_with(tmp_path, article % table4)
    assert (table["flags"], table["element"]) == ([], "tab4")


@pytest.mark.parametrize(
    ("printed", "other", "row", "column"),
    [
        ("<td>41</td>", "<td>14</td>", 0, 7),
        ("<td>10 (24.4)</td><td>19 (46.3)</td>", "<td>10 (24.4)</td><td>19 (46.4)</td>", 0, 5),
        ("<td>22 (34.4)</td>", "<td>22(34.5)</td>", 4, 3),
        ("<td>8 (12.5)</td>", "<td/>", 4, 6),
        ("<td>0</td><td>5</td><td>5</td>", "<td>0.1</td><td>5</td><td>5</td>", 1, 6),
    ],
)
def test_a_difference_shows_both_readings(
    tmp_path: Path, table4: str, article: str, printed: str, other: str, row: int, column: int
) -> None:
    assert printed in table4
    table = table_with(tmp_path, article % table4.replace(printed, other, 1))
    assert places(table) == [(row, column, "RDR026")]
    page = table["rows"][row + BODY][column]
    assert f"the page reads {page!r}" in table["flags"][0][3]
    assert ("jats reads" in table["flags"][0][3]) == (other != "<td/>")


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("(29.3)", "&#160;( 29.3 )"),
        ("TKI combo", "<italic>tki</italic><break/>combo"),
        ("<td>41</td>", "<td>41<xref ref-type='table-fn'>a</xref></td>"),
    ],
)
def test_another_typesetting_is_no_difference(
    tmp_path: Path, table4: str, article: str, printed: str, other: str
) -> None:
    table = table_with(tmp_path, article % table4.replace(printed, other, 1))
    assert places(table) == []


def test_another_label_puts_its_row_in_doubt(tmp_path: Path, table4: str, article: str) -> None:
    table = table_with(tmp_path, article % table4.replace("Double ICI", "Double IO"))
    assert places(table) == [(1, column, "RDR026") for column in range(9)]


def test_a_row_that_only_the_xml_has_is_a_doubt_about_the_table(tmp_path: Path, table4: str, article: str) -> None:
    row = "<tr><td>Radiotherapy</td><td>7</td><td>8</td><td>9</td><td/><td/><td/><td/><td/></tr>"
    table = table_with(tmp_path, article % table4.replace("</tbody>", f"{row}</tbody>"))
    [(row_number, column, code, what)] = table["flags"]
    assert (row_number, column, code) == (-1, -1, "RDR026")
    assert what == "only the XML has rows 'Radiotherapy | 7 | 8 | 9'"


def test_a_row_that_the_xml_lacks_is_in_doubt(tmp_path: Path, table4: str, article: str) -> None:
    lost = table4[table4.index("<tr><td>Chemo combo") : table4.index("<tr><td>Total")]
    table = table_with(tmp_path, article % table4.replace(lost, ""))
    assert {row for row, _, _ in places(table)} == {3}


def test_the_xml_of_another_paper_is_refused(tmp_path: Path, article: str) -> None:
    other = "<table-wrap><label>Table 4</label><table><tr><td>Dose</td><td>7.77</td></tr></table></table-wrap>"
    (tmp_path / "other.xml").write_text(article % other, encoding="utf-8")
    result = run("tables", PDF, *TABLE4, "--xml", tmp_path / "other.xml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is it the XML of another paper?" in result.stderr


def test_a_table_without_cells_in_the_xml_is_not_compared(tmp_path: Path, table4: str, article: str) -> None:
    picture = "<table-wrap><label>Table 3</label><graphic xlink:href='t3.jpg'/></table-wrap>"
    (tmp_path / "other.xml").write_text(article % (picture + table4), encoding="utf-8")
    result = run("tables", PDF, "--xml", tmp_path / "other.xml", "--json")
    flags = {table["label"]: [flag[3] for flag in table["flags"]] for table in json.loads(result.stdout)["tables"]}
    assert "the XML has no such table" not in flags["Table 3"]
    assert "the XML has no such table" in flags["Table 2"]
    assert "the XML has only a picture of Table 3" in result.stderr


@pytest.mark.parametrize("name", ["x.xml", "x.nxml"])
@pytest.mark.parametrize("command", ["tables", "claims"])
def test_an_xml_that_lies_beside_a_pdf_is_not_read(
    tmp_path: Path, table4: str, article: str, command: str, name: str
) -> None:
    pdf = tmp_path / "x.pdf"
    copyfile(PDF, pdf)
    alone = run(command, pdf, *TABLE4, "--json")
    (tmp_path / name).write_text(article % table4.replace("<td>41</td>", "<td>14</td>"), encoding="utf-8")
    beside = run(command, pdf, *TABLE4, "--json")
    (tmp_path / name).write_text("no XML at all", encoding="utf-8")
    broken = run(command, pdf, *TABLE4, "--json")
    assert alone.stdout == beside.stdout == broken.stdout


def test_check_reads_no_xml_that_lies_beside_a_pdf(tmp_path: Path, table4: str, article: str) -> None:
    pdf = tmp_path / "x.pdf"
    copyfile(PDF, pdf)
    run("check", pdf, *TABLE4, "--out", tmp_path / "alone" / "x")
    (tmp_path / "x.xml").write_text(article % table4.replace("<td>41</td>", "<td>14</td>"), encoding="utf-8")
    run("check", pdf, *TABLE4, "--out", tmp_path / "beside" / "x")
    alone, beside = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "x").iterdir() if path.suffix in (".csv", ".json")}
        for name in ("alone", "beside")
    )
    assert alone == beside


def test_check_publishes_what_the_xml_says(tmp_path: Path, table4: str, article: str) -> None:
    xml, out = tmp_path / "other.xml", tmp_path / "k"
    xml.write_text(article % table4.replace("<td>41</td>", "<td>14</td>"), encoding="utf-8")
    result = run("check", PDF, *TABLE4, "--xml", xml, "--out", out)
    assert result.exit_code == 1
    assert "RDR026 reading: k/table4 row 1 8" in result.stdout
    rows = (out / "table4.csv").read_text(encoding="utf-8").splitlines()
    assert {line.split(",")[0] for line in rows if line.endswith("+jats")} == {"2", "3", "4", "5"}
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["source_xml"]["name"], package["source_pdf"]["edition"]) == ("other.xml", "publisher")
    assert "jats" in package["readers"]
    again = run("validate", "k", "--curated", tmp_path, "--verdicts", tmp_path / "none")
    assert "release gate passed" in again.stderr + again.stdout
