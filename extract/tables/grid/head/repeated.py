"""Heads that are repeated under several heads ("Any grade", "Grade >=3" for each arm): each spanner holds one of the
repetitions, wherever it stands over its columns."""

from collections.abc import Sequence

from extract.page.lines import Phrase
from extract.tables.grid.columns import columns_under
from extract.tables.grid.gutters import Span

_FEWEST_COUNT = 2  # heads in each repetition, and repetitions


def repeated_groups(phrases: Sequence[Phrase], spans: Sequence[Span]) -> dict[Phrase, tuple[int, ...]]:
    """Return the phrases of a head that stand over one repetition of the heads below them each, with its columns; none
    if no heads are repeated under several phrases on one line."""
    for top in sorted({phrase.middle for phrase in phrases}):
        below = [phrase for phrase in phrases if phrase.top > top]
        groups = _repetitions(_texts_by_column(below, spans))
        owners = [_over(group, phrases, below, spans) for group in groups]
        if groups and all(owners):
            return {phrase: group for group, over in zip(groups, owners, strict=True) for phrase in over}
    return {}


def _texts_by_column(phrases: Sequence[Phrase], spans: Sequence[Span]) -> list[str]:
    """The heads of each column as one text; "" for a column without a head, or under a phrase that covers several."""
    texts = [""] * len(spans)
    for phrase in phrases:
        columns = columns_under(spans, phrase.x0, phrase.x1)
        if len(columns) == 1:
            texts[columns[0]] = f"{texts[columns[0]]} {phrase.text}".strip()
    return texts


def _repetitions(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """The columns of each repetition of neighbouring heads, as many as possible; none where no heads are repeated."""
    found: list[tuple[int, ...]] = []
    for period in range(_FEWEST_COUNT, len(texts) // _FEWEST_COUNT + 1):
        for first in range(len(texts) - _FEWEST_COUNT * period + 1):
            unit = texts[first : first + period]
            starts = [first]
            while texts[starts[-1] + period : starts[-1] + 2 * period] == unit:
                starts.append(starts[-1] + period)
            differ = all(unit) and len(set(unit)) == period
            if differ and len(starts) >= _FEWEST_COUNT and len(starts) * period > sum(map(len, found)):
                found = [tuple(range(start, start + period)) for start in starts]
    return found


def _over(
    group: Sequence[int], phrases: Sequence[Phrase], below: Sequence[Phrase], spans: Sequence[Span]
) -> list[Phrase]:
    """The phrases above the heads of a group, one on each of their lines; none if several stand on a line: they are no
    spanners."""
    right = spans[group[-1] + 1][0] if group[-1] + 1 < len(spans) else float("inf")
    above = [p for p in phrases if p not in below and spans[group[0]][0] < p.center < right]
    return above if len({phrase.middle for phrase in above}) == len(above) else []
