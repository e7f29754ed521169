"""Captions: where an exhibit begins. "Table 2", "TABLE II.", "Tab. 3:", "Table 5 (continued)" begin a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.page.box import Rectangle
from extract.page.lines import Line, Phrase, join_wrapped, make_lines
from extract.page.sheet import Sheet
from extract.page.words import Word

TABLE_CAPTION = re.compile(
    r"(?P<label>(?:(?:Supplement(?:ary|al)|Appendix|Additional|Extended\s+Data)\s+)?(?:Table|TABLE|Tab\.)[\s\-.]*"
    r"(?P<number>[A-Z]{0,3}\d+(?:\.\d+)*[A-Za-z]?|[IVXL]+))(?![\w%])\s*"
)
FIGURE_CAPTION = re.compile(r"(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Scheme|Box|Chart)[\s\-.]*(?:S?\d+|[IVXL]+)\b")
CONTINUED_LABEL = re.compile(
    r"^[\s.:(\[–—-]*(?:continued|cont(?:inued|['’]?d)?\.?)\b[\s).\]:]*(?:from [\w\s]+page[).]*)?", re.IGNORECASE
)
CONTINUED_NOTE = re.compile(
    r"^\(?\s*(?:table\s+\S+\s+)?continued\s+(?:on|over)\b.{0,40}$|^\(?continued\)?$", re.IGNORECASE
)
_MENTION = re.compile(
    r"^(?:[,;)]|(?:and|or|to|in|for|of|also|we|as|which|that|is|are|was|were|has|have|can|may|[a-z]+s|[a-z]+ed)\b)"
)


@dataclass(frozen=True)
class Caption(Rectangle):
    """A caption on a sheet, with its place. `score`: how sure it is that this is one, no mention in running text."""

    label: str
    number: str
    text: str
    continued: bool
    x0: float
    top: float
    x1: float
    bottom: float
    score: float
    lines: tuple[Line, ...] = ()


def find_table_captions(sheet: Sheet, body: tuple[str, float]) -> list[Caption]:
    """Captions of tables on a sheet, from top to bottom; the best one where a label occurs more than once."""
    found = [make_caption(sheet, line, phrase, body) for line, phrase in caption_starts(sheet, TABLE_CAPTION)]
    return sorted((c for c in found if c.score > 0), key=lambda c: (c.top, c.x0))


def find_figure_captions(sheet: Sheet, body: tuple[str, float]) -> list[Phrase]:
    """First lines of the captions of figures."""
    return [
        phrase
        for _, phrase in caption_starts(sheet, FIGURE_CAPTION)
        if phrase.words[0].style != body or phrase.words[0].bold
    ]


def caption_starts(sheet: Sheet, pattern: re.Pattern[str]) -> list[tuple[Line, Phrase]]:
    """Phrases that match, with their line; a word behind running text is no start."""
    return [(line, phrase) for line in sheet.lines for phrase in line.phrases if pattern.match(phrase.text)]


def make_caption(sheet: Sheet, line: Line, first: Phrase, body: tuple[str, float]) -> Caption:
    block = caption_block(sheet, line, first)
    text = join_wrapped(part.text for part in block)
    match = TABLE_CAPTION.match(text)
    assert match is not None, "the first line of the block matched"
    rest = text[match.end() :].strip()
    continued = sign_of_continuation(rest)
    return Caption(
        label=f"{match['label'].split()[0].rstrip('.').capitalize()} {match['number']}".replace("Tab ", "Table "),
        number=match["number"].upper(),
        text=re.sub(r"^[.:|–—-]\s*", "", rest[continued.end() :] if continued else rest).strip(),
        continued=continued is not None,
        x0=min(part.x0 for part in block),
        top=min(part.top for part in block),
        x1=max(part.x1 for part in block),
        bottom=max(part.bottom for part in block),
        score=score(first, rest, body),
        lines=tuple(Line((part,)) for part in block),
    )


def sign_of_continuation(rest: str) -> re.Match[str] | None:
    """ "continued" behind the number, alone, in brackets or in small letters; not the first word of a title."""
    match = CONTINUED_LABEL.match(rest)
    begins_title = match and re.match(r"Continued\s+[a-z]", rest)
    return None if begins_title else match


def score(first: Phrase, rest: str, body: tuple[str, float]) -> float:
    """Above 0: a caption. Bold, another type than that of the running text and a capital behind the number speak for
    it; a small letter or a bracket behind the number speaks for a sentence that mentions the table."""
    head = first.words[0]
    points = 1.0
    points += 2.0 * head.bold + 1.0 * (head.style != body)
    points += 0.5 * bool(re.match(r"[.:|–—]", rest)) + 0.5 * bool(re.match(r"[\s.:|–—(]*[A-Z0-9“\"]", rest))
    points -= 3.5 * bool(_MENTION.match(rest)) * (not CONTINUED_LABEL.match(rest))
    return points


def caption_block(sheet: Sheet, line: Line, first: Phrase) -> list[Phrase]:
    """The phrase that begins a caption and those that continue it below: until a rule, a wider gap, another type, or
    a line that holds several phrases."""
    block = [with_text_on_line(line, first)]
    for below in lines_below(sheet, block[0]):
        last = block[-1]
        gap = below.top - last.bottom
        rule_between = any(
            last.middle < rule.top < below.middle and rule.x0 < last.x1 and rule.x1 > last.x0 for rule in sheet.across
        )
        if rule_between or gap > 0.7 * last.size or not continues(block, below):
            break
        block.append(below.phrases[0])
    return block


def with_text_on_line(line: Line, first: Phrase) -> Phrase:
    """The phrase with what follows it closely ("Table 1" and its text set off by a wider space)."""
    words = list(first.words)
    for phrase in line.phrases:
        if phrase.x0 > words[-1].x0 and len(words) <= 3 and phrase.x0 - words[-1].x1 < 4 * first.size:
            words += phrase.words
    return Phrase(tuple(words))


def lines_below(sheet: Sheet, start: Phrase) -> list[Line]:
    """Lines below a phrase whose first phrase begins near its left edge, until a few lines down; without text that
    reaches in from further left, such as that of another column of the page."""
    reach, left = start.bottom + 14 * start.size, start.x0 - 2 * start.size
    beside = [
        r.x0 for r in sheet.across if abs(r.top - start.top) < 8 and r.x0 > start.x1 and r.width > 0.3 * sheet.width
    ]
    right = min(beside, default=sheet.width)
    near = [line for line in sheet.lines if start.bottom - 1 < line.bottom and line.top < reach]
    foreign = {w for line in near for phrase in line.phrases if phrase.x0 < left for w in phrase.words}
    words = [w for w in sheet.words if start.bottom - 1 < w.middle < reach and left < w.x1 < right]
    return make_lines([w for w in words if w not in foreign], 1.2)


def continues(block: Sequence[Phrase], below: Line) -> bool:
    """Whether the line carries the caption on: one phrase at its left edge, in the type of its text."""
    first, last = block[0], block[-1]
    phrase = below.phrases[0]
    if abs(phrase.x0 - min(p.x0 for p in block)) > 1.5 * first.size and abs(phrase.x0 - last.x0) > 1:
        return False
    if len(below.phrases) > 1 and would_have_fitted(phrase, max(p.x1 for p in block), below.phrases[1]):
        return False
    label_alone = len(block) == 1 and len(first.words) <= 2
    if label_alone:
        return True
    if abs(phrase.size - last.size) > 0.3:
        return False
    words: list[Word] = [w for p in block for w in p.words]
    if phrase.bold and not median(w.bold for w in words):
        return False
    return phrase.style == last.style or phrase.style in {w.style for w in words}


def would_have_fitted(phrase: Phrase, right: float, beside: Phrase) -> bool:
    """Whether the first word of a line had room behind `right`, before what stands beside: then no wrap put it here,
    and what stands beside is a cell of a head, not another column of the page."""
    word = phrase.words[0]
    return right + (word.x1 - word.x0) + 2 * word.size < beside.x0 or beside.x0 < right
