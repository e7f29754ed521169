"""What a card would publish twice over: printed columns that fill one field of one record, of which the last wins."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.cards.card import Column

Filled = dict[str, str | None]
"""What a column fills of a record: field -> the constant, or None for what is printed in the cell."""


def find_clash(columns: Sequence["Column"], headings: str, second_key: str) -> str:
    """Which columns fill the same field of the same record, and what to do; "" where none do. `second_key`: the column
    of the schema that tells the records of a row apart, "" where a row makes one record."""
    for number, column in enumerate(columns, 1):
        if any(headings in fills for fills in _filled(column)):
            return f"column {number} ('{column.head}') and the headings both fill {headings}: leave out one of the two"
    for (number, first), (other, second) in combinations(enumerate(columns, 1), 2):
        if fields := _shared(first, second, second_key):
            where = f"columns {number} ('{first.head}') and {other} ('{second.head}')"
            said = f"{where} fill the same field of the same record ({', '.join(fields)})"
            return f"{said}, and only the last would be published: {_advice(columns, fields, second_key)}"
    return ""


def _filled(column: "Column") -> Iterator[Filled]:
    """What the column fills by each of its formats."""
    for form, constants in zip(column.formats, column.constants, strict=True):
        yield {**constants, **dict.fromkeys(form.fields)}


def _shared(first: "Column", second: "Column", second_key: str) -> list[str]:
    """The fields that both fill in one record, whichever of its formats each follows: those that are printed, else
    constants that differ."""
    pairs = [
        (name, one[name], other[name])
        for one, other in product(_filled(first), _filled(second))
        if not _apart(one.get(second_key), other.get(second_key))
        for name in one
        if name in other
    ]
    printed = [name for name, value, another in pairs if None in (value, another)]
    return list(dict.fromkeys(printed or [name for name, value, another in pairs if value != another]))


def _apart(first: str | None, second: str | None) -> bool:
    """Whether two constants of the second key make a record each."""
    return first is not None and second is not None and first != second


def _advice(columns: Sequence["Column"], fields: Sequence[str], second_key: str) -> str:
    filled = [fills for column in columns for fills in _filled(column)]
    if all(fills.get(name, "") is not None for fills in filled for name in fields):
        return "say it of one of them only, or give each an exhibit of its own"
    printed = any(second_key in fills and fills[second_key] is None for fills in filled)
    keyed = f'give each a constant {second_key} = "..." of its own, or ' if second_key and not printed else ""
    return (
        f'{keyed}name one of them "-" and read it in an exhibit of its own, a second [exhibits.NAME] with the same '
        'label and "-" for the others'
    )
