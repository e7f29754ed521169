"""Compares the drawing of a forest plot with its printed numbers.

The precision of a drawing is not assumed: it is the precision of print (half a unit of the last printed digit), or that
with which the plot's other values agree with print, whichever is coarser. The latter is Tukey's outer fence
(Exploratory Data Analysis, 1977): three interquartile ranges above the upper quartile.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from math import inf, log, sqrt
from statistics import median, quantiles

from scipy.stats import theilslopes  # type: ignore[import-untyped]

from schemas.base.exhibit import Quantities
from schemas.base.printed import Printed
from validations.inference.estimates import find_estimates
from validations.tables import Record, Table, once

FEWEST_FOR_QUARTILES = 8  # with fewer values, one error moves the quartiles
# What shows the weight of a square, and the power of the weight that its size follows; "": all squares are of one size.
WEIGHT_POWERS = (("area", 1), ("side", 2), ("", 0))
GROWING_SIDE = "side above a least side"  # RevMan draws the smallest weight, too, as a square that can be seen
# The outermost part of a diamond's half width: a diamond 10 pixels high is less than 2 pixels high there, its outline
# adds half a stroke, and software draws diamonds on whole pixels.
TIP_SHARE = 0.16
PICTURE_SHARE = 0.05  # of the interval of a row: in a picture, blur and lines that cross the ends hide as much
VAGUE_SHARE = 0.2  # of its weight: a quarter of the squares of a picture are farther off, and show nothing
MOST_ROWS_ASTRAY = 1  # of a picture: marks that touch, and hollow ones, are measured wrongly more often than printed so
FENCE_RANGES = 3  # interquartile ranges from the upper quartile to Tukey's outer fence
ABOUT_AS_GOOD_RATIO = 2  # of median deviations: readings within it are taken as equally good
DRAWN_QUANTITIES = {"estimate": "drawn_estimate", "low": "drawn_ci_low", "high": "drawn_ci_high"}

_PICTURE_READER = "rapidocr"

_Position = Callable[[float], float]


@dataclass(frozen=True)
class Mark:
    """A printed number and its drawn value. `off`: their distance on the scale of the axis; for weights, in logarithms.
    `beyond`: the distance is greater than rounding explains."""

    record: Record
    quantity: str
    printed: Printed
    drawn: Printed
    off: float
    beyond: bool


def outer_fence(marks: Sequence[Mark]) -> float:
    """The greatest distance between print and drawing that the plot as a whole explains; 0 if it has too few values."""
    if len(marks) < FEWEST_FOR_QUARTILES:
        return 0.0
    lower, _, upper = quantiles([mark.off for mark in marks], n=4, method="inclusive")
    return upper + FENCE_RANGES * (upper - lower)


def astray(marks: Sequence[Mark]) -> list[bool]:
    """For each mark, whether it contradicts its printed number."""
    limit = outer_fence(marks)
    return [mark.beyond and mark.off > limit for mark in marks]


@once
def judged_marks(table: Table) -> tuple[tuple[Mark, bool], ...]:
    """The marks of a plot, each with whether it contradicts its printed number."""
    marks = find_drawn_marks(table)
    return tuple(zip(marks, astray(marks), strict=True))


@once
def rows_measured_wrongly(table: Table) -> tuple[Record, ...]:
    """The rows of a plot in a picture whose marks contradict print, if they are several: then the marks were measured
    wrongly. None in a plot of lines and characters, whose places are exact."""
    rows = {mark.record.row: mark.record for mark, wrong in judged_marks(table) if wrong and is_pictured(mark.record)}
    return tuple(rows.values()) if len(rows) > MOST_ROWS_ASTRAY else ()


def is_pictured(record: Record) -> bool:
    """Whether a row was read from a picture."""
    return _PICTURE_READER in record["read_by"]


@once
def find_drawn_marks(table: Table) -> tuple[Mark, ...]:
    """The drawn estimates and limits of a plot, each with its printed number."""
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
    """Whether the drawn value can be within one unit of the last printed digit."""
    half = (printed.high - printed.low) / 2
    return drawn.overlaps(printed.low - half, printed.high + half)


def _blunt(record: Record, columns: Quantities, position: _Position) -> float:
    """The uncertainty of the ends of a diamond, which are blunt, and of what a picture shows; 0 for a square and its
    line in a drawing of lines."""
    diamond = TIP_SHARE / 2 if record["kind"] in ("subtotal", "overall") else 0.0
    share = max(diamond, PICTURE_SHARE if is_pictured(record) else 0.0)
    low, high = (record.number(columns[name]) for name in ("low", "high"))
    return share * _apart(low, high, position) if share and low is not None and high is not None else 0.0


@lru_cache(maxsize=65536)
def _apart(printed: Printed, drawn: Printed, position: _Position) -> float:
    """The distance of two numbers on the axis. A printed 0 on a log axis is taken as the upper end of its rounding."""
    here, there = (position(float(number.value or number.high)) for number in (printed, drawn))
    return abs(here - there) if max(here, there) > -inf else 0.0


def _natural(number: float) -> float:
    return log(number) if number > 0 else -inf


@once
def find_weight_squares(table: Table) -> tuple[tuple[Mark, ...], str]:
    """The squares of a plot with their printed weights, and what shows the weight: "area", "side", GROWING_SIDE or ""
    (squares of one size, or too few). No squares of a picture that do not follow their weights: they are a few pixels
    wide.

    Weights may be percentages of the plot or of each group. Chosen is the reading with the least median deviation, or
    the first that is about as good.
    """
    found = [square for square in _squares(table) if square.printed.value > 0 and square.drawn.value > 0]
    if len(found) < FEWEST_FOR_QUARTILES:
        return (), ""
    readings = [
        (how, _offs(found, power, by_group), power) for how, power in WEIGHT_POWERS for by_group in (False, True)
    ]
    readings.append((GROWING_SIDE, _offs_of_growing_side(found), 1))
    middles = [median(offs) for _, offs, _ in readings]
    good = ABOUT_AS_GOOD_RATIO * min(middles)
    how, offs, power = next(each for each, middle in zip(readings, middles, strict=True) if middle <= good)
    squares = tuple(_sized(found, offs, power))
    vague = is_pictured(squares[0].record) and quantiles(offs, n=4, method="inclusive")[2] > VAGUE_SHARE
    wrong = is_pictured(squares[0].record) and sum(astray(squares)) > MOST_ROWS_ASTRAY
    return ((), "") if vague or wrong else (squares, how)


def _squares(table: Table) -> Iterator[Mark]:
    for record in table.records:
        weight, drawn = record.number("weight"), record.number("drawn_weight")
        if record["kind"] == "study" and weight is not None and drawn is not None:
            yield Mark(record, "weight", weight, drawn, 0.0, False)


def _offs(squares: Sequence[Mark], power: int, by_group: bool) -> list[float]:
    """The deviation of each square from the size that its weight predicts, relative to the median of its group or plot,
    in logarithms. `power` 2: the side follows the weight, and the area its square."""
    groups = [square.record["group"] if by_group else "" for square in squares]
    logs = [_log(square.drawn.value) - power * _log(square.printed.value) for square in squares]
    by_name: dict[str, list[float]] = defaultdict(list)
    for group, at in zip(groups, logs, strict=True):
        by_name[group].append(at)
    middles = {name: median(found) for name, found in by_name.items()}
    return [abs(at - middles[group]) for group, at in zip(groups, logs, strict=True)]


def _offs_of_growing_side(squares: Sequence[Mark]) -> list[float]:
    """The deviation of each square from the area of a side that grows with its weight from a least side on, in
    logarithms. The line is that of Theil and Sen, which single squares do not move."""
    weights = [float(square.printed.value) for square in squares]
    sides = [sqrt(float(square.drawn.value)) for square in squares]
    if len(set(weights)) == 1:
        return [inf] * len(squares)
    fit = theilslopes(sides, weights)
    expected = [fit.intercept + fit.slope * weight for weight in weights]
    if fit.slope <= 0 or min(expected) <= 0:
        return [inf] * len(squares)
    return [2 * abs(log(side / other)) for side, other in zip(sides, expected, strict=True)]


def _sized(squares: Sequence[Mark], offs: Sequence[float], power: int) -> Iterator[Mark]:
    """The squares with their deviations."""
    for square, off in zip(squares, offs, strict=True):
        reach = _reach(square.drawn) + power * _reach(square.printed)
        yield replace(square, off=off, beyond=off > reach)


@lru_cache(maxsize=65536)
def _log(number: Decimal) -> float:
    return log(float(number))


def _reach(number: Printed) -> float:
    """The effect of rounding on a weight, in logarithms; a weight is taken as at least half of the printed value."""
    return _log(number.value) - _log(max(number.low, number.value / 2))
