"""Tables in the OASIS format (CALS), laid out as the same tables in the other format of JATS are."""

from pathlib import Path

import pytest

from extract.errors import PartFaults, UnreadableError
from extract.jats.reading import read_jats_tables
from extract.tables.table import PrintedTable

OASIS = "http://www.niso.org/standards/z39-96/ns/oasis-exchange/table"
COLUMNS = "".join(f'<oasis:colspec colnum="{number}" colname="c{number}"/>' for number in range(1, 6))


def article(*blocks: str, label: str = "Table 1") -> str:
    """An article with a table of these blocks."""
    table = f"<oasis:table>{''.join(blocks)}</oasis:table>" if blocks else ""
    wrap = f"<table-wrap><label>{label}</label>{table}</table-wrap>"
    return f'<article xmlns:oasis="{OASIS}"><floats-group>{wrap}</floats-group></article>'


def tgroup(head: str, body: str, columns: str = COLUMNS) -> str:
    text = f'<tgroup cols="5">{columns}<thead>{head}</thead><tbody>{body}</tbody></tgroup>'
    for name in ("tgroup", "thead", "tbody", "row", "entrytbl", "entry"):
        text = text.replace(f"<{name}", f"<oasis:{name}").replace(f"</{name}>", f"</oasis:{name}>")
    return text.replace("<oasis:entry/>", "<oasis:entry></oasis:entry>")


def row(*entries: str) -> str:
    """A row; an entry is its text, or its attributes, "|" and its text."""
    parts = [entry.rpartition("|") for entry in entries]
    return "<row>" + "".join(f"<entry {attributes}>{text}</entry>" for attributes, _, text in parts) + "</row>"


def only(tmp_path: Path, text: str) -> PrintedTable:
    path = tmp_path / "paper.xml"
    path.write_text(text, encoding="utf-8")
    [found] = read_jats_tables(path, PartFaults(path))
    return found


def texts(table: PrintedTable) -> list[list[str]]:
    return [list(each.texts) for each in table.rows]


HEAD = row("morerows='1'|Event", "namest='c2' nameend='c3'|Drug", "namest='c4' nameend='c5'|Placebo") + row(
    "n", "%", "n", "%"
)
BODY = row("namest='c1' nameend='c5'|Blood") + row("morerows='1'|Anaemia", "7", "14", "6", "12")
BODY += row("1", "2", "0", "0")
PRINTED = [
    ["Event", "Drug", "", "Placebo", ""],
    ["", "n", "%", "n", "%"],
    ["Blood", "", "", "", ""],
    ["Anaemia", "7", "14", "6", "12"],
    ["", "1", "2", "0", "0"],
]
NAMED = row("colname='c1' morerows='1'|Event", "spanname='drug'|Drug", "spanname='placebo'|Placebo") + row(
    "colname='c2'|n", "colname='c3'|%", "colname='c4'|n", "colname='c5'|%"
)
SPANS = (
    '<oasis:spanspec spanname="drug" namest="c2" nameend="c3"/><oasis:spanspec spanname="placebo" namest="c4"'
    ' nameend="c5"/>'
)
UNNUMBERED = COLUMNS.replace(' colnum="1"', "").replace(' colnum="2"', "").replace(' colnum="5"', "")


@pytest.mark.parametrize(
    ("head", "columns"),
    [(HEAD, COLUMNS), (NAMED, COLUMNS + SPANS), (HEAD, UNNUMBERED)],
    ids=["namest and nameend", "colname and spanname", "columns without numbers"],
)
def test_spans_take_their_places(tmp_path: Path, head: str, columns: str) -> None:
    table = only(tmp_path, article(tgroup(head, BODY, columns)))
    assert (table.label, table.header_rows, texts(table)) == ("Table 1", 2, PRINTED)


def test_the_same_table_in_both_formats(tmp_path: Path) -> None:
    html = (
        "<table><thead><tr><th rowspan='2'>Event</th><th colspan='2'>Drug</th><th colspan='2'>Placebo</th></tr>"
        "<tr><th>n</th><th>%</th><th>n</th><th>%</th></tr></thead><tbody><tr><td colspan='5'>Blood</td></tr>"
        "<tr><td rowspan='2'>Anaemia</td><td>7</td><td>14</td><td>6</td><td>12</td></tr>"
        "<tr><td>1</td><td>2</td><td>0</td><td>0</td></tr></tbody></table>"
    )
    other = only(tmp_path, article().replace("</table-wrap>", f"{html}</table-wrap>"))
    assert only(tmp_path, article(tgroup(HEAD, BODY))) == other


def test_a_cell_stands_in_its_column_although_others_are_left_out(tmp_path: Path) -> None:
    body = row("Male", "colname='c3'|14", "colname='c5'|12") + row("Female", "7", "8", "6", "9")
    head = row("Event", "n", "%", "N", "%")
    assert texts(only(tmp_path, article(tgroup(head, body))))[1:] == [
        ["Male", "", "14", "", "12"],
        ["Female", "7", "8", "6", "9"],
    ]


def test_columns_may_be_declared_anew_in_the_head(tmp_path: Path) -> None:
    own = '<oasis:colspec colname="h1"/><oasis:colspec colname="h2"/><oasis:colspec colname="h3"/>'
    head = own + row("colname='h1'|Event", "namest='h2' nameend='h3'|Drug")
    assert texts(only(tmp_path, article(tgroup(head, row("Male", "7", "14")))))[0] == ["Event", "Drug", ""]


@pytest.mark.parametrize("rows", ["9", "99999999999999999999", "-1", "x"])
def test_a_span_past_the_end_is_clipped(tmp_path: Path, rows: str) -> None:
    body = row("Male", "12") + row("Female", f"morerows='{rows}'|13")
    assert texts(only(tmp_path, article(tgroup(row("Item", "n"), body)))) == [
        ["Item", "n"],
        ["Male", "12"],
        ["Female", "13"],
    ]


def test_several_groups_stand_below_one_another(tmp_path: Path) -> None:
    first, second = (tgroup(row("Item", "n"), row(name, "12")) for name in ("Male", "Female"))
    assert texts(only(tmp_path, article(first, second))) == [["Item", "n"], ["Male", "12"], ["Female", "12"]]


def test_marks_and_paragraphs_are_as_in_other_tables(tmp_path: Path) -> None:
    body = row("Age, y<sup>a</sup>", "<p>54.2</p><p>(11.3)</p>")
    table = only(tmp_path, article(tgroup(row("Item", "Mean (SD)"), body)))
    assert (table.rows[1].cells[0].marks, texts(table)[1]) == (("a",), ["Age, y", "54.2 (11.3)"])


def test_a_part_of_an_article_needs_no_namespace_of_its_own(tmp_path: Path) -> None:
    text = article(tgroup(HEAD, BODY))
    part = text[text.index("<table-wrap>") : text.index("</floats-group>")]
    assert texts(only(tmp_path, part)) == PRINTED


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (
            tgroup(row("Item", "n"), row("Male", "namest='c2' nameend='c9'|12")),
            "a cell stands in column 'c9', which the table does not declare",
        ),
        (
            tgroup(row("Item", "n"), "<row><entrytbl><tbody>" + row("1") + "</tbody></entrytbl></row>"),
            "a table stands within a row of a table (<entrytbl>)",
        ),
        (
            tgroup(row("Item", "n"), row("Male", "12"), '<oasis:colspec colnum="999999999" colname="c1"/>'),
            "a table has more than 1000 columns",
        ),
        (tgroup("", "", ""), "the XML has no cells of Table 1"),
    ],
)
def test_what_cannot_be_laid_out_is_listed_and_the_others_are_read(tmp_path: Path, block: str, why: str) -> None:
    path = tmp_path / "paper.xml"
    text = article(block) + article(tgroup(HEAD, BODY), label="Table 2")
    path.write_text(text.replace(f'</article><article xmlns:oasis="{OASIS}">', ""), encoding="utf-8")
    faults = PartFaults(path)
    assert [table.label for table in read_jats_tables(path, faults)] == ["Table 2"]
    [part] = faults.unread
    assert part.label == "Table 1"
    assert why in part.why


def test_a_table_with_too_many_cells_is_an_error(tmp_path: Path) -> None:
    body = (row(*["1"] * 100)) * 1001
    with pytest.raises(UnreadableError, match="a table has 1002 rows and 100 columns"):
        only(tmp_path, article(tgroup(row("Item"), body)))
