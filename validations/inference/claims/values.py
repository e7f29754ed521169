"""The values of claims as ranges: with their comparators, as percentages, and the ranges of approximations."""

from decimal import Decimal

from schemas.base.printed import Printed
from validations.tables import Record

SPOKEN_SHARES = tuple(map(Decimal, ("0", "10", "20", "25", "33", "50", "67", "75", "80", "90", "100")))


def as_percent(claim: Record) -> Printed | None:
    """The value of a claim as a percentage; a proportion is converted. None for a count."""
    value = stated_value(claim)
    if value is None or claim["measure"] == "count":
        return None
    if claim["unit"] == "%" or value.value > 1:
        return value
    return Printed(value.text, value.value * 100, value.decimals, value.comparator, value.low * 100, value.high * 100)


def stated_value(claim: Record) -> Printed | None:
    """The value of a claim with its comparator, as a range; None if the value is not a number."""
    value, sign = claim.number("value"), claim["comparator"]
    if value is None or sign in ("", "="):
        return value
    if sign == "~":
        low, high = approximation_span(value, "value:" in claim["notes"])
        return Printed(value.text, value.value, value.decimals, sign, low, high)
    infinity = Decimal("Infinity")
    low, high = (-infinity, value.value) if sign in "<≤" else (value.value, infinity)
    return Printed(value.text, value.value, value.decimals, sign, low, high)


def approximation_span(value: Printed, in_words: bool) -> tuple[Decimal, Decimal]:
    """The range of an approximation. A share in words ("a quarter") covers what is nearer to it than to the next of
    SPOKEN_SHARES; a number covers one unit of its last nonzero digit on both sides."""
    if in_words and value.value in SPOKEN_SHARES:
        place = SPOKEN_SHARES.index(value.value)
        below, above = SPOKEN_SHARES[max(place - 1, 0)], SPOKEN_SHARES[min(place + 1, len(SPOKEN_SHARES) - 1)]
        return (below + value.value) / 2, (value.value + above) / 2
    exponent = Decimal(value.value).normalize().as_tuple().exponent
    step = Decimal(1).scaleb(int(exponent))
    return value.value - step, value.value + step
