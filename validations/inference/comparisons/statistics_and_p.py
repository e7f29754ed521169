"""Pairs of a test statistic and its P value, in the text and in the rows of tables, and whether they agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.base.methods import correction_named, one_sided_named
from schemas.base.printed import Printed
from validations.inference.claims.targets import paper_claims
from validations.inference.comparisons.arms import records_by_row
from validations.inference.comparisons.printed_p import p_distance, prints
from validations.inference.comparisons.words import marks, own_words, table_words
from validations.statistics.rounding import FloatSpan
from validations.statistics.tests_by_statistic import (
    Statistic,
    p_range_by_sphericity,
    p_range_of_statistic,
    parse_statistic,
)
from validations.tables import Paper, Record, Table, once

SLIGHT_Z = 0.05  # of z between the printed and the recomputed P value: cut digits, another table of quantiles
_TESTED = ("statistic", "correlation")  # measures of claims that are test statistics


@dataclass(frozen=True)
class PairOfStatistic:
    """A test statistic with its P value. `span`: the P values that the statistic can give, `cut` also if its
    digits are cut instead of rounded; `words`: those around it."""

    record: Record
    with_p: Record
    statistic: Statistic
    value: Printed
    p: Printed
    span: FloatSpan
    cut: FloatSpan
    words: str

    @property
    def fits(self) -> bool:
        return _agree(self.cut, self.p) or (one_sided_named(self.words) and self.is_half)

    @property
    def is_half(self) -> bool:
        return _agree((self.cut[0] / 2, self.cut[1] / 2), self.p)

    @property
    def why_not(self) -> str:
        """Why a P value that does not fit may be right all the same."""
        if correction_named(self.words):
            return "P may be corrected, or come from an exact test"
        whole = p_range_by_sphericity(self.statistic, self.value)
        if whole is not None and _agree(whole, self.p):
            return "P may be corrected for sphericity"
        return ""


def _agree(span: FloatSpan, p: Printed) -> bool:
    """Whether a P value of the span can be printed so, rounded or cut, or differs only slightly."""
    unit = 0.0 if p.comparator else 10.0**-p.decimals
    if prints(span, p) or prints((span[0] - unit / 2, span[1] - unit / 2), p):
        return True
    return p_distance(span, p) <= SLIGHT_Z


@once
def tested_pairs(paper: Paper) -> tuple[PairOfStatistic, ...]:
    """All pairs of a paper: first those of its text, then those of its tables."""
    in_text = [pair for claim in paper_claims(paper) if (pair := _of_claim(claim)) is not None]
    return (*in_text, *(pair for table in paper.of("results") for pair in _of_table(table)))


def _of_claim(claim: Record) -> PairOfStatistic | None:
    words = marks(claim["notes"], "p")
    return _pair(claim, claim, words, words) if words and claim["measure"] in _TESTED else None


def _pair(record: Record, with_p: Record, named: str, words: str) -> PairOfStatistic | None:
    statistic, value, p = parse_statistic(named), record.number("value"), with_p.number("p")
    if statistic is None or value is None or p is None or p.low > 1 or p.high < 0:
        return None
    span, cut = (p_range_of_statistic(statistic, value, cut=cut) for cut in (False, True))
    return (
        None if span is None or cut is None else PairOfStatistic(record, with_p, statistic, value, p, span, cut, words)
    )


def _of_table(table: Table) -> Iterator[PairOfStatistic]:
    for records in records_by_row(table).values():
        tests = [each for each in records if each["statistic"] == "test" and each["value"]]
        for record in tests:
            with_p = record if record["p"] else _p_of_row(record, tests, records)
            if with_p is not None:
                words = f"{table_words(table)} {own_words(record)} {own_words(with_p)}"
                pair = _pair(record, with_p, record["test"], words)
                if pair is not None:
                    yield pair


def _p_of_row(record: Record, tests: Sequence[Record], records: Sequence[Record]) -> Record | None:
    """The P value of a statistic in a row: the only one of both in the row, or that of the next column."""
    with_p = [each for each in records if each["statistic"] == "p" and each["p"]]
    if len(tests) == len(with_p) == 1 and _column(record) < _column(with_p[0]):
        return with_p[0]
    beside = [each for each in with_p if _column(each) == _column(record) + 1]
    return beside[0] if len(beside) == 1 else None


def _column(record: Record) -> int:
    column = record["cell"].partition(".")[0]
    return int(column) if column.isdecimal() else 0
