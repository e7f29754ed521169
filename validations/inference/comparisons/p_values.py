"""Finds which test explains each P value that compares arms.

A test explains a P value if it gives the printed P from the printed counts or means within their rounding, for some
usual number of patients.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.base.methods import model_named, pairs_named, ranks_named
from schemas.base.printed import Printed
from validations.inference.comparisons.arms import all_arms, arm_mean, arms_compared, cells_of_arms, records_by_row
from validations.inference.comparisons.count_tables import count_tables
from validations.inference.comparisons.printed_p import (
    exact_may_print,
    larger_tables,
    p_distance,
    p_spans,
    prints,
    prints_one_sided,
    simulated,
)
from validations.inference.comparisons.words import marks, own_words, table_words
from validations.statistics.rounding import FloatSpan
from validations.statistics.tests_of_counts import exact_p_value, p_values_of_ordered
from validations.statistics.tests_of_means import ArmMean, p_ranges_of_means
from validations.tables import Record, Table, once

FARTHEST_RANKS_Z = 1.2  # of z between a t test and a test of ranks, in 99 of 100 simulated trials of normal values
FARTHEST_SKEWED_Z = 2.5  # the same for skewed values (log-normal, SD over mean up to 1.5)
FARTHEST_OTHER_Z = 2.0  # of z between a usual test of counts and any other, such as an adjusted one
FEWEST_PATIENTS = 10  # of each arm, before a P value that is far from all tests is named: in fewer, tests differ more
MOST_P_VALUES = 300  # of a table, that are recomputed: about 5 ms each
COARSEST_TELLING_P = 0.03  # width of the rounding interval of a P value that tells which test was used
GREATEST_TELLING_P = 0.97  # P values from here on are given by most tests
SKEWED = "the values may be skewed, so that a test of ranks may have been used"


@dataclass(frozen=True)
class Explained:
    """A P value that compares arms. `kind`: counts or means. `ranges`: the least and greatest P by test; `tests`: those
    that explain the printed P; `one_sided`: those that explain it as one-sided. `why_not`: why a P that no test
    explains may be right all the same; `model`: that of the table's words on how it was analysed; `ranks`: why a test
    of ranks may have been used. `equal`: the arms have equal counts in every category, so that every test gives 1."""

    record: Record
    p: Printed
    kind: str
    column: tuple[str, ...]
    arms: tuple[Record, ...]
    ranges: dict[str, FloatSpan] = field(hash=False)
    tests: frozenset[str] = frozenset()
    one_sided: frozenset[str] = frozenset()
    why_not: str = ""
    model: str = ""
    ranks: str = ""
    equal: bool = False

    @property
    def skewed(self) -> bool:
        return self.ranks == SKEWED

    @property
    def telling(self) -> bool:
        """Whether few tests and few counts give this P value."""
        width = float(self.p.high) - float(self.p.low)
        return width <= COARSEST_TELLING_P and float(self.p.value) < GREATEST_TELLING_P

    @property
    def coarse(self) -> bool:
        """Whether the P value has one decimal, so that only several together tell which test was used."""
        return self.p.decimals == 1 and not self.p.comparator and float(self.p.value) < GREATEST_TELLING_P

    @property
    def far(self) -> float:
        """How many units of z the printed P value lies from those of the nearest test."""
        return min((p_distance(span, self.p) for span in self.ranges.values()), default=0.0)

    @property
    def is_far(self) -> bool:
        """Whether no other test of the same arms is likely to give the printed P value."""
        most = FARTHEST_OTHER_Z if self.kind == "counts" else FARTHEST_SKEWED_Z if self.ranks else FARTHEST_RANKS_Z
        return self.far > most and self.large

    @property
    def large(self) -> bool:
        """Whether each arm has so many patients that the usual tests give similar P values."""
        sizes = [n for arm in self.arms if (n := arm.count("total") or arm.count("arm_n") or arm.count("n"))]
        return all(n >= FEWEST_PATIENTS for n in sizes)


@dataclass(frozen=True)
class Unexplained:
    """A P value that cannot be computed from the table, and why."""

    record: Record
    why: str


@once
def find_p_values(table: Table) -> tuple[Explained | Unexplained, ...]:
    """Every P value of a table of results, in printed order."""
    if table.schema != "results":
        return ()
    records = [record for record in table.records if record.number("p") is not None]
    if len(records) > MOST_P_VALUES:
        return tuple(Unexplained(record, f"the table has more than {MOST_P_VALUES} P values") for record in records)
    with_p: dict[str, set[str]] = defaultdict(set)
    for record in records:
        with_p[_place(record)].add(record["row"])
    columns = {place: frozenset(rows) for place, rows in with_p.items()}
    return tuple(_explain(table, record, columns[_place(record)]) for record in records)


def _place(record: Record) -> str:
    return record["cell"].partition(".")[0]


def _explain(table: Table, record: Record, with_p: frozenset[str]) -> Explained | Unexplained:
    p = record.number("p")
    if p is None or p.low > 1 or p.high < 0:
        return Unexplained(record, "P is not a probability")
    arms = arms_compared(record)
    if not record["versus"] or len(arms) < 2:
        return Unexplained(record, "P does not compare the arms of the trial")
    if record["adjusted"] or model_named(own_words(record)):
        return Unexplained(record, "P is adjusted or comes from a model")
    if pairs_named(own_words(record)):
        return Unexplained(record, "P comes from a test of another kind: paired, of interaction, of survival")
    if record["row"] in table.doubtful:
        return Unexplained(record, "the reading of the row is in doubt")
    row = records_by_row(table)[record["row"]]
    sets = list(dict.fromkeys((arms, all_arms(row)))) if len(all_arms(row)) > len(arms) else [arms]
    column = (_place(record), *arms, marks(record["notes"], "p"))
    for explain in (_of_counts, _of_means):
        found = [each for names in sets if (each := explain(table, record, p, column, names, with_p)) is not None]
        if found:
            return max(found, key=lambda each: isinstance(each, Explained) and len(each.tests))
    return Unexplained(record, _why_no_arms(record, row, arms))


def _why_no_arms(record: Record, row: Sequence[Record], arms: Sequence[str]) -> str:
    cells = cells_of_arms(record, row, arms, ("count", "mean", "median", "geometric_mean", "effect", "value", "range"))
    if cells is None:
        return "an arm has several values in the row, and P does not say which it compares"
    kinds = {each["statistic"] for own in cells for each in own}
    if kinds & {"median", "geometric_mean", "range"}:
        return "medians and geometric means do not give P"
    if "mean" in kinds:
        return "a standard deviation or the number of patients is not printed"
    if "count" in kinds:
        return "counts or numbers of patients are not printed, or contradict their percentages"
    return "the row prints no counts or means of the arms that P compares"


def _of_counts(
    table: Table, record: Record, p: Printed, column: tuple[str, ...], arms: Sequence[str], with_p: frozenset[str]
) -> Explained | Unexplained | None:
    possible, involved = count_tables(table, record, arms, with_p)
    if not possible:
        return None
    ranges: dict[str, FloatSpan] = {}
    tests: set[str] = set()
    one_sided: set[str] = set()
    for counts in possible:
        for group in counts:
            here = p_spans(group)
            tests |= {name for name, span in here.items() if prints(span, p)}
            one_sided |= {name for name, span in here.items() if prints_one_sided(span, p)}
            ranges = ranges or here
        if tests:
            break
    larger = [] if tests else larger_tables(possible)
    tests |= {
        name for counts in larger for name, value in p_values_of_ordered(counts).items() if prints((value, value), p)
    }
    exact = [exact_p_value(counts) for counts in larger]
    if any(value is not None and prints(simulated(value), p) for value in exact):
        tests.add("Fisher's exact test")
    unknown = [counts for counts, value in zip(larger, exact, strict=True) if value is None] if exact else []
    too_large = not tests and any(exact_may_print(counts, p) for counts in unknown)
    why_not = "the exact test of so large a table is not computed" if too_large else ""
    equal = all(len(set(line)) == 1 for tables in possible[0] for counts in tables for line in counts)
    return Explained(
        *(record, p, "counts", column, involved, ranges, frozenset(tests), frozenset(one_sided), why_not),
        model="" if tests else _model_of(table_words(table)),
        equal=equal,
    )


def _model_of(words: str) -> str:
    """Why words that a table says of all its P values may make usual tests the wrong ones; "" if they do not."""
    if model_named(words):
        return "the table names a model or an adjusted analysis"
    if pairs_named(words):
        return "the table names a test of another kind: paired, of interaction, of survival"
    return ""


def _of_means(
    table: Table, record: Record, p: Printed, column: tuple[str, ...], arms: Sequence[str], _: frozenset[str]
) -> Explained | Unexplained | None:
    cells = cells_of_arms(record, records_by_row(table)[record["row"]], arms, ("mean",))
    if cells is None or any(len(own) != 1 for own in cells):
        return None
    means = [arm_mean(own[0]) for own in cells]
    known = [mean for mean in means if mean is not None]
    if len(known) < len(means):
        return None
    involved = tuple(own[0] for own in cells)
    ranges = p_ranges_of_means(known)
    if not ranges:
        return None
    tests = frozenset(name for name, span in ranges.items() if prints(span, p))
    one_sided = frozenset(name for name, span in ranges.items() if prints_one_sided(span, p))
    words = f"{table_words(table)} {' '.join(map(own_words, involved))}"
    return Explained(
        *(
            record,
            p,
            "means",
            column,
            involved,
            ranges,
            tests,
            one_sided,
            "" if tests else _why_means(record, involved),
        ),
        model="" if tests else _model_of(words),
        ranks=_why_ranks(words, known),
    )


def _why_means(record: Record, arms: Sequence[Record]) -> str:
    if any(each["adjusted"] for each in arms):
        return "the means are adjusted"
    if record["level"] and any(each["arm_n"] and not each["n"] for each in arms):
        return "the number of patients of the category is not printed"
    return ""


def _why_ranks(words: str, means: Sequence[ArmMean]) -> str:
    if ranks_named(words):
        return "the table names a test of ranks or a transformation"
    return SKEWED if any(0 <= mean.mean[1] < 2 * mean.sd[1] for mean in means) else ""
