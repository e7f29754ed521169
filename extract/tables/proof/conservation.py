"""Number conservation: every digit that stands inside the box of a table is in one of its cells, with their marks, in
its caption, its notes or a repeated head, and none of these has a digit that does not stand there.

What is counted are the words of the sheets, before lines, columns and rows are made of them.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.page.captions import CONTINUED_NOTE
from extract.page.lines import make_lines
from extract.page.words import Word
from extract.tables.proof.camelot_cells import Address, CellPlace, PartCells, locator
from extract.tables.proof.camelot_reader import Area
from extract.tables.table import FIRST_READER, Flag, Table

_LOST, _INVENTED = "RDR005", "RDR006"

DigitCounts = Counter[str]


def flag_digits(table: Table, pieces: Sequence[PartCells]) -> list[Flag]:
    """A flag for each cell in which digits are lost or invented, or that is nearest to where they stand."""
    words = [(piece, word) for number, piece in enumerate(pieces) for word in printed_words(table, piece, number > 0)]
    read = {
        (r, c): count_digits([cell.text, *cell.marks])
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
    }
    printed = dict(read)
    if _total(count_digits([word.text, *word.marks]) for _, word in words) != _total(read.values()):
        printed = digits_by_cell(words)
    flags = [
        flag
        for address in read
        for flag in differences(table, address, printed.get(address, DigitCounts()), read[address])
    ]
    return [*flags, *lost_around(table, pieces)]


def count_digits(texts: Iterable[str]) -> DigitCounts:
    return DigitCounts(char for text in texts for char in unicodedata.normalize("NFKC", text) if char.isdigit())


def _total(counts: Iterable[DigitCounts]) -> DigitCounts:
    return sum(counts, DigitCounts())


def printed_words(table: Table, piece: PartCells, goes_on: bool) -> Iterator[Word]:
    """The words inside the box of a part that are cells of its table: not its caption, its notes, "(continued)", nor,
    where it goes on from another page, the head that it repeats."""
    part, area, _ = piece
    x0, top, x1, bottom = area.box.edges
    around = {w for line in (*part.caption.lines, *part.region.notes) for w in line.words}
    head = {text for row in table.head for cell in row.texts for text in cell.split()} if goes_on else set()
    sheet = part.region.sheet
    inside = [w for w in sheet.words if top <= w.middle <= bottom and x0 <= (w.x0 + w.x1) / 2 <= x1 and w not in around]
    phrases = [
        phrase for line in make_lines(inside) for phrase in line.phrases if not CONTINUED_NOTE.match(phrase.text)
    ]
    for word in (word for phrase in phrases for word in phrase.words):
        if not (word.middle < area.body and word.text in head):
            yield word


def digits_by_cell(words: Iterable[tuple[PartCells, Word]]) -> dict[Address, DigitCounts]:
    """The digits of words by the cells that they stand in or next to."""
    found: dict[Address, DigitCounts] = {}
    locators: dict[Area, Callable[[float, float], CellPlace]] = {}
    for (_, area, spots), word in words:
        locate = locators.setdefault(area, locator(spots))
        address = locate((word.x0 + word.x1) / 2, word.middle).address
        found.setdefault(address, DigitCounts()).update(count_digits([word.text, *word.marks]))
    return found


def differences(table: Table, address: Address, printed: DigitCounts, read: DigitCounts) -> Iterator[Flag]:
    row, column = address
    text = table.rows[row].cells[column].text
    for code, left, verb in (
        (_LOST, printed - read, "stands there and is lost"),
        (_INVENTED, read - printed, "does not stand there"),
    ):
        if left:
            yield Flag(row, column, code, FIRST_READER, text, f"{' '.join(sorted(left.elements()))} {verb}")


def lost_around(table: Table, pieces: Sequence[PartCells]) -> Iterator[Flag]:
    """Digits of the caption, and of the notes, that are in none of the texts; told at the first cell. Raised ones are
    marks. The captions of other parts only say that the table goes on."""
    caption = [word.text for line in pieces[0].part.caption.lines for word in line.words]
    notes = {line.text: [word.text for word in line.words] for piece in pieces for line in piece.part.region.notes}
    for name, printed, read in (
        ("caption", caption, [table.label, table.caption]),
        ("notes", [text for line in notes.values() for text in line], table.footnotes),
    ):
        lost = count_digits(printed) - count_digits(read)
        if lost:
            yield Flag(
                0,
                0,
                _LOST,
                FIRST_READER,
                table.rows[0].cells[0].text,
                f"{' '.join(sorted(lost.elements()))} of the {name} is lost",
            )
