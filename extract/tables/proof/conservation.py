"""Number conservation: every digit printed inside the box of a table is in one of its cells or their marks, its
caption, its notes or a repeated head; and none of these has a digit that is not printed there.

The printed digits are counted in the words of the sheets, before lines, columns and rows are made of them.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.page.labels import CONTINUED_NOTE
from extract.page.lines import make_lines
from extract.page.words import Word
from extract.tables.proof.camelot_cells import Address, CellPlace, PartCells, locator
from extract.tables.proof.camelot_reader import Area
from extract.tables.table import FIRST_READER, Flag, PrintedTable

_LOST, _INVENTED = "RDR005", "RDR006"

DigitCounts = Counter[str]


def flag_digits(table: PrintedTable, pieces: Sequence[PartCells]) -> list[Flag]:
    """Return a flag for each cell with lost or invented digits; lost digits count for the cell nearest to them."""
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


def printed_words(table: PrintedTable, piece: PartCells, goes_on: bool) -> Iterator[Word]:
    """Yield the words inside the box of a part that belong to cells: without its caption, its notes, "(continued)" and,
    if it goes on from another page, the repeated head."""
    part, area, _ = piece
    x0, top, x1, bottom = area.box.edges
    around = {w for line in (*part.caption.lines, *part.region.notes) for w in line.words}
    head = {text for row in table.head for cell in row.texts for text in cell.split()} if goes_on else set()
    sheet = part.region.sheet
    inside = [w for w in sheet.words if top <= w.middle <= bottom and x0 <= w.center <= x1 and w not in around]
    phrases = [
        phrase for line in make_lines(inside) for phrase in line.phrases if not CONTINUED_NOTE.match(phrase.text)
    ]
    for word in (word for phrase in phrases for word in phrase.words):
        if not (word.middle < area.body and word.text in head):
            yield word


def digits_by_cell(words: Iterable[tuple[PartCells, Word]]) -> dict[Address, DigitCounts]:
    """Return the digits of words by the cell at or nearest to them."""
    found: dict[Address, DigitCounts] = {}
    locators: dict[Area, Callable[[float, float], CellPlace]] = {}
    for (_, area, places), word in words:
        locate = locators.setdefault(area, locator(places))
        address = locate(word.center, word.middle).address
        found.setdefault(address, DigitCounts()).update(count_digits([word.text, *word.marks]))
    return found


def differences(table: PrintedTable, address: Address, printed: DigitCounts, read: DigitCounts) -> Iterator[Flag]:
    row, column = address
    text = table.rows[row].cells[column].text
    for code, left, what in (
        (_LOST, printed - read, "printed here but not read"),
        (_INVENTED, read - printed, "read but not printed here"),
    ):
        if left:
            yield Flag(row, column, code, FIRST_READER, text, f"{what}: {' '.join(sorted(left.elements()))}")


def lost_around(table: PrintedTable, pieces: Sequence[PartCells]) -> Iterator[Flag]:
    """Yield flags of the first cell for digits of the caption and of the notes that are in neither text. The captions
    of later parts are left out: they only say that the table goes on."""
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
                f"printed in the {name} but not read: {' '.join(sorted(lost.elements()))}",
            )
