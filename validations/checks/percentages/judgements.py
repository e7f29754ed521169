"""How each percentage of a table arises: over which denominator, if over any."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from validations.checks.percentages.last_digits import cut_columns, moved_to_100
from validations.checks.percentages.weights import weighted_columns
from validations.inference.arms.missing import OwnDenominator, own_denominators
from validations.inference.arms.wholes import is_all
from validations.inference.denominators import (
    DENOMINATOR_WORDS,
    Share,
    Shares,
    count_gives,
    counts_that_give,
    find_shares,
    in_percent,
    infer_total,
    totals_that_give,
)
from validations.registry import Fault, NotCheckable
from validations.tables import Record, Table, once

MOST_QUOTED_COUNTS = 3  # that fit a percentage: a percentage without decimals of a large cohort fits many
Judgement = Literal["usual", "other", "section", "unprinted", "impossible", "unknown"]


def _judgement(share: Share, usual: str) -> Judgement:
    """The denominator that gives the percentage: the usual one of its column ("usual"), another candidate ("other"),
    the sum of its section, a whole number that is not printed ("unprinted"), or no whole number ("impossible")."""
    if usual and usual not in share.denominators:
        return "unknown"
    if (usual and share.fits(usual)) or share.fits("arm"):
        return "usual"
    if totals_that_give(share.n, share.percent, share.limit) is None:
        return "impossible"
    if not usual:
        return "unknown"
    if share.fits("section"):
        return "section"
    return "other" if any(share.fits(name) for name in share.denominators) else "unprinted"


@once
def judged_shares(table: Table) -> tuple[tuple[Share, str, Judgement], ...]:
    """Every share of the table, the usual denominator of its column, and the judgement on its percentage."""
    return tuple(entry for shares in find_shares(table) for entry in _judged_column(shares))


@dataclass(frozen=True)
class Judged:
    """The judged shares of a table, all arms together, and what explains those that the usual denominator does not
    give."""

    shares: tuple[tuple[Share, str, Judgement], ...]
    own: tuple[OwnDenominator, ...] = ()
    cut: tuple[tuple[Share, ...], ...] = ()
    moved: tuple[tuple[Share, ...], ...] = ()
    of_rows: frozenset[Record] = frozenset()
    weighted: tuple[tuple[Share, ...], ...] = ()

    @cached_property
    def explained(self) -> frozenset[Record]:
        """The records whose percentages another finding, or the table itself, explains."""
        of_variables = [share.record for each in self.own for share, _ in each.shares]
        return self.of_rows | frozenset(
            (*of_variables, *(share.record for column in (*self.cut, *self.moved, *self.weighted) for share in column))
        )

    @cached_property
    def unexplained(self) -> tuple[tuple[Share, str, Judgement], ...]:
        """The shares with their judgement: "usual" where the percentage is explained, and "unprinted" where it is not,
        but most of its column are by variables with their own denominators."""
        return tuple(
            (share, usual or ("arm" if self._is_odd_one_out(share, judgement) else ""), self._final(share, judgement))
            for share, usual, judgement in self.shares
        )

    def _final(self, share: Share, judgement: Judgement) -> Judgement:
        if share.record in self.explained:
            return "usual"
        return "unprinted" if self._is_odd_one_out(share, judgement) else judgement

    def _is_odd_one_out(self, share: Share, judgement: Judgement) -> bool:
        known, counted = self._columns[share.printed_column]
        unexplained = judgement == "unknown" and "arm" in share.denominators and share.record not in self.explained
        return unexplained and 4 * known >= 3 * counted

    @cached_property
    def _columns(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """For each column, how many of its percentages are explained, and how many there are."""
        known, counted = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
        for share, _, judgement in self.shares:
            if share.n or judgement == "unknown":
                counted[share.printed_column] += 1
                known[share.printed_column] += (
                    judgement == "usual" or share.fits("arm") or share.record in self.explained
                )
        return {column: (known[column], counted[column]) for column in counted} | {
            share.printed_column: (0, 1) for share, _, _ in self.shares if share.printed_column not in counted
        }


@once
def judged_table(table: Table) -> Judged:
    """The shares of all panels of the table, judged, and in a table of arms what explains the odd ones."""
    shares = tuple(entry for panel in table.panels for entry in judged_shares(panel))
    weighted = tuple(weighted_columns(shares))
    if not table.model.panels():
        return Judged(shares, cut=() if weighted else tuple(cut_columns(table, shares, set())), weighted=weighted)
    of_rows = row_percentages([share for share, _, _ in shares])
    moved = tuple(moved_to_100(table, shares))
    of_moved = {share.record for each in moved for share in each}
    cut = tuple(cut_columns(table, shares, of_moved))
    gone = of_rows | of_moved | {share.record for each in (*cut, *weighted) for share in each}
    left = {share.record: share for share, _, _ in shares if share.record not in gone}
    odd = frozenset(
        share.record
        for share, usual, judgement in shares
        if share.record in left
        and judgement in ("unprinted", "unknown", "other", "section")
        and (usual or "arm" in share.denominators)
        and not share.fits("arm")
    )
    return Judged(shares, tuple(own_denominators(table, left, odd)), cut, moved, of_rows, weighted)


def row_percentages(shares: Sequence[Share]) -> frozenset[Record]:
    """The records of rows in which the percentages of the arms are out of the sum of the row."""
    rows: dict[tuple[str, ...], list[Share]] = defaultdict(list)
    for share in shares:
        place = tuple(share.record[name] for name in ("row", "population", "timepoint"))
        rows[place].append(share)
    found = set[Record]()
    for row in rows.values():
        parts = [share for share in row if not is_all(share.record["arm"])]
        total = sum(share.n for share in parts)
        fitting = all(count_gives(share.n, total, share.percent) for share in row)
        if len(parts) > 1 and fitting and not any(share.fits("arm") for share in parts if share.n):
            found.update(share.record for share in row)
    return frozenset(found)


def _judged_column(shares: Shares) -> Iterator[tuple[Share, str, Judgement]]:
    """The judged shares of a column. Shares that differ only in their records are judged once."""
    inferred = None if shares.usual else infer_total(shares)
    usual = shares.usual or ("inferred" if inferred else "")
    known: dict[tuple[int, str, int], tuple[Share, Judgement]] = {}
    for share in shares:
        key = (share.n, share.percent.text, id(share.denominators))
        if key not in known:
            more = {"inferred": inferred} if inferred else {}
            like = share._replace(denominators={**share.denominators, **more})
            known[key] = like, _judgement(like, usual)
        like, judgement = known[key]
        yield like._replace(record=share.record) if inferred else share, usual, judgement


def share_over(share: Share, name: str) -> str:
    """The percentage over that denominator, in words: 24 of 51 (the cohort) is 47.1"""
    total = share.denominators[name]
    return f"{share.n} of {total} ({DENOMINATOR_WORDS[name]}) is {in_percent(share.n, total, share.percent.decimals)}"


def fitting_counts(share: Share, usual: str) -> str:
    """The counts that give the printed percentage over the usual denominator, in words: 45.1 fits 23 of 51"""
    total = share.denominators.get(usual, 0)
    fitting = counts_that_give(share.percent, total)[:MOST_QUOTED_COUNTS]
    return f"{share.percent} fits {' or '.join(map(str, fitting)) or 'no whole number'} of {total}" if total else ""


def share_fault(share: Share, message: str, usual: str) -> Fault:
    """The fault at a percentage, with the right percentage and the fitting counts as `expected`."""
    expected = (
        "; ".join(part for part in (share_over(share, usual), fitting_counts(share, usual)) if part) if usual else ""
    )
    columns = (share.columns["n"], share.columns["percent"])
    return Fault(message, expected, share.record, share.columns["percent"], columns)


def unknown_denominator(share: Share) -> NotCheckable:
    """Why a share cannot be judged: the numbers of patients that are not known."""
    names = [name for name in ("evaluable", "total") if name in share.columns] or ["N"]
    verb = "is" if len(names) == 1 else "are"
    return NotCheckable(f"{' and '.join(names)} {verb} not known, and the column does not show the denominator")
