"""Doubtful cells: cells that cannot be printed so, or that differ from the others of their column.

Lost signs, overlooked columns and wrongly joined rows leave such cells behind. A doubt does not say which reading is
right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.page.numbers import is_closed
from extract.tables.grid.rows import OPEN_END
from extract.tables.table import FIRST_READER, Cell, Flag, PrintedTable, Row
from schemas.base.printed import BOUNDS, is_too_long

_SHAPE, _PLACE = "RDR003", "RDR004"
_REPAIRED = ("RDR002", "RDR007", "RDR016")  # repaired, with proof, or read without what is struck out
_USUAL_CELL_COUNT = 4  # cells with numbers show what the cells of their column are like
_USUAL_SHARE = 0.75  # of these cells must be alike
_UNLABELLED_SHARE = 0.25  # of the rows with values: if more lack a label, the table prints rows without one
_WORDS_COUNT = 2  # words of a cell of words

_NUMBER = re.compile(r"(?<![A-Za-z\d])(?:[<>≤≥=~≈]\s*)?[-−–]?(?:\d[\d,]*(?:[.·]\d+)?|[.·]\d+)\s*%?")
_DIGITS = re.compile(r"(?<![^\W\d_])[\d.,·]{16,}")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_JOINT = re.compile(r"\s*(?:[/:±+×–−;,]|-|to|vs\.?|of|and|or)\s*")
_LOOSE_SPACE = re.compile(r"(?<=\d)(?:\s*([.·])\s*(?=\d)|\s(?=\d{3}(?!\d)))")  # points set apart, spaces in thousands
_SIDE_BY_SIDE = re.compile(rf"{_NUMBER.pattern}(?:\s+{_NUMBER.pattern})+")
_LIST_MARK = re.compile(r"\w{1,2}\)")
_HEAD_MARKS = re.compile(r"[*†‡§]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_IMPOSSIBLE = (
    (re.compile(r"\(cid:\d+\)|[\x00-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]"), "unmapped character"),
    (re.compile(r"(?<![\d.])(?!\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d))\d+\.\d+\.\d"), "a number with two decimal points"),
    (re.compile(r"^[(\[]?\s*[a-z]\s?\d+(?:[.,]?\d)+\s*[)\]]?$"), "a letter, possibly in place of a sign"),
    (
        re.compile(r"[(\[]\s*[nN]\s*\d[\d ,]*[)\];]|[(\[]\s*[a-z]\d{2,}|\d\s+[a-wyz]\s+\d"),
        "a letter or nothing, possibly in place of a sign",
    ),
    (re.compile(r"[^\s(\[]\s*[-−–±<>≤≥=]\s*[)\]]"), "no value behind the sign"),
    (re.compile(r".[±<>≤≥=(\[]$"), "no value behind the sign"),
)


def find_doubts(table: PrintedTable) -> list[Flag]:
    """Return a flag for each cell in doubt, with the first reason. If the label of a row is in doubt, or a cell of it
    may hold text of another row, all its values are. The flags that the table has already count for labels."""
    impossible, odd = list(impossible_cells(table)), [*odd_cells(table), *crowded_heads(table)]
    labels = [flag for flag in (*table.flags, *impossible) if flag.column == 0 and flag.code not in _REPAIRED]
    found: dict[tuple[int, int], Flag] = {}
    for flag in [*impossible, *odd, *broken_values(table), *broken_labels(table), *same_rows(table, [*labels, *odd])]:
        found.setdefault((flag.row, flag.column), flag)
    return [found[address] for address in sorted(found)]


def _flag(row: int, column: int, code: str, cell: Cell, why: str) -> Flag:
    return Flag(row, column, code, FIRST_READER, cell.text, why)


def impossible_cells(table: PrintedTable) -> Iterator[Flag]:
    """Yield flags of cells that cannot be printed so, whatever stands around them."""
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            why = next((why for pattern, why in _IMPOSSIBLE if pattern.search(cell.text)), "")
            why = why or (f"expected {BOUNDS}" if has_long_number(cell.text) else "")
            if why or not is_closed(cell.text):
                yield _flag(number, column, _SHAPE, cell, why or "unclosed bracket")
            elif column > 0 and _is_unopened(cell.text):
                yield _flag(number, column, _SHAPE, cell, "a bracket that is not opened")


def has_long_number(text: str) -> bool:
    """Whether a text has a number of more digits than anyone prints, which no check computes with."""
    return any(is_too_long(digits.strip(".,").replace("·", ".")) for digits in _DIGITS.findall(text))


def _is_unopened(text: str) -> bool:
    """Whether a text without words closes a bracket that it does not open. The letter or number of a list may."""
    closes = text.count(")") > text.count("(") or text.count("]") > text.count("[")
    return closes and has_no_words(text) and not _LIST_MARK.match(text)


def odd_cells(table: PrintedTable) -> Iterator[Flag]:
    """Yield flags of cells with more values than the other cells of their column, or with words where these have
    numbers only."""
    for column in range(1, table.width):
        rows = [n for n in range(table.header_rows, len(table.rows)) if has_digit(table.rows[n].cells[column])]
        usual = usual_count([table.rows[n].cells[column] for n in rows])
        for n in rows:
            cell = table.rows[n].cells[column]
            if why := oddity(cell, table.rows[n], usual):
                yield _flag(n, column, _SHAPE, cell, why)


def crowded_heads(table: PrintedTable) -> Iterator[Flag]:
    """Yield flags of head cells with two numbers and no words: a year, and below it a value of the first row."""
    for number, row in enumerate(table.head):
        for column, cell in enumerate(row.cells):
            if _SIDE_BY_SIDE.fullmatch(_HEAD_MARKS.sub("", cell.text)):
                yield _flag(number, column, _SHAPE, cell, "two numbers in a head, possibly one of the row below")


def oddity(cell: Cell, row: Row, usual: int) -> str:
    """Return the oddity of a cell with numbers; "" if there is none. `usual`: how many values the cells of its column
    have, 0 if not known."""
    count = count_values(cell.text)
    if _SIDE_BY_SIDE.fullmatch(without_loose_spaces(cell.text)) and usual < 2:
        return f"{count} values side by side"
    if not usual:
        return ""
    if count > usual and has_no_words(cell.text):
        return f"{count} values; the column has {usual}"
    if cell.text.startswith("±"):
        return "the end of a value; the column has whole values"
    return "words beside a number; the column has numbers only" if is_alone(cell, row) else ""


def usual_count(numbers: Sequence[Cell]) -> int:
    """Return how many values the cells of a column have; 0 if they differ, are few or have words as well."""
    wordless = [cell for cell in numbers if has_no_words(cell.text)]
    counts = Counter(0 if cell.text.startswith("±") else count_values(cell.text) for cell in wordless)
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    return usual if len(numbers) >= _USUAL_CELL_COUNT and times >= _USUAL_SHARE * len(numbers) else 0


def has_digit(cell: Cell) -> bool:
    return any(map(str.isdigit, cell.text))


def _without_joints(text: str) -> str:
    return _JOINT.sub(" ", text)


def is_alone(cell: Cell, row: Row) -> bool:
    """Whether a cell is the only one behind the row's label with words: a row of headings has several."""
    return [other for other in row.cells[1:] if has_words(other.text)] == [cell]


def has_no_words(text: str) -> bool:
    return not _LETTERS.search(_without_joints(_BRACKETS.sub("", text)))


def has_words(text: str) -> bool:
    return len(_WORD.findall(_without_joints(_BRACKETS.sub("", text)))) >= _WORDS_COUNT


def without_loose_spaces(text: str) -> str:
    """Return a text without the spaces that PDFs put into numbers."""
    return _LOOSE_SPACE.sub(lambda match: match[1] or "", text)


def count_values(text: str) -> int:
    """Return how many values stand side by side in a text: numbers, without those in brackets and those that signs
    join to the number before."""
    outside = _BRACKETS.sub("", without_loose_spaces(text))
    return len(_NUMBER.findall(outside)) - len(re.findall(rf"(?<=[\d%]){_JOINT.pattern}(?=[<>≤≥=−–-]?[\d.·])", outside))


def broken_labels(table: PrintedTable) -> Iterator[Flag]:
    """Yield flags of the values of rows whose label breaks off, continues another label, or is missing although nearly
    all rows have one."""
    body = list(enumerate(table.rows))[table.header_rows :]
    with_values = [(n, row) for n, row in body if any(map(has_digit, row.cells[1:]))]
    first = next((n for n, row in with_values if row.cells[0].text), 0)  # rows above may be left over from the head
    blank = [(n, row) for n, row in with_values if n > first and not row.cells[0].text]
    stubs = {first_filled(row) for _, row in blank if not starts_with_number(row)}  # columns of labels below others
    unlabelled = [n for n, row in blank if starts_with_number(row) and first_filled(row) not in stubs]
    for n, row in with_values:
        label = row.cells[0].text
        if OPEN_END.search(label):
            yield from flag_values(n, row, "the row's label breaks off")
        elif label.startswith(("(", "[")) and n - 1 in dict(with_values):
            yield from flag_values(n, row, "the row's label continues the row above")
        elif n in unlabelled and len(unlabelled) < _UNLABELLED_SHARE * len(with_values):
            yield from flag_values(n, row, "the row has no label")


def first_filled(row: Row) -> int:
    """Return the column of the first cell with text."""
    return next(column for column, cell in enumerate(row.cells) if cell.text)


def broken_values(table: PrintedTable) -> Iterator[Flag]:
    """Yield flags of the values of rows whose cells break off, and of the rows below or above that have the rest."""
    broken: dict[int, str] = {}
    for number in range(table.header_rows, len(table.rows) - 1):
        pairs = zip(table.rows[number].texts[1:], table.rows[number + 1].texts[1:], strict=True)
        if any(breaks_between(above, below) for above, below in pairs):
            broken.setdefault(number, "a value goes on in the row below")
            broken[number + 1] = "a value begins in the row above"
    for number, why in broken.items():
        yield from flag_values(number, table.rows[number], why)


def breaks_between(above: str, below: str) -> bool:
    """Whether a value breaks off in one cell and goes on in the cell below ("0.80 (0.22," and "1.23)"; "0.80" and
    "(0.22,"; "74.4 ±" and "4.0")."""
    goes_on = not is_closed(above) and _is_unopened(below)
    begins = below.startswith(("(", "[")) and not is_closed(below) and has_no_words(below)
    signed = above.endswith("±") and below[:1].isdigit()
    return bool(above and below) and (goes_on or begins or signed)


def starts_with_number(row: Row) -> bool:
    first = next(cell.text for cell in row.cells if cell.text)
    return not _WORD.search(first)


def flag_values(number: int, row: Row, why: str) -> Iterator[Flag]:
    """Yield a flag for each cell with a number behind the label of a row."""
    for column, cell in enumerate(row.cells):
        if column > 0 and has_digit(cell):
            yield _flag(number, column, _PLACE, cell, why)


def same_rows(table: PrintedTable, flags: Sequence[Flag]) -> Iterator[Flag]:
    """Yield flags of the values of the body rows that have a flag."""
    for flag in flags:
        if flag.row >= table.header_rows:
            yield from flag_values(flag.row, table.rows[flag.row], f"elsewhere in the row: {flag.evidence}")
