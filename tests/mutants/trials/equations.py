"""What is recomputed of a table, and its numbers that can be altered so that the recomputation contradicts them."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from schemas.base.printed import Printed, is_printed, parse_printed
from validations.tables import Table

FEWEST_OTHERS = 2  # equations of a printed column that must hold beside the altered one
OTHERS_PER_MISFIT = 2  # equations that hold, for each that does not

Place = tuple[int, str]
"""Line of the frame, from 0, and column."""
Texts = Mapping[Place, str]
Span = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Equation:
    """A recomputation: `holds` says of the texts of its places whether some method gives them. `column`: equations that
    vouch for each other have the same; None where arithmetic leaves no choice of methods."""

    texts: Texts
    holds: Callable[[Texts], bool]
    column: Hashable = None


class Altered(NamedTuple):
    """A number with one digit altered, in all lines of the frame that repeat it. `alone`: no other equation of the
    column vouches for the one that contradicts it."""

    exhibit: str
    lines: tuple[int, ...]
    column: str
    before: str
    text: str
    alone: bool


def alterations(table: Table, equations: Iterable[Equation], dice: random.Random) -> Iterator[Altered]:
    """An alteration of each redundant number, for each equation that makes it redundant."""
    for equation, alone in holding(equations):
        for place, text in equation.texts.items():
            for changed in other_digits(text, dice):
                if not equation.holds({**equation.texts, place: changed}):
                    yield Altered(table.name, tuple(lines_of(table, place)), place[1], text, changed, alone)


def holding(equations: Iterable[Equation]) -> Iterator[tuple[Equation, bool]]:
    """The equations that hold, and whether no others of the column vouch for their method."""
    known = [(equation, equation.holds(equation.texts)) for equation in equations]
    columns: dict[Hashable, list[bool]] = defaultdict(list)
    for equation, holds in known:
        columns[equation.column].append(holds)
    for equation, holds in known:
        others, misfits = columns[equation.column].count(True) - 1, columns[equation.column].count(False)
        vouched = others >= max(FEWEST_OTHERS, OTHERS_PER_MISFIT * misfits)
        if holds:
            yield equation, equation.column is not None and not vouched


def lines_of(table: Table, place: Place) -> Iterator[int]:
    """The lines that repeat a number: those of a printed column for the N in its head."""
    line, column = place
    if column != "arm_n":
        yield line
        return
    head = _head(table, line)
    yield from (other for other in range(len(table.records)) if _head(table, other) == head)


def _head(table: Table, line: int) -> tuple[str, ...]:
    record = table.records[line]
    return (record["cell"].partition(".")[0], record["arm"], record["population"], record["timepoint"], record["arm_n"])


def other_digits(text: str, dice: random.Random) -> Iterator[str]:
    """The text with one of its digits replaced by another, unless it then begins with a needless zero."""
    places = [place for place, char in enumerate(text) if char.isdigit()]
    if places:
        place = dice.choice(places)
        other = dice.choice([digit for digit in "0123456789" if digit != text[place]])
        changed = text[:place] + other + text[place + 1 :]
        digits = changed.lstrip("<>=≤≥- ")
        if not digits.startswith("0") or digits.startswith("0.") or len(digits) == 1:
            yield changed


def number(text: str) -> Printed | None:
    """The printed number without < or >; None for any other text."""
    printed = parse_printed(text) if is_printed(text) else None
    return None if printed is None or printed.comparator else printed


def count(text: str) -> int | None:
    printed = number(text)
    return printed.count if printed is not None and printed.is_whole else None


def span(printed: Printed) -> Span:
    """The numbers that are printed so when rounded, or rounded twice."""
    more = 0.0 if printed.comparator else 0.05 * 10.0**-printed.decimals
    return float(printed.low) - more, float(printed.high) + more


def meet(one: Span, other: Span) -> bool:
    """Whether two spans have a number in common, but for the error of floating-point arithmetic."""
    return one[0] <= other[1] + 1e-9 * max(1.0, abs(other[1])) and other[0] <= one[1] + 1e-9 * max(1.0, abs(one[1]))
