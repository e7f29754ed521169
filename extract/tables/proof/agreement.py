"""The cells of a table compared with the second reading of their places.

The second reader does not rejoin wrapped rows. So its characters are gathered by place, and its own columns show
whether it puts a text where the first reader does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from extract.tables.proof.camelot_cells import Address, glyph_text
from extract.tables.proof.camelot_reader import OUTSIDE_GRID, SECOND_READER, CamelotGlyph
from extract.tables.table import Cell, Flag, PrintedTable

_OTHER_READING = "RDR001"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－\u00ad"), "-")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")  # hyphens of line breaks look like printed ones
_OPENS_VALUE = re.compile(r"[<>≤≥=−–+-]?\.?\d")  # no bracket or ±, which continue the value before
_HOME_SHARE = 0.8  # of the cells of our column: so many stand in one column of the second reader, if both are one

Cells = Mapping[Address, Sequence[CamelotGlyph]]


def compare(table: PrintedTable, parts: Sequence[Cells]) -> list[Flag]:
    """Return a flag for each cell that the second reader reads differently. `parts`: its characters in each cell, page
    by page; an empty list for a cell without any."""
    flags = []
    for address in dict.fromkeys(address for part in parts for address in part):
        row = table.rows[address[0]]
        cell = row.cells[address[1]]
        texts = [glyph_text(part[address]) for part in parts if address in part]
        if not reads_alike(cell, "".join(texts)):
            flags.append(
                Flag(*address, _OTHER_READING, SECOND_READER, " ".join(texts), f"{row.read_by[0]} reads {cell.text!r}")
            )
    doubted = {(flag.row, flag.column) for flag in flags}
    elsewhere = [flag for part in parts for flag in compare_columns(table, part)]
    return flags + [flag for flag in elsewhere if (flag.row, flag.column) not in doubted]


def comparable_text(text: str) -> str:
    """Return a text without spaces and the hyphens of its words, with one form for dashes, ligatures and raised
    digits."""
    return _HYPHEN.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_DASHES)))


def reads_alike(cell: Cell, reading: str) -> bool:
    """Whether a reading is the text of a cell, with or without its note marks, or is explained by a flag of the
    cell."""
    ours, theirs = comparable_text(cell.text), comparable_text(reading)
    if theirs in (ours, *(comparable_text(flag.reading) for flag in cell.flags)):
        return True
    return Counter(ours + comparable_text("".join(cell.marks))) == Counter(theirs) and is_subsequence(ours, theirs)


def is_subsequence(text: str, longer: str) -> bool:
    """Whether the characters of a text occur in the same order in a longer text."""
    rest = iter(longer)
    return all(char in rest for char in text)


def compare_columns(table: PrintedTable, part: Cells) -> list[Flag]:
    """Return a flag for each cell of the body that the second reader splits into two values, or of which it puts a part
    into the column of a blank cell."""
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
                    row,
                    column,
                    _OTHER_READING,
                    SECOND_READER,
                    reading,
                    "the second reader puts the text into other columns",
                )
            )
    return flags


def is_astray(share: tuple[int, str], home: int, blank: set[int], count: int) -> bool:
    """Whether a share of a cell, with the second reader's column, stands outside the cell's own column `home`: the
    whole text or a number in the column of a blank cell, or a value of its own in another column. `count`: shares of
    the cell."""
    place, text = share
    if place in blank:
        return count == 1 or any(map(str.isdigit, text))
    return place != home and count > 1 and bool(_OPENS_VALUE.match(text))


def texts_by_column(glyphs: Sequence[CamelotGlyph]) -> list[tuple[int, str]]:
    """Return the text of a cell by the second reader's columns, from left to right."""
    columns = sorted({glyph.column for glyph in glyphs} - {OUTSIDE_GRID})
    return [(column, glyph_text([glyph for glyph in glyphs if glyph.column == column])) for column in columns]


def homes_of(body: Cells) -> dict[int, int]:
    """Return the second reader's column for each of our columns that has one for itself: most of its cells stand
    there."""
    votes: dict[int, Counter[int]] = {}
    for (_, column), glyphs in body.items():
        votes.setdefault(column, Counter()).update({glyph.column for glyph in glyphs} - {OUTSIDE_GRID})
    sizes = Counter(column for _, column in body)
    homes = {c: v.most_common(1)[0] for c, v in votes.items() if v}
    shared = Counter(home for home, _ in homes.values())
    return {c: home for c, (home, times) in homes.items() if times >= _HOME_SHARE * sizes[c] and shared[home] == 1}
