"""The notes of a table: how they differ from its last rows, where they end, and where each begins."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.box import Box
from extract.page.lines import Line, Phrase, make_lines
from extract.page.words import Word
from extract.tables.region import Region, Surroundings, is_prose_line, words_inside

NOTE_START = re.compile(
    r"^(?:(?:Abbreviations?|Notes?|Data|Values?|Source|Legend|Results|Numbers|Figures|Bold|Significan\w+)\b"
    r"|P[-\s]?values?\s+(?:were|was|are|is|by|from|for|of|based|calculated|in)\b"
    r"|[*†‡§¶‖#]|[a-z1-9][)\]]|(?-i:\w*[A-Z]{2}\w*)\s?=)",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
PAGE_FOOT = re.compile(r"^(?:https?://|doi[:.]|www\.)", re.IGNORECASE)


_LINE_GAP_EM = 1.6  # the white between two lines of notes is less high
_TABLE_GAP_EM = 2.2  # the white between a table and its notes is less high
_SAME_SIZE_RATIO = 0.15  # of the size: the sizes of the notes of a table differ by no more
_ROW_COUNT = 2  # lines of a table that are no notes, at least
_HEADING_INDENT_EM = 0.5  # a heading begins so close to the left edge of its table
_HEADING_WIDTH_SHARE = 0.6  # of the table: a heading is narrower
_PAGE_NUMBER_COUNT = 3  # digits alone on a line, at most: the number of a page, or the logo of Springer
_SENTENCE_WORD_COUNT = 4  # words that a sentence has at least


def starts_with_mark(phrase: Phrase) -> bool:
    """Whether a raised mark stands before the first letter: "aThree patients ..."."""
    first = phrase.words[0]
    return bool(first.marks) and first.width > 0 and first.text[:1].isupper()


def notes_below(rest: Sequence[Line], end: float, around: Surroundings) -> list[Line]:
    """Return the lines of the notes: below the end of the table, close to one another, until running text begins."""
    notes: list[Line] = []
    for line in rest:
        if line.text.isdigit() and len(line.text) <= _PAGE_NUMBER_COUNT:
            continue
        previous = notes[-1].bottom if notes else end
        size = line.phrases[0].size
        own_type = line.phrases[0].style == around.body and not NOTE_START.match(line.text) and not line.words[0].marks
        if (
            own_type
            or is_prose_line(line, around)
            or PAGE_FOOT.match(line.text)
            or line.top - previous > (_LINE_GAP_EM if notes else _TABLE_GAP_EM) * size
        ):
            break
        if notes and abs(size - notes[0].phrases[0].size) > _SAME_SIZE_RATIO * size:
            break
        notes.append(line)
    return notes


def notes_inside(lines: Sequence[Line]) -> int:
    """Return how many of the last lines of a table are notes above its last rule. They have one phrase a line and begin
    like a note, with a mark, or as a sentence."""
    count = 0
    while count < len(lines) - _ROW_COUNT and len(lines[-1 - count].phrases) == 1:
        count += 1
    last = lines[-count:] if count else ()
    while last and not (NOTE_START.match(last[0].text) or starts_with_mark(last[0].phrases[0]) or is_sentence(last)):
        last = last[1:]
    return len(last)


def headings_below(region: Region) -> list[Line]:
    """Return the lines right below a region that are headings of the rows on the next page: as close to one another as
    the rows, from the left edge on, in type of the same size, and no notes."""
    lines = region.lines
    pitch = max(lower.middle - upper.middle for upper, lower in pairwise(lines[-_ROW_COUNT:]))
    left, size = min(line.x0 for line in lines), lines[-1].phrases[0].size
    place = Box(region.x0, lines[-1].bottom, region.x1, region.sheet.height)
    found: list[Line] = []
    for line in make_lines(words_inside(region.sheet, region.caption, place)):
        above = found[-1] if found else lines[-1]
        near = line.middle - above.middle < pitch + _SAME_SIZE_RATIO * size
        alike = abs(line.phrases[0].size - size) < _SAME_SIZE_RATIO * size
        indented = abs(line.x0 - left) > _HEADING_INDENT_EM * size or line.width > _HEADING_WIDTH_SHARE * region.width
        if not near or not alike or indented or len(line.phrases) > 1 or _may_be_note(line):
            break
        found.append(line)
    return found


def _may_be_note(line: Line) -> bool:
    starts = NOTE_START.match(line.text) or PAGE_FOOT.match(line.text) or PAGE_NUMBER.match(line.text)
    return bool(starts) or starts_with_mark(line.phrases[0]) or is_sentence([line])


def is_sentence(lines: Sequence[Line]) -> bool:
    """Whether lines read as one sentence, which ends with a full stop."""
    begins = not lines[0].text[:1].islower()
    words = sum(len(line.words) for line in lines)
    return begins and lines[-1].text.endswith(".") and words >= _SENTENCE_WORD_COUNT


def split_notes(lines: Sequence[Line]) -> list[str]:
    """Return the notes of a table. A new note begins with a mark, or below a line that ends early."""
    notes: list[str] = []
    right = max((line.x1 for line in lines), default=0.0)
    end = right
    for line in lines:
        first = line.words[0]
        early = end + first.width + first.size < right
        for number, words in enumerate(marked_pieces(line)):
            if not notes or is_marked(words[0]) or (early and number == 0):
                notes.append("")
            notes[-1] += f" {full_text(words)}"
        end = line.x1
    return [" ".join(note.split()) for note in notes]


def marked_pieces(line: Line) -> list[list[Word]]:
    """The words of a line, cut before each mark that begins a note behind the end of another: "... NA. bOf all ..."."""
    pieces = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if is_marked(word) and re.search(r"[.;]$", before.text):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def is_marked(word: Word) -> bool:
    """Whether a word is a raised mark, or has one and may begin a note."""
    return bool(word.marks) and (not word.text or bool(re.match(r"[A-Z\d]", word.text)))


def full_text(words: Sequence[Word]) -> str:
    """The text of words, with the mark that begins them."""
    lead = "".join(words[0].marks) if is_marked(words[0]) else ""
    return " ".join([lead, *(word.text for word in words)])
