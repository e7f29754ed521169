"""Whether a number that was computed as a float can have been printed as it was."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite, isnan

from schemas.printed import Printed

FloatSpan = tuple[float, float]
"""Least and greatest value."""

# The error of computed numbers, relative to the greater of 1 and the number. It is far above what floating-point
# arithmetic loses, and far below the last digit that anybody prints.
FLOAT_ERROR = 1e-9


def can_print(value: float, printed: Printed, error: float = FLOAT_ERROR) -> bool:
    """Whether `value`, known to within `error`, can be printed so: an exact half goes up, down or to even."""
    return covers(value, value, printed, error)


def covers(low: float, high: float, printed: Printed, error: float = FLOAT_ERROR) -> bool:
    """Whether any number of low..high, each known to within `error`, can be printed so; no NaN can."""
    if isnan(low) or isnan(high):
        return False
    bottom, top = float_span(printed)
    return low - error * max(1.0, abs(low)) <= top and bottom <= high + error * max(1.0, abs(high))


def float_span(printed: Printed) -> FloatSpan:
    """The interval of true values of a printed number as floats."""
    return float(printed.low), float(printed.high)


def to_print(value: float, decimals: int) -> str:
    """A computed number as it would be printed, an exact half rounded up: "0.23"; "none" where it is none."""
    if not isfinite(value):
        return "none"
    printed = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(printed) if printed == 0 else printed:f}"


def span_to_print(low: float, high: float, decimals: int) -> str:
    """A span of computed numbers as it would be printed: "0.23", or "0.22 to 0.24"."""
    return " to ".join(dict.fromkeys((to_print(low, decimals), to_print(high, decimals))))
