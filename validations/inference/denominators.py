"""Finds the denominator that explains a printed percentage, and the denominator of a whole column.

Candidates have a name: the record's own total and evaluable, the cohort's N, the sum of its section. If no
denominator is printed, the whole number that explains most rows of the column is inferred.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from schemas.base.exhibit import Quantities
from schemas.base.printed import Printed
from validations.inference.sections import find_sections
from validations.tables import Record, Table, count_in, number_in, once

DENOMINATOR_WORDS = {
    "evaluable": "evaluable",
    "total": "total",
    "cohort": "the cohort",
    "arm": "the N of the arm",
    "inferred": "inferred from the column",
    "section": "the sum of its section",
    "whole": "the category of which it is a part",
}
OWN_DENOMINATORS = ("evaluable", "total", "cohort")
UNLIMITED = 10**9  # above any number of patients
FEWEST_AGREEING_ROWS = 3  # different rows that must agree on an unprinted denominator; two may agree by chance


ZERO, HUNDRED = Decimal(0), Decimal(100)
_Ratio = tuple[int, int]
"""Numerator and denominator."""


class Share(NamedTuple):
    """A count with its percentage. `denominators`: the possible ones by name."""

    record: Record
    columns: Quantities
    n: int
    percent: Printed
    denominators: Mapping[str, int]

    def fits(self, name: str) -> bool:
        """Whether the denominator of this name explains the percentage."""
        return count_gives(self.n, self.denominators.get(name, 0), self.percent)

    @property
    def printed_column(self) -> tuple[str, ...]:
        """The printed column of the share, or that of an arm in rows."""
        return tuple(self.record[name] for name in ("cell", "arm", "population", "timepoint"))

    @property
    def limit(self) -> int | None:
        """The greatest possible denominator: the greatest of its own group and the cohort; None if none is printed."""
        own = [value for name, value in self.denominators.items() if name in OWN_DENOMINATORS]
        return max(own, default=None)


class Shares(tuple[Share, ...]):
    """The shares of a column."""

    @cached_property
    def counted(self) -> list[tuple[Share, int]]:
        """The distinct shares, each with its number of records."""
        keys = [(share.n, share.percent.text, frozenset(share.denominators.items())) for share in self]
        one = dict(zip(keys, self, strict=True))
        return [(one[key], times) for key, times in Counter(keys).items()]

    def fitting(self, name: str) -> int:
        """The number of shares that the denominator of this name explains."""
        return sum(times for share, times in self.counted if share.fits(name))

    @cached_property
    def usual(self) -> str:
        """The name of the denominator that explains most shares; of equals, the first of evaluable, total and
        cohort; "" if none is printed. The N of an arm is one where it explains half of the shares or more: the cells
        may count something other than patients."""
        known = {name for share, _ in self.counted for name in share.denominators}
        own = max((name for name in OWN_DENOMINATORS if name in known), key=self.fitting, default="")
        return own or ("arm" if "arm" in known and self._of_the_arm else "")

    @cached_property
    def _of_the_arm(self) -> bool:
        counted = [(share, times) for share, times in self.counted if share.n]
        fitting = sum(times for share, times in counted if share.fits("arm"))
        return fitting > 0 and 2 * fitting >= sum(times for _, times in counted)


def count_gives(n: int, total: int, percent: Printed) -> bool:
    """Whether n of total can have been printed as this percentage."""
    return total > 0 and percent.low * total <= 100 * n <= percent.high * total


def in_percent(n: int, total: int, decimals: int) -> str:
    """n of total as a percentage, an exact half rounded up: "47.1"; "NaN" if the total is 0."""
    if not total:
        return "NaN"
    whole, rest = divmod((200 * n * 10**decimals + total) // (2 * total), 10**decimals)
    return f"{whole}.{rest:0{decimals}}" if decimals else str(whole)


@lru_cache(maxsize=65536)
def counts_that_give(percent: Printed, total: int) -> range:
    """The counts out of total that can have been printed as this percentage."""
    if percent.low > 100 or percent.high < 0:
        return range(0)
    (low, low_of), (high, high_of) = (
        max(ZERO, min(HUNDRED, end)).as_integer_ratio() for end in (percent.low, percent.high)
    )
    return range(-(-low * total // (100 * low_of)), high * total // (100 * high_of) + 1)


def some_count_gives(percent: Printed, total: int) -> bool:
    """Whether some count out of exactly `total` can have been printed as this percentage."""
    return bool(counts_that_give(percent, total))


def some_total_gives(percent: Printed, most: int) -> bool:
    """Whether some count out of a total up to `most` can have been printed as this percentage."""
    return (least := least_total(percent)) is not None and least <= most


@lru_cache(maxsize=65536)
def least_total(percent: Printed) -> int | None:
    """The least total with a count that can have been printed as this percentage; None outside 0 to 100."""
    low, high = max(percent.low, ZERO), min(percent.high, HUNDRED)
    if low > high:
        return None
    (low_n, low_of), (high_n, high_of) = low.as_integer_ratio(), high.as_integer_ratio()
    return _simplest((low_n, 100 * low_of), (high_n, 100 * high_of))[1]


def _simplest(low: _Ratio, high: _Ratio) -> _Ratio:
    """The fraction with the least denominator in the closed interval low..high (0 <= low), by continued fractions."""
    whole, above = low[0] // low[1], -(-low[0] // low[1])
    if above * high[1] <= high[0]:
        return above, 1
    over, under = _simplest((high[1], high[0] - whole * high[1]), (low[1], low[0] - whole * low[1]))
    return whole * over + under, over


@lru_cache(maxsize=65536)
def totals_that_give(n: int, percent: Printed, limit: int | None) -> tuple[int, int] | None:
    """The least and the greatest total out of which n can have been printed as this percentage; None if there is none
    up to `limit`. Any total explains 0 of 0 %."""
    if percent.high < 0 or (n > 0 and percent.high == 0):
        return None
    greatest = limit if limit is not None else UNLIMITED
    if n == 0:
        return (1, greatest) if percent.low <= 0 else None
    least = n
    if percent.high < 100:
        high, high_of = percent.high.as_integer_ratio()
        least = -(-100 * n * high_of // high)
    if percent.low > 0:
        low, low_of = percent.low.as_integer_ratio()
        greatest = min(greatest, 100 * n * low_of // low)
    least = max(least, n)
    return (least, greatest) if least <= greatest and percent.low <= 100 else None


@once
def find_shares(table: Table) -> tuple[Shares, ...]:
    """The shares of each column of counts that has a column of percentages. In a table of arms, the cells that print
    their total are apart from those that do not."""
    groups = [group for group in table.model.quantities() if {"n", "percent"} <= group.keys()]
    sums = {
        record: section.known_total for section in find_sections(table) for record in section.known if section.whole
    }
    wholes = _wholes(table)
    summed = [sums.get(whole or record) for record, whole in zip(table.records, wholes, strict=True)]
    shares = [Shares(_shares(table, group, summed, wholes)) for group in groups]
    if not table.model.panels():
        return tuple(shares)
    with_total = [[share for share in each if "total" in share.denominators] for each in shares]
    without = [[share for share in each if "total" not in share.denominators] for each in shares]
    return tuple(Shares(each) for each in (*with_total, *without) if each)


def _wholes(table: Table) -> list[Record | None]:
    """For each record, the record of which it is a part, or None."""
    if "part_of" not in table.frame or not any(table.column("part_of")):
        return [None] * len(table.records)
    named = {(record["section"], record[table.model.part()]): record for record in table.records}
    return [named.get((each["section"], each["part_of"])) if each["part_of"] else None for each in table.records]


def _shares(
    table: Table, group: Quantities, sums: Sequence[int | None], wholes: Sequence[Record | None]
) -> Iterator[Share]:
    own = [name for name in ("evaluable", "total") if name in group]
    names = (*own, "cohort", "section", "whole", "arm")
    cohort_n = table.cohort_n if "total" not in group else None
    arm_sizes = table.column(group["at_most"]) if "at_most" in group else [""] * len(table.frame)
    same: dict[tuple[int | None, ...], Mapping[str, int]] = {}
    cells = table.cells([group[name] for name in ("n", "percent", *own)])
    for record, of_section, whole, arm_size, (n_text, percent_text, *printed) in zip(
        table.records, sums, wholes, arm_sizes, cells, strict=True
    ):
        n, percent = count_in(n_text), number_in(percent_text)
        if n is not None and percent is not None:
            of_whole = whole.count(group["n"]) if whole else None
            of_arm = None if any(printed) else count_in(arm_size)  # a cell that prints its total is out of that
            values = (*map(count_in, printed), cohort_n, of_section, of_whole, of_arm)
            if values not in same:
                same[values] = {name: value for name, value in zip(names, values, strict=True) if value}
            yield Share(record, group, n, percent, same[values])


def infer_total(shares: Shares) -> int | None:
    """The whole number that explains most percentages of a column; the smallest of equals.

    None unless it is at least every count, and explains more than three quarters of the percentages and at least
    FEWEST_AGREEING_ROWS different ones. Of the sum of the counts, which two misprints cannot make by chance, more than
    half are enough.
    """
    counted = [(share, times) for share, times in shares.counted if share.n]
    steps = Counter[int]()
    for share, times in counted:
        if span := totals_that_give(share.n, share.percent, None):
            steps[span[0]] += times
            steps[span[1] + 1] -= times
    best, most, depth = 0, 0, 0
    for total in sorted({*steps, at_least := max((share.n for share, _ in counted), default=0)}):
        depth += steps[total]
        if depth > most and total >= at_least:
            best, most = total, depth
    every, whole = sum(times for _, times in counted), sum(share.n * times for share, times in counted)
    if 4 * most > 3 * every and _rows_that_agree(counted, best)[0] >= FEWEST_AGREEING_ROWS:
        return best
    agreeing, fitting = _rows_that_agree(counted, whole)
    return whole if agreeing >= FEWEST_AGREEING_ROWS and 2 * fitting > every else None


def _rows_that_agree(counted: Sequence[tuple[Share, int]], total: int) -> tuple[int, int]:
    """How many different percentages the total explains, and how many with their repeats."""
    fitting = [(share, times) for share, times in counted if count_gives(share.n, total, share.percent)]
    return len({(share.n, share.percent.text) for share, _ in fitting}), sum(times for _, times in fitting)
