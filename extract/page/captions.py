"""Captions of tables and figures: lines that begin with "Table 2", "TABLE II.", "Tab. 3:", "Table 5 (continued)"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.page.box import Rectangle, bounding_box
from extract.page.labels import CONTINUED_LABEL, CONTINUED_SIGN, TABLE_CAPTION, label_key, split_continued, table_label
from extract.page.lines import Line, Phrase, join_wrapped, make_lines
from extract.page.prose import LEAST_DOUBLE_PITCH_EM
from extract.page.sheet import Sheet
from extract.page.words import Word

FIGURE_CAPTION = re.compile(  # "Analysis 1.2." stands over a forest plot in Cochrane reviews
    r"(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Scheme|Box|Chart)[\s\-.]*(?:S?\d+|[IVXL]+)\b|Analysis\s\d+\.\d+\b"
)
_MENTION = re.compile(
    r"^(?:[,;)]|(?:and|or|to|in|for|of|also|we|as|which|that|is|are|was|were|has|have|can|may|[a-z]+s|[a-z]+ed)\b)"
)


# The score of a caption: what tells it from a sentence of running text that begins with "Table 2"
_START_SCORE = 1.0
_BOLD_SCORE = 2.0
_OTHER_STYLE_SCORE = 1.0  # the type is not that of running text
_PUNCTUATION_SCORE = 0.5  # "Table 2." or "Table 2 |"
_CAPITAL_SCORE = 0.5  # a title begins behind the number
_MENTION_SCORE = -3.5  # "Table 2 shows", "Table 2, which": outweighs all but bold type

# The lines of a caption
_LINE_GAP_EM = 0.7  # the white between two lines of a caption is narrower
_PITCH_SLACK_EM = 0.1  # the lines of a double-spaced caption stand no wider apart than others, but for rounding
_FULL_LINE_SHARE = 0.2  # of the width of the text: a full line ends closer to its right edge
_WORDY_LINE_COUNT = 6  # words of a line of running text, at least
_LABEL_LINE_GAP_EM = 1.25  # so is the white between a label on a line of its own and its title
_LABEL_GAP_EM = 4.0  # a wider gap between the label and the text on its line separates two columns
_LABEL_WORD_COUNT = 3  # words of a phrase that is only a label, or the longer label itself ("Supplementary Figure 1")
_CAPTION_HEIGHT_EM = 14.0  # a caption reaches less far down from its first line
_OVERHANG_EM = 2.0  # a line further to the left is text of another column of the page
_LEFT_EDGE_EM = 1.5  # a line of a caption begins within this distance of its left edge, unless
_HANGING_INDENT_EM = 0.125  # it begins right below the line above
_CENTRED_EM = 0.25  # the middles of the lines of a centred caption differ by less
_RULE_BESIDE_EM = 1.0  # the first rule of a table that stands beside its caption is at the height of the label
_RULE_BESIDE_SHARE = 0.3  # of the width of the sheet: that rule is longer
_SIGN_GAP_EM = 2.0  # the middle of a line that says only "(Continued)" is less far from a caption
_LINES_BELOW_EM = 0.125  # a word on the line of the caption may reach so far below it
_LOOSE_PHRASE_GAP_EM = 1.2  # a justified caption has wide spaces
_SAME_SIZE_RATIO = 0.04  # of the size: the sizes of one type differ by less
_FITTING_SPACE_EM = 2.0  # with so much white on both sides, a word would have fitted on the line above


@dataclass(frozen=True)
class Caption(Rectangle):
    """A caption on a sheet. `label`: "Table 2", whole; `key`: what tells it from other labels; `text`: the title behind
    it; `continued`: whether it says so; `score`: above 0 for a caption, higher the less it looks like a mention in
    running text; `size`: the type size of its label, 0 for the caption of a drawn grid, which is not printed."""

    label: str
    key: str
    text: str
    continued: bool
    x0: float
    top: float
    x1: float
    bottom: float
    score: float
    lines: tuple[Line, ...] = ()
    size: float = 0.0


def find_table_captions(sheet: Sheet, body: tuple[str, float]) -> list[Caption]:
    """Return the captions of tables on a sheet, from top to bottom. `body`: the style of its running text."""
    found = [make_caption(sheet, line, phrase, body) for line, phrase in caption_starts(sheet, TABLE_CAPTION)]
    return sorted((c for c in found if c.score > 0), key=lambda c: (c.top, c.x0))


def find_figure_captions(sheet: Sheet, body: tuple[str, float]) -> list[Phrase]:
    """Return the first lines of the captions of figures."""
    return [
        phrase
        for _, phrase in caption_starts(sheet, FIGURE_CAPTION)
        if phrase.words[0].style != body or phrase.words[0].bold
    ]


def caption_starts(sheet: Sheet, pattern: re.Pattern[str]) -> list[tuple[Line, Phrase]]:
    """Return the phrases that begin with the pattern, each with its line."""
    return [(line, phrase) for line in sheet.lines for phrase in line.phrases if pattern.match(phrase.text)]


def make_caption(sheet: Sheet, line: Line, first: Phrase, body: tuple[str, float]) -> Caption:
    block = caption_block(sheet, line, first)
    text = join_wrapped(part.text for part in block)
    match = TABLE_CAPTION.match(text)
    assert match is not None, "the first line of the block matched"
    rest = text[match.end() :].strip()
    title, continued = split_continued(rest)
    box, label = bounding_box(block), table_label(match)
    return Caption(
        label=label,
        key=label_key(label),
        text=re.sub(r"^[.:|–—-]\s*", "", title).strip(),
        continued=continued or bool(match["before"]) or _says_continued(sheet, line, block),
        x0=box.x0,
        top=box.top,
        x1=box.x1,
        bottom=box.bottom,
        score=caption_score(first, rest, body),
        lines=tuple(Line((part,)) for part in block),
        size=first.size,
    )


def _says_continued(sheet: Sheet, first: Line, block: Sequence[Phrase]) -> bool:
    """Whether "(Continued)" stands by itself on the first line of a caption, or on the line above or below it."""
    box, size = bounding_box(block), block[0].size
    near = [
        line for line in sheet.lines if box.top - _SIGN_GAP_EM * size < line.middle < box.bottom + _SIGN_GAP_EM * size
    ]
    phrases = [*first.phrases, *[line.phrases[0] for line in near if len(line.phrases) == 1]]
    return any(CONTINUED_SIGN.match(phrase.text) for phrase in phrases)


def caption_score(first: Phrase, rest: str, body: tuple[str, float]) -> float:
    """Return how much a line looks like a caption: above 0 for a caption. `first`: the phrase with the label; `rest`:
    the text behind the number.

    Bold type, another style than that of running text, punctuation and a capital behind the number speak for a caption;
    a small letter or a bracket behind the number speaks for a sentence that mentions the table.
    """
    head = first.words[0]
    is_mention = bool(_MENTION.match(rest)) and not CONTINUED_LABEL.match(rest)
    return (
        _START_SCORE
        + _BOLD_SCORE * head.bold
        + _OTHER_STYLE_SCORE * (head.style != body)
        + _PUNCTUATION_SCORE * bool(re.match(r"[.:|–—]", rest))
        + _CAPITAL_SCORE * bool(re.match(r"[\s.:|–—(]*[A-Z0-9“\"]", rest))
        + _MENTION_SCORE * is_mention
    )


def caption_block(sheet: Sheet, line: Line, first: Phrase) -> list[Phrase]:
    """Return the phrase that begins a caption and those that continue it below: until a rule, a wider gap, another
    type, or a line with several phrases."""
    block = [with_text_on_line(line, first)]
    for below in lines_below(sheet, block[0]):
        last = block[-1]
        gap = below.top - last.bottom
        rule_between = any(last.middle < rule.top < below.middle and rule.overlap_x(last) > 0 for rule in sheet.across)
        if rule_between or gap > _widest_gap(sheet, block) * last.size or not _continues_caption(block, below):
            break
        block.append(below.phrases[0])
    return block


def _widest_gap(sheet: Sheet, block: Sequence[Phrase]) -> float:
    """The white that the next line of a caption may have above it, in type sizes. In double-spaced manuscripts it is
    wider below a full line."""
    if len(block) == 1 and _is_label_alone(block[0].text):
        return _LABEL_LINE_GAP_EM
    pitch, right = sheet.once(_usual_lines)
    is_full = block[-1].x1 > right - _FULL_LINE_SHARE * (right - block[0].x0)
    return pitch - 1 + _PITCH_SLACK_EM if is_full and pitch > LEAST_DOUBLE_PITCH_EM else _LINE_GAP_EM


def _usual_lines(sheet: Sheet) -> tuple[float, float]:
    """The usual pitch of the wordy lines of a sheet, in type sizes, and their right edge, in points; 0 for none."""
    lines = [line for line in sheet.lines if len(line.words) >= _WORDY_LINE_COUNT and len(line.phrases) == 1]
    pitches = [(b.middle - a.middle) / b.phrases[0].size for a, b in pairwise(lines)]
    return (median(pitches), max(line.x1 for line in lines)) if pitches else (0.0, 0.0)


def with_text_on_line(line: Line, first: Phrase) -> Phrase:
    """Return the phrase of a label with the text that follows closely on its line, set off by a wider space."""
    words = list(first.words)
    match = TABLE_CAPTION.match(first.text)
    most = max(_LABEL_WORD_COUNT, len(match[0].split()) if match else 0)
    for phrase in line.phrases:
        behind, gap = phrase.x0 > words[-1].x0, phrase.x0 - words[-1].x1
        if behind and len(words) <= most and gap < _LABEL_GAP_EM * first.size:
            words += phrase.words
    return Phrase(tuple(words))


def lines_below(sheet: Sheet, start: Phrase) -> list[Line]:
    """Return the lines that may continue a caption: below its first phrase, until a few lines down, left of a table
    that stands beside. Text that reaches in from further left belongs to another column of the page and is left out."""
    top, reach = start.bottom - _LINES_BELOW_EM * start.size, start.bottom + _CAPTION_HEIGHT_EM * start.size
    left = start.x0 - _OVERHANG_EM * start.size
    beside = [
        rule.x0
        for rule in sheet.across
        if abs(rule.top - start.top) < _RULE_BESIDE_EM * start.size
        and rule.x0 > start.x1
        and rule.width > _RULE_BESIDE_SHARE * sheet.width
    ]
    right = min(beside, default=sheet.width)
    near = [line for line in sheet.lines if top < line.bottom and line.top < reach]
    foreign = {
        w for line in near for p in line.phrases if p.x0 < left and not _is_centred_below(start, p) for w in p.words
    }
    words = [w for w in sheet.words if top < w.middle < reach and w.x1 < right]
    return make_lines([w for w in words if w not in foreign], _LOOSE_PHRASE_GAP_EM)


def _is_centred_below(first: Phrase, below: Phrase) -> bool:
    return abs(below.center - first.center) < _CENTRED_EM * first.size


def _continues_caption(block: Sequence[Phrase], below: Line) -> bool:
    """Whether a line continues a caption: one phrase at its left edge or centred below it, in the type of its text."""
    first, last = block[0], block[-1]
    phrase, box = below.phrases[0], bounding_box(block)
    off_left = abs(phrase.x0 - box.x0) > _LEFT_EDGE_EM * first.size
    hanging = abs(phrase.x0 - last.x0) <= _HANGING_INDENT_EM * first.size
    centred = len(below.phrases) == 1 and _is_centred_below(first, phrase)
    if off_left and not hanging and not centred:
        return False
    if len(below.phrases) > 1 and _would_have_fitted(phrase, box.x1, below.phrases[1]):
        return False
    if len(block) == 1 and _is_label_alone(first.text):
        return True  # any type may follow below a label on a line of its own
    if abs(phrase.size - last.size) > _SAME_SIZE_RATIO * last.size:
        return False
    words: list[Word] = [w for p in block for w in p.words]
    if phrase.bold and not median(w.bold for w in words):
        return False
    return phrase.style == last.style or phrase.style in {w.style for w in words}


def _is_label_alone(text: str) -> bool:
    match = TABLE_CAPTION.match(text)
    return match is not None and not text[match.end() :].strip(".:| ")


def _would_have_fitted(phrase: Phrase, right: float, beside: Phrase) -> bool:
    """Whether the first word of a line had room on the line above, between `right` and the phrase beside. Then the line
    is no wrapped caption, and the phrase beside is a cell of a head, not another column of the page."""
    word = phrase.words[0]
    return right + word.width + _FITTING_SPACE_EM * word.size < beside.x0 or beside.x0 < right
