"""The lines of a table cut into the cells of known columns."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.lines import Phrase, make_phrases
from extract.page.numbers import is_closed, is_value
from extract.page.words import Word
from extract.tables.grid.centred import first_column
from extract.tables.grid.columns import columns_under
from extract.tables.grid.gutters import EDGE_SLACK_EM, GUTTER_EM, VALUE_END, VALUE_START, Span

_COLUMN_START_EM = 0.375  # a word that begins so near to the left end of a column, or further right, begins a cell
_VALUE_CELL_SHARE = 0.5  # of the cells behind the first of a row are values
_NEEDS_VALUE = re.compile(r"[<>≤≥=±(\[]$")  # a sign that the next word belongs to
_CLOSES_BRACKET = re.compile(r"^[^(\[]*[)\]]")  # a bracket that is opened before


def split_by_columns(words: Sequence[Word], spans: Sequence[Span]) -> dict[int, list[Word]]:
    """Return the words of one line by column. A phrase that crosses gutters is cut where a gutter falls between two of
    its words. A phrase alone on its line is cut only if that gives a row; else it is a spanning cell and stays whole at
    its leftmost column."""
    cells: dict[int, list[Word]] = {}
    phrases = make_phrases(words)
    filled = [set(columns_under(spans, p.x0, p.x1)) for p in phrases]
    for number, phrase in enumerate(phrases):
        parts = cut_at_gutters(phrase, spans)
        if len(phrases) == 1 and len(parts) > 1 and not _is_row(parts, spans, phrase.size):
            parts = [(parts[0][0], list(phrase.words))]
        beside = set[int]().union(*filled[:number], *filled[number + 1 :])
        if len(parts) == 1 and (first := first_column(phrase, spans, beside)) is not None:
            parts = [(first, list(phrase.words))]
        for column, part in parts:
            cells.setdefault(column, []).extend(part)
    return cells


def _is_row(parts: Sequence[tuple[int, list[Word]]], spans: Sequence[Span], size: float) -> bool:
    """Whether a lone phrase, cut at every gutter, is a row of close cells: half of them are values, or each cell keeps
    to its column."""
    values = sum(is_value(" ".join(word.text for word in part)) for _, part in parts[1:])
    slack = EDGE_SLACK_EM * size
    within = all(spans[c][0] - slack < part[0].x0 and part[-1].x1 < spans[c][1] + slack for c, part in parts)
    return values >= _VALUE_CELL_SHARE * (len(parts) - 1) or within


def cut_at_gutters(
    phrase: Phrase, spans: Sequence[Span], near: float = _COLUMN_START_EM
) -> list[tuple[int, list[Word]]]:
    """Return the pieces of a phrase, with their columns, after cutting at the gutters that the phrase crosses: each at
    the likeliest gap between two words in the gutter, not within brackets. The phrase spans a gutter without such a
    gap. A word begins a cell if it is a number or stands no more than `near` type sizes left of its column."""
    words = phrase.words
    slack, start = EDGE_SLACK_EM * phrase.size, near * phrase.size
    cuts = set()
    for k, (left, right) in enumerate((a[1], b[0]) for a, b in pairwise(spans)):
        if not (phrase.x0 < right and phrase.x1 > left):
            continue
        gaps = [
            i
            for i in range(1, len(words))
            if words[i - 1].x1 <= right + slack
            and words[i].x0 >= left - slack
            and (
                _begins_value(words[i:])
                or (words[i].x0 > right - start and _keeps_to(words[i:], spans[k + 1 :], start))
            )
            and _may_part(words[:i], words[i:])
        ]
        if gaps:
            cuts.add(max(gaps, key=lambda i: _cut_preference(words[i - 1], words[i])))
    pieces = [list(words[a:b]) for a, b in pairwise([0, *sorted(cuts), len(words)])]
    return _pieces_by_column(pieces, spans)


def _keeps_to(words: Sequence[Word], spans: Sequence[Span], start: float) -> bool:
    """Whether words keep to the first of columns: those that stand out of it on the right belong to the next column. A
    sentence over several columns does not."""
    return len(spans) == 1 or not any(spans[0][1] + start < w.x1 and w.x0 < spans[1][0] - start for w in words)


def _begins_value(words: Sequence[Word]) -> bool:
    """Whether words begin with a number, or with a comparison sign set off from a number."""
    first = words[0].text
    return bool(VALUE_START.match(words[1].text if first in "<>≤≥=±" and len(words) > 1 else first))


def _cut_preference(before: Word, after: Word) -> tuple[bool, bool, float]:
    """The reasons for a cut between two words, the weightiest first: a gap, a value that begins, a wide gap."""
    gap = after.x0 - before.x1
    begins = bool(VALUE_START.match(after.text)) and not VALUE_START.match(before.text)
    return gap > GUTTER_EM * after.size, begins, gap


def _pieces_by_column(pieces: Sequence[list[Word]], spans: Sequence[Span]) -> list[tuple[int, list[Word]]]:
    """The pieces of a phrase with their columns, from left to right. Two pieces in one column are one."""
    parts: list[tuple[int, list[Word]]] = []
    for piece in pieces:
        column = columns_under(spans, piece[0].x0, piece[-1].x1)[0]
        if parts and column <= parts[-1][0]:
            parts[-1][1].extend(piece)
        else:
            parts.append((column, piece))
    return parts


def _may_part(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether a phrase may be cut here: not between brackets, a sign and its number, or a number and its interval."""
    if _NEEDS_VALUE.search(before[-1].text) or (
        VALUE_END.search(before[-1].text) and after[0].text.startswith(("(", "["))
    ):
        return False
    return is_closed(" ".join(word.text for word in before)) and not _CLOSES_BRACKET.match(
        " ".join(w.text for w in after)
    )
