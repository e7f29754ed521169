"""Captions of figures and tables on a sheet, with their places and texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.page.box import Box, Rectangle
from extract.page.captions import FIGURE_CAPTION, caption_starts, with_text_on_line
from extract.page.labels import TABLE_CAPTION, table_label
from extract.page.lines import Phrase, join_wrapped
from extract.page.sheet import Sheet

FIGURE_LABEL = re.compile(
    r"(?P<label>(?:(?:Supplement(?:ary|al)|Appendix|Additional|Extended\s+Data)\s+)?Fig(?:ure|\.)?|FIG(?:URE|\.)?)"
    r"[\s\-.]*(?P<number>S?\d+[A-Za-z]?|[IVXL]+)\b[\s.:|–—-]*(?:cont(?:inued|['’]?d)?\b[.:)\s]*)?"
    r"|(?P<analysis>Analysis\s\d+\.\d+)\b[\s.:]*",
)
CAPTION_PITCH_EM = 1.9  # between the middles of two lines of a caption, double-spaced ones excluded
CAPTION_INDENT_EM = 1.5  # by which a line of a caption may be set in or out
CAPTION_SIZE_PT = 0.4  # by which the type sizes of its lines may differ: mixed fonts, rounding
RAGGED_SHARE = 0.25  # of a line's width: a line that ends farther from the right edge is the last of its caption
FULL_LINE_WORDS_COUNT = 3  # a line with no more words is no full line of a caption: its label alone, or its last words
PLOT_OVERLAP_PT = 2.0  # by which a caption may reach into the plot that it belongs to


@dataclass(frozen=True)
class FigureCaption(Rectangle):
    """A caption with its place in the frame of the sheet. `is_table`: the caption of a table, not of a figure."""

    label: str
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    is_table: bool = False


def captions_on_sheet(sheet: Sheet) -> list[FigureCaption]:
    """The captions of figures and tables on a sheet, from top to bottom, without sentences that begin with "Figure 2
    shows"."""
    return sorted((caption_at(sheet, phrase) for phrase in captions_in(sheet)), key=lambda caption: caption.top)


def captions_in(sheet: Sheet) -> Iterator[Phrase]:
    """The first lines of captions, also where a wider space sets the text off from the label."""
    for begins, pattern in ((FIGURE_CAPTION, FIGURE_LABEL), (TABLE_CAPTION, TABLE_CAPTION)):
        phrases = [with_text_on_line(line, phrase) for line, phrase in caption_starts(sheet, begins)]
        yield from (phrase for phrase in phrases if is_caption(phrase, pattern))


def is_caption(phrase: Phrase, pattern: re.Pattern[str]) -> bool:
    """Whether a title follows the label: it begins with a capital or a digit, the label is bold, or a sign separates
    both. A verb or a bracket behind the label speaks of the figure in a sentence."""
    match = pattern.match(phrase.text)
    if match is None:
        return False
    rest = phrase.text[match.end() :]
    separated = bool(re.search(r"[.:|–—]\s*$", match[0])) and not re.match(r"[a-z]", rest)
    begins = bool(re.match(r"[\"“'(]?[A-Z0-9αβγκτχ]", rest)) or not rest
    return phrase.words[0].bold or begins or separated


def caption_at(sheet: Sheet, first: Phrase) -> FigureCaption:
    """The caption that begins with a phrase, with its further lines below."""
    block = [first]
    for line in sheet.lines:
        below = next((p for p in line.phrases if runs_on(block, p)), None)
        if below is not None:
            block.append(below)
    text = join_wrapped(phrase.text for phrase in block)
    is_table = not FIGURE_CAPTION.match(text)
    match = (TABLE_CAPTION if is_table else FIGURE_LABEL).match(text)
    assert match is not None, "the first phrase matched"
    label = table_label(match) if is_table else match["analysis"] or f"Figure {match['number']}"
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
    """Whether a phrase is the next line of a caption: close below the last line, which is full, at the same left edge
    and in the same type size."""
    last = block[-1]
    near = 0 < below.middle - last.middle < CAPTION_PITCH_EM * last.size
    aligned = abs(below.x0 - last.x0) < CAPTION_INDENT_EM * last.size and abs(below.size - last.size) < CAPTION_SIZE_PT
    reaches = last.x1 >= max(p.x1 for p in block) - RAGGED_SHARE * (last.x1 - last.x0)
    return near and aligned and reaches and len(last.words) > FULL_LINE_WORDS_COUNT


def caption_below(place: Box, captions: Sequence[FigureCaption]) -> FigureCaption | None:
    """The nearest caption below a place of a sheet; None where there is none."""
    found = [c for c in captions if place.overlap_x(c) > 0 and c.top > place.bottom - PLOT_OVERLAP_PT]
    return min(found, key=lambda c: c.top, default=None)


def caption_above(place: Box, captions: Sequence[FigureCaption]) -> FigureCaption | None:
    """The nearest caption above a place of a sheet; None where there is none."""
    found = [c for c in captions if place.overlap_x(c) > 0 and c.bottom < place.top + PLOT_OVERLAP_PT]
    return max(found, key=lambda c: c.bottom, default=None)
