"""The columns of a table, separated by gutters: upright strips that no phrase of the body covers."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extract.page.box import bounding_box
from extract.page.lines import Line, Phrase, make_phrases
from extract.page.numbers import is_value
from extract.page.words import Word
from extract.tables.grid.gutters import EDGE_SLACK_EM, GUTTER_EM, Span, free_strips, split_narrow, words_after_values

# The space between words, from which the gap between two phrases is told
_WIDE_SPACE_EM = 0.45  # the usual space is no wider: a table of few words may have wide gaps only, or none
_PHRASE_GAP_EM = 0.75  # a gap this wide separates two phrases in any type
_PHRASE_GAP_RATIO = 1.5  # to the usual space; tight type has narrower gaps between phrases

# Phrases that cross a gutter: cells that span columns or come too close to the next one
_CROSSED_LINE_COUNT = 5  # lines of a body in which some may cross a gutter, at least
_CROSSING_SHARE = 0.2  # of the lines may cross a gutter
_CROSSING_ALIGNED_SHARE = 0.4  # of the lines may do so if a column clearly begins at its right
_ALIGNED_SHARE = 0.5  # of the lines begin a phrase where a column begins
_ALIGNED_EM = 0.125  # phrases that begin within this distance are aligned
_VALUE_REACH_EM = 3.0  # values stand so close to the strip between their columns: centred ones differ in width
_CROSSING_PT = 0.1  # a phrase that crosses a strip stands out of both its sides by more: places are rounded
_COVERED_SHARE = 0.34  # of a column or phrase: a phrase covers a column if they share as much

_FULL_LINE_COUNT = 2  # lines with the most phrases, at least
_FULL_LINE_SHARE = 0.3  # of the lines of a body have the most phrases
_CENTRE_EM = 0.625  # a phrase so close to the middle of several columns is centred over them
_LABEL_LINE_COUNT = 3  # lines with a label alone that make a column

_CURRENCY = re.compile(r"(?:US|CA|NZ|HK|[AC])?[$€£¥]|EUR|USD|GBP")


def find_columns(body: Sequence[Line]) -> list[Span]:
    """Return the columns of a table from left to right, each with its left and right end, from the phrases of its
    body. The white between two columns is their gutter."""
    if not any(line.words for line in body):
        return []
    space, size = usual_space(body), usual_size(body)
    phrases = [phrase for line in body for phrase in make_phrases_by_space(line.words, space)]
    several = [p for line in body if len(line.phrases) > 1 for p in make_phrases_by_space(line.words, space)]
    spans = _uncovered_split(several or phrases, len(body), size)
    spans = _columns_of_full_lines(body, space, size, len(spans)) or spans
    spans = _label_column(spans, body, size) + spans
    rows = [line for line in body if len(line.phrases) > 1 or len(words_after_values(line.words)) > 1]
    return _join_signs([part for span in spans for part in split_narrow(span, rows, size)], body)


def _join_signs(spans: Sequence[Span], body: Sequence[Line]) -> list[Span]:
    """The columns, with those that hold nothing but currencies joined to the numbers behind them, and those of percent
    signs to the numbers before."""
    words = [[w.text for line in body for w in line.words if a <= w.center <= b] for a, b in spans]
    joined: list[Span] = []
    for i, span in enumerate(spans):
        signed = i > 0 and bool(words[i - 1]) and all(map(_CURRENCY.fullmatch, words[i - 1]))
        percent = i > 0 and bool(words[i]) and set(words[i]) == {"%"}
        joined = [*joined[:-1], (joined[-1][0], span[1])] if signed or percent else [*joined, span]
    return joined


def _columns_of_full_lines(body: Sequence[Line], space: float, size: float, fewest: int) -> list[Span]:
    """The columns of the lines with the most phrases, if they are more than `fewest`, these lines are all filled alike,
    and each phrase of the other lines keeps to one column or is centred over several; else none."""
    lines = [make_phrases_by_space(line.words, space) for line in body]
    most = max(map(len, lines))
    full = [line for line in lines if len(line) == most]
    if most <= fewest or len(full) < max(_FULL_LINE_COUNT, _FULL_LINE_SHARE * len(lines)):
        return []
    spans = _uncovered_split([p for line in full for p in line], len(full), size)
    others = [p for line in lines if len(line) < most for p in line]
    inside = {p: columns_under(spans, p.x0, p.x1) for p in others}
    kept = [p for p, columns in inside.items() if len(columns) == 1 and _keeps_within(p, columns[0], spans)]
    centred = all(_is_centred_over(p, spans) for p in others if p not in kept)
    if len(spans) != most or not centred:
        return []
    own = [[p for p in kept if inside[p] == [column]] for column in range(most)]
    return [
        (min([a, *[p.x0 for p in ps]]), max([b, *[p.x1 for p in ps]])) for (a, b), ps in zip(spans, own, strict=True)
    ]


def _keeps_within(phrase: Phrase, column: int, spans: Sequence[Span]) -> bool:
    """Whether a phrase stands clear of the columns beside its own."""
    before = spans[column - 1][1] if column else -inf
    after = spans[column + 1][0] if column + 1 < len(spans) else inf
    return before < phrase.x0 and phrase.x1 < after and phrase.x0 < spans[column][1] and phrase.x1 > spans[column][0]


def _is_centred_over(phrase: Phrase, spans: Sequence[Span]) -> bool:
    """Whether a phrase is centred over several columns behind the first."""
    pairs = [(spans[i][0], spans[j][1]) for i in range(1, len(spans)) for j in range(i + 1, len(spans))]
    return any(abs((a + b) / 2 - phrase.center) < _CENTRE_EM * phrase.size for a, b in pairs)


def _label_column(spans: Sequence[Span], body: Sequence[Line], size: float) -> list[Span]:
    """The stub, if no label stands on a line with a value because all labels wrap around centred values."""
    labels = [line for line in body if len(line.phrases) == 1 and line.x1 < spans[0][0] - GUTTER_EM * size]
    if len(labels) < _LABEL_LINE_COUNT:
        return []
    box = bounding_box(labels)
    return [(box.x0, box.x1)]


def usual_size(lines: Sequence[Line]) -> float:
    """Return the usual type size of lines, in points: the median of their words."""
    return median(word.size for line in lines for word in line.words)


def usual_space(lines: Sequence[Line]) -> float:
    """Return the usual width of a space between two words, in type sizes."""
    gaps = [(b.x0 - a.x1) / a.size for line in lines for p in line.phrases for a, b in pairwise(p.words) if b.x0 > a.x1]
    return min(median(gaps), _WIDE_SPACE_EM) if gaps else _WIDE_SPACE_EM


def make_phrases_by_space(words: Sequence[Word], space: float) -> list[Phrase]:
    """Return the phrases of one line, separated by gaps clearly wider than the usual space (in type sizes): tight type
    has narrower gaps than `make_phrases` asks for."""
    return make_phrases(words, min(_PHRASE_GAP_EM, _PHRASE_GAP_RATIO * space))


def _uncovered_split(phrases: Sequence[Phrase], lines: int, size: float) -> list[Span]:
    """The columns as the strips that phrases cover. Phrases that cross a strip which hardly any other phrase covers are
    left out: they span columns or come too close to the next one. `lines`: the number of lines of the body; `size`: its
    usual type size."""
    few = some = 0
    if lines >= _CROSSED_LINE_COUNT:
        few, some = max(1, int(_CROSSING_SHARE * lines)), int(_CROSSING_ALIGNED_SHARE * lines)
    free = free_strips(phrases, few) + [
        strip
        for strip in free_strips(phrases, some)
        if _is_aligned_behind(strip, phrases, lines, size) or _lies_between_values(strip, phrases, lines, size)
    ]
    crossing = {
        i
        for start, end in free
        for i, p in enumerate(phrases)
        if p.x0 < start - _CROSSING_PT and p.x1 > end + _CROSSING_PT
    }
    kept = [p for i, p in enumerate(phrases) if i not in crossing]
    gutters = [strip for strip in free_strips(kept, 0) if strip[1] - strip[0] >= GUTTER_EM * size]
    box = bounding_box(kept)
    edges = [box.x0, *[x for gutter in gutters for x in gutter], box.x1]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_aligned_behind(strip: Span, phrases: Sequence[Phrase], lines: int, size: float) -> bool:
    """Whether a column begins at the right of a strip: half of the lines have a phrase that begins there."""
    return sum(abs(p.x0 - strip[1]) < _ALIGNED_EM * size for p in phrases) >= _ALIGNED_SHARE * lines


def _lies_between_values(strip: Span, phrases: Sequence[Phrase], lines: int, size: float) -> bool:
    """Whether half of the lines have a value close to the left of a strip and another close to its right, and only
    words cross it: "not tested" over two columns."""
    reach, slack = _VALUE_REACH_EM * size, EDGE_SLACK_EM * size
    values = [p for p in phrases if is_value(p.text)]
    left = sum(-reach < p.x1 - strip[0] < slack for p in values)
    right = sum(-slack < p.x0 - strip[1] < reach for p in values)
    crossing = [p for p in phrases if p.x0 < strip[0] + slack and p.x1 > strip[1] - slack]
    return min(left, right) >= _ALIGNED_SHARE * lines and not any(any(map(str.isdigit, p.text)) for p in crossing)


def column_at(spans: Sequence[Span], x: float) -> int:
    """Return the column that holds x, or the nearest one."""
    return min(range(len(spans)), key=lambda i: max(spans[i][0] - x, x - spans[i][1], 0.0))


def columns_under(spans: Sequence[Span], x0: float, x1: float) -> list[int]:
    """Return the columns of which a phrase from x0 to x1 covers a third, or which hold a third of the phrase; else the
    column nearest to its middle."""
    covered = []
    for i, (left, right) in enumerate(spans):
        shared = min(x1, right) - max(x0, left)
        if shared > 0 and shared >= _COVERED_SHARE * min(right - left, x1 - x0):
            covered.append(i)
    return covered or [column_at(spans, (x0 + x1) / 2)]


def crosses_columns(band: Sequence[Line], before: Sequence[Line]) -> bool:
    """Whether most lines of a band cross the gutters of the lines before."""
    spans = find_columns(before)
    gutters = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    over = [any(p.x0 < x < p.x1 for p in line.phrases for x in gutters) for line in band]
    return 2 * sum(over) > len(band)
