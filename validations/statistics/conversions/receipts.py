"""A converted number with its receipt: from what, by which formula, and between which bounds."""

from collections.abc import Callable
from itertools import product
from math import isfinite
from typing import NamedTuple

Bounds = tuple[float, float, float]
"""Least, printed and greatest value of a rounded number; equal where it is exact."""


class Converted(NamedTuple):
    """A number computed from printed ones. `source`: what it comes from (ci, se, quartiles...); `formula`: how, with
    its source; `low`, `high`: the least and the greatest value that the rounding of the printed numbers allows."""

    value: float
    low: float
    high: float
    source: str
    formula: str


def convert(source: str, formula: str, function: Callable[..., float], *numbers: Bounds) -> Converted | None:
    """Return the function of rounded numbers with its bounds; None where it has no finite value.

    The function must rise or fall throughout in each of the numbers: its extremes then lie where each number is at its
    least or its greatest.
    """
    try:
        value = function(*(printed for _, printed, _ in numbers))
        corners = [function(*ends) for ends in product(*({low, high} for low, _, high in numbers))]
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    every = [value, *corners]
    return Converted(value, min(every), max(every), source, formula) if all(map(isfinite, every)) else None


def exactly(number: float) -> Bounds:
    """The bounds of an exact number, such as a count."""
    return number, number, number
