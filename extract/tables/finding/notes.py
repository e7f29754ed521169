"""The notes of a table: what tells them from its last rows, where they end, and where each begins."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.lines import Line, Phrase
from extract.page.words import Word
from extract.tables.region import Surroundings, is_prose_line

NOTE_START = re.compile(
    r"^(?:(?:Abbreviations?|Notes?|Data|Values?|Source|Legend|Results|Numbers|Figures|Bold|Significan\w+)\b|[*†‡§¶‖#]|[a-z1-9][)\]])",
    re.IGNORECASE,
)
PAGE_FOOT = re.compile(r"^(?:https?://|doi[:.]|www\.)", re.IGNORECASE)


def starts_with_mark(phrase: Phrase) -> bool:
    """A raised mark before the first letter: "aThree patients ..."."""
    first = phrase.words[0]
    return bool(first.marks) and first.size < phrase.size + 0.1 and first.x1 - first.x0 > 0 and first.text[:1].isupper()


def notes_below(rest: Sequence[Line], end: float, around: Surroundings) -> list[Line]:
    """The lines of the notes: from the end of the table on, close to one another, until running text begins."""
    notes: list[Line] = []
    for line in rest:
        previous = notes[-1].bottom if notes else end
        size = line.phrases[0].size
        own_type = line.phrases[0].style == around.body and not NOTE_START.match(line.text) and not line.words[0].marks
        if (
            own_type
            or is_prose_line(line, around)
            or PAGE_FOOT.match(line.text)
            or line.top - previous > (1.6 if notes else 2.2) * size
        ):
            break
        if notes and abs(size - notes[0].phrases[0].size) > 1.2:
            break
        notes.append(line)
    return notes


def notes_inside(lines: Sequence[Line], width: float) -> int:
    """How many of the last lines of a table are notes, set above its last rule: one phrase each, and the last one a
    sentence, marked, or begun like a note."""
    count = 0
    while count < len(lines) - 2 and len(lines[-1 - count].phrases) == 1:
        count += 1
    last = lines[-count:] if count else ()
    while last and not (
        NOTE_START.match(last[0].text) or starts_with_mark(last[0].phrases[0]) or is_sentence(last, width)
    ):
        last = last[1:]
    return len(last)


def is_sentence(lines: Sequence[Line], width: float) -> bool:
    """Whether lines read as one sentence: all but the last run over most of the table, and it ends with a full stop."""
    full = all(line.x1 - line.x0 > 0.6 * width for line in lines[:-1]) and not lines[0].text[0].islower()
    return full and lines[-1].text.endswith(".") and sum(len(line.words) for line in lines) > 3


def split_notes(lines: Sequence[Line]) -> list[str]:
    """The notes of a table: a new one begins with a mark, with "Abbreviations", or behind a line that ends early."""
    notes: list[str] = []
    right = max((line.x1 for line in lines), default=0.0)
    end = right
    for line in lines:
        first = line.words[0]
        early = end + (first.x1 - first.x0) + first.size < right
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
    """Whether a word has a raised mark and may begin a note, or is nothing but the mark."""
    return bool(word.marks) and (not word.text or bool(re.match(r"[A-Z\d]", word.text)))


def full_text(words: Sequence[Word]) -> str:
    """The text of words with the mark that they begin with."""
    lead = "".join(words[0].marks) if is_marked(words[0]) else ""
    return " ".join([lead, *(word.text for word in words)])
