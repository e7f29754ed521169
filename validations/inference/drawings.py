"""What the drawing of a forest plot says beside what is printed, and how far the two are apart.

How exact a drawing can be read is not assumed but seen: it is as exact as print (half a unit of the last printed
digit), or as the plot's other values agree with print, whichever is coarser. The latter is the outer fence of Tukey
(Exploratory Data Analysis, 1977): three interquartile ranges above the upper quartile.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from math import inf, log
from statistics import median, quantiles

from schemas.exhibit import Quantities
from schemas.printed import Printed
from validations.inference.estimates import find_estimates
from validations.tables import Record, Table, once

FEWEST_FOR_QUARTILES = 8  # values from which the quartiles of a plot are taken
WEIGHT_POWERS = (
    ("area", 1),
    ("side", 2),
    ("", 0),
)  # what shows a weight, and the power of it that the weight is as large as
TIP_SHARE = (
    0.1  # of half its width a diamond of 10 pixels' height is but one pixel high: its ends are no sharper than that
)
DRAWN_QUANTITIES = {"estimate": "drawn_estimate", "low": "drawn_ci_low", "high": "drawn_ci_high"}

_Position = Callable[[float], float]


@dataclass(frozen=True)
class Mark:
    """A printed number and what is drawn for it. `off`: how far they are apart on the scale of the axis, of weights in
    logarithms; `beyond`: farther than their rounding explains."""

    record: Record
    quantity: str
    printed: Printed
    drawn: Printed
    off: float
    beyond: bool


def outer_fence(marks: Sequence[Mark]) -> float:
    """How far off a mark may be and still be one of the drawing; 0 where too few are known to tell."""
    if len(marks) < FEWEST_FOR_QUARTILES:
        return 0.0
    lower, _, upper = quantiles([mark.off for mark in marks], n=4, method="inclusive")
    return upper + 3 * (upper - lower)


def astray(marks: Sequence[Mark]) -> list[bool]:
    """Which marks are not where their numbers are."""
    limit = outer_fence(marks)
    return [mark.beyond and mark.off > limit for mark in marks]


@once
def judged_marks(table: Table) -> tuple[tuple[Mark, bool], ...]:
    """The marks of a plot, and which of them are astray."""
    marks = find_drawn_marks(table)
    return tuple(zip(marks, astray(marks), strict=True))


@once
def find_drawn_marks(table: Table) -> tuple[Mark, ...]:
    """The estimates and limits of a plot that are drawn."""
    scales = {estimate.scale for estimate in find_estimates(table)}
    position: _Position = _natural if scales == {"log"} else float
    return tuple(mark for mark in _marks(table, position) if mark.off < inf)


def _marks(table: Table, position: _Position) -> Iterator[Mark]:
    for group in table.model.quantities():
        pairs = {
            name: (group[name], group[drawn])
            for name, drawn in DRAWN_QUANTITIES.items()
            if {name, drawn} <= group.keys()
        }
        for record in table.records if pairs else ():
            blunt = _blunt(record, group, position)
            for name, columns in pairs.items():
                printed, drawn = (record.number(column) for column in columns)
                if printed is not None and drawn is not None and not printed.comparator:
                    off = _apart(printed, drawn, position)
                    yield Mark(record, name, printed, drawn, off, off > blunt and not _near(printed, drawn))


def _near(printed: Printed, drawn: Printed) -> bool:
    """Whether what is drawn can be within one unit of the last printed digit."""
    half = (printed.high - printed.low) / 2
    return drawn.overlaps(printed.low - half, printed.high + half)


def _blunt(record: Record, columns: Quantities, position: _Position) -> float:
    """How far off the ends of a diamond may be seen for its shape; 0 for a square and its line."""
    if record["kind"] not in ("subtotal", "overall"):
        return 0.0
    low, high = (record.number(columns[name]) for name in ("low", "high"))
    if low is None or high is None:
        return 0.0
    return TIP_SHARE / 2 * _apart(low, high, position)


@lru_cache(maxsize=65536)
def _apart(printed: Printed, drawn: Printed, position: _Position) -> float:
    """How far two numbers are apart on the axis; a printed 0 on a log axis is as small as its rounding allows."""
    here, there = (position(float(number.value or number.high)) for number in (printed, drawn))
    return abs(here - there) if max(here, there) > -inf else 0.0


def _natural(number: float) -> float:
    return log(number) if number > 0 else -inf


@once
def find_weight_squares(table: Table) -> tuple[tuple[Mark, ...], str]:
    """The squares of a plot beside the printed weights, and what of them shows the weight: their area, their side, or
    (""): nothing, for they are of one size or too few.

    The shares may be of the plot or of each group; the reading is taken with which most squares agree best, the first
    of those that are about as good."""
    found = [square for square in _squares(table) if square.printed.value > 0 and square.drawn.value > 0]
    if len(found) < FEWEST_FOR_QUARTILES:
        return (), ""
    readings = [
        (how, _offs(found, power, by_group), power) for how, power in WEIGHT_POWERS for by_group in (False, True)
    ]
    middles = [median(offs) for _, offs, _ in readings]
    how, offs, power = next(each for each, middle in zip(readings, middles, strict=True) if middle <= 2 * min(middles))
    return tuple(_sized(found, offs, power)), how


def _squares(table: Table) -> Iterator[Mark]:
    for record in table.records:
        weight, drawn = record.number("weight"), record.number("drawn_weight")
        if record["kind"] == "study" and weight is not None and drawn is not None:
            yield Mark(record, "weight", weight, drawn, 0.0, False)


def _offs(squares: Sequence[Mark], power: int, by_group: bool) -> list[float]:
    """How far each square is from the size that its weight gives it, as the middle square of its group or of the plot
    shows; `power` 2: it is the side that goes with the weight."""
    groups = [square.record["group"] if by_group else "" for square in squares]
    logs = [_log(square.drawn.value) - power * _log(square.printed.value) for square in squares]
    by_name: dict[str, list[float]] = defaultdict(list)
    for group, at in zip(groups, logs, strict=True):
        by_name[group].append(at)
    middles = {name: median(found) for name, found in by_name.items()}
    return [abs(at - middles[group]) for group, at in zip(groups, logs, strict=True)]


def _sized(squares: Sequence[Mark], offs: Sequence[float], power: int) -> Iterator[Mark]:
    """The squares with how far off they are."""
    for square, off in zip(squares, offs, strict=True):
        reach = _reach(square.drawn) + power * _reach(square.printed)
        yield replace(square, off=off, beyond=off > reach)


@lru_cache(maxsize=65536)
def _log(number: Decimal) -> float:
    return log(float(number))


def _reach(number: Printed) -> float:
    """How far rounding can take a weight, in logarithms; one that may be 0 is no less than half of what is printed."""
    return _log(number.value) - _log(max(number.low, number.value / 2))
