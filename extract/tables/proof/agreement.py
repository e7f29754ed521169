"""The cells of a table against what the second reader has in their places.

The second reader does not rejoin wrapped rows: its characters are gathered by place, and its own columns are used to
tell whether it puts a text where we do.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from extract.tables.proof.camelot_cells import Address, glyph_text
from extract.tables.proof.camelot_reader import OUTSIDE_GRID, SECOND_READER, CamelotGlyph
from extract.tables.table import FIRST_READER, Cell, Flag, Table

_OTHER_READING = "RDR001"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－\u00ad"), "-")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")  # that of a line break cannot be told from a printed one
_OPENS_VALUE = re.compile(r"[<>≤≥=−–+-]?\.?\d")  # and no bracket or ± that goes on with what stands before
_HOME_SHARE = 0.8  # of the cells of a column must stand in one column of the second reader to compare the two

Cells = Mapping[Address, Sequence[CamelotGlyph]]


def compare(table: Table, parts: Sequence[Cells]) -> list[Flag]:
    """A flag for each cell that the second reader has otherwise. `parts`: what it has in the cells, page by page, also
    of those in which it has nothing."""
    flags = []
    for address in dict.fromkeys(address for part in parts for address in part):
        cell = table.rows[address[0]].cells[address[1]]
        texts = [glyph_text(part[address]) for part in parts if address in part]
        if not reads_alike(cell, "".join(texts)):
            flags.append(
                Flag(*address, _OTHER_READING, SECOND_READER, " ".join(texts), f"{FIRST_READER} reads {cell.text!r}")
            )
    doubted = {(flag.row, flag.column) for flag in flags}
    elsewhere = [flag for part in parts for flag in compare_columns(table, part)]
    return flags + [flag for flag in elsewhere if (flag.row, flag.column) not in doubted]


def comparable_text(text: str) -> str:
    """A text without spaces and the hyphens of its words, its dashes, ligatures and raised digits in one form."""
    return _HYPHEN.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_DASHES)))


def reads_alike(cell: Cell, reading: str) -> bool:
    """Whether a reading is the text of a cell, its note marks in it or not, or is explained by a flag of the cell."""
    ours, theirs = comparable_text(cell.text), comparable_text(reading)
    if theirs in (ours, *(comparable_text(flag.reading) for flag in cell.flags)):
        return True
    return Counter(ours + comparable_text("".join(cell.marks))) == Counter(theirs) and is_subsequence(ours, theirs)


def is_subsequence(text: str, longer: str) -> bool:
    """Whether the characters of a text occur in that order in a longer one."""
    rest = iter(longer)
    return all(char in rest for char in text)


def compare_columns(table: Table, part: Cells) -> list[Flag]:
    """A flag for each cell of the body of which the second reader puts something into the column of another, blank
    cell, or that it parts into two values."""
    body = {address: glyphs for address, glyphs in part.items() if address[0] >= table.header_rows}
    homes = homes_of(body)
    flags = []
    for (row, column), glyphs in body.items():
        shares = texts_by_column(glyphs) if column in homes else []
        blank = {home for other, home in homes.items() if not table.rows[row].cells[other].text}
        if any(is_astray(share, homes[column], blank, len(shares)) for share in shares):
            reading = " | ".join(text for _, text in shares)
            flags.append(
                Flag(
                    row, column, _OTHER_READING, SECOND_READER, reading, "the second reader puts it into other columns"
                )
            )
    return flags


def is_astray(share: tuple[int, str], home: int, blank: set[int], count: int) -> bool:
    """Whether a share of a cell stands where it does not belong: all of it, or a number, where our cell is blank, or a
    value of its own beside the column."""
    place, text = share
    if place in blank:
        return count == 1 or any(map(str.isdigit, text))
    return place != home and count > 1 and bool(_OPENS_VALUE.match(text))


def texts_by_column(glyphs: Sequence[CamelotGlyph]) -> list[tuple[int, str]]:
    """The text of a cell as the second reader shares it out among its columns."""
    columns = sorted({glyph.column for glyph in glyphs} - {OUTSIDE_GRID})
    return [(column, glyph_text([glyph for glyph in glyphs if glyph.column == column])) for column in columns]


def homes_of(body: Cells) -> dict[int, int]:
    """Our columns that have one of the second reader for themselves, each with it: where most of their cells stand."""
    votes: dict[int, Counter[int]] = {}
    for (_, column), glyphs in body.items():
        votes.setdefault(column, Counter()).update({glyph.column for glyph in glyphs} - {OUTSIDE_GRID})
    sizes = Counter(column for _, column in body)
    homes = {c: v.most_common(1)[0] for c, v in votes.items() if v}
    shared = Counter(home for home, _ in homes.values())
    return {c: home for c, (home, times) in homes.items() if times >= _HOME_SHARE * sizes[c] and shared[home] == 1}
