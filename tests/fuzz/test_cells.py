"""The grammars of cells: a number comes out as printed or not at all, no digit is lost, and no cell takes long."""

import re
from time import perf_counter

from hypothesis import strategies as st

from extract.cards.formats import CellError, compile_format, parse_cell
from extract.claims.claim import Paragraph
from extract.claims.statements import claims_in
from extract.errors import CardError
from extract.forests.text.heterogeneity import statistics_in
from extract.forests.text.intervals import curated_number
from extract.meaning.cells.shapes import cell_shape, decimal_comma_in
from extract.page.box import Box
from extract.records.without_card import table_exhibits
from extract.tables.proof.doubts import find_doubts
from extract.tables.table import Cell, PrintedTable, Row
from schemas import validate
from schemas.base.printed import is_printed
from tests.fuzz.cases import CASES, CELLS, SHORT_CELLS, one_line, try_cases

NUMERIC = frozenset({"n", "total", "percent", "low", "high"})
FIELDS = st.sampled_from(
    ["n", "total", "percent", "low", "high", "label", "subtype", "event", "(", ")", "–", "/", " ", "…"]
)
USUAL = st.sampled_from(
    ["n (percent)", "n/total", "n (low–high)", "label", "subtype (n/total) …", "label/event", "percent"]
)
FORMATS = st.one_of(USUAL, st.lists(FIELDS, max_size=9).map("".join), CELLS)
MOST_SECONDS = 2.0  # for one cell; the machine may be busy


def parse(text: str, form: str) -> None:
    began = perf_counter()
    try:
        compiled = compile_format(form, NUMERIC)
        parts = parse_cell(text, compiled)
    except (CardError, CellError) as error:
        assert "\n" not in str(error)
    else:
        for part in parts:
            assert all(not part.values[name] or is_printed(part.values[name]) for name in compiled.numeric)
    assert perf_counter() - began < MOST_SECONDS, (text, form)


@CASES
def test_cells_of_cards(cases: int) -> None:
    try_cases(cases, parse, SHORT_CELLS, FORMATS)


def shape(text: str, decimal_comma: bool) -> None:
    found = cell_shape(text, decimal_comma)
    assert all(map(is_printed, found.numbers))
    assert found.shape.count("N") == len(found.numbers) and (found.count is None or found.count >= 0)
    decimal_comma_in([text])
    value = curated_number(text)
    assert not value or is_printed(value)
    found_statistics, _ = statistics_in(text)
    assert all(map(is_printed, found_statistics.values()))


@CASES
def test_shapes_of_cells(cases: int) -> None:
    try_cases(cases, shape, SHORT_CELLS, st.booleans())


def tables(texts: list[list[str]], head: int, caption: str, notes: list[str]) -> None:
    width = max(map(len, texts))
    rows = [
        Row(
            tuple(
                Cell(" ".join(text.split()), boxes=(Box(9.0 + 50 * c, 9.0 + 12 * r, 50.0 + 50 * c, 19.0 + 12 * r, 1),))
                for c, text in enumerate([*cells, *[""] * (width - len(cells))])
            ),
            9.0 * (r % 3 == 1),
        )
        for r, cells in enumerate(texts)
    ]
    table = PrintedTable("Table 1", caption, (Box(0, 0, 500, 500, 1),), min(head, len(rows)), tuple(rows), tuple(notes))
    find_doubts(table)
    for exhibit in table_exhibits([table]):
        validate(exhibit.frame, exhibit.card.schema)


@CASES
def test_meanings_of_tables(cases: int) -> None:
    texts = st.lists(st.lists(SHORT_CELLS, min_size=1, max_size=5), min_size=1, max_size=6)
    try_cases(cases // 10, tables, texts, st.integers(0, 3), CELLS, st.lists(CELLS, max_size=2))


def claims(sentences: list[str]) -> None:
    for claim in claims_in(Paragraph("results", " ".join(" ".join(sentences).split()))):
        assert not re.search(r"\d{21}", claim.value)
        assert all(not text or is_printed(text) for text in (claim.n, claim.total, claim.low, claim.high, claim.p))


@CASES
def test_claims_of_sentences(cases: int) -> None:
    words = st.sampled_from(
        ["of", "patients", "was", "median", "(95% CI", "vs", "P =", "hazard ratio", ".", "died", "%"]
    )
    try_cases(cases, claims, st.lists(st.one_of(words, SHORT_CELLS), max_size=14))


def test_the_message_of_a_refused_cell_is_one_line() -> None:
    try:
        parse_cell("many (few)", compile_format("n (percent)", NUMERIC))
    except CellError as error:
        one_line(error)
