"""Lines taken apart into the cells of known columns."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.lines import Phrase, make_phrases
from extract.page.numbers import is_closed, is_value
from extract.page.words import Word
from extract.tables.grid.columns import EDGE_SLACK_PT, GUTTER_PT, VALUE_END, VALUE_START, Span, columns_under

_COLUMN_START_PT = 3.0  # points: words begin as near to the left end of their column
_OPERATOR = re.compile(r"[<>≤≥=±(\[]$")
_CLOSES = re.compile(r"^[^(\[]*[)\]]")


def split_by_columns(words: Sequence[Word], spans: Sequence[Span]) -> dict[int, list[Word]]:
    """The words of one line by column. A phrase that runs over gutters is cut where a gutter falls between two of its
    words; one that stands alone on its line only if that gives a row of values, else it is a spanning cell and stays
    whole at its leftmost column."""
    cells: dict[int, list[Word]] = {}
    phrases = make_phrases(words)
    for phrase in phrases:
        parts = cut_at_gutters(phrase, spans)
        if len(phrases) == 1 and len(parts) > 1 and not is_row(parts, spans):
            parts = [(parts[0][0], list(phrase.words))]
        for column, part in parts:
            cells.setdefault(column, []).extend(part)
    return cells


def is_row(parts: Sequence[tuple[int, list[Word]]], spans: Sequence[Span]) -> bool:
    """Whether a lone phrase, cut at every gutter, is a row whose cells come close: half of them are values, or each
    cell keeps within its column."""
    values = sum(is_value(" ".join(word.text for word in part)) for _, part in parts[1:])
    within = all(
        spans[c][0] - EDGE_SLACK_PT < part[0].x0 and part[-1].x1 < spans[c][1] + EDGE_SLACK_PT for c, part in parts
    )
    return 2 * values >= len(parts) - 1 or within


def cut_at_gutters(
    phrase: Phrase, spans: Sequence[Span], near: float = _COLUMN_START_PT
) -> list[tuple[int, list[Word]]]:
    """A phrase cut at the gutters that it crosses, each at the widest gap between two words that reaches into it, and
    not within brackets; a gutter without such a gap is spanned. A word begins a cell if it is a number, or `near` the
    left end of its column."""
    words = phrase.words
    cuts = set()
    for left, right in [(a[1], b[0]) for a, b in pairwise(spans)]:
        gaps = [
            i
            for i in range(1, len(words))
            if words[i - 1].x1 <= right + EDGE_SLACK_PT
            and words[i].x0 >= left - EDGE_SLACK_PT
            and (begins_value(words[i:]) or words[i].x0 > right - near)
            and may_part(words[:i], words[i:])
        ]
        if gaps and phrase.x0 < right and phrase.x1 > left:
            cuts.add(max(gaps, key=lambda i: likely_cut(words[i - 1], words[i])))
    pieces = [list(words[a:b]) for a, b in pairwise([0, *sorted(cuts), len(words)])]
    return pieces_by_column(pieces, spans)


def begins_value(words: Sequence[Word]) -> bool:
    """A number, or a comparison sign set off from one."""
    first = words[0].text
    return bool(VALUE_START.match(words[1].text if first in "<>≤≥=±" and len(words) > 1 else first))


def likely_cut(before: Word, after: Word) -> tuple[bool, bool, float]:
    """What speaks for a cut between two words, the weightiest first: a gap, a value that begins, a wide gap."""
    gap = after.x0 - before.x1
    begins = bool(VALUE_START.match(after.text)) and not VALUE_START.match(before.text)
    return gap > GUTTER_PT, begins, gap


def pieces_by_column(pieces: Sequence[list[Word]], spans: Sequence[Span]) -> list[tuple[int, list[Word]]]:
    """Pieces of a phrase with their columns, from left to right; two that fall into one column are one."""
    parts: list[tuple[int, list[Word]]] = []
    for piece in pieces:
        column = columns_under(spans, piece[0].x0, piece[-1].x1)[0]
        if parts and column <= parts[-1][0]:
            parts[-1][1].extend(piece)
        else:
            parts.append((column, piece))
    return parts


def may_part(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether neither side has a bracket that the other one closes, nor a sign that the other one needs, nor an
    interval that belongs to the number of the other one."""
    if _OPERATOR.search(before[-1].text) or (VALUE_END.search(before[-1].text) and after[0].text[0] in "(["):
        return False
    return is_closed(" ".join(word.text for word in before)) and not _CLOSES.match(" ".join(w.text for w in after))
