"""Columns: the gutters are the upright strips that no phrase of the body covers."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.page.lines import Line, Phrase, make_phrases
from extract.page.words import Word

GUTTER_PT = 1.2  # points: the least width of a gutter
EDGE_SLACK_PT = 1.0  # points
_SPANNING_SHARE = 0.2  # share of the lines that may cross a gutter (spanning rows, cells that come too close)
_SPANNING_ALIGNED_SHARE = 0.4  # the same where a column clearly begins behind it

_ALIKE_ROW_COUNT = 6  # rows that begin alike are no chance
VALUE_END = re.compile(r"^[^A-Za-z]*[\d%)\]]$|[)\]]$|^(?:NA|N/A|NR|NE)$")
VALUE_START = re.compile(r"^[<>≤≥=−–+-]?\.?\d|^(?:NA|N/A|NR|NE)$")

Span = tuple[float, float]


def find_columns(body: Sequence[Line]) -> list[Span]:
    """Left and right ends of the columns of a table, from the phrases of its body. Left to right; gutters between."""
    if not any(line.words for line in body):
        return []
    space = usual_space(body)
    phrases = [phrase for line in body for phrase in make_phrases_by_space(line.words, space)]
    several = [p for line in body if len(line.phrases) > 1 for p in make_phrases_by_space(line.words, space)]
    spans = uncovered_split(several or phrases, len(body))
    spans = label_column(spans, body) + spans
    rows = [line for line in body if len(line.phrases) > 1 or len(words_after_values(line.words)) > 1]
    return [part for span in spans for part in split_narrow(span, rows)]


def label_column(spans: Sequence[Span], body: Sequence[Line]) -> list[Span]:
    """The column of labels, where none stands on a line with a value, as all are wrapped around centred ones."""
    labels = [line for line in body if len(line.phrases) == 1 and line.x1 < spans[0][0] - GUTTER_PT]
    return [(min(line.x0 for line in labels), max(line.x1 for line in labels))] if len(labels) > 2 else []


def split_narrow(span: Span, body: Sequence[Line]) -> list[Span]:
    """A column cut where two stand hardly farther apart than two words: at strips that no word covers, with a number
    on the right that cannot belong to what stands on the left."""
    rows = [
        [w for w in line.words if span[0] - EDGE_SLACK_PT < w.x0 and w.x1 < span[1] + EDGE_SLACK_PT] for line in body
    ]
    pairs = [pair for row in rows for pair in pairwise(sorted(row, key=lambda w: w.x0))]
    words = [Phrase((word,)) for row in rows for word in row]
    if len(pairs) < 2:
        return [span]
    gutters = [strip for strip in strips(words, 0) if is_gutter(strip, [p for p in pairs if lies_in(strip, *p)])]
    edges = [span[0], *[x for gutter in gutters for x in gutter], span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def words_after_values(words: Sequence[Word]) -> list[Word]:
    """Words with which a value begins right behind another one."""
    return [b for a, b in pairwise(words) if VALUE_END.search(a.text) and VALUE_START.match(b.text)]


def lies_in(strip: Span, before: Word, after: Word) -> bool:
    return before.x1 <= strip[0] + EDGE_SLACK_PT and after.x0 >= strip[1] - EDGE_SLACK_PT


def is_gutter(strip: Span, pairs: Sequence[tuple[Word, Word]]) -> bool:
    """Whether most of the pairs of words around a strip are a number behind the end of another value, or many begin
    alike on the right although they end differently on the left."""
    if strip[1] - strip[0] < GUTTER_PT or len(pairs) < 2:
        return False
    if any(VALUE_END.search(a.text) and b.text[0] in "([±" for a, b in pairs):
        return False
    apart = sum(len(words_after_values(pair)) for pair in pairs)
    ends, starts = [a.x1 for a, _ in pairs], [b.x0 for _, b in pairs]
    alike = len(pairs) >= _ALIKE_ROW_COUNT and max(starts) - min(starts) < EDGE_SLACK_PT < max(ends) - min(ends)
    return apart >= 0.8 * len(pairs) or alike


def usual_space(lines: Sequence[Line]) -> float:
    """The width of a space between two words, in type sizes."""
    gaps = [(b.x0 - a.x1) / a.size for line in lines for p in line.phrases for a, b in pairwise(p.words) if b.x0 > a.x1]
    return min(median(gaps), 0.45) if gaps else 0.28


def make_phrases_by_space(words: Sequence[Word], space: float) -> list[Phrase]:
    """Phrases that end where a gap is clearly wider than a space: finer than a fixed width where type is tight."""
    return make_phrases(words, min(0.75, 1.5 * space + 0.05))


def uncovered_split(phrases: Sequence[Phrase], lines: int) -> list[Span]:
    """Columns as the covered strips, after phrases that cross a strip which hardly any other phrase covers are
    set aside: they span columns or come too close to the next one."""
    few, some = (max(1, int(_SPANNING_SHARE * lines)), int(_SPANNING_ALIGNED_SHARE * lines)) if lines > 4 else (0, 0)
    crossing = set()
    for start, end in strips(phrases, few) + [s for s in strips(phrases, some) if aligned_behind(s, phrases, lines)]:
        crossing |= {i for i, p in enumerate(phrases) if p.x0 < start - 0.1 and p.x1 > end + 0.1}
    kept = [p for i, p in enumerate(phrases) if i not in crossing]
    gaps = [strip for strip in strips(kept, 0) if strip[1] - strip[0] >= GUTTER_PT]
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


def crosses_columns(band: Sequence[Line], before: Sequence[Line]) -> bool:
    """Whether most lines of a band run over the gutters of the lines before."""
    spans = find_columns(before)
    gutters = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    over = [any(p.x0 < x < p.x1 for p in line.phrases for x in gutters) for line in band]
    return 2 * sum(over) > len(band)
