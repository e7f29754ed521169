"""Values centred over several columns: one number of patients for both arms. They are no columns of their own."""

from collections.abc import Collection, Sequence

from extract.page.box import HasEdges
from extract.page.lines import Line, Phrase
from extract.tables.grid.columns import make_phrases_by_space, usual_space
from extract.tables.grid.gutters import Span

_CENTRE_EM = 0.625  # a value so close to the middle of several columns is centred over them
_ALIGNED_EM = 0.3  # edges, or middles, that differ by less are aligned
_CENTRED_SHARE = 0.4  # of the lines of a body have values centred over the same columns, at most
_FILLED_SHARE = 0.5  # of the lines have values in the columns on both sides, at least


def without_centred(spans: Sequence[Span], head: Sequence[Line], body: Sequence[Line]) -> list[Span]:
    """Return the columns without those that hold only values centred over the columns on both sides: no head stands
    over them alone, and the columns beside are blank on their lines."""
    space = usual_space(body)
    lines = [_by_column(make_phrases_by_space(line.words, space), spans) for line in body]
    heads = [phrase for line in head for phrase in line.phrases]
    return [span for k, span in enumerate(spans) if not _is_centred(k, spans, lines, heads)]


def _by_column(phrases: Sequence[Phrase], spans: Sequence[Span]) -> dict[int, Phrase]:
    return {k: p for k, span in enumerate(spans) for p in phrases if _overlaps(p, span)}


def _is_centred(k: int, spans: Sequence[Span], lines: Sequence[dict[int, Phrase]], heads: Sequence[Phrase]) -> bool:
    own = [line for line in lines if k in line]
    if not 1 < k < len(spans) - 1 or len(own) > _CENTRED_SHARE * len(lines) or _has_own_head(k, spans, heads):
        return False
    if min(sum(side in line for line in lines) for side in (k - 1, k + 1)) < _FILLED_SHARE * len(lines):
        return False
    others = [*spans[:k], *spans[k + 1 :]]
    return all(first_column(line[k], others, {c - (c > k) for c in line if c != k}) is not None for line in own)


def _has_own_head(k: int, spans: Sequence[Span], heads: Sequence[Phrase]) -> bool:
    """Whether a head stands over a column, and is no spanner with heads below it on both sides."""
    over = [p for p in heads if _overlaps(p, spans[k])]
    reach = (spans[k - 1][0], spans[k + 1][1])
    return any(not _has_both_sides(p, [q for q in heads if q.top > p.middle], reach) for p in over)


def _has_both_sides(phrase: Phrase, below: Sequence[Phrase], reach: Span) -> bool:
    left = any(reach[0] < p.center < phrase.center for p in below)
    return left and any(phrase.center < p.center < reach[1] for p in below)


def first_column(phrase: Phrase, spans: Sequence[Span], filled: Collection[int]) -> int | None:
    """Return the first of the columns that a phrase is centred over, as many as are not filled; None if it is centred
    over none, or aligned with one column."""
    if any(_is_in_column(phrase, span) for span in spans):
        return None
    found = [
        (i - j, i)
        for i in range(1, len(spans))
        for j in range(i + 1, len(spans))
        if abs((spans[i][0] + spans[j][1]) / 2 - phrase.center) < _CENTRE_EM * phrase.size
        and not any(i <= column <= j for column in filled)
    ]
    return min(found)[1] if found else None


def _is_in_column(phrase: Phrase, span: Span) -> bool:
    """Whether a phrase covers a column, or is aligned with it at the left, at the right or in the middle."""
    off = (phrase.x0 - span[0], phrase.x1 - span[1], phrase.center - (span[0] + span[1]) / 2)
    within = span[0] <= phrase.center <= span[1]
    return _overlaps(phrase, span) and (within or min(map(abs, off)) < _ALIGNED_EM * phrase.size)


def _overlaps(place: HasEdges, span: Span) -> bool:
    return place.x0 < span[1] and place.x1 > span[0]
