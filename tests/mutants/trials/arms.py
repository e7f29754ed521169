"""The cells of the arms that a printed comparison compares, and what they may stand for."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor

from tests.mutants.trials.equations import Place, Span, Texts, count, number, span
from validations.tables import Record, Table

LEAST_SHARE_KNOWN = 0.9  # of the N of an arm, with known values, where the cell prints no N
VALUES = ("n", "total", "percent", "mean", "sd", "se")

Pairs = list[tuple[int, int]]
"""Counts with totals that the cell of an arm may stand for."""
Corners = list[tuple[float, float, int]]
"""Means, SDs and numbers of patients that the cell of an arm may stand for, each at its least and greatest."""


def lines_of_arms(table: Table, record: Record, row: str, statistic: str) -> list[int] | None:
    """The line of each arm that a comparison names, in a row; None where an arm has none or several."""
    names = [name.strip().casefold() for name in f"{record['arm']};{record['versus']}".split(";")]
    found = []
    for name in dict.fromkeys(filter(None, names)):
        own = [
            line
            for line, each in enumerate(table.records)
            if each.row == row and each["arm"].strip().casefold() == name and not each["versus"]
            and each["statistic"] == statistic and _same_time(each, record)
        ]  # fmt: skip
        if len(own) != 1:
            return None
        found += own
    return found if len(found) > 1 else None


def _same_time(one: Record, other: Record) -> bool:
    return not other["timepoint"] or not one["timepoint"] or one["timepoint"] == other["timepoint"]


def texts_of(table: Table, lines: Sequence[int], names: Sequence[str] = VALUES) -> dict[Place, str]:
    """The printed values of these lines."""
    return {(line, name): table.records[line][name] for line in lines for name in names if table.records[line][name]}


def pairs_of(table: Table, line: int, texts: Texts) -> Pairs:
    """The pairs of count and total, with the least and the greatest total, that a cell may stand for."""
    n, total = (count(texts.get((line, name), "")) for name in ("n", "total"))
    percent, arm_n = number(texts.get((line, "percent"), "")), count(table.records[line]["arm_n"])
    if n is None:
        most = total or arm_n or 0
        counts = [k for k in range(most + 1) if percent is not None and most and percent.holds(Fraction(100 * k, most))]
        return [(k, most) for k in sorted({counts[0], counts[-1]})] if counts else []
    if total:
        return [(n, total)] if n <= total else []
    known = (max(1, n, int(LEAST_SHARE_KNOWN * arm_n)), arm_n) if arm_n else None
    if percent is not None and n and percent.low > 0:
        given = max(n, ceil(100 * n / percent.high)), floor(100 * n / percent.low)
        both = (max(given[0], known[0]), min(given[1], known[1])) if known else given
        known = both if both[0] <= both[1] else given
    return [(n, each) for each in sorted(set(known)) if n <= each] if known and known[0] <= known[1] else []


def mean_of(table: Table, line: int, texts: Texts) -> Corners:
    """The corners of mean, SD and number of patients that a cell may stand for."""
    mean, sd, se = (number(texts.get((line, name), "")) for name in ("mean", "sd", "se"))
    own, head = count(texts.get((line, "n"), "")), count(table.records[line]["arm_n"])
    most = own or head
    spread = sd or se
    if mean is None or spread is None or not most or most < 2:
        return []
    sizes = {most} if own else {most, max(2, int(LEAST_SHARE_KNOWN * most))}
    spreads: Span = span(spread)
    return [(m, max(0.0, s) * (1.0 if sd else n**0.5), n) for m, s, n in product(span(mean), spreads, sorted(sizes))]
