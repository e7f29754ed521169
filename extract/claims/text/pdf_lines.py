"""The lines of running text of a PDF in reading order."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from extract.claims.text.reading_order import TextBlock, find_text_blocks
from extract.claims.text.sections import TextLine
from extract.page.document import Document
from extract.page.lines import Phrase
from extract.page.prose import body_style, count_styles
from extract.page.sheet import Sheet
from extract.tables.finding.all_parts import find_parts

_NOTE_SIZE_RATIO = 0.82  # of the type size of the body: smaller text is a footnote or stands beside the paper
_NOTE_STEP_PT = 0.5  # a note is smaller by so much than the text that it interrupts
_FIRST_LINE_INDENT_EM = 0.5  # the first line of a paragraph is indented by more
_SHORT_LINE_SHARE = 0.12  # of the width of a block: a line that ends so much earlier ends a paragraph
_PARAGRAPH_GAP_EM = 0.8  # a wider gap between two lines begins a paragraph
_SAME_LINE_EM = 0.5  # the middles of two phrases on one line differ by less


def lines_of_document(document: Document, pages: range | None = None) -> list[TextLine]:
    """Return the lines of running text of a PDF in reading order; UsageError if the PDF has none of the pages."""
    sheets = document.each(document.numbers(pages), document.sheets)
    return list(_lines_on_sheets(document, document.sound(sheets, lambda sheet: sheet.once(count_styles))))


def _lines_on_sheets(document: Document, sheets: Sequence[Sheet]) -> Iterator[TextLine]:
    """Yield the lines of the blocks on sheets, without notes; small type counts as text in a single line, a heading."""
    body = body_style(sheets)
    tables = find_parts(document, sheets, body)
    placed: list[tuple[Sheet, TextBlock]] = []
    for sheet in sheets:
        with document.part(sheet.page):
            placed += [(sheet, block) for block in find_text_blocks(sheet, tables, body)]
    notes = _interrupting([block for _, block in placed])
    for sheet, block in placed:
        if (block.size >= _NOTE_SIZE_RATIO * body[1] or len(block.phrases) == 1) and block not in notes:
            yield from (_text_line(sheet, block, number) for number in range(len(block.phrases)))


def _interrupting(found: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the blocks in smaller type that interrupt a sentence between two blocks: addresses and notes below a
    column."""
    notes: list[TextBlock] = []
    for place, block in enumerate(found):
        ends_within = not re.search(r"[.:?!][)\]”\"]*\s*$", block.phrases[-1].text)
        limit = block.size - _NOTE_STEP_PT
        smaller = list(takewhile(partial(_is_smaller, limit), found[place + 1 :]))
        following = found[place + 1 + len(smaller) : place + 2 + len(smaller)]
        if ends_within and smaller and following and _continues_text(block, following[0]):
            notes += smaller
    return notes


def _is_smaller(limit: float, block: TextBlock) -> bool:
    return block.size < limit


def _continues_text(block: TextBlock, following: TextBlock) -> bool:
    """Whether a block continues another one: in type of the same size, with a small letter at the beginning."""
    same_size = abs(following.size - block.size) < _NOTE_STEP_PT
    return same_size and following.phrases[0].text[:1].islower()


def _text_line(sheet: Sheet, block: TextBlock, number: int) -> TextLine:
    """Return a line of a block with the boxes of its words. The first line of the block may begin a paragraph."""
    phrase = block.phrases[number]
    words = tuple((word.text, sheet.on_page(word)) for word in phrase.words if word.text)
    return TextLine(words, number == 0 or _begins_paragraph(block, block.phrases[number - 1], phrase), number == 0)


def _begins_paragraph(block: TextBlock, last: Phrase, phrase: Phrase) -> bool:
    """Whether a line may begin a paragraph: it is indented or in another weight, or the line before ends early or is
    far above."""
    if abs(last.middle - phrase.middle) < _SAME_LINE_EM * phrase.size:
        return False
    indent = _FIRST_LINE_INDENT_EM * phrase.size
    indented = phrase.x0 - block.x0 > indent and last.x0 - block.x0 < indent
    ends_early = block.x1 - last.x1 > _SHORT_LINE_SHARE * (block.x1 - block.x0)
    far_below = phrase.top - last.bottom > _PARAGRAPH_GAP_EM * phrase.size
    return indented or ends_early or far_below or phrase.bold != last.bold
