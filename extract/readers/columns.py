"""Columns: the gutters are the upright strips that no phrase of the body covers."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.readers.lines import Line, Phrase, make_phrases
from extract.readers.values import is_closed
from extract.readers.words import Word

STEP = 0.5  # points: resolution of the coverage
NARROW = 1.2  # points: the least width of a gutter
SLACK = 1.0  # points
FEW = 0.2  # share of the lines that may cross a gutter (spanning rows, cells that come too close)
SOME = 0.4  # the same where a column clearly begins behind it

Span = tuple[float, float]


def find_columns(body: Sequence[Line]) -> list[Span]:
    """Left and right ends of the columns of a table, from the phrases of its body. Left to right; gutters between."""
    words = [word for line in body for word in line.words]
    if not words:
        return []
    space = usual_space(body)
    phrases = [phrase for line in body for phrase in make_phrases_by_space(line.words, space)]
    several = [p for line in body if len(line.phrases) > 1 for p in make_phrases_by_space(line.words, space)]
    return uncovered_split(several or phrases, len(body))


def usual_space(lines: Sequence[Line]) -> float:
    """The width of a space between two words, in type sizes."""
    gaps = [
        (b.x0 - a.x1) / a.size for line in lines for p in line.phrases for a, b in pairwise(p.words) if b.x0 > a.x1
    ]
    return min(median(gaps), 0.45) if gaps else 0.28


def make_phrases_by_space(words: Sequence[Word], space: float) -> list[Phrase]:
    """Phrases that end where a gap is clearly wider than a space: finer than a fixed width where type is set tightly."""
    return make_phrases(words, min(0.75, 1.5 * space + 0.05))


def uncovered_split(phrases: Sequence[Phrase], lines: int) -> list[Span]:
    """Columns as the covered strips, after phrases that cross a strip which hardly any other phrase covers are
    set aside: they span columns or come too close to the next one."""
    few, some = (max(1, int(FEW * lines)), int(SOME * lines)) if lines > 4 else (0, 0)
    crossing = set()
    for start, end in strips(phrases, few) + [s for s in strips(phrases, some) if aligned_behind(s, phrases, lines)]:
        crossing |= {i for i, p in enumerate(phrases) if p.x0 < start - 0.1 and p.x1 > end + 0.1}
    kept = [p for i, p in enumerate(phrases) if i not in crossing]
    gaps = [strip for strip in strips(kept, 0) if strip[1] - strip[0] >= NARROW]
    left, right = min(p.x0 for p in kept), max(p.x1 for p in kept)
    edges = [left, *[x for gap in gaps for x in gap], right]
    return list(zip(edges[::2], edges[1::2], strict=True))


def aligned_behind(strip: Span, phrases: Sequence[Phrase], lines: int) -> bool:
    """Whether a column begins at the right of a strip: half of the lines hold a phrase that begins right there."""
    return sum(abs(p.x0 - strip[1]) < 1 for p in phrases) >= 0.5 * lines


def strips(phrases: Sequence[Phrase], most: int) -> list[Span]:
    """Upright strips between the first and the last phrase that at most `most` phrases cover."""
    events = sorted([(p.x0, 1) for p in phrases] + [(p.x1, -1) for p in phrases])
    found: list[Span] = []
    depth, start = 0, None
    for i, (x, change) in enumerate(events):
        depth += change
        last = i == len(events) - 1
        if depth <= most and start is None and not last:
            start = x
        elif depth > most and start is not None:
            if x > start:
                found.append((start, x))
            start = None
    left, right = min(p.x0 for p in phrases), max(p.x1 for p in phrases)
    return [(a, b) for a, b in found if a > left and b < right]


def column_at(spans: Sequence[Span], x: float) -> int:
    """The column that holds x, or the nearest one."""
    return min(range(len(spans)), key=lambda i: max(spans[i][0] - x, x - spans[i][1], 0.0))


def columns_under(spans: Sequence[Span], x0: float, x1: float) -> list[int]:
    """The columns that a phrase from x0 to x1 covers: by a third of the column or of the phrase."""
    covered = []
    for i, (left, right) in enumerate(spans):
        shared = min(x1, right) - max(x0, left)
        if shared > 0 and shared >= 0.34 * min(right - left, x1 - x0):
            covered.append(i)
    return covered or [column_at(spans, (x0 + x1) / 2)]


def split_by_columns(words: Sequence[Word], spans: Sequence[Span]) -> dict[int, list[Word]]:
    """The words of one line by column. A phrase that runs over gutters is cut where a gutter falls between two of its
    words; one that stands alone on its line only if that is so for all of them, else it is a spanning cell and stays
    whole at its leftmost column."""
    cells: dict[int, list[Word]] = {}
    phrases = make_phrases(words)
    for phrase in phrases:
        parts = parted(phrase, spans, strict=len(phrases) == 1)
        columns = {column_at(spans, (w.x0 + w.x1) / 2) for w in phrase.words}
        if len(phrases) == 1 and len(parts) < max(columns) - min(columns) + 1:
            parts = [(min(columns), list(phrase.words))]
        for column, part in parts:
            cells.setdefault(column, []).extend(part)
    return cells


def parted(phrase: Phrase, spans: Sequence[Span], strict: bool) -> list[tuple[int, list[Word]]]:
    """A phrase over several columns, cut at the gutters that fall between two of its words."""
    parts: list[tuple[int, list[Word]]] = []
    for word in phrase.words:
        column = column_at(spans, (word.x0 + word.x1) / 2)
        if parts and (column <= parts[-1][0] or not may_part(parts[-1][1], word, spans, strict)):
            parts[-1][1].append(word)
        else:
            parts.append((column, [word]))
    return parts


def may_part(before: Sequence[Word], after: Word, spans: Sequence[Span], strict: bool) -> bool:
    """Whether a phrase may be cut here: at a gutter, and not within brackets. `strict`: the gap holds the whole gutter;
    otherwise it is enough that it reaches into it."""
    x0, x1 = before[-1].x1 - SLACK, after.x0 + SLACK
    gutters = [(a[1], b[0]) for a, b in pairwise(spans)]
    at_gutter = any(x0 <= left and right <= x1 if strict else x0 <= right and left <= x1 for left, right in gutters)
    return at_gutter and is_closed(" ".join(word.text for word in before))
