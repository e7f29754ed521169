"""Clashes in a card: two printed columns that fill one field of one record, so that only the last is published."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from extract.cards.card import CardColumn

_Filled = dict[str, str | None]
"""The fields of a record that a column fills: field -> its constant, or None where the cell has the value."""


def find_clash(columns: Sequence[CardColumn], headings: str, second_key: str) -> str:
    """Return a message that names the columns that fill the same field of the same record and says what to do; "" for
    no clash. `second_key`: the column of the schema that tells the records of a row apart, "" where a row makes one."""
    for number, column in enumerate(columns, 1):
        if any(headings in filled for filled in _filled(column)):
            return f"column {number} ('{column.head}') and the headings both fill {headings}: leave out one of the two"
    for (number, first), (other, second) in combinations(enumerate(columns, 1), 2):
        if fields := _shared_fields(first, second, second_key):
            where = f"columns {number} ('{first.head}') and {other} ('{second.head}')"
            clash = f"{where} fill the same field of the same record ({', '.join(fields)})"
            return f"{clash}, and only the last would be published: {_advice(columns, fields, second_key)}"
    return ""


def _filled(column: CardColumn) -> Iterator[_Filled]:
    """The fields that the column fills, for each of its formats."""
    for form, constants in zip(column.formats, column.constants, strict=True):
        yield {**constants, **dict.fromkeys(form.fields)}


def _shared_fields(first: CardColumn, second: CardColumn, second_key: str) -> list[str]:
    """The fields that both columns fill in one record, by any of their formats: the fields that at least one of them
    prints; without these, the constants that differ."""
    pairs = [
        (name, one[name], other[name])
        for one, other in product(_filled(first), _filled(second))
        if not _differ(one.get(second_key), other.get(second_key))
        for name in one
        if name in other
    ]
    printed = [name for name, value, another in pairs if None in (value, another)]
    return list(dict.fromkeys(printed or [name for name, value, another in pairs if value != another]))


def _differ(first: str | None, second: str | None) -> bool:
    """Whether two constants of the second key give each column a record of its own."""
    return first is not None and second is not None and first != second


def _advice(columns: Sequence[CardColumn], fields: Sequence[str], second_key: str) -> str:
    filled = [fills for column in columns for fills in _filled(column)]
    if all(fills.get(name, "") is not None for fills in filled for name in fields):
        return "give it to one of them only, or give each an exhibit of its own"
    printed = any(second_key in fills and fills[second_key] is None for fills in filled)
    keyed = f'give each a constant {second_key} = "..." of its own, or ' if second_key and not printed else ""
    return (
        f'{keyed}name one of them "-" and read it in an exhibit of its own, a second [exhibits.NAME] with the same '
        'label and "-" for the others'
    )
