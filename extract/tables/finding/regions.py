"""From a caption and the page around it to the region of its table: beside, below or above the caption."""

from collections.abc import Sequence
from itertools import pairwise

from extract.page.box import Box
from extract.page.captions import Caption
from extract.page.lines import Line, Phrase, make_lines
from extract.page.sheet import Sheet
from extract.tables.finding.bands import belongs_to_table, ends_table, follows_head, is_boxed, is_inner_head, rows_below
from extract.tables.finding.notes import notes_below, notes_inside
from extract.tables.region import Region, Surroundings, inside, is_prose_line

_CAPTION_GAP_PT = 42.0  # points from a caption to the first rule of its table
_PROSE_BESIDE_PT = 60.0  # points below a caption in which running text stands beside its table
RULE_END_PT = 4.0  # points within which two rules end at the same place


def find_regions(sheet: Sheet, caption: Caption, around: Surroundings) -> tuple[Region | None, Region | None]:
    """The table of a caption, as it is if captions stand above (or beside) their tables, and if they stand below them;
    None where there is nothing like a table."""
    first = tabular(region_beside(sheet, caption, around)) or tabular(region_below(sheet, caption, around))
    return first, tabular(region_above(sheet, caption, around))


def tabular(region: Region | None) -> Region | None:
    return region if region is not None and is_tabular(region.lines) else None


def is_tabular(lines: Sequence[Line]) -> bool:
    """At least two lines that hold several phrases, and as many as the others."""
    several = sum(len(line.phrases) > 1 for line in lines)
    return several >= 2 and several >= 0.2 * len(lines)


def region_beside(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """A caption in a narrow block to the left of its table (Springer): the first rule begins at its height."""
    start = [
        rule
        for rule in sheet.across
        if rule.x0 > caption.x1 and abs(rule.top - caption.top) < 8 and rule.width > 0.3 * sheet.width
    ]
    narrow = caption.x1 - caption.x0 < 0.3 * sheet.width
    if not start or not narrow or first_rule(sheet, caption, sheet.height):
        return None
    return ruled_region(sheet, caption, around, start[0], sheet.height)


def region_below(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """The usual place. The first rule below the caption says how wide the table is; without one, the text does."""
    limit = lower_limit(sheet, caption, around)
    rule = first_rule(sheet, caption, limit)
    if rule is not None:
        return ruled_region(sheet, caption, around, rule, limit)
    return unruled_region(sheet, caption, around, limit)


def first_rule(sheet: Sheet, caption: Caption, limit: float) -> Box | None:
    """The widest of the rules near below a caption that overlap it, if it is as wide as a table."""
    near = [
        rule
        for rule in sheet.across
        if -2 < rule.top - caption.bottom < _CAPTION_GAP_PT
        and rule.top < limit
        and rule.x0 < caption.x1
        and rule.x1 > caption.x0
        and rule.width > 0.25 * sheet.width
        and rule.x0 < caption.x0 + 0.35 * sheet.width
    ]
    if not near:
        return None
    width = max(rule.width for rule in near)
    return next(rule for rule in near if rule.width > width - RULE_END_PT)


def lower_limit(sheet: Sheet, caption: Caption, around: Surroundings) -> float:
    """Where something else begins below the caption: the next caption that overlaps it sideways, or the page's end."""
    others: list[Caption | Phrase] = [*around.captions, *around.figures]
    lower = [other for other in others if other.top > caption.bottom + 2]
    return min((o.top for o in lower if o.x0 < caption.x1 and o.x1 > caption.x0), default=sheet.height)


def ruled_region(sheet: Sheet, caption: Caption, around: Surroundings, first: Box, limit: float) -> Region | None:
    """From the first rule down to the last one of the same width with something tabular above it."""
    same = [
        rule
        for rule in sheet.across
        if abs(rule.x0 - first.x0) < RULE_END_PT
        and abs(rule.x1 - first.x1) < RULE_END_PT
        and first.top - 1 <= rule.top < limit
    ]
    x0, x1 = first.x0 - RULE_END_PT, first.x1 + RULE_END_PT
    top = top_of_table(sheet, caption, first)
    words = inside(sheet, caption, x0, top, x1, limit)
    end = first.top
    bands = [make_lines(w for w in words if a.top < w.middle < b.top) for a, b in pairwise(same)]
    for i, band in enumerate(bands):
        before = [line for other in bands[:i] for line in other] if i > 1 else []
        next_band = bands[i + 1] if i + 1 < len(bands) else []
        boxed = is_boxed(sheet, x0, same[i], x1, same[i + 1])
        if not (boxed or belongs_to_table(band, before, around, x1 - x0) or is_inner_head(band, next_band)):
            break
        end = same[i + 1].top
    rest = make_lines(w for w in words if w.middle > end)
    if end == first.top or (len(same) == 2 and follows_head(rest, around)):
        return open_ended_region(sheet, caption, around, first, limit)
    lines = make_lines(w for w in words if w.middle < end)
    tail = rows_below(rest, end, lines, around)
    lines, rest, end = lines + tail, rest[len(tail) :], max([end, *[line.bottom for line in tail]])
    inner = notes_inside(lines, x1 - x0)
    rules = tuple(r for r in sheet.across if top - 1 <= r.top <= end + 1 and r.x0 >= x0 and r.x1 <= x1)
    notes = (*lines[len(lines) - inner :], *notes_below(rest, end, around))
    return Region(sheet, caption, x0, top, x1, end, tuple(lines[: len(lines) - inner]), rules, notes)


def top_of_table(sheet: Sheet, caption: Caption, first: Box) -> float:
    """The first rule, or where a head without a rule above it stands between caption and rule, the caption's end."""
    if caption.bottom > first.top:
        return first.top
    between = make_lines(
        inside(sheet, caption, first.x0 - RULE_END_PT, caption.bottom, first.x1 + RULE_END_PT, first.top)
    )
    return caption.bottom if any(len(line.phrases) > 1 for line in between) else first.top


def open_ended_region(sheet: Sheet, caption: Caption, around: Surroundings, first: Box, limit: float) -> Region | None:
    """A table without a last rule: it ends where notes or running text begin."""
    x0, x1 = first.x0 - RULE_END_PT, first.x1 + RULE_END_PT
    top = top_of_table(sheet, caption, first)
    lines = make_lines(inside(sheet, caption, x0, top, x1, limit))
    return region_until_notes(sheet, caption, around, x0, x1, top, lines)


def unruled_region(sheet: Sheet, caption: Caption, around: Surroundings, limit: float) -> Region | None:
    """No rule at all: the column of the page in which the caption stands, down to notes or running text."""
    x0, x1 = column_of(sheet, caption, around, limit)
    lines = make_lines(inside(sheet, caption, x0, caption.bottom, x1, limit))
    return region_until_notes(sheet, caption, around, x0, x1, caption.bottom, lines)


def region_until_notes(
    sheet: Sheet, caption: Caption, around: Surroundings, x0: float, x1: float, top: float, lines: list[Line]
) -> Region | None:
    """The region of lines from the first on, up to where notes or running text begin."""
    count = next((i for i in range(len(lines)) if ends_table(lines, i, around, x1 - x0)), len(lines))
    if count < 2:
        return None
    kept = lines[:count]
    bottom = max(line.bottom for line in kept)
    inner0, inner1 = min(line.x0 for line in kept), max(line.x1 for line in kept)
    rules = tuple(r for r in sheet.across if top - 1 <= r.top <= bottom + 4 and r.x0 >= x0 - 2 and r.x1 <= x1 + 2)
    notes = tuple(notes_below(lines[count:], bottom, around))
    return Region(sheet, caption, min(inner0, x1), top, max(inner1, x0), bottom, tuple(kept), rules, notes)


def column_of(sheet: Sheet, caption: Caption, around: Surroundings, limit: float) -> tuple[float, float]:
    """Left and right end of the part of the page that holds the table of a caption: the whole width, or where running
    text or another caption stands beside the table, the column of the page."""
    prose = [phrase for line in make_lines(around.prose, 1.0) for phrase in line.phrases]
    window = [p for p in prose if caption.top - 2 < p.middle < min(limit, caption.bottom + _PROSE_BESIDE_PT)]
    near = [c for c in around.captions if c is not caption and abs(c.top - caption.top) < 0.3 * sheet.height]
    others = [c for c in near if not text_between(sheet, caption, c)]
    next_to: list[Caption | Phrase] = [*window, *others]
    outside: list[Caption | Phrase] = [*prose, *others]
    x0, x1 = min(w.x0 for w in sheet.words), max(w.x1 for w in sheet.words)
    if any(other.x1 < caption.x0 + 2 for other in next_to):
        x0 = max(other.x1 for other in outside if other.x1 < caption.x0 + 2)
    if any(other.x0 > caption.x1 - 2 for other in next_to):
        x1 = min(other.x0 for other in outside if other.x0 > caption.x1 - 2) - 4
    return x0 - 1, x1 + 1


def text_between(sheet: Sheet, caption: Caption, other: Caption) -> bool:
    """Whether text runs over the edge of a caption further down: then it stands below the table, not beside it."""
    edge = other.x0 - 2 if other.x0 > caption.x1 - 2 else other.x1 + 2
    lines = [line for line in sheet.lines if caption.bottom < line.middle < other.top]
    return any(phrase.x0 < edge < phrase.x1 for line in lines for phrase in line.phrases)


def region_above(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """A table over its caption (Nature): from the last rule above it, with nothing but notes between, up to the first
    one as wide."""
    last = last_rule(sheet, caption, around)
    if last is None:
        return None
    x0, x1 = last.x0 - RULE_END_PT, last.x1 + RULE_END_PT
    start = max([0.0, *[c.bottom for c in around.captions if c.bottom < last.top and c.x0 < x1 and c.x1 > x0]])
    same = [r for r in sheet.across if abs(r.x0 - last.x0) < RULE_END_PT and abs(r.x1 - last.x1) < RULE_END_PT]
    top = last.top
    for rule in reversed([r for r in same if start < r.top < last.top]):
        if any(is_prose_line(line, around) for line in make_lines(inside(sheet, caption, x0, rule.top, x1, top))):
            break
        top = rule.top
    lines = make_lines(inside(sheet, caption, x0, top, x1, last.top))
    rules = tuple(r for r in sheet.across if top - 1 <= r.top <= last.top + 1 and r.x0 >= x0 and r.x1 <= x1)
    notes = make_lines(inside(sheet, caption, x0, last.top, x1, caption.top))
    return Region(sheet, caption, x0, top, x1, last.top, tuple(lines), rules, tuple(notes)) if lines else None


def last_rule(sheet: Sheet, caption: Caption, around: Surroundings) -> Box | None:
    """The nearest rule above a caption that is as wide as a table; between them no running text, no other caption, and
    no gap wider than between notes."""
    wide = [
        r
        for r in sheet.across
        if r.top < caption.top and r.x0 < caption.x1 and r.x1 > caption.x0 and r.width > 0.25 * sheet.width
    ]
    if not wide:
        return None
    last = wide[-1]
    between = make_lines(inside(sheet, caption, last.x0 - RULE_END_PT, last.top, last.x1 + RULE_END_PT, caption.top))
    if any(is_prose_line(line, around) or len(line.phrases) > 2 for line in between):
        return None
    heights = [last.top, *[y for line in between for y in (line.top, line.bottom)], caption.top]
    gaps = [b - a for a, b in zip(heights[::2], heights[1::2], strict=True)]
    return last if max(gaps) < _CAPTION_GAP_PT / 2 else None
