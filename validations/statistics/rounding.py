"""Whether a number computed as a float can have been printed as a given number."""

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite, isnan

from schemas.base.printed import Printed

FloatSpan = tuple[float, float]
"""Least and greatest value."""

# The error of computed numbers, relative to the greater of 1 and the number. It is far above what floating-point
# arithmetic loses, and far below the last digit that anybody prints.
FLOAT_ERROR = 1e-9
_LONG = Context(prec=400)  # digits: floats have up to 309 before the point
TWICE_ROUNDED = 0.05  # units of the last digit by which a number that is rounded twice can lie farther away


def can_print(value: float, printed: Printed, error: float = FLOAT_ERROR) -> bool:
    """Whether `value`, known to within `error`, can be printed as `printed`; an exact half may go up or down."""
    return covers(value, value, printed, error)


def covers(low: float, high: float, printed: Printed, error: float = FLOAT_ERROR) -> bool:
    """Whether some number in low..high, known to within `error`, can be printed as `printed`; False for NaN."""
    if isnan(low) or isnan(high):
        return False
    bottom, top = float_span(printed)
    return low - error * max(1.0, abs(low)) <= top and bottom <= high + error * max(1.0, abs(high))


def covers_twice_rounded(low: float, high: float, printed: Printed) -> bool:
    """Like `covers`, also if the number was rounded to one digit more and then again: 0.2846, 0.285, 0.29."""
    more = 0.0 if printed.comparator else TWICE_ROUNDED * 10.0**-printed.decimals
    return covers(low - more, high + more, printed)


def float_span(printed: Printed) -> FloatSpan:
    """The rounding interval of a printed number, as floats."""
    return float(printed.low), float(printed.high)


def to_print(value: float, decimals: int) -> str:
    """A computed number in print, an exact half rounded up: "0.23"; "none" if it is not finite."""
    if not isfinite(value):
        return "none"
    printed = rounded(Decimal(repr(value)), decimals)
    return f"{abs(printed) if printed == 0 else printed:f}"


def rounded(number: Decimal, decimals: int) -> Decimal:
    """A finite number of any size, rounded to so many decimals, an exact half up."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _LONG)


def span_to_print(low: float, high: float, decimals: int) -> str:
    """A span of computed numbers in print: "0.23", or "0.22 to 0.24"."""
    return " to ".join(dict.fromkeys((to_print(low, decimals), to_print(high, decimals))))
