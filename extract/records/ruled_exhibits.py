"""An exhibit of a card whose cells are read by rules: the schemas `results` and `sheet`."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from extract.cards.card import Card, ExhibitCard, Misread, NamedArm
from extract.meaning.arms import arm_key
from extract.meaning.reading import Meaning, meanings_of
from extract.records.data_rows import plain_rows, rows_left_out
from extract.records.exhibits import ExtractedExhibit
from extract.records.heads import HeadMatch, head_evidence, match_exhibit
from extract.records.records import Doubt
from extract.records.repairs import misread_column, refuse_other_reading, repair_doubt, row_index
from extract.records.results import read_by_rules, ruled_doubts, ruled_lines
from extract.tables.heads import column_heads
from extract.tables.table import PrintedTable

_VALUE_OF_RULES = "cell"  # the column that names a repaired cell of a schema read by rules


def read_ruled_exhibit(
    card: Card,
    exhibit: ExhibitCard,
    table: PrintedTable,
    misreads: Sequence[Misread],
    arms: Collection[str],
) -> ExtractedExhibit:
    """The exhibit of a schema whose cells are read by rules; the constants of the card's columns stand above these."""
    heads = column_heads(table)
    rows = plain_rows([table.body[line] for line in ruled_lines(table, exhibit.schema)])
    match = match_exhibit(heads, exhibit, len(rows))
    table = _repaired(table, exhibit, match, misreads)
    left_out = rows_left_out(rows, exhibit.left_out)
    given = {
        place: {**exhibit.constants, **(column.constants[0] if column.constants else {})}
        for column, place in zip(exhibit.columns, match.places, strict=True)
    }
    known = {*arms, *(arm_key(name) for arm in card.arms for name in (arm.name, *arm.also))}
    meanings = [
        meaning.with_given(given[meaning.place]).with_given(_as_named(card.arms, meaning))
        for meaning in meanings_of(table, known)
        if meaning.row not in left_out
    ]
    ruled = read_by_rules(table, exhibit.schema, meanings)
    doubts = [head_doubt(exhibit, match, number, heads) for number in sorted([*match.similar, *match.other])]
    doubts += [repair_doubt(_VALUE_OF_RULES, misread) for misread in misreads]
    doubts += ruled_doubts(exhibit.name, table, ruled)
    return ExtractedExhibit(
        exhibit,
        table.caption,
        next(iter(table.boxes), None),
        ruled.frame,
        tuple(doubts),
        table.footnotes,
        left_out=tuple(sorted(left_out)),
        element=table.element,
    )


def _repaired(table: PrintedTable, exhibit: ExhibitCard, match: HeadMatch, misreads: Sequence[Misread]) -> PrintedTable:
    """The table with each misread cell as the card says that it is printed."""
    body, lines = list(table.body), ruled_lines(table, exhibit.schema)
    for misread in misreads:
        column = exhibit.columns.index(misread_column(exhibit.columns, misread))
        index, place = lines[row_index(misread, len(lines))], match.places[column]
        cells = list(body[index].cells)
        refuse_other_reading(misread, cells[place].text)
        cells[place] = replace(cells[place], text=misread.published)
        body[index] = replace(body[index], cells=tuple(cells))
    return replace(table, rows=(*table.head, *body))


def _as_named(arms: Sequence[NamedArm], meaning: Meaning) -> dict[str, str]:
    """The arms of a meaning as the card names them, and the N of its arm where the table does not print it."""
    names = {arm_key(name): arm for arm in arms for name in (arm.name, *arm.also)}
    given = {}
    for column in ("arm", "versus"):
        if arm := names.get(arm_key(meaning.texts.get(column, ""))):
            given[column] = arm.name
            if column == "arm" and not meaning.texts.get("versus") and not meaning.texts.get("arm_n"):
                given["arm_n"] = arm.n
    return given


def head_doubt(exhibit: ExhibitCard, match: HeadMatch, number: int, heads: Sequence[str]) -> Doubt:
    column, printed = exhibit.columns[number], heads[match.places[number]]
    field = column.field if column.formats else ""
    return Doubt(exhibit.name, "", field, column.head, printed, head_evidence(match, number))
