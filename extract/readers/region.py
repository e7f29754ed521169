"""The region of a table: from a caption and the page around it to the lines of head and body, and those of the notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.readers.captions import CONTINUED_ON, Caption
from extract.readers.columns import find_columns
from extract.readers.lines import Line, Phrase, make_lines
from extract.readers.sheet import Rule, Sheet
from extract.readers.values import VALUE
from extract.readers.words import Word

NEAR = 42.0  # points from a caption to the first rule of its table
BESIDE = 60.0  # points below a caption in which running text stands beside its table
SAME = 4.0  # points within which two rules end at the same place
NOTE = re.compile(
    r"^(?:(?:Abbreviations?|Notes?|Data|Values?|Source|Legend|Results|Numbers|Figures|Bold|Significan\w+)\b|[*†‡§¶‖#]|[a-z1-9][)\]])",
    re.IGNORECASE,
)
FOOT = re.compile(r"^(?:https?://|doi[:.]|www\.)", re.IGNORECASE)


@dataclass(frozen=True)
class Region:
    """A table on one sheet. `lines`: head and body; `rules`: horizontal rules inside x0..x1, from top to bottom."""

    sheet: Sheet
    caption: Caption
    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    notes: tuple[Line, ...] = ()

    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)


@dataclass(frozen=True)
class Around:
    """What a sheet holds beside the table: other captions, the style of running text, blocks of running text."""

    captions: Sequence[Caption]
    figures: Sequence[Phrase]
    prose: frozenset[Word]
    body: tuple[str, float]


def find_regions(sheet: Sheet, caption: Caption, around: Around) -> tuple[Region | None, Region | None]:
    """The table of a caption, as it is if captions stand above (or beside) their tables, and if they stand below them;
    None where there is nothing like a table."""
    first = tabular(beside(sheet, caption, around)) or tabular(below(sheet, caption, around))
    return first, tabular(above(sheet, caption, around))


def tabular(region: Region | None) -> Region | None:
    return region if region is not None and is_tabular(region.lines) else None


def is_tabular(lines: Sequence[Line]) -> bool:
    """At least two lines that hold several phrases, and as many as the others."""
    several = sum(len(line.phrases) > 1 for line in lines)
    return several >= 2 and several >= 0.2 * len(lines)


def beside(sheet: Sheet, caption: Caption, around: Around) -> Region | None:
    """A caption in a narrow block to the left of its table (Springer): the first rule begins at its height."""
    start = [
        rule
        for rule in sheet.across
        if rule.x0 > caption.x1 and abs(rule.y0 - caption.top) < 8 and rule.width > 0.3 * sheet.width
    ]
    narrow = caption.x1 - caption.x0 < 0.3 * sheet.width
    if not start or not narrow or first_rule(sheet, caption, sheet.height):
        return None
    return ruled_region(sheet, caption, around, start[0], sheet.height)


def below(sheet: Sheet, caption: Caption, around: Around) -> Region | None:
    """The usual place. The first rule below the caption says how wide the table is; without one, the text does."""
    limit = lower_limit(sheet, caption, around)
    rule = first_rule(sheet, caption, limit)
    if rule is not None:
        return ruled_region(sheet, caption, around, rule, limit)
    return unruled_region(sheet, caption, around, limit)


def first_rule(sheet: Sheet, caption: Caption, limit: float) -> Rule | None:
    """The widest of the rules near below a caption that overlap it, if it is as wide as a table."""
    near = [
        rule
        for rule in sheet.across
        if -2 < rule.y0 - caption.bottom < NEAR
        and rule.y0 < limit
        and rule.x0 < caption.x1
        and rule.x1 > caption.x0
        and rule.width > 0.25 * sheet.width
        and rule.x0 < caption.x0 + 0.35 * sheet.width
    ]
    if not near:
        return None
    width = max(rule.width for rule in near)
    return next(rule for rule in near if rule.width > width - SAME)


def lower_limit(sheet: Sheet, caption: Caption, around: Around) -> float:
    """Where something else begins below the caption: the next caption that overlaps it sideways, or the page's end."""
    tops = [other.top for other in [*around.captions, *around.figures] if other.top > caption.bottom + 2]
    overlapping = [
        other.top
        for other in [*around.captions, *around.figures]
        if other.top > caption.bottom + 2 and other.x0 < caption.x1 and other.x1 > caption.x0
    ]
    return min(overlapping, default=sheet.height) if tops else sheet.height


def ruled_region(sheet: Sheet, caption: Caption, around: Around, first: Rule, limit: float) -> Region | None:
    """From the first rule down to the last one of the same width with something tabular above it."""
    same = [
        rule
        for rule in sheet.across
        if abs(rule.x0 - first.x0) < SAME and abs(rule.x1 - first.x1) < SAME and first.y0 - 1 <= rule.y0 < limit
    ]
    x0, x1 = first.x0 - SAME, first.x1 + SAME
    words = inside(sheet, caption, x0, first.y0, x1, limit)
    end = first.y0
    bands = [make_lines(w for w in words if a.y0 < w.middle < b.y0) for a, b in pairwise(same)]
    for i, band in enumerate(bands):
        before = [line for other in bands[:i] for line in other] if i > 1 else []
        below = bands[i + 1] if i + 1 < len(bands) else []
        boxed = is_boxed(sheet, x0, same[i], x1, same[i + 1])
        if not (boxed or belongs_to_table(band, before, around, x1 - x0) or is_inner_head(band, below)):
            break
        end = same[i + 1].y0
    rest = make_lines(w for w in words if w.middle > end)
    if end == first.y0 or (len(same) == 2 and follows_on(rest, around, x0, x1)):
        return open_ended_region(sheet, caption, around, first, limit)
    lines = make_lines(w for w in words if w.middle < end)
    rules = tuple(r for r in sheet.across if first.y0 - 1 <= r.y0 <= end + 1 and r.x0 >= x0 and r.x1 <= x1)
    notes = tuple(notes_below(rest, end, around))
    return Region(sheet, caption, x0, first.y0, x1, end, tuple(lines), rules, notes)


def follows_on(rest: Sequence[Line], around: Around, x0: float, x1: float) -> bool:
    """Whether what stands below the second rule is the body of the table (the first two rules enclosed its head)."""
    first = rest[:3]
    return len(first) >= 2 and sum(len(line.phrases) > 1 for line in first) >= 2 and not prose_line(first[0], around)


def belongs_to_table(band: Sequence[Line], before: Sequence[Line], around: Around, width: float) -> bool:
    """Whether what stands between two rules is a part of the table above it: no running text, no notes over the whole
    width, and its phrases keep to the columns of the rows before."""
    if not band:
        return True
    if mostly_prose([word for line in band for word in line.words], around):
        return False
    if len(band[0].phrases) == 1 and NOTE.match(band[0].text):
        return False
    several = sum(len(line.phrases) > 1 for line in band)
    if not several:
        return len(band) <= 2 and band[0].x1 - band[0].x0 < 0.75 * width
    if before and not holds_values(band) and crosses_columns(band, before):
        return False
    return several >= 0.2 * len(band)


def is_boxed(sheet: Sheet, x0: float, upper: Rule, x1: float, lower: Rule) -> bool:
    """Whether an upright rule runs between two horizontal ones, inside them: then they hold cells."""
    return any(
        x0 + 2 * SAME < rule.x0 < x1 - 2 * SAME and rule.y0 < upper.y1 + 2 and rule.y1 > lower.y0 - 2
        for rule in sheet.down
    )


def is_inner_head(band: Sequence[Line], below: Sequence[Line]) -> bool:
    """A second head further down: several phrases and no numbers, over a band of numbers."""
    return any(len(line.phrases) > 2 for line in band) and bool(below) and holds_values(below)


def holds_values(band: Sequence[Line]) -> bool:
    """Whether numbers stand behind the labels of a good part of the lines."""
    return sum(any(VALUE.match(p.text) for p in line.phrases[1:]) for line in band) >= 0.4 * len(band)


def crosses_columns(band: Sequence[Line], before: Sequence[Line]) -> bool:
    """Whether most lines of a band run over the gutters of the lines before."""
    spans = find_columns(before)
    gutters = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    over = [any(p.x0 < x < p.x1 for p in line.phrases for x in gutters) for line in band]
    return 2 * sum(over) > len(band)


def open_ended_region(sheet: Sheet, caption: Caption, around: Around, first: Rule, limit: float) -> Region | None:
    """A table without a last rule: it ends where notes or running text begin."""
    x0, x1 = first.x0 - SAME, first.x1 + SAME
    lines = make_lines(inside(sheet, caption, x0, first.y0, x1, limit))
    return cut(sheet, caption, around, x0, x1, first.y0, lines)


def unruled_region(sheet: Sheet, caption: Caption, around: Around, limit: float) -> Region | None:
    """No rule at all: the column of the page in which the caption stands, down to notes or running text."""
    x0, x1 = column_of(sheet, caption, around, limit)
    lines = make_lines(inside(sheet, caption, x0, caption.bottom, x1, limit))
    return cut(sheet, caption, around, x0, x1, caption.bottom, lines)


def cut(
    sheet: Sheet, caption: Caption, around: Around, x0: float, x1: float, top: float, lines: list[Line]
) -> Region | None:
    """The region of lines from the first on, up to where notes or running text begin."""
    count = len(lines)
    for i, line in enumerate(lines):
        if ends_table(lines, i, around, x1 - x0):
            count = i
            break
        assert line.phrases
    if count < 2:
        return None
    kept = lines[:count]
    bottom = max(line.bottom for line in kept)
    inner0, inner1 = min(line.x0 for line in kept), max(line.x1 for line in kept)
    rules = tuple(r for r in sheet.across if top - 1 <= r.y0 <= bottom + 4 and r.x0 >= x0 - 2 and r.x1 <= x1 + 2)
    notes = tuple(notes_below(lines[count:], bottom, around))
    return Region(sheet, caption, min(inner0, x1), top, max(inner1, x0), bottom, tuple(kept), rules, notes)


def ends_table(lines: Sequence[Line], i: int, around: Around, width: float) -> bool:
    """Whether line i is no row any more: running text, a note over the whole width, or far below the line above."""
    line = lines[i]
    if prose_line(line, around):
        return True
    if i < 2:
        return False
    pitch = median([b.middle - a.middle for a, b in pairwise(lines[: i + 1])])
    gap = line.middle - lines[i - 1].middle
    if gap > 3.2 * pitch and gap > 30:
        return True
    if len(line.phrases) > 1:
        return False
    phrase = line.phrases[0]
    at_left = phrase.x0 - min(other.x0 for other in lines[:i]) < 3
    marked = (not phrase.words[0].text and bool(phrase.words[0].marks)) or starts_with_mark(phrase)
    tabular_below = any(len(other.phrases) > 1 for other in lines[i + 1 : i + 3])
    wide = phrase.width > 0.7 * width
    if FOOT.match(phrase.text):
        return True
    noted = bool(NOTE.match(phrase.text))
    return at_left and ((noted and wide) or (not tabular_below and (marked or wide or noted)))


def starts_with_mark(phrase: Phrase) -> bool:
    """A raised mark before the first letter: "aThree patients ..."."""
    first = phrase.words[0]
    return bool(first.marks) and first.size < phrase.size + 0.1 and first.x1 - first.x0 > 0 and first.text[:1].isupper()


def prose_line(line: Line, around: Around) -> bool:
    return mostly_prose(line.words, around)


def mostly_prose(words: Sequence[Word], around: Around) -> bool:
    return 2 * sum(word in around.prose for word in words) > len(words)


def column_of(sheet: Sheet, caption: Caption, around: Around, limit: float) -> tuple[float, float]:
    """Left and right end of the part of the page that holds the table of a caption: the whole width, or where running
    text or another caption stands beside the table, the column of the page."""
    prose = [phrase for line in make_lines(around.prose, 1.0) for phrase in line.phrases]
    window = [p for p in prose if caption.top - 2 < p.middle < min(limit, caption.bottom + BESIDE)]
    others = [c for c in around.captions if c is not caption and abs(c.top - caption.top) < 0.3 * sheet.height]
    x0, x1 = min(w.x0 for w in sheet.words), max(w.x1 for w in sheet.words)
    if any(other.x1 < caption.x0 + 2 for other in [*window, *others]):
        x0 = max(other.x1 for other in [*prose, *others] if other.x1 < caption.x0 + 2)
    if any(other.x0 > caption.x1 - 2 for other in [*window, *others]):
        x1 = min(other.x0 for other in [*prose, *others] if other.x0 > caption.x1 - 2) - 4
    return x0 - 1, x1 + 1


def inside(sheet: Sheet, caption: Caption, x0: float, top: float, x1: float, bottom: float) -> list[Word]:
    """Words whose middle lies in a rectangle, without those of the caption and of "(continued on next page)"."""
    own = {word for line in caption.lines for word in line.words}
    words = [w for w in sheet.words if top < w.middle < bottom and x0 <= (w.x0 + w.x1) / 2 <= x1 and w not in own]
    dropped = {w for line in make_lines(words) for p in line.phrases if CONTINUED_ON.match(p.text) for w in p.words}
    return [w for w in words if w not in dropped]


def notes_below(rest: Sequence[Line], end: float, around: Around) -> list[Line]:
    """The lines of the notes: from the end of the table on, close to one another, until running text begins."""
    notes: list[Line] = []
    for line in rest:
        previous = notes[-1].bottom if notes else end
        size = line.phrases[0].size
        own_type = line.phrases[0].style == around.body and not NOTE.match(line.text) and not line.words[0].marks
        if (
            own_type
            or prose_line(line, around)
            or FOOT.match(line.text)
            or line.top - previous > (1.6 if notes else 2.2) * size
        ):
            break
        if notes and abs(size - notes[0].phrases[0].size) > 1.2:
            break
        notes.append(line)
    return notes


def above(sheet: Sheet, caption: Caption, around: Around) -> Region | None:
    """A table over its caption (Nature): from the last rule above it, with nothing but notes between, up to the first
    one as wide."""
    last = last_rule(sheet, caption, around)
    if last is None:
        return None
    x0, x1 = last.x0 - SAME, last.x1 + SAME
    start = max([0.0, *[c.bottom for c in around.captions if c.bottom < last.y0 and c.x0 < x1 and c.x1 > x0]])
    same = [r for r in sheet.across if abs(r.x0 - last.x0) < SAME and abs(r.x1 - last.x1) < SAME]
    top = last.y0
    for rule in reversed([r for r in same if start < r.y0 < last.y0]):
        if any(prose_line(line, around) for line in make_lines(inside(sheet, caption, x0, rule.y0, x1, top))):
            break
        top = rule.y0
    lines = make_lines(inside(sheet, caption, x0, top, x1, last.y0))
    rules = tuple(r for r in sheet.across if top - 1 <= r.y0 <= last.y0 + 1 and r.x0 >= x0 and r.x1 <= x1)
    notes = make_lines(inside(sheet, caption, x0, last.y0, x1, caption.top))
    return Region(sheet, caption, x0, top, x1, last.y0, tuple(lines), rules, tuple(notes)) if lines else None


def last_rule(sheet: Sheet, caption: Caption, around: Around) -> Rule | None:
    """The nearest rule above a caption that is as wide as a table; between them no running text, no other caption, and
    no gap wider than between notes."""
    wide = [
        r
        for r in sheet.across
        if r.y0 < caption.top and r.x0 < caption.x1 and r.x1 > caption.x0 and r.width > 0.25 * sheet.width
    ]
    if not wide:
        return None
    last = wide[-1]
    between = make_lines(inside(sheet, caption, last.x0 - SAME, last.y0, last.x1 + SAME, caption.top))
    if any(prose_line(line, around) or len(line.phrases) > 2 for line in between):
        return None
    heights = [last.y0, *[y for line in between for y in (line.top, line.bottom)], caption.top]
    gaps = [b - a for a, b in zip(heights[::2], heights[1::2], strict=True)]
    return last if max(gaps) < NEAR / 2 else None
