"""Finds the denominator that explains a printed percentage, and the one that explains a whole column.

Candidates are numbers with a name: the record's own total and evaluable, the cohort's N, the sum of its section. Where
the paper names none, the whole number that explains most rows of the column is inferred.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from schemas.exhibit import Quantities
from schemas.printed import Printed
from validations.sections import find_sections
from validations.tables import Record, Table

WORDS = {
    "evaluable": "evaluable",
    "total": "total",
    "cohort": "the cohort",
    "inferred": "inferred from the column",
    "section": "the sum of its section",
    "whole": "the category of which it is a part",
}
ENOUGH = 3  # rows that must agree before a denominator that is not printed is inferred from a column


class Share(NamedTuple):
    """A count with its percentage, and the denominators by name that it may have."""

    record: Record
    columns: Quantities
    n: int
    percent: Printed
    denominators: Mapping[str, int]

    def fits(self, name: str) -> bool:
        return gives(self.n, self.denominators.get(name, 0), self.percent)

    @property
    def limit(self) -> int | None:
        """What its denominator cannot exceed: the greatest of its own group, else of the cohort."""
        own = [value for name, value in self.denominators.items() if name in ("total", "evaluable", "cohort")]
        return max(own, default=None)


def gives(n: int, total: int, percent: Printed) -> bool:
    """Whether n of total can have been printed as that percentage."""
    return total > 0 and percent.low * total <= 100 * n <= percent.high * total


def in_percent(n: int, total: int, decimals: int) -> str:
    """n of total as a percentage, an exact half rounded up: "47.1"."""
    exact = Decimal(100 * n) / Decimal(total) if total else Decimal("NaN")
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


@lru_cache(maxsize=65536)
def counts_that_give(percent: Printed, total: int) -> range:
    """The counts out of total that can have been printed as that percentage."""
    low, high = (Fraction(max(Decimal(0), min(Decimal(100), bound))) for bound in (percent.low, percent.high))
    if percent.low > 100 or percent.high < 0:
        return range(0)
    return range(ceil(low * total / 100), floor(high * total / 100) + 1)


def possible_of(percent: Printed, total: int) -> bool:
    """Whether some count out of exactly total is that percentage."""
    return bool(counts_that_give(percent, total))


def possible_within(percent: Printed, most: int) -> bool:
    """Whether some count out of some total of at most `most` is that percentage."""
    low, high = max(percent.low, Decimal(0)), min(percent.high, Decimal(100))
    return low <= high and _simplest(Fraction(low) / 100, Fraction(high) / 100).denominator <= most


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of least denominator in the closed interval low..high (0 <= low), by continued fractions."""
    if ceil(low) <= high:
        return Fraction(ceil(low))
    whole = floor(low)
    return whole + 1 / _simplest(1 / (high - whole), 1 / (low - whole))


@lru_cache(maxsize=65536)
def totals_that_give(n: int, percent: Printed, limit: int | None) -> tuple[int, int] | None:
    """The least and the greatest whole number out of which n is that percentage; None where there is none up to
    `limit`. Of 0 % everything is explained by any total."""
    if percent.high < 0 or (n > 0 and percent.high == 0):
        return None
    greatest = limit if limit is not None else 10**9
    if n == 0:
        return (1, greatest) if percent.low <= 0 else None
    least = n if percent.high >= 100 else ceil(100 * n / Fraction(percent.high))
    if percent.low > 0:
        greatest = min(greatest, floor(100 * n / Fraction(percent.low)))
    least = max(least, n)
    return (least, greatest) if least <= greatest and percent.low <= 100 else None


@lru_cache(maxsize=64)
def find_shares(table: Table) -> tuple[tuple[Share, ...], ...]:
    """The shares of each column of counts that stands beside one of percentages."""
    groups = [group for group in table.model.quantities() if {"n", "percent"} <= group.keys()]
    sums = {record: section.total for section in find_sections(table) for record in section.records if section.whole}
    wholes = {(record["section"], record[table.model.part()]): record for record in table.records}
    return tuple(tuple(_shares(table, group, sums, wholes)) for group in groups)


def _shares(
    table: Table, group: Quantities, sums: Mapping[Record, int], wholes: Mapping[tuple[str, str], Record]
) -> Iterator[Share]:
    own = {name: group[name] for name in ("evaluable", "total") if name in group}
    cohort_n = table.cohort_n if "total" not in group else None
    for record in table.records:
        n, percent = record.count(group["n"]), record.number(group["percent"])
        if n is not None and percent is not None:
            whole = wholes.get((record["section"], record["part_of"])) if record["part_of"] else None
            known = {name: record.count(column) for name, column in own.items()}
            known |= {"cohort": cohort_n, "section": sums.get(whole or record)}
            known |= {"whole": whole.count(group["n"])} if whole else {}
            yield Share(record, group, n, percent, {name: value for name, value in known.items() if value})


def usual_denominator(shares: Sequence[Share]) -> str:
    """The name of the denominator that explains most percentages of a column; of equals the first in the order
    evaluable, total, cohort; "" where none of them is printed."""
    names = [name for name in ("evaluable", "total", "cohort") if any(name in share.denominators for share in shares)]
    return max(names, key=lambda name: sum(share.fits(name) for share in shares), default="")


def infer_total(shares: Sequence[Share]) -> int | None:
    """The whole number that explains most percentages of a column, where it is no less than any count, explains more
    than three quarters, and at least ENOUGH different ones; the smallest of equals."""
    counted = [share for share in shares if share.n]
    spans = Counter(span for share in counted if (span := totals_that_give(share.n, share.percent, None)))
    steps = Counter[int]()
    for (least, greatest), times in spans.items():
        steps[least] += times
        steps[greatest + 1] -= times
    best, most, depth = 0, 0, 0
    for total in sorted({*steps, at_least := max((share.n for share in counted), default=0)}):
        depth += steps[total]
        if depth > most and total >= at_least:
            best, most = total, depth
    agreeing = {(share.n, share.percent.text) for share in counted if gives(share.n, best, share.percent)}
    return best if len(agreeing) >= ENOUGH and 4 * most > 3 * len(counted) else None
