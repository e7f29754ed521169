"""EFF: which groups a ratio compares, and the same ratio printed with the reference exchanged."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from schemas.base.printed import Printed
from validations.inference.claims.words import all_words, units
from validations.inference.estimates import Estimate, find_estimates
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

_ZERO = Decimal(0)
MOST_RATIOS = 1000  # compared with one another: no paper prints more
TOO_MANY = NotCheckable(f"only the first {MOST_RATIOS} ratios are compared with one another")
_NAMING = ("outcome", "level", "section", "characteristic", "comparison", "subject", "versus", "group", "label")
_TIMES = frozenset(("day", "week", "month", "year"))
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.)\s+", re.IGNORECASE)


def groups_compared(comparison: str) -> tuple[str, ...]:
    """The groups that a comparison names, the reference group last: "Limbs vs. trunks vs. others" names three."""
    return tuple(fold(part) for part in _VERSUS.split(comparison.strip())) if comparison.strip() else ()


def can_be_reciprocal(first: Printed, second: Printed) -> bool:
    """Whether one number can be 1 over the other, within their rounding. The arithmetic is exact."""
    return max(first.low, _ZERO) * max(second.low, _ZERO) <= 1 <= first.high * second.high


def can_be_equal(first: Printed, second: Printed) -> bool:
    """Whether two numbers can be equal within their rounding."""
    return first.overlaps(second.low, second.high)


def same_interval(first: Estimate, second: Estimate) -> bool:
    """Whether estimate and limits can be equal within their rounding."""
    pairs = ((first.value, second.value), (first.low, second.low), (first.high, second.high))
    return all(can_be_equal(*pair) for pair in pairs)


def reciprocal_intervals(first: Estimate, second: Estimate) -> bool:
    """Whether one ratio is the other with the reference exchanged: estimate and limits are reciprocal, not equal."""
    pairs = ((first.value, second.value), (first.low, second.high), (first.high, second.low))
    return all(can_be_reciprocal(*pair) for pair in pairs) and not same_interval(first, second)


def opposite_intervals(first: Estimate, second: Estimate) -> bool:
    """Whether the intervals do not overlap, but would overlap with the reference of one ratio exchanged."""
    apart = first.high.high < second.low.low or second.high.high < first.low.low
    return apart and first.low.low * second.low.low <= 1 <= first.high.high * second.high.high


def ratios_in(tables: Iterable[Table]) -> list[Estimate]:
    """The ratios of these tables that lie inside an interval."""
    found = (each for table in tables for each in find_estimates(table))
    return [each for each in found if each.scale == "log" and each.measurable]


def _topic(record: Record) -> tuple[str, str]:
    return fold(record["outcome"]), fold(record["characteristic"])


@check("EFF008", "unlikely")
def ratios_in_opposite_directions(paper: Paper) -> Answers:
    """Two ratios of one comparison point in opposite directions, as if one had the other group as reference.

    Why it matters
        The reference group decides whether a factor is good or bad for the patient. If one comparison is printed once
        with a ratio below 1 and once with a ratio above 1, one of the labels is the wrong way round.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  comparison  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0-1 vs 2-3  0.32          0.16    0.63
        PFS      Lung            Yes vs no   0.85          0.44    1.66

        table3: hazard_ratios
        outcome  characteristic  comparison  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0-1 vs 2-3  3.26          1.64    6.25

    Silent on
        table2: hazard_ratios
        outcome  characteristic  comparison   hazard_ratio  ci_low  ci_high
        PFS      ECOG            0-1 vs 2-3   0.32          0.16    0.63
        PFS      Lung            Yes vs. no   0.85          0.44    1.66

        table3: hazard_ratios
        outcome  characteristic  comparison   hazard_ratio  ci_low  ci_high
        PFS      ECOG            2-3 vs 0-1   3.26          1.64    6.25
        PFS      Lung            Yes vs. no   1.01          0.34    2.95
    """
    found = ratios_in(paper.of("hazard_ratios"))
    if len(found) > MOST_RATIOS:
        yield TOO_MANY
    for first, second in _pairs(found[:MOST_RATIOS]):
        one, other = (groups_compared(each.record["comparison"]) for each in (first, second))
        same_way = one == other
        if not one or not other or (not same_way and one != other[::-1]):
            yield NotCheckable("the two rows do not compare the same groups")
        elif same_way and (reciprocal_intervals(first, second) or opposite_intervals(first, second)):
            yield _fault(second, first, "one of them must have the other group as its reference")
        elif not same_way and same_interval(first, second) and not can_be_reciprocal(first.value, second.value):
            yield _fault(second, first, "equal, although the reference is the other group")
        else:
            yield None


def _pairs(found: Iterable[Estimate]) -> Iterator[tuple[Estimate, Estimate]]:
    """All pairs of ratios with the same outcome and characteristic."""
    topics: dict[tuple[str, str], list[Estimate]] = {}
    for each in found:
        topics.setdefault(_topic(each.record), []).append(each)
    return (pair for group in topics.values() for pair in combinations(group, 2))


def _fault(estimate: Estimate, other: Estimate, why: str) -> Fault:
    spelt = [f"{each.value} ({each.low} to {each.high})" for each in (other, estimate)]
    columns = estimate.columns
    shows = (columns["estimate"], columns["low"], columns["high"])
    message = f"{spelt[0]} in {other.record.place}, {spelt[1]} here: {why}"
    return Fault(message, "", estimate.record, columns["estimate"], shows, (other.record,))


@check("EFF009", "unlikely")
def one_ratio_for_three_groups(table: Table) -> Answers:
    """A comparison names three groups or more, and a single ratio is printed for it.

    Why it matters
        Three groups need two ratios, each against the reference. A single ratio is a trend over ordered groups or joins
        two of the groups. The table does not say which, so the ratio cannot be used.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  comparison                   hazard_ratio  ci_low  ci_high
        PFS      Primary site    Limbs vs. trunks vs. others  0.59          0.31    1.12

    Silent on
        table2: hazard_ratios
        outcome  characteristic  comparison                    hazard_ratio  ci_low  ci_high
        PFS      Organs          None/single vs. multiple      0.54          0.26    1.12
        PFS      Primary site    Limbs vs. trunks vs. others   0.59          0.31    1.12
        PFS      Primary site    Trunks vs. limbs vs. others   0.89          0.51    1.55
    """
    if table.schema != "hazard_ratios":
        return
    rows: dict[tuple[str, str, frozenset[str]], dict[str, list[Record]]] = {}
    for record in table.records:
        groups = frozenset(groups_compared(record["comparison"]))
        if record["hazard_ratio"] and groups:
            model, characteristic = record["model"], fold(record["characteristic"])
            rows.setdefault((model, characteristic, groups), {}).setdefault(record["outcome"], []).append(record)
    for (_, _, groups), outcomes in rows.items():
        single = [records[0] for records in outcomes.values() if len(records) < len(groups) - 1]
        if len(groups) > 2 and single:
            first, *others = single
            message = f"one ratio for {len(groups)} groups: {first['comparison']}"
            shows = ("comparison", "hazard_ratio")
            yield Fault(message, f"{len(groups) - 1} ratios", first, "comparison", shows, tuple(others))
        else:
            yield None


@check("EFF010", "note")
def ratio_printed_the_other_way(paper: Paper) -> Answers:
    """A ratio is printed elsewhere in the paper as its reciprocal.

    Why it matters
        Both are right, with the reference group exchanged. Whoever combines one with the other mixes up harm and
        benefit.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  comparison  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0-1 vs 2-3  0.31          0.16    0.61
        PFS      ECOG            2-3 vs 0-1  3.26          1.64    6.25

    Silent on
        table2: hazard_ratios
        outcome  characteristic  comparison  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0-1 vs 2-3  0.31          0.16    0.61
        PFS      Lung            Yes vs no   0.85          0.44    1.66
        OS       Lung            Yes vs no   1.01          0.34    2.95
    """
    found = ratios_in(table for table in paper.tables.values() if table.schema != "forest")
    if len(found) > MOST_RATIOS:
        yield TOO_MANY
    repeated = _repeating_a_table(found[:MOST_RATIOS])
    for place, second in enumerate(found[:MOST_RATIOS]):
        first = next(
            (
                each
                for each in found[:place]
                if reciprocal_intervals(each, second)
                and not {each.record, second.record} & repeated
                and _may_be_one_comparison(each, second)
            ),
            None,
        )
        yield None if first is None else _fault(second, first, "the same ratio with the reference exchanged")


def _repeating_a_table(found: Sequence[Estimate]) -> frozenset[Record]:
    """The records of a text whose ratio a table prints the same way round."""
    printed = [each for each in found if not each.record["text"]]
    of_text = [each for each in found if each.record["text"]]
    return frozenset(each.record for each in of_text if any(same_interval(each, other) for other in printed))


def _share_words(first: Record, second: Record) -> bool:
    """Whether two records name a common word, apart from times, beside the measure."""
    one, other = (
        frozenset(word for word in all_words(units(" ".join(record[name] for name in _NAMING), {})) if word.isalpha())
        for record in (first, second)
    )
    return bool((one & other) - _TIMES)


def _may_be_one_comparison(first: Estimate, second: Estimate) -> bool:
    """Whether two ratios may describe one comparison: the same topic with the groups in another order, if both name
    their topic, and no different P values."""
    if second.record["text"] and not _share_words(first.record, second.record):
        return False
    topics = [_topic(each.record) for each in (first, second)]
    named = all(topic[1] for topic in topics)
    one, other = (groups_compared(each.record["comparison"]) for each in (first, second))
    p, q = first.other("p"), second.other("p")
    return (not named or (topics[0] == topics[1] and one != other)) and (p is None or q is None or can_be_equal(p, q))
