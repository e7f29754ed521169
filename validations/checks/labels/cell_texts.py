"""LBL: look-alike letters, and the signs for values that are not available."""

import re
import unicodedata
from collections.abc import Iterator

from validations.registry import Answers, Fault, check
from validations.tables import Record, Table

_NOT_AVAILABLE = re.compile(r"n\.?\s*/?\s*[ard]\.?|not (?:available|applicable|reported|known)", re.IGNORECASE)


_LOOK_ALIKE = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТХаеіорсху", "ABEZHIKMNOPTYXABESIJKMHOPCTXaeiopcxy", strict=True))


_ALIKE = "".join(_LOOK_ALIKE)


# at least one look-alike letter, and otherwise only look-alikes, ASCII and signs: κ-high is Greek on purpose
_LOOKS_LATIN = re.compile(rf"(?=.*[{_ALIKE}])[{_ALIKE}\x00-\x7f\W]+")


@check("LBL006", "note", by_panel=False)
def letters_of_another_alphabet(table: Table) -> Answers:
    """A name contains Greek or Cyrillic letters that look like Latin letters.

    Why it matters
        The name looks like its neighbours, but software treats it as another text: N/A in Greek letters is not found
        among the values that are not available.

    Fires on
        table3: responders
        best_response  subtype  msi
        CR             UPS      Ν/Α

    Silent on
        table3: responders
        best_response  subtype  msi
        CR             UPS      N/A
        PR             LMS      κ-high
    """
    for column in columns_of_words(table):
        odd_cells = {cell for cell in set(table.column(column)) if _LOOKS_LATIN.fullmatch(cell)}
        for record, cell in zip(table.records, table.column(column), strict=True):
            if cell in odd_cells:
                odd = dict.fromkeys(letter for letter in cell if letter in _LOOK_ALIKE)
                letters = ", ".join(unicodedata.name(letter).lower() for letter in odd)
                message = f"{column} contains {letters} and looks like {_latin(cell)}"
                yield Fault(message, _latin(cell), record, column, (column,))
            elif cell:
                yield None


def columns_of_words(table: Table) -> list[str]:
    """The columns that hold words, without notes and provenance."""
    own = set(table.model.columns()) - set(table.model.numeric())
    return [
        column for column in table.model.columns() if column in own and column not in ("notes", "read_by", "continued")
    ]


@check("LBL007", "note", by_panel=False)
def not_available_in_several_spellings(table: Table) -> Answers:
    """A table has several signs for a value that is not available.

    Why it matters
        NA, N/A and n.r. may mean three things: not measured, not reported, not applicable. With several signs in one
        table, readers cannot know whether they mean the same.

    Fires on
        table3: responders
        best_response  subtype  pd_l1  tmb
        CR             UPS      N/A    NA
        PR             LMS      N/A    8.9

    Silent on
        table3: responders
        best_response  subtype  pd_l1  tmb
        CR             UPS      N/A    N/A
        PR             LMS      20%    8.9
    """
    found: dict[str, Record] = {}
    for column in (*columns_of_words(table), "notes"):
        for text, record in table.firsts(column).items():
            for sign in _not_available(text, column):
                found.setdefault(sign, record)
    if found:
        (usual, _), *others = found.items()
        message = f'"not available" is printed as {", ".join(found)}'
        places = tuple(record for _, record in others)
        yield Fault(message, usual, next(iter(found.values())), "", (), places) if others else None


def _not_available(text: str, column: str) -> Iterator[str]:
    """The signs for a value that is not available: a whole cell of words, or the notes on cells of numbers."""
    signs = [note.partition(":")[2] for note in text.split(";")] if column == "notes" else [text]
    yield from (sign for sign in signs if sign and _NOT_AVAILABLE.fullmatch(_latin(sign)))


def _latin(text: str) -> str:
    """The text in the Latin letters that it looks like."""
    return text if text.isascii() else "".join(_LOOK_ALIKE.get(letter, letter) for letter in text)
