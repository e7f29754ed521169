"""Whether lines at the top of a page are the rest of a table: they begin with its head, or keep to its columns."""

from collections.abc import Sequence

from extract.page.lines import Line
from extract.page.numbers import is_value
from extract.tables.finding.over_pages.stacking import squeezed
from extract.tables.grid.columns import column_at, find_columns, usual_size
from extract.tables.grid.gutters import Span
from extract.tables.grid.head.length import full_rules, has_values, head_length
from extract.tables.region import Region

_EDGE_EM = 1.0  # a column of a table and of its rest begin, end or are centred within this distance
_COLUMN_COUNT = 2  # columns of a rest without head, at least
_BLANK_COLUMN_COUNT = 1  # columns of a table that may be blank in its rest, if
_MANY_COLUMN_COUNT = 4  # it has so many, at least
_VALUE_SHARE = 0.6  # of the phrases of a column of numbers are values


def is_rest(first: Region, rest: Region) -> bool:
    """Whether a region on the next page is the rest of a table: under the same head, or without a head of its own in
    the same columns."""
    if have_same_head(first, rest):
        return len(rest.lines) > _repeated_length(first, rest)
    return not _has_own_head(rest) and have_same_columns(first, rest)


def have_same_head(first: Region, rest: Region) -> bool:
    """Whether the first lines of two regions are alike, apart from spaces and capitals."""
    return squeezed(first.lines[0].text) == squeezed(rest.lines[0].text)


def _repeated_length(first: Region, rest: Region) -> int:
    """How many first lines of a rest have no other words than the head of its table."""
    head = {word.text for line in first.lines[: head_length(first)] for word in line.words}
    own = (i for i, line in enumerate(rest.lines) if not {word.text for word in line.words} <= head)
    return next(own, len(rest.lines))


def _has_own_head(rest: Region) -> bool:
    """Whether lines without numbers stand above the first rule inside a region."""
    inner = [y for y in full_rules(rest) if rest.lines[0].middle < y < rest.lines[-1].middle]
    above = [line for line in rest.lines if inner and line.middle < inner[0]]
    return bool(above) and not has_values(above)


def have_same_columns(first: Region, rest: Region) -> bool:
    """Whether a rest without a head stands in the columns of the table: its columns begin, end or are centred like
    theirs, at the same place of the page or as far from the left edge of the table, and those of numbers hold numbers.
    One of many columns may be blank."""
    body = first.lines[head_length(first) :]
    own, other = find_columns(body), find_columns(rest.lines)
    few = len(own) - (_BLANK_COLUMN_COUNT if len(own) >= _MANY_COLUMN_COUNT else 0)
    if not max(_COLUMN_COUNT, few) <= len(other) <= len(own):
        return False
    reach = _EDGE_EM * usual_size(rest.lines)
    shifts = (0.0, first.x0 - rest.x0, _left_edge(body) - _left_edge(rest.lines))
    numbers = _value_columns(body, own)
    found = (_aligned_places(own, other, shift, reach) for shift in shifts)
    return any(
        places and {places[c] for c in _value_columns(rest.lines, other)} >= numbers & set(places) for places in found
    )


def _left_edge(lines: Sequence[Line]) -> float:
    return min(line.x0 for line in lines)


def _value_columns(lines: Sequence[Line], spans: Sequence[Span]) -> set[int]:
    """The columns in which most phrases behind the label are values."""
    found: dict[int, list[bool]] = {}
    for line in lines:
        for phrase in line.phrases:
            found.setdefault(column_at(spans, phrase.center), []).append(is_value(phrase.text))
    return {column for column, values in found.items() if column and sum(values) >= _VALUE_SHARE * len(values)}


def _aligned_places(own: Sequence[Span], other: Sequence[Span], shift: float, reach: float) -> list[int]:
    """The columns of the table with which those of a rest, moved to the right by `shift`, are aligned; none unless each
    is, from left to right."""
    places = [_place_of((x0 + shift, x1 + shift), own, reach) for x0, x1 in other]
    found = [place for place in places if place is not None]
    return found if len(found) == len(other) and found == sorted(set(found)) else []


def _place_of(span: Span, own: Sequence[Span], reach: float) -> int | None:
    def off(other: Span) -> float:
        return min(abs(span[0] - other[0]), abs(span[1] - other[1]), abs(sum(span) - sum(other)) / 2)

    nearest = min(range(len(own)), key=lambda i: off(own[i]))
    return nearest if off(own[nearest]) < reach else None
