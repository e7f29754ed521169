"""Gutters between columns: strips that no word covers, even where columns are hardly farther apart than words."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.box import bounding_box
from extract.page.lines import Line, Phrase
from extract.page.words import Word

GUTTER_EM = 0.15  # the least width of a gutter
EDGE_SLACK_EM = 0.125  # a word may stand out of its column by less
_NARROW_PAIR_COUNT = 2  # pairs of words around a gutter, at least
_VALUE_PAIR_SHARE = 0.8  # of the pairs are a number behind the end of another value
_ALIKE_PAIR_COUNT = 6  # pairs whose right words begin alike: with fewer, that may be chance
_BACK_PAIR_COUNT = 4  # pairs of words aligned back to back, at least
_BACK_WIDTH_COUNT = 5  # different widths of the words on both sides, at least: equal words are aligned at both ends

_THOUSANDS_GAP_EM = 0.4  # the space before three digits of a number is narrower

VALUE_END = re.compile(r"^[^A-Za-z]*[\d%)\]]$|[)\]]$|^(?:NA|N/A|NR|NE)$")
_LEADING_DIGITS = re.compile(r"[(\[$€£<>≤≥~+−–-]*\d{1,3}")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
VALUE_START = re.compile(r"^[<>≤≥=−–+-]?\.?\d|^(?:NA|N/A|NR|NE)$")

Span = tuple[float, float]


def split_narrow(span: Span, body: Sequence[Line], size: float) -> list[Span]:
    """Return a column cut where two columns are hardly farther apart than two words: at strips that no word covers,
    between values on the left and numbers on the right that cannot belong to them."""
    slack = EDGE_SLACK_EM * size
    rows = [[w for w in line.words if span[0] - slack < w.x0 and w.x1 < span[1] + slack] for line in body]
    pairs = [pair for row in rows for pair in pairwise(_sorted(row))]
    words = [Phrase((word,)) for row in rows for word in row]
    if len(pairs) < _NARROW_PAIR_COUNT:
        return [span]
    strips = {strip: [pair for pair in pairs if _lies_in(strip, *pair, slack)] for strip in free_strips(words, 0)}
    ragged = {pair: (row[0].x0, row[-1].x1) for row in map(_sorted, rows) for pair in pairwise(row)}
    gutters = [
        strip for strip, around in strips.items() if _is_gutter(strip, around, [ragged[pair] for pair in around], size)
    ]
    edges = [span[0], *[x for gutter in gutters for x in gutter], span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _sorted(words: Sequence[Word]) -> list[Word]:
    return sorted(words, key=lambda word: word.x0)


def words_after_values(words: Sequence[Word]) -> list[Word]:
    """Return the words that begin a value right behind the end of another value."""
    return [b for a, b in pairwise(words) if VALUE_END.search(a.text) and VALUE_START.match(b.text)]


def is_within_number(before: Word, after: Word) -> bool:
    """Whether a space separates thousands ("12 345")."""
    near = after.x0 - before.x1 < _THOUSANDS_GAP_EM * after.size
    return near and bool(_LEADING_DIGITS.fullmatch(before.text)) and bool(_THREE_DIGITS.match(after.text))


def _lies_in(strip: Span, before: Word, after: Word, slack: float) -> bool:
    return before.x1 <= strip[0] + slack and after.x0 >= strip[1] - slack


def _is_gutter(strip: Span, pairs: Sequence[tuple[Word, Word]], rows: Sequence[Span], size: float) -> bool:
    """Whether a strip separates two columns: most pairs of words around it are a number behind the end of another
    value; or many pairs begin alike on the right and end differently on the left; or words of different widths are
    aligned at the right on its left and at the left on its right. `rows`: where the words of each pair's row begin and
    end."""
    if strip[1] - strip[0] < GUTTER_EM * size or len(pairs) < _NARROW_PAIR_COUNT:
        return False
    if any(VALUE_END.search(a.text) and b.text.startswith(("(", "[", "±")) for a, b in pairs):
        return False
    if all(is_within_number(a, b) for a, b in pairs):
        return False
    after_values = sum(len(words_after_values(pair)) for pair in pairs)
    ends, starts = [a.x1 for a, _ in pairs], [b.x0 for _, b in pairs]
    apart = EDGE_SLACK_EM * size
    alike = len(pairs) >= _ALIKE_PAIR_COUNT and max(starts) - min(starts) < apart < max(ends) - min(ends)
    return after_values >= _VALUE_PAIR_SHARE * len(pairs) or alike or _are_back_to_back(pairs, rows, apart)


def _are_back_to_back(pairs: Sequence[tuple[Word, Word]], rows: Sequence[Span], slack: float) -> bool:
    """Whether the left words of pairs all end, and the right words all begin, within `slack`, and both have several
    widths: a column aligned at the right stands beside one aligned at the left. Rows that all begin, or all end, at one
    place are aligned there as a whole."""
    if len(pairs) < _BACK_PAIR_COUNT or any(max(edges) - min(edges) < slack for edges in zip(*rows, strict=True)):
        return False
    starts, ends = [a.x0 for a, _ in pairs], [b.x1 for _, b in pairs]
    inner = [[a.x1 for a, _ in pairs], [b.x0 for _, b in pairs]]
    aligned = all(max(edges) - min(edges) < slack for edges in inner)
    widths = [len({round(x / slack) for x in outer}) for outer in (starts, ends)]
    return aligned and min(widths) > 1 and sum(widths) >= _BACK_WIDTH_COUNT


def free_strips(phrases: Sequence[Phrase], most: int) -> list[Span]:
    """Return the upright strips between the first and the last phrase that at most `most` phrases cover."""
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
    box = bounding_box(phrases)
    return [(a, b) for a, b in found if a > box.x0 and b < box.x1]
