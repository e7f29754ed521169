"""The weights of studies, from the areas of their squares."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from extract.forests.axis.row_marks import RowMarks
from extract.forests.plot import PlotRow
from schemas.base.printed import Printed, is_printed, parse_printed

FITTING_SQUARES_SHARE = 0.7  # of the squares must have the size of their weight: some are drawn over, or misprinted
WEIGHTED_SQUARE_COUNT = 3  # at least, with a printed weight: with two any unit fits nearly as well
AREA_TOLERANCE_SHARE = 0.05  # of a weight: areas are as exact in the largest squares
SMALL_SQUARE_TOLERANCE_SHARE = 0.2  # of a weight at most for squares so small that the drawing is not exact for them


def drawn_weights(rows: Sequence[PlotRow], bound: Sequence[RowMarks | None], precision: float) -> dict[int, float]:
    """The area of the square of each row, by the number of the row, in the unit of the printed weights. Rows whose
    plot and group have squares with neither areas nor sides like the printed weights are left out. (The weights of each
    group may add to 100.) `precision`: of the drawing, in the unit of the sides."""
    sides = {i: marks.square.side for i, marks in enumerate(bound) if marks and marks.square and marks.square.side > 0}
    if whole := scaled_areas(rows, sides, precision):
        return whole
    groups: dict[str, dict[int, float]] = defaultdict(dict)
    for i, side in sides.items():
        groups[rows[i].values.get("group", "")][i] = side
    return {i: weight for group in groups.values() for i, weight in scaled_areas(rows, group, precision).items()}


def scaled_areas(rows: Sequence[PlotRow], sides: Mapping[int, float], precision: float) -> dict[int, float]:
    """The areas in the unit of the printed weights; empty if neither areas nor sides fit most printed weights."""
    texts = {i: rows[i].values.get("weight", "") for i in sides}
    printed = {i: number for i, text in texts.items() if is_printed(text) and (number := parse_printed(text)).value > 0}
    if len(printed) < WEIGHTED_SQUARE_COUNT or not any(sizes_fit(printed, sides, power, precision) for power in (2, 1)):
        return {}
    unit = median(float(number.value) / sides[i] ** 2 for i, number in printed.items())
    return {i: side**2 * unit for i, side in sides.items()}


def sizes_fit(printed: Mapping[int, Printed], sides: Mapping[int, float], power: int, precision: float) -> bool:
    """Whether most weights are proportional to the areas of the squares (`power` 2) or to their sides (1)."""
    sizes = {i: sides[i] ** power for i in printed}
    unit = median(float(number.value) / sizes[i] for i, number in printed.items())
    fits = 0
    for i, number in printed.items():
        weight = sizes[i] * unit
        slack = weight * (AREA_TOLERANCE_SHARE + min(power * precision / sides[i], SMALL_SQUARE_TOLERANCE_SHARE))
        fits += float(number.low) - slack <= weight <= float(number.high) + slack
    return fits >= FITTING_SQUARES_SHARE * len(printed)
