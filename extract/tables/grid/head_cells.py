"""The cells of a head, on one or several levels, with the columns that each spans."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from extract.page.box import Box
from extract.page.lines import Line, Phrase
from extract.page.words import Word
from extract.tables.grid.cell_split import cut_at_gutters
from extract.tables.grid.columns import Span, column_at, columns_under, make_phrases_by_space

_ALIGNED_PT = 2.5  # points


@dataclass(frozen=True)
class HeadCell:
    """A cell of the head: its level from the top, the columns it spans, its words from line to line."""

    level: int
    columns: tuple[int, ...]
    lines: tuple[tuple[Word, ...], ...]


def read_head(lines: Sequence[Line], rules: Sequence[Box], spans: Sequence[Span], space: float) -> list[HeadCell]:
    """The cells of a head. Levels are told by partial rules, and where there are none by phrases that stand over
    several columns."""
    found = [p for line in lines for p in make_phrases_by_space(line.words, space)]
    phrases = [part for phrase in found for part in split_close_heads(phrase, found, rules, spans)]
    spanners = merge_spanners([cell for p in phrases if (cell := spanning_head(p, phrases, rules, spans))])
    inside = {word for cell in spanners for line in cell.lines for word in line}
    spanned_columns = {column for cell in spanners for column in cell.columns}
    own: dict[int, list[Phrase]] = {}
    for p in phrases:
        if p.words[0] not in inside:
            own.setdefault(columns_under(spans, p.x0, p.x1)[0], []).append(p)
    leaves = [p for column, heads in own.items() if column in spanned_columns for p in heads]
    singles = [
        HeadCell(level_of(heads[0], column, spanners, leaves), (column,), tuple(p.words for p in heads))
        for column, heads in sorted(own.items())
    ]
    return [*spanners, *singles]


def split_close_heads(
    phrase: Phrase, others: Sequence[Phrase], rules: Sequence[Box], spans: Sequence[Span]
) -> list[Phrase]:
    """A phrase that is the heads of several columns, set close to one another: each stands right over its column, what
    is below goes on with it, and no rule joins them to a spanning cell."""
    below = [p for p in others if p.top > phrase.middle]
    parts = cut_at_gutters(phrase, spans, near=phrase.width)
    under = [p for p in below if set(columns_under(spans, p.x0, p.x1)) & {column for column, _ in parts}]
    aligned = all(stands_over(words, spans[column]) for column, words in parts)
    goes_on = len(under) < 2 or all(re.match(r"[a-z(\[]", p.text) for p in under)
    if aligned and goes_on and len(columns_over_rule(phrase, below, rules, spans)) < 2:
        return [Phrase(tuple(words)) for _, words in parts]
    return [phrase]


def stands_over(words: Sequence[Word], span: Span) -> bool:
    x0, x1 = words[0].x0, words[-1].x1
    return min(abs(x0 - span[0]), abs(x1 - span[1]), abs(x0 + x1 - span[0] - span[1]) / 2) < _ALIGNED_PT


def level_of(phrase: Phrase, column: int, spanners: Sequence[HeadCell], leaves: Sequence[Phrase]) -> int:
    """Below the spanning cells of its column; else beside them, unless it stands on one line with heads below them."""
    above = [cell.level for cell in spanners if column in cell.columns]
    if above:
        return max(above) + 1
    higher = {cell.level for cell in spanners if _bottom(cell) < phrase.top + 1}
    in_line = any(abs(leaf.middle - phrase.middle) < 0.3 * phrase.size for leaf in leaves if leaf is not phrase)
    return max(higher, default=-1) + 1 if in_line else 0


def _bottom(cell: HeadCell) -> float:
    return max(word.bottom for word in cell.lines[-1])


def spanning_head(
    phrase: Phrase, phrases: Sequence[Phrase], rules: Sequence[Box], spans: Sequence[Span]
) -> HeadCell | None:
    """The phrase as a spanning cell, if it is one: over a partial rule, or over several columns with heads below."""
    below = [p for p in phrases if p.top > phrase.middle]
    beside = [p for p in phrases if p is not phrase and min(p.bottom, phrase.bottom) - max(p.top, phrase.top) > 1]
    if not below:
        return None
    over_rule = columns_over_rule(phrase, below, rules, spans)
    if over_rule:
        shared = sorted([phrase, *[p for p in beside if column_at(spans, p.center) in over_rule]], key=lambda p: p.x0)
        columns = share_columns(shared, over_rule, spans)[shared.index(phrase)]
    else:
        columns = columns_by_place(phrase, beside, below, [p for p in phrases if p is not phrase], spans)
    return HeadCell(0, tuple(columns), (phrase.words,)) if columns else None


def columns_over_rule(
    phrase: Phrase, below: Sequence[Phrase], rules: Sequence[Box], spans: Sequence[Span]
) -> list[int]:
    """The columns over the first rule below a phrase, where heads stand under that rule."""
    under = [
        r
        for r in rules
        if r.top > phrase.middle and r.x0 - 3 < phrase.center < r.x1 + 3 and r.x0 < phrase.x1 and r.x1 > phrase.x0
    ]
    if not under or not any(p.middle > under[0].top and under[0].x0 - 3 < p.center < under[0].x1 + 3 for p in below):
        return []
    rule = under[0]
    return [i for i, (a, b) in enumerate(spans) if min(b, rule.x1) - max(a, rule.x0) > 0.5 * min(b - a, rule.width)]


def share_columns(phrases: Sequence[Phrase], columns: Sequence[int], spans: Sequence[Span]) -> list[list[int]]:
    """The columns shared out among phrases that stand side by side over them, each group contiguous: so that the
    phrases stand as nearly as possible over the middle, or at the left end, of their groups."""
    count = len(phrases)
    if count >= len(columns):
        return [[column_at(spans, p.center)] for p in phrases] if count > 1 else [list(columns)]

    def misfit(cuts: tuple[int, ...]) -> float:
        return sum(
            min(abs(p.center - (spans[g[0]][0] + spans[g[-1]][1]) / 2), abs(p.x0 - spans[g[0]][0]))
            for p, g in zip(phrases, groups(cuts), strict=True)
        )

    def groups(cuts: tuple[int, ...]) -> list[list[int]]:
        return [list(columns[a:b]) for a, b in pairwise((0, *cuts, len(columns)))]

    return groups(min(combinations(range(1, len(columns)), count - 1), key=misfit))


def columns_by_place(
    phrase: Phrase,
    beside: Sequence[Phrase],
    below: Sequence[Phrase],
    others: Sequence[Phrase],
    spans: Sequence[Span],
) -> list[int]:
    """Without a rule: the columns that a phrase covers, or over whose middle it stands, free of others on its line."""
    covered = columns_under(spans, phrase.x0, phrase.x1)
    candidates: dict[tuple[int, ...], float] = {}
    for first in range(covered[0] + 1):
        for last in range(covered[-1], len(spans)):
            x0, x1 = spans[first][0], spans[last][1]
            free = not any(x0 < p.center < x1 for p in beside)
            heads = sum(x0 - 2 <= p.center <= x1 + 2 for p in below)
            misfit = abs((x0 + x1) / 2 - phrase.center)
            if last > first and free and heads > 1 and misfit < 2 * _ALIGNED_PT:
                candidates[tuple(range(first, last + 1))] = misfit
    if len(covered) > 1:
        return max([covered, *[list(columns) for columns in candidates]], key=len)
    within = misfit_over_column(phrase, others, covered[0], spans)
    if not candidates or min(candidates)[0] == 0 or within < min(_ALIGNED_PT, *candidates.values()):
        return []
    widest = max(candidates, key=len)
    return list(widest)


def misfit_over_column(phrase: Phrase, others: Sequence[Phrase], column: int, spans: Sequence[Span]) -> float:
    """How far a phrase is from standing over the middle of one column, or in line with another head of it."""
    left, right = spans[column]
    heads = [p for p in others if columns_under(spans, p.x0, p.x1) == [column]]
    lines = [(p.center - phrase.center, p.x0 - phrase.x0, p.x1 - phrase.x1) for p in heads]
    return min([abs((left + right) / 2 - phrase.center), *[abs(d) for line in lines for d in line]])


def merge_spanners(cells: Sequence[HeadCell]) -> list[HeadCell]:
    """Lines of one spanning cell joined, and levels counted: a cell stands one level below those that span more."""
    merged: list[HeadCell] = []
    for cell in cells:
        same = next((i for i, other in enumerate(merged) if other.columns == cell.columns), None)
        if same is None:
            merged.append(cell)
        else:
            merged[same] = HeadCell(0, cell.columns, merged[same].lines + cell.lines)
    return [
        HeadCell(sum(set(cell.columns) < set(other.columns) for other in merged), cell.columns, cell.lines)
        for cell in merged
    ]
