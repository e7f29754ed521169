"""Captions of figures: where they stand, and what they say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.page.box import Box, Rectangle
from extract.page.captions import FIGURE_CAPTION, TABLE_CAPTION, caption_starts, with_text_on_line
from extract.page.lines import Phrase, join_wrapped
from extract.page.sheet import Sheet

LABEL = re.compile(
    r"(?P<label>(?:(?:Supplement(?:ary|al)|Appendix|Additional|Extended\s+Data)\s+)?Fig(?:ure|\.)?|FIG(?:URE|\.)?)"
    r"[\s\-.]*(?P<number>S?\d+[A-Za-z]?|[IVXL]+)\b[\s.:|–—-]*(?:cont(?:inued|['’]?d)?\b[.:)\s]*)?",
)
PITCH = 1.9  # type sizes between two lines of a caption


@dataclass(frozen=True)
class FigureCaption(Rectangle):
    """A caption with its place in the frame of the sheet. `is_table`: it names a table."""

    label: str
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    is_table: bool = False


def find_captions(sheet: Sheet) -> list[FigureCaption]:
    """The captions of figures and tables on a sheet, from top to bottom; sentences that begin with "Figure 2 shows"
    are none."""
    return sorted((caption_at(sheet, phrase) for phrase in captions_in(sheet)), key=lambda caption: caption.top)


def captions_in(sheet: Sheet) -> Iterator[Phrase]:
    """The first lines of captions. What follows the label may be set off by a wider space."""
    for begins, pattern in ((FIGURE_CAPTION, LABEL), (TABLE_CAPTION, TABLE_CAPTION)):
        phrases = [with_text_on_line(line, phrase) for line, phrase in caption_starts(sheet, begins)]
        yield from (phrase for phrase in phrases if is_caption(phrase, pattern))


def is_caption(phrase: Phrase, pattern: re.Pattern[str]) -> bool:
    """Whether what follows the label begins a title: a capital, a digit or a bold label, no verb and no bracket."""
    match = pattern.match(phrase.text)
    if match is None:
        return False
    rest = phrase.text[match.end() :]
    separated = bool(re.search(r"[.:|–—]\s*$", match[0])) and not re.match(r"[a-z]", rest)
    begins = bool(re.match(r"[\"“'(]?[A-Z0-9αβγκτχ]", rest)) or not rest
    return phrase.words[0].bold or begins or separated


def caption_at(sheet: Sheet, first: Phrase) -> FigureCaption:
    """The caption that begins with a phrase, with the lines that run on below it."""
    block = [first]
    for line in sheet.lines:
        below = next((p for p in line.phrases if runs_on(block, p)), None)
        if below is not None:
            block.append(below)
    text = join_wrapped(phrase.text for phrase in block)
    is_table = not FIGURE_CAPTION.match(text)
    match = (TABLE_CAPTION if is_table else LABEL).match(text)
    assert match is not None, "the first phrase matched"
    label = f"{'Table' if is_table else 'Figure'} {match['number']}"
    return FigureCaption(
        label,
        text[match.end() :].strip(" .:|"),
        min(p.x0 for p in block),
        first.top,
        max(p.x1 for p in block),
        block[-1].bottom,
        is_table,
    )


def runs_on(block: Sequence[Phrase], below: Phrase) -> bool:
    """Whether a phrase is the next line of a caption: close below, alike in size and at its left edge, under a line
    that is full."""
    last = block[-1]
    near = 0 < below.middle - last.middle < PITCH * last.size
    aligned = abs(below.x0 - last.x0) < 1.5 * last.size and abs(below.size - last.size) < 0.4
    full = last.x1 >= max(p.x1 for p in block) - 0.25 * (last.x1 - last.x0) and len(last.words) > 3
    return near and aligned and full


def below_of(place: Box, captions: Sequence[FigureCaption]) -> FigureCaption | None:
    """The next caption below a place of a sheet."""
    found = [c for c in captions if place.overlap_x(c) > 0 and c.top > place.bottom - 2]
    return min(found, key=lambda c: c.top, default=None)


def above_of(place: Box, captions: Sequence[FigureCaption]) -> FigureCaption | None:
    """The next caption above a place of a sheet."""
    found = [c for c in captions if place.overlap_x(c) > 0 and c.bottom < place.top + 2]
    return max(found, key=lambda c: c.bottom, default=None)
