"""Weights out of the areas of squares."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from extract.forests.axis.row_marks import Marks
from extract.forests.plot import PlotRow
from schemas.printed import Printed, is_printed, parse_printed

ENOUGH = 0.7  # of the squares must have the area of their weight
FEWEST = 3  # squares with printed weights
LOOSE = 0.05  # of a weight: areas are as exact
MOST = 0.2  # of a weight: however small the squares are


def drawn_weights(rows: Sequence[PlotRow], bound: Sequence[Marks | None], precision: float) -> dict[int, float]:
    """The area of the square of each row, by the number of the row, in the unit of the printed weights. There are none
    where neither areas nor sides go with the weights of the plot or of its groups, which may add to 100 each.
    `precision`: that of the drawing."""
    sides = {i: marks.square.side for i, marks in enumerate(bound) if marks and marks.square and marks.square.side > 0}
    if whole := scaled_areas(rows, sides, precision):
        return whole
    groups: dict[str, dict[int, float]] = defaultdict(dict)
    for i, side in sides.items():
        groups[rows[i].values.get("group", "")][i] = side
    return {i: weight for group in groups.values() for i, weight in scaled_areas(rows, group, precision).items()}


def scaled_areas(rows: Sequence[PlotRow], sides: Mapping[int, float], precision: float) -> dict[int, float]:
    """The areas in the unit of the printed weights; none where most go with them in neither way."""
    texts = {i: rows[i].values.get("weight", "") for i in sides}
    printed = {i: number for i, text in texts.items() if is_printed(text) and (number := parse_printed(text)).value > 0}
    if len(printed) < FEWEST or not any(goes_with(printed, sides, power, precision) for power in (2, 1)):
        return {}
    unit = median(float(number.value) / sides[i] ** 2 for i, number in printed.items())
    return {i: side**2 * unit for i, side in sides.items()}


def goes_with(printed: Mapping[int, Printed], sides: Mapping[int, float], power: int, precision: float) -> bool:
    """Whether most weights are as the areas of the squares (`power` 2) or as their sides (1)."""
    sizes = {i: sides[i] ** power for i in printed}
    unit = median(float(number.value) / sizes[i] for i, number in printed.items())
    fits = 0
    for i, number in printed.items():
        weight = sizes[i] * unit
        doubt = weight * (LOOSE + min(power * precision / sides[i], MOST))
        fits += float(number.low) - doubt <= weight <= float(number.high) + doubt
    return fits >= ENOUGH * len(printed)
