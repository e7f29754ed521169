"""The tables of a JATS XML: spans, heads, marks, notes, and where they stand. What is printed was typed by hand."""

from pathlib import Path

import pytest

from extract.errors import PartFaults, UnreadableError
from extract.jats.reading import read_jats_tables
from extract.tables.table import PrintedTable


def article(body: str = "", floats: str = "", back: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<article xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<body>{body}</body><back>{back}</back><floats-group>{floats}</floats-group></article>"
    )


def wrap(table: str, label: str = "<label>Table 1</label>", foot: str = "") -> str:
    return f'<table-wrap id="T1">{label}<caption><p>Baseline</p></caption>{table}{foot}</table-wrap>'


def tables_in(tmp_path: Path, text: str) -> list[PrintedTable]:
    path = tmp_path / "paper.xml"
    path.write_text(text, encoding="utf-8")
    return read_jats_tables(path, PartFaults(path))


def only(tmp_path: Path, table: str, foot: str = "") -> PrintedTable:
    [found] = tables_in(tmp_path, article(wrap(table, foot=foot)))
    return found


def texts(table: PrintedTable) -> list[list[str]]:
    return [list(row.texts) for row in table.rows]


ONE = "<table><thead><tr><th>Item</th><th>n</th></tr></thead><tbody><tr><td>Male</td><td>12</td></tr></tbody></table>"


@pytest.mark.parametrize(
    "text",
    [
        article(body=f"<sec><title>Results</title><p>See {wrap(ONE)}.</p></sec>"),
        article(floats=wrap(ONE)),
        article(back=f"<app-group><app>{wrap(ONE)}</app></app-group>"),
        article(body=f"<sec><supplementary-material>{wrap(ONE)}</supplementary-material></sec>"),
        wrap(ONE),
        f"<sec><title>Results</title>{wrap(ONE)}</sec><sec><p>More</p></sec>",
    ],
    ids=["in a paragraph", "floats", "appendix", "supplement", "the table alone", "parts of an article"],
)
def test_a_table_is_found_wherever_it_stands(tmp_path: Path, text: str) -> None:
    [table] = tables_in(tmp_path, text)
    assert (table.label, table.caption, table.element) == ("Table 1", "Baseline", "T1")
    assert texts(table) == [["Item", "n"], ["Male", "12"]]
    assert [row.read_by for row in table.rows] == [("jats",), ("jats",)]


def test_the_tables_of_an_answer_to_the_article_are_not_its_own(tmp_path: Path) -> None:
    text = article(body=wrap(ONE)).replace(
        "</article>", f"<sub-article><body>{wrap(ONE)}</body></sub-article></article>"
    )
    assert len(tables_in(tmp_path, text)) == 1


def test_spans_take_their_places(tmp_path: Path) -> None:
    table = only(
        tmp_path,
        "<table><thead><tr><th rowspan='2'>Event</th><th colspan='2'>Drug</th><th colspan='2'>Placebo</th></tr>"
        "<tr><th>n</th><th>%</th><th>n</th><th>%</th></tr></thead>"
        "<tbody><tr><td colspan='5'>Blood</td></tr><tr><td rowspan='2'>Anaemia</td><td>7</td><td>14</td><td>6</td>"
        "<td>12</td></tr><tr><td>1</td><td>2</td><td>0</td><td>0</td></tr></tbody></table>",
    )
    assert table.header_rows == 2
    assert texts(table) == [
        ["Event", "Drug", "", "Placebo", ""],
        ["", "n", "%", "n", "%"],
        ["Blood", "", "", "", ""],
        ["Anaemia", "7", "14", "6", "12"],
        ["", "1", "2", "0", "0"],
    ]


@pytest.mark.parametrize("span", ["rowspan='9'", "rowspan='0'", "rowspan='99999999999999999999'", "colspan='700'"])
def test_a_span_past_the_end_is_clipped_and_costs_no_cell(tmp_path: Path, span: str) -> None:
    table = only(
        tmp_path,
        "<table><thead><tr><th>Item</th><th>n</th></tr></thead><tbody><tr><td>Male</td><td>12</td></tr>"
        f"<tr><td>Female</td><td {span}>13</td></tr></tbody><tbody><tr><td>All</td><td>25</td></tr></tbody></table>",
    )
    assert texts(table) == [["Item", "n"], ["Male", "12"], ["Female", "13"], ["All", "25"]]


def test_a_cell_behind_a_rowspan_in_the_middle_stands_in_its_own_column(tmp_path: Path) -> None:
    table = only(
        tmp_path,
        "<table><thead><tr><th>Item</th><th>Drug</th><th>P</th><th>N</th></tr></thead><tbody>"
        "<tr><td>Male</td><td>12</td><td rowspan='2'>0.21</td><td>50</td></tr>"
        "<tr><td>Female</td><td>13</td><td>51</td></tr></tbody></table>",
    )
    assert texts(table)[1:] == [["Male", "12", "0.21", "50"], ["Female", "13", "", "51"]]


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("<tbody><tr><th>Item</th><th>Drug</th></tr><tr><td>Male</td><td>12</td></tr></tbody>", 1),
        ("<tr><td><bold>Item</bold></td><td><bold>Drug</bold></td></tr><tr><td>Male</td><td>12</td></tr>", 1),
        ("<tr><td>Item</td><td>Drug</td></tr><tr><td>Male</td><td>12</td></tr>", 1),
        ("<tr><td>Male</td><td>12</td></tr><tr><td>Female</td><td>13</td></tr>", 0),
        (
            "<thead><tr><th>Item</th><th>Drug</th></tr></thead><tbody><tr><td/><td>(n = 25)</td></tr>"
            "<tr><td>Male</td><td>12</td></tr></tbody>",
            1,
        ),
        (
            "<thead><tr><th>Item</th><th>Drug</th><th>Placebo</th></tr></thead><tbody>"
            "<tr><td/><td>n = 25</td><td>N=25</td></tr><tr><td>Male</td><td>12</td><td>13</td></tr></tbody>",
            2,
        ),
        ("<thead><tr><th>Item</th><th>n</th></tr><tr><td>Male</td><td>12</td></tr></thead>", 1),
        (
            "<thead><tr><th>Item</th><th>n</th></tr></thead><tbody><tr><td/><td>12</td></tr>"
            "<tr><td><bold>Total</bold></td><td><bold>13</bold></td></tr></tbody>",
            1,
        ),
    ],
)
def test_heads_stand_in_thead_or_at_the_top_of_tbody(tmp_path: Path, table: str, count: int) -> None:
    assert only(tmp_path, f"<table>{table}</table>").header_rows == count


@pytest.mark.parametrize(
    ("cell", "text", "marks"),
    [
        ("21<sup>1</sup>", "21", ("1",)),
        ("21<sup>a,b</sup>", "21", ("a,b",)),
        ("21 <xref ref-type='table-fn' rid='f1'>a</xref>", "21", ("a",)),
        ("21<xref ref-type='fn' rid='f1'><sup>2</sup></xref>", "21", ("2",)),
        ("kg/m<sup>2</sup>", "kg/m2", ()),
        ("kg/m <sup>2a</sup>", "kg/m2", ("a",)),
        ("10<sup>9</sup>/L", "109/L", ()),
        ("10<sup>−</sup><sup>9</sup>", "10−9", ()),
        ("4<sup>th</sup>", "4th", ()),
        ("CD4²", "CD4", ("²",)),
        ("m²", "m²", ()),
        ("<sup>*</sup>", "*", ()),
        ("[<xref ref-type='bibr' rid='b12'>12</xref>]", "[12]", ()),
        ("Smith<sup><xref ref-type='bibr' rid='b12'>12</xref></sup>", "Smith", ("12",)),
        ("12<break/>(48.0)", "12 (48.0)", ()),
        ("<p>12</p><p>(48.0)</p>", "12 (48.0)", ()),
        ("&#8722;0.02&#160;(&#8211;1 to 2)", "−0.02 (–1 to 2)", ()),
        ("ran&#173;dom&#8203;ised", "randomised", ()),
        ("T<sub>1</sub> <italic>P</italic>", "T1 P", ()),
        ("<alternatives><tex-math>x^2_9</tex-math><textual-form>5</textual-form></alternatives>", "5", ()),
    ],
)
def test_marks_are_kept_out_of_cells_and_exponents_stay(
    tmp_path: Path, cell: str, text: str, marks: tuple[str, ...]
) -> None:
    table = only(tmp_path, f"<table><tr><th>Item</th><th>n</th></tr><tr><td>{cell}</td><td>12</td></tr></table>")
    assert (table.rows[1].cells[0].text, table.rows[1].cells[0].marks) == (text, marks)


def test_named_entities_of_the_doctype_that_is_not_read_are_their_letters(tmp_path: Path) -> None:
    text = article(wrap(ONE.replace("Male", "&ge;&nbsp;65 &plusmn;"))).replace(
        "<article", '<!DOCTYPE article SYSTEM "JATS-archivearticle1.dtd">\n<article', 1
    )
    [table] = tables_in(tmp_path, text)
    assert table.rows[1].texts == ("≥ 65 ±", "12")


def test_wide_spaces_before_a_label_are_its_indent(tmp_path: Path) -> None:
    table = only(
        tmp_path,
        "<table><tr><th>Item</th><th>n</th></tr><tr><td>Sex</td><td/></tr>"
        "<tr><td>&#8195;Male</td><td>12</td></tr><tr><td>&#160;&#160;Female</td><td>13</td></tr></table>",
    )
    assert [row.indent for row in table.rows] == [0.0, 0.0, 10.0, 5.0]


def test_notes_have_their_marks(tmp_path: Path) -> None:
    foot = (
        "<table-wrap-foot><fn-group><fn id='f1'><label>a</label><p>Sugar.</p></fn></fn-group>"
        "<p><sup>b</sup>OR, odds ratio.</p></table-wrap-foot>"
    )
    assert only(tmp_path, ONE, foot).footnotes == ("a Sugar.", "b OR, odds ratio.")


@pytest.mark.parametrize(
    ("label", "caption", "found"),
    [
        ("<label>Table 2.</label>", "Events", ("Table 2", "Events")),
        ("<label>TABLE S2</label>", "Events", ("Table S2", "Events")),
        ("", "Table 2. Events by arm", ("Table 2", "Events by arm")),
        ("", "Events by arm", ("", "Events by arm")),
        ("<label>Table 2</label>", "Events (continued)", ("Table 2", "Events")),
    ],
)
def test_labels_are_as_on_pages(tmp_path: Path, label: str, caption: str, found: tuple[str, str]) -> None:
    text = wrap(ONE, label).replace("Baseline", caption)
    [table] = tables_in(tmp_path, article(text))
    assert (table.label, table.caption) == found


def test_several_tables_in_one_wrap_stand_below_one_another(tmp_path: Path) -> None:
    second = ONE.replace("Male", "Female").replace("12", "13")
    other = second.replace("<th>n</th>", "<th>%</th>")
    assert texts(only(tmp_path, ONE + second)) == [["Item", "n"], ["Male", "12"], ["Female", "13"]]
    assert texts(only(tmp_path, ONE + other)) == [["Item", "n"], ["Male", "12"], ["Item", "%"], ["Female", "13"]]


def test_a_table_in_a_picture_is_listed_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "paper.xml"
    path.write_text(article(wrap("<graphic xlink:href='t1.jpg'/>") + wrap(ONE, "<label>Table 2</label>")), "utf-8")
    faults = PartFaults(path)
    assert [table.label for table in read_jats_tables(path, faults)] == ["Table 2"]
    assert [(part.label, part.why) for part in faults.unread] == [("Table 1", "the XML has only a picture of Table 1")]


def test_a_picture_beside_the_cells_does_not_hide_them(tmp_path: Path) -> None:
    assert texts(only(tmp_path, f"<alternatives><graphic xlink:href='t1.jpg'/>{ONE}</alternatives>"))[1] == [
        "Male",
        "12",
    ]


def test_a_picture_in_a_cell_is_a_doubt(tmp_path: Path) -> None:
    table = only(tmp_path, ONE.replace("12", "<inline-graphic xlink:href='x.gif'/>"))
    assert [(flag.row, flag.column, flag.code, flag.reader) for flag in table.flags] == [(1, 1, "RDR003", "jats")]


def test_blank_rows_and_columns_are_no_part_of_a_table(tmp_path: Path) -> None:
    table = only(
        tmp_path,
        "<table><tr><th>Item</th><th/><th>n</th></tr><tr><td/><td/><td/></tr><tr><td>Male</td><td/><td>12</td></tr></table>",
    )
    assert texts(table) == [["Item", "n"], ["Male", "12"]]


def test_a_table_with_too_many_cells_is_an_error_that_names_it(tmp_path: Path) -> None:
    rows = "<tr>" + "<td>1</td>" * 100 + "</tr>"
    with pytest.raises(UnreadableError, match=r"paper\.xml: a table has 1001 rows and 100 columns"):
        only(tmp_path, f"<table>{rows * 1001}</table>")
