"""The running text of a PDF as lines in reading order."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path

from extract.claims.text.reading_order import Block, find_blocks
from extract.claims.text.sections import TextLine
from extract.errors import UsageError
from extract.page.glyphs.mending import mended
from extract.page.lines import Phrase
from extract.page.prose import body_style
from extract.page.sheet import Sheet, read_sheets
from extract.pdf.opening import open_fast, open_thorough, refuse_fewer_pages
from extract.tables.finding.parts import parts_of

SMALL = 0.82  # of the type of the body: smaller text is a foot note or stands beside the paper
SMALLER = 0.5  # points of type by which a note is smaller than what it interrupts
INDENT = 0.5  # type sizes by which the first line of a paragraph is set in
SHORT = 0.12  # of a block's width: a line that ends so much earlier ends a paragraph


def read_lines(path: Path, pages: range | None = None, password: str | None = None) -> list[TextLine]:
    """The running text of a PDF. UnreadableError where it cannot be read, UsageError where it has none of the pages."""
    with open_fast(path, password) as document:
        count = len(document)
    wanted = [number for number in (pages or range(1, count + 1)) if number <= count]
    if not wanted:
        raise UsageError(f"{path}: pages {pages} were asked for, the PDF has {count}")
    sheets = sheets_on(path, wanted, password)
    return list(lines_of(sheets))


def sheets_on(path: Path, wanted: Sequence[int], password: str | None) -> list[Sheet]:
    with open_thorough(path, password) as pdf, mended(pdf, path, password, wanted):
        refuse_fewer_pages(pdf, wanted[-1])
        sheets: list[Sheet] = []
        for number in wanted:
            page = pdf.pages[number - 1]
            sheets += read_sheets(page)
            page.close()
        return sheets


def lines_of(sheets: Sequence[Sheet]) -> Iterator[TextLine]:
    body = body_style(sheets)
    tables = parts_of(sheets, body)
    placed = [(sheet, block) for sheet in sheets for block in find_blocks(sheet, tables, body)]
    notes = interrupting([block for _, block in placed])
    for sheet, block in placed:
        if (block.size >= SMALL * body[1] or len(block.phrases) == 1) and block not in notes:
            yield from (text_line(sheet, block, number) for number in range(len(block.phrases)))


def interrupting(found: Sequence[Block]) -> list[Block]:
    """Blocks in smaller type between two others, the first of which ends within a sentence that the second goes on
    with: addresses and notes at the foot of a column."""
    notes: list[Block] = []
    for place, block in enumerate(found):
        ends_within = not re.search(r"[.:?!][)\]”\"]*\s*$", block.phrases[-1].text)
        most = block.size - SMALLER
        smaller = list(takewhile(partial(is_smaller, most), found[place + 1 :]))
        following = found[place + 1 + len(smaller) : place + 2 + len(smaller)]
        if ends_within and smaller and following and goes_on(block, following[0]):
            notes += smaller
    return notes


def is_smaller(most: float, block: Block) -> bool:
    return block.size < most


def goes_on(block: Block, following: Block) -> bool:
    same = abs(following.size - block.size) < SMALLER
    return same and following.phrases[0].text[:1].islower()


def text_line(sheet: Sheet, block: Block, number: int) -> TextLine:
    """A line of a block; it begins a paragraph where it is set in, or the one before ends early or stands far above."""
    phrase = block.phrases[number]
    words = tuple((word.text, sheet.box(word.x0, word.top, word.x1, word.bottom)) for word in phrase.words if word.text)
    return TextLine(words, number == 0 or begins(block, block.phrases[number - 1], phrase), number == 0)


def begins(block: Block, last: Phrase, phrase: Phrase) -> bool:
    if abs(last.middle - phrase.middle) < 0.5 * phrase.size:
        return False
    set_in = phrase.x0 - block.x0 > INDENT * phrase.size and last.x0 - block.x0 < INDENT * phrase.size
    early = block.x1 - last.x1 > SHORT * (block.x1 - block.x0)
    return set_in or early or phrase.top - last.bottom > 0.8 * phrase.size or phrase.bold != last.bold
