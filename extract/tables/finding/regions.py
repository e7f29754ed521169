"""From a caption and the page around it to the region of its table: beside, below or above the caption."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.page.box import Box, bounding_box
from extract.page.captions import Caption
from extract.page.lines import Line, Phrase, make_lines
from extract.page.sheet import LOOSE_PHRASE_GAP_EM, Sheet
from extract.tables.finding.bands import belongs_to_table, ends_table, follows_head, is_boxed, is_inner_head, rows_below
from extract.tables.finding.frames import head_in_frame
from extract.tables.finding.notes import notes_below, notes_inside
from extract.tables.finding.overhang import words_beyond
from extract.tables.region import Region, Surroundings, is_prose_line, words_inside

# What makes lines a table
_TABULAR_LINE_COUNT = 2  # lines of a table with several phrases
_TABULAR_SHARE = 0.2  # of the lines of a table have several phrases: labels and cells may wrap
_REGION_LINE_COUNT = 2  # lines that a table without a last rule has

# The first rule of a table
RULE_END_PT = 4.0  # two rules that begin or end within this distance do so at the same place
_CAPTION_GAP_EM = 5.25  # from a caption to the first rule of its table: a subtitle or a line of units may stand between
_CAPTION_OVERLAP_EM = 0.25  # the box of a caption may reach so far below the first rule
_TABLE_WIDTH_SHARE = 0.25  # of the sheet: the rules of a table are longer
_TABLE_INDENT_SHARE = 0.35  # of the sheet: a rule that begins further right of the caption belongs to another column

# Captions beside their tables, as Springer sets them
_BESIDE_TOP_EM = 1.0  # the first rule is at the height of the caption
_BESIDE_RULE_SHARE = 0.3  # of the sheet: the first rule is longer
_BESIDE_CAPTION_SHARE = 0.3  # of the sheet: the caption is narrower

# Tables without rules
_NEXT_EXHIBIT_EM = 0.25  # captions that begin so far below a caption's end, or further, limit its table
_RULE_OVERHANG_PT = 2.0  # a rule may stand out of the column of the page by as much
_BESIDE_PROSE_EM = 7.5  # running text so far below a caption, or higher, stands beside its table
_BESIDE_CAPTION_HEIGHT_SHARE = 0.3  # of the sheet: captions at heights that differ by less may stand side by side
_BESIDE_OVERLAP_PT = 2.0  # neighbours in two columns of a page may overlap by as much
_PARTED_ROW_COUNT = 3  # rows with rules between them, at least, tell how high a row is
_FAR_HIGHER_RATIO = 4.0  # to the highest of them: no row is so high
_PAGE_GUTTER_EM = 0.5  # a table keeps this distance from the column of the page at its right
_COLUMN_MARGIN_PT = 1.0  # words may stand out of their column by as much

# Tables above their captions, as Nature sets them
_NOTE_GAP_EM = 2.6  # the white between a table, its notes and the caption below is less high
_NOTE_PHRASE_COUNT = 2  # phrases on a line of notes, at most


def find_regions(sheet: Sheet, caption: Caption, around: Surroundings) -> tuple[Region | None, Region | None]:
    """Return the region of a caption's table if captions stand above (or beside) their tables; and its region if
    captions stand below them. None where nothing like a table stands there."""
    first = _if_tabular(_region_beside(sheet, caption, around)) or _if_tabular(_region_below(sheet, caption, around))
    return first, _if_tabular(_region_above(sheet, caption, around))


def _if_tabular(region: Region | None) -> Region | None:
    return region if region is not None and _are_tabular(region.lines) else None


def _are_tabular(lines: Sequence[Line]) -> bool:
    """Whether enough lines have several phrases."""
    several = sum(len(line.phrases) > 1 for line in lines)
    return several >= _TABULAR_LINE_COUNT and several >= _TABULAR_SHARE * len(lines)


def _region_beside(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """The region at the right of a caption in a narrow block: its first rule is at the height of the caption."""
    start = [
        rule
        for rule in sheet.across
        if rule.x0 > caption.x1
        and abs(rule.top - caption.top) < _BESIDE_TOP_EM * caption.size
        and rule.width > _BESIDE_RULE_SHARE * sheet.width
    ]
    narrow = caption.width < _BESIDE_CAPTION_SHARE * sheet.width
    if not start or not narrow or _first_rule(sheet, caption, sheet.height):
        return None
    return _ruled_region(sheet, caption, around, start[0], sheet.height)


def _region_below(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """The region below a caption, the usual place. The first rule gives its width; without rules, the text does."""
    limit = _lower_limit(sheet, caption, around)
    rule = _first_rule(sheet, caption, limit)
    if rule is not None:
        return _ruled_region(sheet, caption, around, rule, limit)
    return _unruled_region(sheet, caption, around, limit)


def _first_rule(sheet: Sheet, caption: Caption, limit: float) -> Box | None:
    """The widest of the rules closely below a caption that overlap the caption and are as wide as a table."""
    near = [
        rule
        for rule in sheet.across
        if -_CAPTION_OVERLAP_EM * caption.size < rule.top - caption.bottom < _CAPTION_GAP_EM * caption.size
        and rule.top < limit
        and rule.overlap_x(caption) > 0
        and rule.width > _TABLE_WIDTH_SHARE * sheet.width
        and rule.x0 < caption.x0 + _TABLE_INDENT_SHARE * sheet.width
    ]
    if not near:
        return None
    width = max(rule.width for rule in near)
    return next(rule for rule in near if rule.width > width - RULE_END_PT)


def _lower_limit(sheet: Sheet, caption: Caption, around: Surroundings) -> float:
    """The height where something else begins below a caption: the next caption that overlaps it sideways, or the end of
    the page."""
    others: list[Caption | Phrase] = [*around.captions, *around.figures]
    lower = [other for other in others if other.top > caption.bottom + _NEXT_EXHIBIT_EM * caption.size]
    return min((other.top for other in lower if other.overlap_x(caption) > 0), default=sheet.height)


def _ends_alike(rule: Box, other: Box) -> bool:
    return abs(rule.x0 - other.x0) < RULE_END_PT and abs(rule.x1 - other.x1) < RULE_END_PT


def _ruled_region(sheet: Sheet, caption: Caption, around: Surroundings, first: Box, limit: float) -> Region | None:
    """The region from the first rule down to the last rule of the same width with something tabular above it."""
    same = [rule for rule in sheet.across if _ends_alike(rule, first) and first.top <= rule.top < limit]
    x0, _, x1, _ = first.grown(RULE_END_PT, 0).edges
    top = _top_of_table(sheet, caption, first)
    zone = Box(x0, top, x1, limit)
    words = words_inside(sheet, caption, zone) + words_beyond(sheet, zone, same[-1].bottom, around)
    end = first.top
    bands = [make_lines(w for w in words if a.top < w.middle < b.top) for a, b in pairwise(same)]
    for i, band in enumerate(bands):
        before = [line for other in bands[:i] for line in other] if i > 1 else []
        next_band = bands[i + 1] if i + 1 < len(bands) else []
        boxed = is_boxed(sheet, x0, same[i], x1, same[i + 1])
        if _is_far_higher(same[: i + 2]):
            break
        if not (boxed or belongs_to_table(band, before, around, x1 - x0) or is_inner_head(band, next_band)):
            break
        if any(len(line.phrases) > 1 for line in band):  # headings and white belong to the table if rows follow
            end = same[i + 1].top
    rest = make_lines(w for w in words if w.middle > end)
    if end == first.top or (len(same) == 2 and follows_head(rest, around)):
        return _open_ended_region(sheet, caption, around, first, limit)
    lines = make_lines(w for w in words if w.middle < end)
    tail = rows_below(rest, end, lines, around)
    lines, rest, end = lines + tail, rest[len(tail) :], max([end, *[line.bottom for line in tail]])
    inner = notes_inside(lines)
    rules = _rules_within(sheet, Box(x0, top, x1, end))
    notes = (*lines[len(lines) - inner :], *notes_below(rest, end, around))
    return Region(sheet, caption, x0, top, x1, end, tuple(lines[: len(lines) - inner]), rules, notes)


def _is_far_higher(rules: Sequence[Box]) -> bool:
    """Whether the white between the last two rules is far higher than between all others: where rules part the rows,
    the last one is that of the foot of the page."""
    *heights, last = [b.top - a.top for a, b in pairwise(rules)]
    return len(heights) >= _PARTED_ROW_COUNT and last > _FAR_HIGHER_RATIO * max(heights)


def region_without_rule(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """Return the region of the rest of a table that begins right below a place (`caption`) without a rule above it. The
    next rule is as wide as the table; without one, the text is. One row above a rule is enough."""
    limit = _lower_limit(sheet, caption, around)
    wide = [
        rule
        for rule in sheet.across
        if caption.top < rule.top < limit
        and rule.overlap_x(caption) > 0
        and rule.width > _TABLE_WIDTH_SHARE * sheet.width
    ]
    if not wide:
        return _if_tabular(_unruled_region(sheet, caption, around, limit))
    first = Box(wide[0].x0, caption.top, wide[0].x1, caption.top)
    as_if = replace(sheet, across=(first, *sheet.across))
    region = _ruled_region(as_if, caption, around, first, limit)
    if region is None or not any(len(line.phrases) > 1 for line in region.lines):
        return None
    return replace(region, sheet=sheet, rules=tuple(r for r in region.rules if r != first))


def _rules_within(sheet: Sheet, box: Box) -> tuple[Box, ...]:
    """The horizontal rules of a table, its first and last included."""
    return tuple(r for r in sheet.across if box.top <= r.top <= box.bottom and r.x0 >= box.x0 and r.x1 <= box.x1)


def _top_of_table(sheet: Sheet, caption: Caption, first: Box) -> float:
    """The height of the first rule; or the end of the caption, if a head stands between the caption and that rule."""
    if caption.bottom > first.top:
        return first.top
    x0, _, x1, _ = first.grown(RULE_END_PT, 0).edges
    between = make_lines(words_inside(sheet, caption, Box(x0, caption.bottom, x1, first.top)))
    return caption.bottom if any(len(line.phrases) > 1 for line in between) else first.top


def _open_ended_region(sheet: Sheet, caption: Caption, around: Surroundings, first: Box, limit: float) -> Region | None:
    """The region of a table without a last rule: it ends where notes or running text begin."""
    x0, _, x1, _ = first.grown(RULE_END_PT, 0).edges
    return _region_until_notes(sheet, caption, around, Box(x0, _top_of_table(sheet, caption, first), x1, limit))


def _unruled_region(sheet: Sheet, caption: Caption, around: Surroundings, limit: float) -> Region | None:
    """The region of a table without rules: the column of the page with the caption, down to notes or running text."""
    x0, x1 = _column_of(sheet, caption, around, limit)
    return _region_until_notes(sheet, caption, around, Box(x0, caption.bottom, x1, limit))


def _region_until_notes(sheet: Sheet, caption: Caption, around: Surroundings, place: Box) -> Region | None:
    """The region of the first lines in a place, down to notes or running text."""
    lines = make_lines(words_inside(sheet, caption, place))
    count = next((i for i in range(len(lines)) if ends_table(lines, i, around, place.width)), len(lines))
    if count < _REGION_LINE_COUNT:
        return None
    kept = lines[:count]
    box = bounding_box(kept)
    left, right = place.x0 - _RULE_OVERHANG_PT, place.x1 + _RULE_OVERHANG_PT
    rules = tuple(r for r in sheet.across if place.top <= r.top <= box.bottom and r.x0 >= left and r.x1 <= right)
    notes = tuple(notes_below(lines[count:], box.bottom, around))
    x0, x1 = min(box.x0, place.x1), max(box.x1, place.x0)
    return Region(sheet, caption, x0, place.top, x1, box.bottom, tuple(kept), rules, notes)


def _column_of(sheet: Sheet, caption: Caption, around: Surroundings, limit: float) -> tuple[float, float]:
    """Left and right end of the part of the page that holds a caption's table: the whole width; or the column of the
    page, if running text or another caption stands beside the table."""
    prose = [phrase for line in make_lines(around.prose, LOOSE_PHRASE_GAP_EM) for phrase in line.phrases]
    top, bottom = caption.top - _BESIDE_OVERLAP_PT, min(limit, caption.bottom + _BESIDE_PROSE_EM * caption.size)
    window = [p for p in prose if top < p.middle < bottom]
    reach = _BESIDE_CAPTION_HEIGHT_SHARE * sheet.height
    near = [c for c in around.captions if c is not caption and abs(c.top - caption.top) < reach]
    others = [c for c in near if not _text_between(sheet, caption, c)]
    next_to: list[Caption | Phrase] = [*window, *others]
    outside: list[Caption | Phrase] = [*prose, *others]
    left, right = caption.x0 + _BESIDE_OVERLAP_PT, caption.x1 - _BESIDE_OVERLAP_PT
    text = bounding_box(sheet.words)
    x0, x1 = text.x0, text.x1
    if any(other.x1 < left for other in next_to):
        x0 = max(other.x1 for other in outside if other.x1 < left)
    if any(other.x0 > right for other in next_to):
        x1 = min(other.x0 for other in outside if other.x0 > right) - _PAGE_GUTTER_EM * caption.size
    return x0 - _COLUMN_MARGIN_PT, x1 + _COLUMN_MARGIN_PT


def _text_between(sheet: Sheet, caption: Caption, other: Caption) -> bool:
    """Whether text runs over the edge of a caption further down: then it stands below the table, not beside it."""
    is_right = other.x0 > caption.x1 - _BESIDE_OVERLAP_PT
    edge = other.x0 - _BESIDE_OVERLAP_PT if is_right else other.x1 + _BESIDE_OVERLAP_PT
    lines = [line for line in sheet.lines if caption.bottom < line.middle < other.top]
    return any(phrase.x0 < edge < phrase.x1 for line in lines for phrase in line.phrases)


def _region_above(sheet: Sheet, caption: Caption, around: Surroundings) -> Region | None:
    """The region above a caption: from the last rule above it, with nothing but notes between, up to the first rule of
    the same width."""
    last = _last_rule(sheet, caption, around)
    if last is None:
        return None
    zone = last.grown(RULE_END_PT, 0)
    x0, x1 = zone.x0, zone.x1
    start = max([0.0, *[c.bottom for c in around.captions if c.bottom < last.top and zone.overlap_x(c) > 0]])
    same = [rule for rule in sheet.across if _ends_alike(rule, last)]
    top = last.top
    for rule in reversed([r for r in same if start < r.top < last.top]):
        band = make_lines(words_inside(sheet, caption, Box(x0, rule.top, x1, top)))
        if any(is_prose_line(line, around) for line in band):
            break
        top = rule.top
    top = head_in_frame(sheet, caption, around, Box(x0, start, x1, top))
    lines = make_lines(words_inside(sheet, caption, Box(x0, top, x1, last.top)))
    rules = _rules_within(sheet, Box(x0, top, x1, last.top))
    inner = len(lines) - notes_inside(lines)
    notes = (*lines[inner:], *make_lines(words_inside(sheet, caption, Box(x0, last.top, x1, caption.top))))
    return Region(sheet, caption, x0, top, x1, last.top, tuple(lines[:inner]), rules, notes) if lines else None


def _last_rule(sheet: Sheet, caption: Caption, around: Surroundings) -> Box | None:
    """The nearest rule above a caption that is as wide as a table. Between them stand no running text, no rows, and no
    gap wider than between notes."""
    wide = [
        rule
        for rule in sheet.across
        if rule.top < caption.top and rule.overlap_x(caption) > 0 and rule.width > _TABLE_WIDTH_SHARE * sheet.width
    ]
    if not wide:
        return None
    last = wide[-1]
    x0, _, x1, _ = last.grown(RULE_END_PT, 0).edges
    between = make_lines(words_inside(sheet, caption, Box(x0, last.top, x1, caption.top)))
    if any(is_prose_line(line, around) or len(line.phrases) > _NOTE_PHRASE_COUNT for line in between):
        return None
    heights = [last.top, *[y for line in between for y in (line.top, line.bottom)], caption.top]
    gaps = [b - a for a, b in zip(heights[::2], heights[1::2], strict=True)]
    return last if max(gaps) < _NOTE_GAP_EM * caption.size else None
