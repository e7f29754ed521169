"""The cells of a head, on one or several levels, with the columns that each cell spans."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page.box import Box
from extract.page.lines import Line, Phrase
from extract.page.words import Word
from extract.tables.grid.cell_split import cut_at_gutters
from extract.tables.grid.columns import column_at, columns_under, make_phrases_by_space
from extract.tables.grid.gutters import Span
from extract.tables.grid.head.repeated import repeated_groups

_ALIGNED_EM = 0.31  # a head so close to an edge or the middle of a column is aligned with the column
_SPANNER_EM = 0.625  # a phrase so close to the middle of several columns may span them
_SPANNER_HEAD_COUNT = 2  # heads below a spanner
_HEAD_MARGIN_EM = 0.25  # heads of the outer columns of a spanner may stand out of them by as much
_RULE_MARGIN_EM = 0.375  # heads over or under a partial rule may stand out of it by less
_RULE_COLUMN_SHARE = 0.5  # of a column or rule: a rule that shares more with a column runs over the column
_BESIDE_EM = 0.125  # phrases that share more of their height stand side by side
_SAME_LINE_EM = 0.3  # phrases whose middles differ by less stand on one line


@dataclass(frozen=True)
class HeadCell:
    """A cell of the head: its level from the top, the columns it spans, its words from line to line."""

    level: int
    columns: tuple[int, ...]
    lines: tuple[tuple[Word, ...], ...]


def read_head(lines: Sequence[Line], rules: Sequence[Box], spans: Sequence[Span], space: float) -> list[HeadCell]:
    """Return the cells of a head. `rules`: partial rules, which show the levels; without them, phrases that stand over
    several columns do. `space`: the usual space between words, in type sizes."""
    found = [p for line in lines for p in make_phrases_by_space(line.words, space)]
    phrases = [part for phrase in found for part in split_close_heads(phrase, found, rules, spans)]
    groups = {} if rules else repeated_groups(phrases, spans)
    over_groups = [HeadCell(0, columns, (p.words,)) for p, columns in groups.items()]
    by_place = [cell for p in phrases if p not in groups and (cell := spanning_head(p, phrases, rules, spans))]
    spanners = _merge_spanners([*over_groups, *by_place], rules)
    inside = {word for cell in spanners for line in cell.lines for word in line}
    own: dict[int, list[Phrase]] = {}
    for p in phrases:
        if p.words[0] not in inside:
            own.setdefault(columns_under(spans, p.x0, p.x1)[0], []).append(p)
    leaves = [(p, level) for column, heads in own.items() if (level := _level_under(spanners, column)) for p in heads]
    singles = [
        HeadCell(_level_of(heads[0], column, spanners, leaves), (column,), tuple(p.words for p in heads))
        for column, heads in sorted(own.items())
    ]
    return [*spanners, *singles]


def split_close_heads(
    phrase: Phrase, others: Sequence[Phrase], rules: Sequence[Box], spans: Sequence[Span]
) -> list[Phrase]:
    """Return the heads of several columns that are set close to one another as one phrase; the phrase itself if it is
    one head. Each of several heads is aligned with its column, the phrases below continue them, and no rule joins them
    to a spanner."""
    below = [p for p in others if p.top > phrase.middle]
    parts = cut_at_gutters(phrase, spans, near=phrase.width / phrase.size)
    under = [p for p in below if set(columns_under(spans, p.x0, p.x1)) & {column for column, _ in parts}]
    aligned = all(_is_aligned(words, spans[column]) for column, words in parts)
    goes_on = len(under) < _SPANNER_HEAD_COUNT or all(re.match(r"[a-z(\[]", p.text) for p in under)
    if aligned and goes_on and len(_columns_over_rule(phrase, below, rules, spans)) < 2:
        return [Phrase(tuple(words)) for _, words in parts]
    return [phrase]


def _is_aligned(words: Sequence[Word], span: Span) -> bool:
    """Whether words are aligned with a column at the left, at the right or in the middle."""
    x0, x1 = words[0].x0, words[-1].x1
    return min(abs(x0 - span[0]), abs(x1 - span[1]), abs(x0 + x1 - span[0] - span[1]) / 2) < _ALIGNED_EM * words[0].size


def _level_under(spanners: Sequence[HeadCell], column: int) -> int:
    """The level below the spanners of a column, 0 without spanners."""
    return 1 + max((cell.level for cell in spanners if column in cell.columns), default=-1)


def _level_of(phrase: Phrase, column: int, spanners: Sequence[HeadCell], leaves: Sequence[tuple[Phrase, int]]) -> int:
    """The level of the head of one column: below the spanners of the column, or that of the lowest head on its line
    among `leaves`, the heads below spanners with their levels."""
    reach = _SAME_LINE_EM * phrase.size
    in_line = [level for leaf, level in leaves if leaf is not phrase and abs(leaf.middle - phrase.middle) < reach]
    return max([_level_under(spanners, column), *in_line])


def _bottom(cell: HeadCell) -> float:
    return max(word.bottom for word in cell.lines[-1])


def spanning_head(
    phrase: Phrase, phrases: Sequence[Phrase], rules: Sequence[Box], spans: Sequence[Span]
) -> HeadCell | None:
    """Return the phrase as a spanner if it stands over a partial rule, or over several columns with heads below."""
    below = [p for p in phrases if p.top > phrase.middle]
    beside = [p for p in phrases if p is not phrase and p.overlap_y(phrase) > _BESIDE_EM * phrase.size]
    if not below:
        return None
    over_rule = _columns_over_rule(phrase, below, rules, spans)
    if over_rule:
        shared = sorted([phrase, *[p for p in beside if column_at(spans, p.center) in over_rule]], key=lambda p: p.x0)
        columns = share_columns(shared, over_rule, spans)[shared.index(phrase)]
    else:
        columns = _columns_by_place(phrase, beside, below, [p for p in phrases if p is not phrase], spans)
    return HeadCell(0, tuple(columns), (phrase.words,)) if columns else None


def _columns_over_rule(
    phrase: Phrase, below: Sequence[Phrase], rules: Sequence[Box], spans: Sequence[Span]
) -> list[int]:
    """The columns over the first rule below a phrase if heads stand under that rule, else none."""
    under = [r for r in rules if r.top > phrase.middle and _is_over(phrase, r) and r.overlap_x(phrase) > 0]
    if not under or not any(p.middle > under[0].top and _is_over(p, under[0]) for p in below):
        return []
    rule = under[0]
    return [
        i
        for i, (a, b) in enumerate(spans)
        if min(b, rule.x1) - max(a, rule.x0) > _RULE_COLUMN_SHARE * min(b - a, rule.width)
    ]


def _is_over(phrase: Phrase, rule: Box) -> bool:
    """Whether the center of a phrase is above or below a rule."""
    margin = _RULE_MARGIN_EM * phrase.size
    return rule.x0 - margin < phrase.center < rule.x1 + margin


def share_columns(phrases: Sequence[Phrase], columns: Sequence[int], spans: Sequence[Span]) -> list[list[int]]:
    """The columns shared out in contiguous groups among phrases that stand side by side over them, so that the phrases
    stand as nearly as possible over the middle, or at the left end, of their groups."""
    count = len(phrases)
    if count >= len(columns):
        return [[column_at(spans, p.center)] for p in phrases] if count > 1 else [list(columns)]

    def misfit(number: int, first: int, end: int) -> float:
        left, right = spans[columns[first]][0], spans[columns[end - 1]][1]
        return min(abs(phrases[number].center - (left + right) / 2), abs(phrases[number].x0 - left))

    # By phrase and first column of its group, the least misfit of the rest and the end of the group. To try all
    # combinations of cuts would take years: 40 columns under 20 phrases have 7e10.
    best: list[dict[int, tuple[float, int]]] = [{} for _ in phrases] + [{len(columns): (0.0, 0)}]
    for number in reversed(range(count)):
        for first in range(number, len(columns) - (count - number) + 1):
            ends = [end for end in best[number + 1] if end > first]
            best[number][first] = min((misfit(number, first, end) + best[number + 1][end][0], end) for end in ends)
    cuts = [0]
    for number in range(count):
        cuts.append(best[number][cuts[-1]][1])
    return [list(columns[a:b]) for a, b in pairwise(cuts)]


def _columns_by_place(
    phrase: Phrase,
    beside: Sequence[Phrase],
    below: Sequence[Phrase],
    others: Sequence[Phrase],
    spans: Sequence[Span],
) -> list[int]:
    """The columns of a phrase without a rule: those it covers, or those whose common middle it stands over, without
    other phrases on its line. None if it is the head of one column."""
    covered = columns_under(spans, phrase.x0, phrase.x1)
    margin = _HEAD_MARGIN_EM * phrase.size
    candidates: dict[tuple[int, ...], float] = {}
    for first in range(covered[0] + 1):
        for last in range(covered[-1], len(spans)):
            x0, x1 = spans[first][0], spans[last][1]
            free = not any(x0 < p.center < x1 for p in beside)
            heads = sum(x0 - margin <= p.center <= x1 + margin for p in below)
            misfit = abs((x0 + x1) / 2 - phrase.center)
            if last > first and free and heads >= _SPANNER_HEAD_COUNT and misfit < _SPANNER_EM * phrase.size:
                candidates[tuple(range(first, last + 1))] = misfit
    if len(covered) > 1:
        return max([covered, *[list(columns) for columns in candidates]], key=len)
    within = _misfit_over_column(phrase, others, covered[0], spans)
    if not candidates or min(candidates)[0] == 0 or within < min(_ALIGNED_EM * phrase.size, *candidates.values()):
        return []
    widest = max(candidates, key=len)
    return list(widest)


def _misfit_over_column(phrase: Phrase, others: Sequence[Phrase], column: int, spans: Sequence[Span]) -> float:
    """How far a phrase is from the middle of one column, or from being aligned with another head of the column."""
    left, right = spans[column]
    heads = [p for p in others if columns_under(spans, p.x0, p.x1) == [column]]
    lines = [(p.center - phrase.center, p.x0 - phrase.x0, p.x1 - phrase.x1) for p in heads]
    return min([abs((left + right) / 2 - phrase.center), *[abs(d) for line in lines for d in line]])


def _merge_spanners(cells: Sequence[HeadCell], rules: Sequence[Box]) -> list[HeadCell]:
    """The spanners, with the lines of each joined, unless a rule separates them, and their levels: a spanner stands one
    level below each that spans more, or as much above it."""
    merged: list[HeadCell] = []
    for cell in cells:
        same = next((i for i, other in enumerate(merged) if _goes_on_in(other, cell, rules)), None)
        if same is None:
            merged.append(cell)
        else:
            merged[same] = HeadCell(0, cell.columns, merged[same].lines + cell.lines)
    return [
        HeadCell(sum(_is_above(other, cell) for other in merged if other is not cell), cell.columns, cell.lines)
        for cell in merged
    ]


def _goes_on_in(cell: HeadCell, lower: HeadCell, rules: Sequence[Box]) -> bool:
    """Whether a spanner is the next line of another."""
    top, bottom = Phrase(cell.lines[-1]), Phrase(lower.lines[0])
    between = [rule for rule in rules if top.middle < rule.top < bottom.middle and rule.overlap_x(bottom) > 0]
    return cell.columns == lower.columns and not between


def _is_above(other: HeadCell, cell: HeadCell) -> bool:
    """Whether a spanner stands above another: it spans more, or the same columns further up."""
    mine, theirs = set(cell.columns), set(other.columns)
    return mine < theirs or (mine == theirs and _bottom(other) < _bottom(cell))
