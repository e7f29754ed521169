"""Two readings of a table aligned: the rows of one to the rows of the other, and so the columns, both in order."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extract.tables.proof.agreement import comparable_text
from extract.tables.table import Cell, PrintedTable, Row

MOST_PAIRS_COUNT = 1_000_000  # of rows: a thousand in each table
MOST_SIMILAR_COUNT = 2_500  # pairs of rows between two that are alike, of which each is compared by its letters
_SIMILAR_ROWS_RATIO = 0.7  # of their letters: so much of two rows is the same if they are one
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "⩾": "≥", "⩽": "≤", "·": "."})
_LABEL_WEIGHT = 1.5  # of a label that both rows have, against 1 for another cell


@dataclass(frozen=True)
class Alignment:
    """What of one table is what of the other: its row -> the other's row, its column -> the other's column."""

    rows: dict[int, int]
    columns: dict[int, int]


def cell_key(text: str) -> str:
    """Return what two typesettings of a cell have in common: no spaces, hyphens of words, capitals and kinds of dashes,
    quotes and points."""
    return comparable_text(unicodedata.normalize("NFKC", text).translate(_QUOTES)).casefold()


def same_cell(cell: Cell, other: Cell) -> bool:
    """Whether two cells print the same. A sign may be a note mark for one reader and text for the other; a digit may
    not."""
    if cell_key(cell.text) == cell_key(other.text):
        return True
    whole = [sorted(cell_key(each.text + "".join(each.marks))) for each in (cell, other)]
    return whole[0] == whole[1] and _digits(cell.text) == _digits(other.text)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d", text)


def align(table: PrintedTable, other: PrintedTable) -> Alignment:
    """Return the alignment of two tables; an empty one where they are too large."""
    if len(table.rows) * len(other.rows) > MOST_PAIRS_COUNT:
        return Alignment({}, {})
    ours, theirs = [_keys(row) for row in table.rows], [_keys(row) for row in other.rows]
    counts, others = list(map(Counter, ours)), list(map(Counter, theirs))

    def likeness(row: int, place: int) -> float:
        shared = (counts[row] & others[place]).total()
        if not shared:
            return 0.0
        label = _LABEL_WEIGHT if ours[row][0] == theirs[place][0] else 1.0
        return label * 2 * shared / (len(ours[row]) + len(theirs[place]))

    rows = _with_similar(in_order(len(ours), len(theirs), likeness), ours, theirs)
    return Alignment(rows, _columns(table, other, rows))


def _with_similar(rows: dict[int, int], ours: Sequence[list[str]], theirs: Sequence[list[str]]) -> dict[int, int]:
    """The pairs of rows, and between them those that share no cell but most letters."""
    found, above = dict(rows), (-1, -1)
    for below in [*rows.items(), (len(ours), len(theirs))]:
        gap, other_gap = (range(above[side] + 1, below[side]) for side in (0, 1))

        def likeness(i: int, j: int, gap: range = gap, other_gap: range = other_gap) -> float:
            first, second = "".join(ours[gap[i]]), "".join(theirs[other_gap[j]])
            ratio = SequenceMatcher(None, first, second, autojunk=False).ratio()
            return ratio if ratio >= _SIMILAR_ROWS_RATIO else 0.0

        if len(gap) * len(other_gap) <= MOST_SIMILAR_COUNT:
            pairs = in_order(len(gap), len(other_gap), likeness)
            found |= {gap[i]: other_gap[j] for i, j in pairs.items()}
        above = below
    return dict(sorted(found.items()))


def _keys(row: Row) -> list[str]:
    """The keys of the printed cells of a row."""
    return [key for text in row.texts if (key := cell_key(text))] or [""]


def _columns(table: PrintedTable, other: PrintedTable, rows: dict[int, int]) -> dict[int, int]:
    """The columns whose cells are most often the same in aligned rows."""
    votes: dict[tuple[int, int], float] = defaultdict(float)
    for row, place in rows.items():
        theirs = [cell_key(text) for text in other.rows[place].texts]
        for column, text in enumerate(table.rows[row].texts):
            same = [number for number, key in enumerate(theirs) if key and key == cell_key(text)]
            for number in same:
                votes[column, number] += 1 / len(same)
    return in_order(table.width, other.width, lambda column, number: votes.get((column, number), 0.0))


def in_order(count: int, others: int, likeness: Callable[[int, int], float]) -> dict[int, int]:
    """Return the pairs of things in two sequences that keep the order of both and have the greatest likeness in sum;
    things without any likeness are not paired."""
    best = [[0.0] * (others + 1) for _ in range(count + 1)]
    like = [[likeness(i, j) for j in range(others)] for i in range(count)]
    for i in range(count - 1, -1, -1):
        for j in range(others - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0)
    return _path(best, like)


def _path(best: Sequence[Sequence[float]], like: Sequence[Sequence[float]]) -> dict[int, int]:
    pairs, i, j = dict[int, int](), 0, 0
    while i < len(like) and j < len(like[i]):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
