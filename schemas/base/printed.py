"""A number as printed, and the interval of true values that round to it.

The form read here is that of our CSVs: ASCII digits and minus, `.` before the decimals (.05 is as good as 0.05), `,`
between thousands, one of < > <= >= ≤ ≥ in front. Other printed forms (middle dots, en dashes as minus) are errors here:
the reader of the page translates them. A text with more digits than anyone prints is no number either, so that no
check computes with it: a float tells whole numbers of 15 digits apart, and Python refuses to convert thousands.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

PLAIN_NUMBER = r"-?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
PATTERN = rf"(?:<=|>=|[<>≤≥])? ?{PLAIN_NUMBER}"
MOST_DIGITS, MOST_DECIMALS = 15, 20  # before and behind the point
BOUNDS = f"a number of at most {MOST_DIGITS} digits and {MOST_DECIMALS} decimals"
_DECIMALS = rf"\.[0-9]{{1,{MOST_DECIMALS}}}"
_WHOLE = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{MOST_DIGITS // 3 - 1}}}|[0-9]{{1,{MOST_DIGITS}}})"
_FORM = re.compile(rf"(?P<comparator><=|>=|[<>≤≥])? ?(?P<digits>-?(?:{_WHOLE}(?:{_DECIMALS})?|{_DECIMALS}))")
_OF_ANY_LENGTH = re.compile(PATTERN)
_COMPARATORS = {"<=": "<=", "≤": "<=", "<": "<", ">=": ">=", "≥": ">=", ">": ">"}
_INFINITY = Decimal("Infinity")


@dataclass(frozen=True)
class Printed:
    """A printed number. The closed interval from `low` to `high` holds every true value that rounds to the text,
    whether an exact half is rounded up, down or to even; after < or > the interval reaches to infinity."""

    text: str
    value: Decimal
    decimals: int
    comparator: str
    low: Decimal
    high: Decimal

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def is_whole(self) -> bool:
        """Whether it can be a count: printed without decimals, comparator or minus."""
        return self.decimals == 0 and not self.comparator and "-" not in self.text  # not even -0

    @property
    def count(self) -> int:
        """The number as a count: exact, without an interval."""
        return int(self.value)

    @property
    def coarser(self) -> "Printed | None":
        """The number without its last zero, which may be padding (33.30 from 33.3); None without such a zero."""
        if not self.decimals or self.comparator or not self.text.endswith("0"):
            return None
        return parse_printed(self.text[:-1].removesuffix("."))

    def holds(self, true: Decimal | Fraction | int) -> bool:
        """Whether `true` rounds to the printed number."""
        return self.low <= true <= self.high

    def overlaps(self, low: Decimal | Fraction, high: Decimal | Fraction) -> bool:
        """Whether any value of the closed interval low..high rounds to the printed number."""
        return self.low <= high and low <= self.high


@lru_cache(maxsize=65536)
def parse_printed(text: str) -> Printed:
    """Return the number printed as `text`; ValueError if `text` is not a number in the form of our CSVs."""
    form = _FORM.fullmatch(text)
    if form is None:
        expected = BOUNDS if is_too_long(text) else "a printed number such as 45.1, -0.02, 1,349 or <0.001"
        raise ValueError(f"expected {expected}, found {text!r}")
    digits = form["digits"].replace(",", "")
    comparator = _COMPARATORS.get(form["comparator"] or "", "")
    value = Decimal(digits)
    decimals = len(digits.partition(".")[2])
    return Printed(text, value, decimals, comparator, *_bounds(value, decimals, comparator))


def is_printed(text: str) -> bool:
    """Whether `text` is a number in the form of our CSVs."""
    return _FORM.fullmatch(text) is not None


def is_too_long(text: str) -> bool:
    """Whether `text` would be a number, had it not more digits than anyone prints."""
    return _FORM.fullmatch(text) is None and _OF_ANY_LENGTH.fullmatch(text) is not None


def _bounds(value: Decimal, decimals: int, comparator: str) -> tuple[Decimal, Decimal]:
    """The closed interval of true values; the arithmetic is exact however many digits were printed."""
    if comparator:
        return (-_INFINITY, value) if comparator.startswith("<") else (value, _INFINITY)
    half = Decimal((0, (5,), -decimals - 1))
    exact = Context(prec=len(value.as_tuple().digits) + decimals + 3)
    return exact.subtract(value, half), exact.add(value, half)
