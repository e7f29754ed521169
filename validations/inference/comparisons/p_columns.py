"""Finds the test that explains most P values of a column, and which of the others are worth naming."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from validations.inference.comparisons.p_values import Explained, find_p_values
from validations.statistics.tests_of_counts import TESTS_OF_COUNTS
from validations.statistics.tests_of_means import TESTS_OF_MEANS
from validations.tables import Table, once

FEWEST_EXPLAINED = 2  # P values of a column that a usual test must explain before one that differs is named
FEWEST_EXPLAINED_MEANS = 3
COUNTS_PER_MISFIT = 2  # P values that usual tests explain, for each that they do not
MEANS_PER_MISFIT = 3  # P values that t tests explain, for each that they do not
PER_MODEL = 4  # P values that usual tests explain, for each that may come from the model which the table names
FARTHEST_NEAR_Z = (
    0.3  # of z between a usual test of counts and its neighbours: one-sided, exact, slightly fewer patients
)
FARTHEST_AMONG_NEAR_Z = 1.2  # of z, from where a P value is far if all others of its column are near the usual tests
FEWEST_NEAR = 3  # P values near the usual tests, before one that is far from them is named
COARSE_PER_TELLING = 3  # P values of one decimal that tell as much as one of two decimals
USUAL_TESTS = (*TESTS_OF_COUNTS, *TESTS_OF_MEANS)


@dataclass(frozen=True)
class PColumn:
    """P values of one kind (counts or means) in one column. `usual`: the test that explains most of them."""

    values: tuple[Explained, ...]
    usual: str
    explained: int
    misfits: int

    @property
    def trusted(self) -> bool:
        """Whether usual tests explain so much of the column that a P value that differs is worth naming. Tests of ranks
        replace t tests wherever an author finds values skewed, so that means need more."""
        if self.values[0].kind == "means":
            return self.explained >= FEWEST_EXPLAINED_MEANS and self.explained >= MEANS_PER_MISFIT * self.misfits
        return self.explained >= FEWEST_EXPLAINED and self.explained >= COUNTS_PER_MISFIT * self.misfits

    @property
    def crude(self) -> bool:
        """Whether usual tests explain nearly all P values, so that no model gives them, whatever the table names."""
        return self.explained >= PER_MODEL * max(1, self.misfits)

    def names(self, value: Explained) -> bool:
        """Whether a P value of the column that no test explains is worth naming: the other P values show that it comes
        from a usual test, or it is far from those and they do not show another."""
        if value.equal:
            return True
        alone = self.misfits == 1 or self.explained > self.misfits
        return (self.trusted and not self._may_be_ranks(value)) or (alone and value.is_far) or self.among_near(value)

    def among_near(self, value: Explained) -> bool:
        """Whether a P value of counts is far from the usual tests, and all others of its column are near: they come
        from neighbours of these tests, which are near in every row."""
        others = [each for each in self.values if each is not value]
        telling = sum(each.telling for each in others)
        near = all(each.far <= FARTHEST_NEAR_Z for each in others) and telling >= FEWEST_NEAR
        return value.kind == "counts" and near and value.far >= FARTHEST_AMONG_NEAR_Z and value.large

    def _may_be_ranks(self, value: Explained) -> bool:
        """Whether a test of ranks may have been used: unless t tests explain other skewed values of the column."""
        alike = [each for each in self.values if each.skewed and each is not value]
        explained = sum(bool(each.tests) for each in alike)
        return bool(value.ranks) and not (value.skewed and explained >= FEWEST_EXPLAINED and explained == len(alike))

    @property
    def one_sided(self) -> bool:
        """Whether all P values are explained as one-sided, and not all as two-sided."""
        two_sided = all(each.tests for each in self.values)
        return len(self.values) > 1 and not two_sided and all(each.one_sided for each in self.values)


@once
def p_columns(table: Table) -> tuple[PColumn, ...]:
    """The columns of P values that tests of counts or means were tried on."""
    columns: dict[tuple[str, ...], list[Explained]] = {}
    for each in find_p_values(table):
        if isinstance(each, Explained):
            columns.setdefault((each.kind, *each.column), []).append(each)
    return tuple(map(_column_of, columns.values()))


def _column_of(values: Sequence[Explained]) -> PColumn:
    counted = Counter(name for each in values if each.telling or each.coarse for name in each.tests)
    usual = max((name for name in USUAL_TESTS if name in counted), key=counted.__getitem__, default="")
    telling = sum(each.telling and bool(each.tests) for each in values)
    coarse = sum(each.coarse and bool(each.tests) for each in values)
    explained = telling + coarse // COARSE_PER_TELLING
    misfits = sum(not each.tests for each in values)
    return PColumn(tuple(values), usual, explained, misfits)
