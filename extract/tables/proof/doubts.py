"""Signs of doubt in what was read: cells that cannot be as they are, or are not as the others of their column.

They tell what a sign that was lost, a column that was not seen or a row that was joined to another leaves behind; none
of them says what is right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.page.numbers import is_closed
from extract.tables.grid.rows import OPEN_END
from extract.tables.table import Cell, Flag, Row, Table

READER = "pdfplumber"
SHAPE, PLACE = "RDR003", "RDR004"
SETTLED = ("RDR002", "RDR007")  # repaired, with proof
ENOUGH = 4  # cells with numbers say what their column is like
MOSTLY = 0.75  # of them must be alike

NUMBER = re.compile(r"(?<![A-Za-z\d])(?:[<>≤≥=~≈]\s*)?[-−–]?(?:\d[\d,]*(?:[.·]\d+)?|[.·]\d+)\s*%?")
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
JOINED = re.compile(r"\s*(?:[/:±+×–−;,]|-|to|vs\.?|of|and|or)\s*")
LOOSE = re.compile(r"(?<=\d)(?:\s*([.·])\s*(?=\d)|\s(?=\d{3}(?!\d)))")  # points set apart, spaces in thousands
SIDE_BY_SIDE = re.compile(rf"{NUMBER.pattern}(?:\s+{NUMBER.pattern})+")
LETTERS = re.compile(r"[^\W\d_]{2}")
WORD = re.compile(r"[^\W\d_]{3,}")
IMPOSSIBLE = (
    (re.compile(r"\(cid:\d+\)|[\x00-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]"), "a character that the PDF does not tell"),
    (re.compile(r"(?<![\d.])(?!\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d))\d+\.\d+\.\d"), "a number with two decimal points"),
    (re.compile(r"^[(\[]?\s*[a-z]\s?\d+(?:[.,]?\d)+\s*[)\]]?$"), "a letter where a sign may have been"),
    (
        re.compile(r"[(\[]\s*[nN]\s*\d[\d ,]*[)\];]|[(\[]\s*[a-z]\d{2,}|\d\s+[a-wyz]\s+\d"),
        "a letter or nothing where a sign may have been",
    ),
    (re.compile(r"[^\s(\[]\s*[-−–±<>≤≥=]\s*[)\]]"), "a sign with nothing behind it"),
    (re.compile(r".[±<>≤≥=(\[]$"), "a sign with nothing behind it"),
)


def doubts(table: Table) -> list[Flag]:
    """A flag for each cell in doubt, the first reason only; of a row with a label in doubt, or with a cell that may
    hold something of another row, all values. What flags the table has already counts."""
    impossible, odd = list(impossible_cells(table)), list(odd_cells(table))
    labels = [flag for flag in (*table.flags, *impossible) if flag.column == 0 and flag.code not in SETTLED]
    found: dict[tuple[int, int], Flag] = {}
    for flag in [*impossible, *odd, *broken_labels(table), *same_rows(table, [*labels, *odd])]:
        found.setdefault((flag.row, flag.column), flag)
    return [found[address] for address in sorted(found)]


def flag(row: int, column: int, code: str, cell: Cell, why: str) -> Flag:
    return Flag(row, column, code, READER, cell.text, why)


def impossible_cells(table: Table) -> Iterator[Flag]:
    """Cells that cannot be printed so, whatever stands around them."""
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            why = next((why for pattern, why in IMPOSSIBLE if pattern.search(cell.text)), "")
            if why or not is_closed(cell.text):
                yield flag(number, column, SHAPE, cell, why or "a bracket that is not closed")


def odd_cells(table: Table) -> Iterator[Flag]:
    """Cells with more values than the cells of their column have, or with words where these have numbers only."""
    for column in range(1, table.width):
        rows = [n for n in range(table.header_rows, len(table.rows)) if has_digit(table.rows[n].cells[column])]
        usual = usual_count([table.rows[n].cells[column] for n in rows])
        for n in rows:
            cell = table.rows[n].cells[column]
            if why := oddity(cell, table.rows[n], usual):
                yield flag(n, column, SHAPE, cell, why)


def oddity(cell: Cell, row: Row, usual: int) -> str:
    """What is odd about a cell with numbers; "" for nothing. `usual`: how many values its column has, 0: not known."""
    count = values(cell.text)
    if SIDE_BY_SIDE.fullmatch(mended(cell.text)) and usual < 2:
        return f"{count} values side by side"
    if not usual:
        return ""
    if count > usual and is_wordless(cell.text):
        return f"{count} values, its column has {usual}"
    if cell.text.startswith("±"):
        return "the end of a value, its column has whole ones"
    return "words beside a number, its column has numbers only" if is_alone(cell, row) else ""


def usual_count(numbers: Sequence[Cell]) -> int:
    """How many values the cells of a column hold; 0 where they differ, are few or hold words as well."""
    wordless = [cell for cell in numbers if is_wordless(cell.text)]
    counts = Counter(0 if cell.text.startswith("±") else values(cell.text) for cell in wordless)
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    return usual if len(numbers) >= ENOUGH and times >= MOSTLY * len(numbers) else 0


def has_digit(cell: Cell) -> bool:
    return any(map(str.isdigit, cell.text))


def without_joints(text: str) -> str:
    return JOINED.sub(" ", text)


def is_alone(cell: Cell, row: Row) -> bool:
    """Whether a cell holds words, as no other one behind the label of the row does: it is no heading of columns."""
    return [other for other in row.cells[1:] if is_wordy(other.text)] == [cell]


def is_wordless(text: str) -> bool:
    return not LETTERS.search(without_joints(BRACKETS.sub("", text)))


def is_wordy(text: str) -> bool:
    return len(WORD.findall(without_joints(BRACKETS.sub("", text)))) >= 2


def mended(text: str) -> str:
    """A text without the spaces that a PDF puts into its numbers."""
    return LOOSE.sub(lambda match: match[1] or "", text)


def values(text: str) -> int:
    """How many values stand side by side in a text: numbers apart from those in brackets and those that signs join."""
    outside = BRACKETS.sub("", mended(text))
    return len(NUMBER.findall(outside)) - len(re.findall(rf"(?<=[\d%]){JOINED.pattern}(?=[<>≤≥=−–-]?[\d.·])", outside))


def broken_labels(table: Table) -> Iterator[Flag]:
    """The values of rows whose label breaks off or is not closed, or that have none where nearly all others have."""
    body = list(enumerate(table.rows))[table.header_rows :]
    with_values = [(n, row) for n, row in body if any(map(has_digit, row.cells[1:]))]
    first = next((n for n, row in with_values if row.cells[0].text), 0)  # above it stands what is left of the head
    unlabelled = [n for n, row in with_values if n > first and not row.cells[0].text and starts_with_number(row)]
    for n, row in with_values:
        label = row.cells[0].text
        if OPEN_END.search(label):
            yield from values_of(n, row, "the label of its row breaks off")
        elif label.startswith(("(", "[")) and n - 1 in dict(with_values):
            yield from values_of(n, row, "the label of its row is the rest of another")
        elif n in unlabelled and len(unlabelled) < (1 - MOSTLY) * len(with_values):
            yield from values_of(n, row, "its row has no label")


def starts_with_number(row: Row) -> bool:
    first = next(cell.text for cell in row.cells if cell.text)
    return not WORD.search(first)


def values_of(number: int, row: Row, why: str) -> Iterator[Flag]:
    """A flag for each cell of a row, behind its label, that holds a number."""
    for column, cell in enumerate(row.cells):
        if column > 0 and has_digit(cell):
            yield flag(number, column, PLACE, cell, why)


def same_rows(table: Table, flags: Sequence[Flag]) -> Iterator[Flag]:
    """The values of the rows of the body in which the flags stand."""
    for flag in flags:
        if flag.row >= table.header_rows:
            yield from values_of(flag.row, table.rows[flag.row], f"{flag.evidence}, in its row")
