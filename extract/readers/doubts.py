"""Signs of doubt in what was read: cells that cannot be as they are, or are not as the others of their column.

They tell what a sign that was lost, a column that was not seen or a row that was joined to another leaves behind; none
of them says what is right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.readers.rows import OPEN_END
from extract.readers.table import Cell, Flag, Row, Table
from extract.readers.values import is_closed

READER = "pdfplumber"
SHAPE, PLACE = "RDR003", "RDR004"
ENOUGH = 4  # cells with numbers say what their column is like
MOSTLY = 0.75  # of them must be alike

NUMBER = re.compile(r"(?<![A-Za-z\d])(?:[<>≤≥=~≈]\s*)?[-−–+]?(?:\d[\d,]*(?:[.·]\d+)?|[.·]\d+)\s*%?")
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
JOINED = re.compile(r"\s*(?:[/:±+×–−;,]|-|to|vs\.?|of|and|or)\s*")
LOOSE = re.compile(
    r"(?<=\d)(?:\s*([.·])\s*(?=\d)|[ \u2009\u202f](?=\d{3}(?!\d)))"
)  # points set apart, spaces in thousands
SIDE_BY_SIDE = re.compile(rf"{NUMBER.pattern}(?:\s+{NUMBER.pattern})+")
WORD = re.compile(r"[^\W\d_]{3,}")
IMPOSSIBLE = (
    (re.compile(r"\(cid:\d+\)|[\x00-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]"), "a character that the PDF does not tell"),
    (re.compile(r"(?<![\d.])(?!\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d))\d+\.\d+\.\d"), "a number with two decimal points"),
    (re.compile(r"^[(\[]?\s*[a-z]\s?\d+(?:[.,]\d+)?\s*[)\]]?$"), "a letter where a sign may have been"),
    (
        re.compile(r"[(\[]\s*[nN]\s*\d[\d ,]*[)\];]|[(\[]\s*[a-z]\d{2,}|\d\s+[a-wyz]\s+\d"),
        "a letter or nothing where a sign may have been",
    ),
    (re.compile(r"[^\s(\[]\s*[-−–±<>≤≥=]\s*[)\]]"), "a sign with nothing behind it"),
    (re.compile(r".[±<>≤≥=(\[]$"), "a sign with nothing behind it"),
)


def doubts(table: Table) -> list[Flag]:
    """A flag for each cell in doubt, the first reason only, from top to bottom."""
    found: dict[tuple[int, int], Flag] = {}
    for flag in [*impossible_cells(table), *odd_cells(table), *doubtful_rows(table)]:
        found.setdefault((flag.row, flag.column), flag)
    for flag in doubtful_neighbours(table, list(found.values())):
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
        cells = [(n, row.cells[column]) for n, row in enumerate(table.rows) if n >= table.header_rows]
        numbers = [(n, cell) for n, cell in cells if has_digit(cell)]
        wordless = sum(not WORD.search(without_joints(cell.text)) for _, cell in numbers)
        halved = sum(cell.text.startswith("±") for _, cell in numbers)
        numeric = len(numbers) >= ENOUGH and wordless >= MOSTLY * len(numbers)
        usual = usual_count(numbers) if numeric else 1
        for n, cell in numbers:
            if SIDE_BY_SIDE.fullmatch(mended(cell.text)) or (numeric and values(cell.text) > usual > 0):
                yield flag(n, column, SHAPE, cell, f"{values(cell.text)} values, its column has {usual}")
            elif cell.text.startswith("±") and halved < (1 - MOSTLY) * len(numbers):
                yield flag(n, column, SHAPE, cell, "the end of a value, its column has whole ones")
            elif numeric and is_alone(cell, table.rows[n]):
                yield flag(n, column, SHAPE, cell, "words beside a number, its column has numbers only")


def usual_count(numbers: Sequence[tuple[int, Cell]]) -> int:
    """How many values the cells of a column hold; 0 where they differ."""
    counts = Counter(values(cell.text) for _, cell in numbers)
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    return usual if times >= MOSTLY * len(numbers) else 0


def has_digit(cell: Cell) -> bool:
    return any(map(str.isdigit, cell.text))


def without_joints(text: str) -> str:
    return JOINED.sub(" ", text)


def is_alone(cell: Cell, row: Row) -> bool:
    """Whether a cell holds words, as no other one behind the label of the row does: it is no heading of columns."""
    return [other for other in row.cells[1:] if is_wordy(other.text)] == [cell]


def is_wordy(text: str) -> bool:
    return len(WORD.findall(without_joints(BRACKETS.sub("", text)))) >= 2


def mended(text: str) -> str:
    """A text without the spaces that a PDF puts into its numbers."""
    return LOOSE.sub(lambda match: match[1] or "", text)


def values(text: str) -> int:
    """How many values stand side by side in a text: numbers apart from those in brackets and those that signs join."""
    outside = BRACKETS.sub("", mended(text))
    return len(NUMBER.findall(outside)) - len(re.findall(rf"(?<=[\d%]){JOINED.pattern}(?=[<>≤≥=−–-]?[\d.·])", outside))


def doubtful_rows(table: Table) -> Iterator[Flag]:
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


def doubtful_neighbours(table: Table, flags: Sequence[Flag]) -> Iterator[Flag]:
    """The other values of rows of which the label is in doubt, or a cell that may have come from another row."""
    reasons = {flag.row: flag.evidence for flag in reversed(flags) if flag.column == 0 or "column has" in flag.evidence}
    for number, why in reasons.items():
        if number >= table.header_rows:
            yield from values_of(number, table.rows[number], f"{why}, in its row")
