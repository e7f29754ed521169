"""Number conservation: every digit that stands inside the box of a table is in one of its cells, with their marks, in
its caption, its notes or a repeated head, and none of these has a digit that does not stand there.

What is counted are the words of the sheets, before lines, columns and rows are made of them.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.page.captions import CONTINUED_ON
from extract.page.lines import make_lines
from extract.page.words import Word
from extract.tables.proof.camelot_cells import Address, Piece, Spot, locator
from extract.tables.proof.camelot_reader import Area
from extract.tables.table import Flag, Table

READER = "pdfplumber"
LOST, INVENTED = "RDR005", "RDR006"

Digits = Counter[str]


def account(table: Table, pieces: Sequence[Piece]) -> list[Flag]:
    """A flag for each cell in which digits are lost or invented, or that is nearest to where they stand."""
    words = [(piece, word) for number, piece in enumerate(pieces) for word in printed_words(table, piece, number > 0)]
    read = {
        (r, c): digits([cell.text, *cell.marks]) for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells)
    }
    printed = dict(read)
    if total(digits([word.text, *word.marks]) for _, word in words) != total(read.values()):
        printed = by_address(words)
    flags = [
        flag for address in read for flag in differences(table, address, printed.get(address, Digits()), read[address])
    ]
    return [*flags, *lost_around(table, pieces)]


def digits(texts: Iterable[str]) -> Digits:
    return Digits(char for text in texts for char in unicodedata.normalize("NFKC", text) if char.isdigit())


def total(counts: Iterable[Digits]) -> Digits:
    return sum(counts, Digits())


def printed_words(table: Table, piece: Piece, goes_on: bool) -> Iterator[Word]:
    """The words inside the box of a part that are cells of its table: not its caption, its notes, "(continued)", nor,
    where it goes on from another page, the head that it repeats."""
    part, area, _ = piece
    x0, top, x1, bottom = area.box.edges
    around = {w for line in (*part.caption.lines, *part.region.notes) for w in line.words}
    head = {text for row in table.head for cell in row.texts for text in cell.split()} if goes_on else set()
    sheet = part.region.sheet
    inside = [w for w in sheet.words if top <= w.middle <= bottom and x0 <= (w.x0 + w.x1) / 2 <= x1 and w not in around]
    phrases = [phrase for line in make_lines(inside) for phrase in line.phrases if not CONTINUED_ON.match(phrase.text)]
    for word in (word for phrase in phrases for word in phrase.words):
        if not (word.middle < area.body and word.text in head):
            yield word


def by_address(words: Iterable[tuple[Piece, Word]]) -> dict[Address, Digits]:
    """The digits of words by the cells that they stand in or next to."""
    found: dict[Address, Digits] = {}
    locators: dict[Area, Callable[[float, float], Spot]] = {}
    for (_, area, spots), word in words:
        locate = locators.setdefault(area, locator(spots))
        address = locate((word.x0 + word.x1) / 2, word.middle).address
        found.setdefault(address, Digits()).update(digits([word.text, *word.marks]))
    return found


def differences(table: Table, address: Address, printed: Digits, read: Digits) -> Iterator[Flag]:
    row, column = address
    text = table.rows[row].cells[column].text
    for code, left, verb in (
        (LOST, printed - read, "stands there and is lost"),
        (INVENTED, read - printed, "does not stand there"),
    ):
        if left:
            yield Flag(row, column, code, READER, text, f"{' '.join(sorted(left.elements()))} {verb}")


def lost_around(table: Table, pieces: Sequence[Piece]) -> Iterator[Flag]:
    """Digits of the caption, and of the notes, that are in none of the texts; told at the first cell. Raised ones are
    marks. The captions of other parts only say that the table goes on."""
    caption = [word.text for line in pieces[0].part.caption.lines for word in line.words]
    notes = {line.text: [word.text for word in line.words] for piece in pieces for line in piece.part.region.notes}
    for name, printed, read in (
        ("caption", caption, [table.label, table.caption]),
        ("notes", [text for line in notes.values() for text in line], table.footnotes),
    ):
        lost = digits(printed) - digits(read)
        if lost:
            yield Flag(
                0,
                0,
                LOST,
                READER,
                table.rows[0].cells[0].text,
                f"{' '.join(sorted(lost.elements()))} of the {name} is lost",
            )
