"""Weights out of the areas of squares."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from extract.forests.binding import Marks
from extract.forests.plot import PlotRow
from schemas.printed import is_printed, parse_printed

ENOUGH = 0.7  # of the squares must have the area of their weight
FEWEST = 3  # squares with printed weights
LOOSE = 0.05  # of a weight: areas are as exact


def drawn_weights(rows: Sequence[PlotRow], bound: Sequence[Marks | None], precision: float) -> dict[int, float]:
    """The weight of each row with a square, by the number of the row. Areas go with the weights of a plot, or of a
    group, which add to 100; there are none where they go with neither. `precision`: that of the drawing."""
    sides = {i: marks.square.side for i, marks in enumerate(bound) if marks and marks.square and marks.square.side > 0}
    if whole := scaled_areas(rows, sides, precision):
        return whole
    groups: dict[str, dict[int, float]] = defaultdict(dict)
    for i, side in sides.items():
        groups[rows[i].values.get("group", "")][i] = side
    return {i: weight for group in groups.values() for i, weight in scaled_areas(rows, group, precision).items()}


def scaled_areas(rows: Sequence[PlotRow], sides: Mapping[int, float], precision: float) -> dict[int, float]:
    """The areas in the unit of the printed weights; none where most do not go with them."""
    printed = {i: parse_printed(text) for i in sides if is_printed(text := rows[i].values.get("weight", ""))}
    areas = {i: sides[i] ** 2 for i in printed if printed[i].value > 0}
    if len(areas) < FEWEST:
        return {}
    unit = median(float(printed[i].value) / area for i, area in areas.items())
    doubt = {i: areas[i] * unit * (LOOSE + 2 * precision / sides[i]) for i in areas}
    fits = [float(printed[i].low) - doubt[i] <= areas[i] * unit <= float(printed[i].high) + doubt[i] for i in areas]
    return {i: side**2 * unit for i, side in sides.items()} if sum(fits) >= ENOUGH * len(fits) else {}
