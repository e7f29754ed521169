"""Numbers as the frames write them, with the receipts of those that are converted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from schemas.base.printed import Printed
from validations.statistics.conversions.receipts import Bounds, Converted
from validations.statistics.rounding import float_span

DIGITS = 10  # significant digits of computed numbers: fewer than differ between machines, more than anyone prints


@dataclass(frozen=True)
class Value:
    """A number as text, "" where unknown. `source` and `formula`: how it was converted, "" where it is printed.
    `low`, `high`: the bounds of a converted number."""

    text: str = ""
    source: str = ""
    formula: str = ""
    low: str = ""
    high: str = ""

    def columns(self, name: str) -> Mapping[str, str]:
        """The value and its receipt by the names of their columns."""
        receipt = {"from": self.source, "formula": self.formula, "low": self.low, "high": self.high}
        return {name: self.text} | {f"{name}_{part}": text for part, text in receipt.items()}

    @property
    def bounds(self) -> Bounds:
        """Least, stated and greatest value; equal for a printed one."""
        number = float(self.text)
        return float(self.low or number), number, float(self.high or number)


NOTHING = Value()


def as_printed(number: Printed | None) -> Value:
    """The number as printed, without the separators of thousands; nothing where only a bound is printed."""
    if number is None or number.comparator:
        return NOTHING
    return Value(plain(number.value))


def plain(number: Decimal) -> str:
    """A decimal number with the digits that it has: 20.0, -0.5."""
    return f"{number:f}"


def as_converted(found: Converted | None) -> Value:
    """A converted number with its receipt; the bounds are rounded outwards."""
    if found is None:
        return NOTHING
    low, high = _digits(found.low, ROUND_FLOOR), _digits(found.high, ROUND_CEILING)
    return Value(_digits(found.value, ROUND_HALF_EVEN), found.source, found.formula, low, high)


def count_between(least: int, greatest: int, source: str, formula: str) -> Value:
    """A count that lies between two others: known only where they are equal."""
    known = str(least) if least == greatest else ""
    return Value(known, source, formula, str(least), str(greatest))


def bounds_of(number: Printed | None) -> Bounds | None:
    """Least, printed and greatest value of a printed number; None where it is missing or only a bound."""
    if number is None or number.comparator:
        return None
    low, high = float_span(number)
    return low, float(number.value), high


def _digits(number: float, rounding: str) -> str:
    rounded = Context(prec=DIGITS, rounding=rounding).create_decimal(repr(number))
    text = f"{rounded.normalize():f}" if rounded else "0"
    return text if len(text) <= 2 * DIGITS + 5 else f"{rounded.normalize():e}".replace("e+", "e")
