"""Percentages of arms whose last digit is not rounded: cut off over a whole column, or moved to add up to 100."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from validations.inference.arms.variables import find_categories
from validations.inference.denominators import Share, in_percent
from validations.tables import Record, Table

FEWEST_CUT = 2  # percentages of a column that only cutting gives; one alone is more often a wrong digit
_Judged = Sequence[tuple[Share, str, str]]


def moved_to_100(table: Table, judged: _Judged) -> Iterator[tuple[Share, ...]]:
    """The variables of an arm in which one percentage is one unit off, and the printed ones add to 100 as the rounded
    ones would not."""
    shares = {share.record: share for share, _, _ in judged}
    for categories in find_categories(table):
        own = [shares[record] for record in categories.records if record in shares]
        total = sum(share.n for share in own)
        if len(own) < len(categories.records) or not _adds_to_100(own) or not total:
            continue
        off = [share for share in own if not _rounds(share, total)]
        rounded = sum(Fraction(in_percent(share.n, total, share.percent.decimals)) for share in own)
        if len(off) == 1 and rounded != 100 and _is_near(off[0], total):
            yield tuple(off)


def cut_columns(table: Table, judged: _Judged, moved: set[Record]) -> Iterator[tuple[Share, ...]]:
    """The columns whose percentages are all cut off after their last digit, or what the cut ones leave to 100: those of
    them that are not rounded. `moved`: records that are explained otherwise."""
    columns: dict[tuple[str, ...], list[Share]] = {}
    for share, _, _ in judged:
        record = share.record
        if share.n and record not in moved:
            columns.setdefault((record["cell"], record["arm"], record["population"]), []).append(share)
    totals, rests = _totals(table, judged)
    for shares in columns.values():
        every = (_way(share, totals.get(share.record, set()), share.record in rests) for share in shares)
        ways = list(takewhile(bool, every))
        cut = [share for share, way in zip(shares, ways, strict=False) if way in ("cut", "rest")]
        if len(ways) == len(shares) and len(cut) >= FEWEST_CUT and "cut" in ways:
            yield tuple(cut)


def _totals(table: Table, judged: _Judged) -> tuple[dict[Record, set[int]], set[Record]]:
    """The possible denominators of each record, and the records of variables whose percentages add to 100."""
    shares = {share.record: share for share, _, _ in judged}
    totals = {record: _printed_totals(share) for record, share in shares.items()}
    rests: set[Record] = set()
    for categories in find_categories(table):
        own = [shares[record] for record in categories.records if record in shares]
        if len(own) == len(categories.records) and _adds_to_100(own):
            rests.update(categories.records)
            for share in own:
                totals[share.record].add(sum(each.n for each in own))
    return totals, rests


def _printed_totals(share: Share) -> set[int]:
    names = ("total",) if "total" in share.denominators else ("arm", "inferred", "cohort", "evaluable")
    return {share.denominators[name] for name in names if name in share.denominators}


def _way(share: Share, totals: set[int], in_rest: bool) -> str:
    """How one of these denominators gives the percentage: "both" (cut and rounded), "cut", "rest" (what other
    percentages leave to 100), or "" (otherwise)."""
    for total in totals:
        if _is_cut(share, total):
            return "both" if _rounds(share, total) else "cut"
    return "rest" if in_rest and any(_is_near(share, total) for total in totals) else ""


def _adds_to_100(shares: Sequence[Share]) -> bool:
    return len(shares) > 1 and sum(share.percent.value for share in shares) == 100


def _unit(share: Share) -> Fraction:
    return Fraction(1, 10**share.percent.decimals)


def _rounds(share: Share, total: int) -> bool:
    return share.percent.holds(Fraction(100 * share.n, total))


def _is_cut(share: Share, total: int) -> bool:
    rest = Fraction(100 * share.n, total) - Fraction(share.percent.value)
    return 0 <= rest < _unit(share)


def _is_near(share: Share, total: int) -> bool:
    return abs(Fraction(100 * share.n, total) - Fraction(share.percent.value)) < _unit(share)
