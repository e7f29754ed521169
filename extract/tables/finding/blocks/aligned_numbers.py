"""The pages with numbers in columns, which may hold a table without a caption. pdfium looks at all pages quickly."""

import re
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double
from itertools import pairwise
from typing import NamedTuple

from pypdfium2 import PdfTextPage, raw

from extract.page.document import Document

_ROW_COUNT = 3  # rows of a table with numbers, at least
_NUMBER_COUNT = 2  # numbers of such a row, at least
_NUMBER_SHARE = 0.2  # of the words of a line in the text of a table are numbers
_PAGE_NUMBER_COUNT = 2000  # numbers of a page that are looked at
_SAME_ROW_PT = 3.0  # the middles of numbers on one row differ by less
_ROW_STEP_PT = 72.0  # two rows of numbers stand less far apart
_APART_PT = 3.0  # numbers of two columns stand farther apart
_NUMBER = re.compile(r"(?<!\S)[(\[$€£<>≤≥±~+−–-]*\d[\d.,·]*[%)\]a-z*†]{0,2}(?!\S)")
_DIGITS = "0123456789"


class _Place(NamedTuple):
    """Where a number stands along its line (`start` to `end`) and across (`height`), in points."""

    start: float
    end: float
    height: float


def pages_with_numbers(document: Document, numbers: Iterable[int]) -> list[int]:
    """Return those of the pages (from 1) on which numbers stand in columns."""
    return document.each(numbers, lambda number: [number] if _has_columns(document, number) else [])


def _has_columns(document: Document, number: int) -> bool:
    text = document.text(number)
    found = list(numbers_in_lines(text))
    if len(found) < _ROW_COUNT * _NUMBER_COUNT:
        return False
    page = document.fast[number - 1]
    letters = page.get_textpage()
    boxes = [box for start, end in found[:_PAGE_NUMBER_COUNT] if (box := _box_of(letters, start, end))]
    page.close()
    upright = [_Place(x0, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in boxes]
    turned = [_Place(y0, y1, (x0 + x1) / 2) for x0, y0, x1, y1 in boxes]
    return has_aligned_rows(upright) or has_aligned_rows(turned)


def numbers_in_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the numbers in the lines of a text that are like those of a table: rows are drawn as lines
    with several numbers, columns as lines with a number alone."""
    start = 0
    for line in text.splitlines(keepends=True):
        if sum(map(line.count, _DIGITS)):
            matches = list(_NUMBER.finditer(line))
            if len(matches) >= _NUMBER_SHARE * len(line.split()):
                yield from ((start + match.start(), start + match.end()) for match in matches)
        start += len(line)


def _box_of(letters: PdfTextPage, start: int, end: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of the characters from `start` up to `end`; None where pdfium does not know."""
    edges = [[c_double() for _ in range(4)] for _ in range(2)]
    for index, (left, right, bottom, top) in zip((start, end - 1), edges, strict=True):
        if not raw.FPDFText_GetCharBox(letters, index, left, right, bottom, top):
            return None
    (l0, r0, b0, t0), (l1, r1, b1, t1) = [[edge.value for edge in corners] for corners in edges]
    return min(l0, l1), min(b0, b1), max(r0, r1), max(t0, t1)


def has_aligned_rows(places: Sequence[_Place]) -> bool:
    """Whether three rows below one another have two numbers each that stand below one another."""
    rows: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: place.height):
        if rows and place.height - rows[-1][-1].height < _SAME_ROW_PT:
            rows[-1].append(place)
        else:
            rows.append([place])
    full = [sorted(row) for row in rows if _count_apart(row) >= _NUMBER_COUNT]
    chain = 1
    for above, below in pairwise(full):
        near = below[0].height - above[0].height < _ROW_STEP_PT
        chain = chain + 1 if near and _count_aligned(above, below) >= _NUMBER_COUNT else 1
        if chain >= _ROW_COUNT:
            return True
    return False


def _count_apart(row: Sequence[_Place]) -> int:
    ordered = sorted(row)
    return 1 + sum(b.start - a.end > _APART_PT for a, b in pairwise(ordered))


def _count_aligned(above: Sequence[_Place], below: Sequence[_Place]) -> int:
    return sum(any(min(a.end, b.end) > max(a.start, b.start) for a in above) for b in below)
