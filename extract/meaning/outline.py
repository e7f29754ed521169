"""The rows of a table as an outline: the headings over each row, and the rows that head or repeat the columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.meaning.cells.shapes import ShapedCell, cell_shape
from extract.meaning.heads import head_level
from extract.meaning.lexicon.said import said_in
from extract.meaning.lexicon.times import is_timepoint
from extract.tables.table import PrintedTable, Row

# A smaller difference is the side bearing of a letter or a slip of the typesetter; journals indent by 4 pt and more.
_INDENT_PT = 2.5
_LETTERS_A_DIGIT = 4  # and more in words with numbers among them; "3 of 10 patients" has fewer
_FEWEST_LABELS = 4  # whose middles tell that labels are centred
_WORDY_SHARE = 0.7  # of the printed cells of a column of words
_LEAST_SUM = 10  # of counts over all columns; smaller ones add up by chance
_MOST_PARTS = 6  # lines under a line whose counts they add to
# Rounded percentages of the categories of one variable add to 100 within this.
_PERCENT_TOTAL = (98.4, 101.6)
_SIZED = re.compile(r"[^\W\d_].*\bn\s?=\s?\d", re.IGNORECASE)  # "Drug (n = 22)"
_RESULT = re.compile(r"[=<>≤≥]\s?[.\d]")  # "F2,54 = 1.04 n.s."
_CATEGORIES = re.compile(
    r"(?:fe)?males?|(?:wo)?men|yes|no|never|ever|current|former|missing|unknown|other|not? (?:known|available|reported)"
    r"|[<>≤≥].*",
    re.IGNORECASE,
)


@dataclass
class OutlineLine:
    """A body row. `label`: of its first stub cell, taken from above where the stub is blank beside values; `second`:
    the text of a second stub; `parent`: the line that heads it, None for none; `has_values`: right of the stub;
    `is_variable`: the lines under it are the categories of one variable, or the time points of one outcome; `adds_up`:
    their percentages add to 100."""

    index: int
    label: str
    second: str
    indent: float
    has_values: bool
    parent: "OutlineLine | None" = None
    is_variable: bool = False
    adds_up: bool = False
    children: list["OutlineLine"] = field(default_factory=list)

    @property
    def above(self) -> list["OutlineLine"]:
        """The lines over this one, from the outermost to the nearest."""
        return [] if self.parent is None else [*self.parent.above, self.parent]


def is_wordy(text: str) -> bool:
    """Whether a cell is words rather than numbers, such as a drug and its dose."""
    shaped = cell_shape(text)
    if not shaped.numbers:
        return bool(shaped.words)
    letters, digits = (sum(map(kind, text)) for kind in (str.isalpha, str.isdigit))
    return len(shaped.words) > 1 and letters >= _LETTERS_A_DIGIT * digits and not said_in(text)


def is_table_of_words(table: PrintedTable) -> bool:
    """Whether no column right of the labels is one of numbers, as in lists of studies, definitions or search terms."""
    columns = ([row.texts[place] for row in table.body if row.texts[place]] for place in range(1, table.width))
    return not any(_is_of_numbers(texts) for texts in columns)


def _is_of_numbers(texts: Sequence[str]) -> bool:
    shapes = [cell_shape(text) for text in texts]
    printed = [shape for shape in shapes if not shape.absent]
    numeric = sum(1 for text, shape in zip(texts, shapes, strict=True) if shape.numbers and not is_wordy(text))
    return bool(printed) and numeric * 2 >= len(printed)


def stub_width(table: PrintedTable) -> int:
    """The number of columns on the left that hold labels: the first, and a second one of words."""
    if table.width < 3:
        return 1
    printed = [row.texts[1] for row in table.body if row.texts[1] and not cell_shape(row.texts[1]).absent]
    wordy = sum(1 for text in printed if is_wordy(text) or is_timepoint(text) or _SIZED.search(text))
    return 2 if printed and wordy >= _WORDY_SHARE * len(printed) else 1


def is_subhead(row: Row, stub: int, heads: Sequence[str]) -> bool:
    """Whether a body row heads the columns below it: two or more cells of words right of the stub, no numbers, and
    words of heads."""
    texts = [text for text in row.texts[stub:] if text and not cell_shape(text).absent]
    repeated = [text for text in texts if text in heads]
    if len(texts) < 2 or (len(repeated) < len(texts) and not all(_heads_column(text) for text in texts)):
        return False
    return (
        len(repeated) == len(texts)
        or any(said_in(text) or is_timepoint(text) for text in texts)
        or _are_abbreviations(texts)
    )


def _heads_column(text: str) -> bool:
    if cell_shape(text).is_numeric or (_RESULT.search(text) and not head_level(text).size):
        return False
    return is_wordy(text) or bool(said_in(text)) or is_timepoint(text) or bool(head_level(text).size)


def _are_abbreviations(texts: Sequence[str]) -> bool:
    return all(len(text.split()) == 1 and text[0].isupper() and text.isupper() for text in texts)


def outline(rows: Sequence[tuple[int, Row]], stub: int, values: Sequence[int]) -> list[OutlineLine]:
    """Return the lines of the data rows and headings, given with their index in the body. `values`: the columns of
    values, without those of comparisons, which a variable's own row may hold."""
    lines = _lines(rows, stub)
    shaped = {index: [cell_shape(row.texts[place]) for place in values] for index, row in rows}
    stack: list[tuple[OutlineLine, bool]] = []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        while stack and not _belongs(line, *stack[-1], shaped):
            stack.pop()
        if stack:
            line.parent = stack[-1][0]
            line.parent.children.append(line)
        deeper = below is not None and below.indent > line.indent + _INDENT_PT
        if below is not None and (deeper or not any(cell.numbers or cell.absent for cell in shaped[line.index])):
            stack.append((line, deeper))
    if lines:
        _place_parts(lines, shaped)
    for line in lines:
        line.adds_up = _categories_add_up(line, shaped)
        line.is_variable = line.adds_up or _is_variable(line)
    return lines


def _lines(rows: Sequence[tuple[int, Row]], stub: int) -> list[OutlineLine]:
    lines: list[OutlineLine] = []
    label = ""
    centred = _is_centred([row for _, row in rows])
    for index, row in rows:
        label = row.texts[0] or label
        second = row.texts[1] if stub > 1 else ""
        lines.append(OutlineLine(index, label, second, 0.0 if centred else row.indent, any(row.texts[stub:])))
    return lines


def _is_centred(rows: Sequence[Row]) -> bool:
    """Whether the labels are centred in their column, so that where they begin is no indent."""
    boxes = [row.cells[0].boxes[0] for row in rows if row.cells[0].boxes]
    middles, lefts = [(box.x0 + box.x1) / 2 for box in boxes], [box.x0 for box in boxes]
    if len(boxes) < _FEWEST_LABELS:
        return False
    return max(middles) - min(middles) < _INDENT_PT < max(lefts) - min(lefts)


def _belongs(line: OutlineLine, head: OutlineLine, indented: bool, shaped: dict[int, list[ShapedCell]]) -> bool:
    """Whether a line stands under an open heading. Without indents a heading ends where its categories add to all
    patients, where a line follows that is no statistic of its variable, and at the next heading."""
    if indented:
        return line.indent > head.indent + _INDENT_PT
    if line.indent < head.indent - _INDENT_PT:
        return False
    if not head.children:
        return True
    if not any(cell.numbers or cell.absent for cell in shaped[line.index]):
        return False
    if set(said_in(head.label).spreads) & {"sd", "se", "iqr"} and _is_of_counts(shaped[line.index]):
        return False
    if all(says_statistic_only(child.label) for child in head.children) and not says_statistic_only(line.label):
        return False
    return not _adds_to_all(head.children, shaped)


def _place_parts(lines: Sequence[OutlineLine], shaped: dict[int, list[ShapedCell]]) -> None:
    """Put lines under the line before them whose counts are the sums of theirs in every arm: "Anaemia 7" over "Mild 6"
    and "Severe 1" without an indent."""
    if max(line.indent for line in lines) - min(line.indent for line in lines) > _INDENT_PT:
        return  # indents tell which lines are parts
    number = 0
    while number < len(lines):
        whole = lines[number]
        parts = [] if whole.children else _parts_of(whole, lines[number + 1 : number + 1 + _MOST_PARTS], shaped)
        for part in parts:
            if part.parent is not None:
                part.parent.children.remove(part)
            part.parent = whole
            whole.children.append(part)
        number += 1 + len(parts)


def _parts_of(
    whole: OutlineLine, below: Sequence[OutlineLine], shaped: dict[int, list[ShapedCell]]
) -> list[OutlineLine]:
    """The two or more lines right below whose counts add to those of `whole` in each of two or more columns."""
    wanted = [_count_of(cell) for cell in shaped[whole.index]]
    sums = [0] * len(wanted)
    if len(wanted) < 2 or not all(wanted):
        return []
    for number, line in enumerate(below, 1):
        counts = [_count_of(cell) for cell in shaped[line.index]]
        if line.parent is not whole.parent or line.children or any(count is None for count in counts):
            return []
        sums = [total + (count or 0) for total, count in zip(sums, counts, strict=True)]
        if number > 1 and sums == wanted and sum(sums) >= _LEAST_SUM:
            return list(below[:number])
    return []


def _count_of(cell: ShapedCell) -> int | None:
    """The count of a cell: "12 (23.5)", "12/51", "12"; None for other cells."""
    return cell.count if cell.shape in ("N", "N(N)", "N(N%)", "N/N", "N/N(N)", "N/N(N%)") else None


def _is_of_counts(cells: Sequence[ShapedCell]) -> bool:
    """Whether the cells print percentages: no means stand there."""
    return any(cell.shape in ("N(N%)", "N/N(N)", "N/N(N%)") for cell in cells)


def says_statistic_only(label: str) -> bool:
    """Whether a label names a statistic and nothing else: "Mean", "Median and range"; "< 60 %" is a category."""
    return bool(said_in(label)) and not head_level(label).name and re.search(r"[^\W\d_]{2}", label) is not None


def _adds_to_all(lines: Sequence[OutlineLine], shaped: dict[int, list[ShapedCell]]) -> bool:
    """Whether the percentages of the lines add to 100 in each column that has them."""
    low, high = _PERCENT_TOTAL
    if not lines:
        return False
    columns = range(len(shaped[lines[0].index]))
    sums = [_percent_sum([shaped[line.index][column] for line in lines]) for column in columns]
    known = [total for total in sums if total is not None]
    return len(lines) > 1 and bool(known) and all(low <= total <= high for total in known)


def _percent_sum(cells: Sequence[ShapedCell]) -> float | None:
    found = [percent for cell in cells if (percent := percent_of(cell)) is not None]
    return sum(found) if found else None


def percent_of(cell: ShapedCell) -> float | None:
    """The percentage of a cell of counts: "12 (23.5)", "12/51 (23.5%)", "23.5%"."""
    place = {"N(N)": 1, "N(N%)": 1, "N/N(N)": 2, "N/N(N%)": 2, "N%": 0, "N%(N)": 0, "N%(N/N)": 0}.get(cell.shape)
    if place is None:
        return None
    try:
        return float(cell.numbers[place].replace(",", ""))
    except ValueError:  # "<1"
        return None


def _is_variable(line: OutlineLine) -> bool:
    """Whether the labels under a line tell that they are its time points, statistics or categories."""
    if not line.children:
        return False
    if all(is_timepoint(child.label) or says_statistic_only(child.label) for child in line.children):
        return True
    own = _categories(line)
    return bool(own) and all(_CATEGORIES.fullmatch(child.label.strip()) for child in own)


def _categories(line: OutlineLine) -> list[OutlineLine]:
    """The lines under a line, if they are two or more and head no others."""
    own = [child for child in line.children if not child.children]
    return own if len(own) > 1 and len(own) == len(line.children) else []


def _categories_add_up(line: OutlineLine, shaped: dict[int, list[ShapedCell]]) -> bool:
    own = _categories(line)
    known = [child for child in own if not _counts_missing(child)]
    return bool(own) and (_adds_to_all(own, shaped) or _adds_to_all(known, shaped))


def _counts_missing(line: OutlineLine) -> bool:
    return bool(re.match(r"(?i)missing|unknown|not (?:known|reported|available)", line.label))
