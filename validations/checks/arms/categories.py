"""ARM: the categories of a variable in one arm beside those of the others, and percentages over another arm's N."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from validations.checks.arms.sizes import MOST_OF_A_WRONG_N
from validations.checks.totals.sums import figures
from validations.inference.arms.missing import span_of
from validations.inference.arms.variables import Categories, arm_of, find_categories, name_of
from validations.inference.denominators import Share, count_gives, find_shares
from validations.labels import is_missing
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Table

FEWEST_OF_ANOTHER_ARM = 3  # percentages of a column that only another arm's N gives


@check("ARM007", "unlikely", by_panel=False)
def categories_do_not_add_up_in_one_arm(table: Table) -> Answers:
    """The categories of a variable add up to the N of the arm in all arms but one.

    Why it matters
        The other arms show that every patient is in exactly one category. In this arm a patient was lost or counted
        twice, or a digit is wrong.

    Fires on
        table1: results
        row  cell  outcome  level  arm      arm_n  statistic  n
        1    2     Site     Arm    Drug     40     count      21
        2    2     Site     Leg    Drug     40     count      19
        1    3     Site     Arm    Placebo  40     count      23
        2    3     Site     Leg    Placebo  40     count      19

    Silent on
        table1: results
        row  cell  outcome  level  arm      arm_n  statistic  n   percent
        1    2     Site     Arm    Drug     40     count      21  52.5
        2    2     Site     Leg    Drug     40     count      19  47.5
        1    3     Site     Arm    Placebo  40     count      20  52.6
        2    3     Site     Leg    Placebo  40     count      18  47.4

    Not checkable on
        table1: results
        row  cell  outcome  level  arm      arm_n  statistic  n
        1    2     Site     Arm    Drug     40     count      31
        2    2     Site     Leg    Drug     40     count      19
        1    3     Site     Arm    Placebo  40     count      33
        2    3     Site     Leg    Placebo  40     count      19
    """
    variables: dict[tuple[str, ...], list[Categories]] = defaultdict(list)
    for categories in find_categories(table):
        variables[categories.rows].append(categories)
    for arms in variables.values():
        if len(arms) > 1:
            yield _of_arms(table, arms)


def _of_arms(table: Table, arms: Sequence[Categories]) -> Answer:
    if any(row in table.doubtful for row in arms[0].rows):
        return NotCheckable("the reading of a row is in doubt")
    known = [each for each in arms if _size(each) and all(record.count("n") is not None for record in each.records)]
    odd = [each for each in known if _total(each) != _size(each)]
    if len(known) < len(arms):
        return NotCheckable("a count or the N of an arm is not known")
    if not odd:
        return None
    if len(odd) > 1 or any(is_missing(name_of(record)) for record in odd[0].records):
        return NotCheckable("the categories do not add up in several arms: a patient can be in none or in several")
    size, total = _size(odd[0]) or 0, _total(odd[0])
    if _out_of_their_sum(odd[0]) or total < MOST_OF_A_WRONG_N * size:  # the latter: ARM006
        return None
    if len(known) - len(odd) < 2 and not odd[0].records[0]["level"]:
        return NotCheckable("the rows under one heading add up in one arm only: perhaps by chance")
    first, *others = odd[0].records
    message = (
        f"{odd[0].title} in {first['arm']}: {figures(odd[0].records, 'n')}, but N is {first['arm_n']}; "
        "in the other arms the categories add up"
    )
    return Fault(message, first["arm_n"], first, "n", ("n",), tuple(others))


def _size(categories: Categories) -> int | None:
    return categories.records[0].count("arm_n")


def _total(categories: Categories) -> int:
    return sum(record.count("n") or 0 for record in categories.records)


def _out_of_their_sum(categories: Categories) -> bool:
    """Whether the percentages are of the patients in the categories, so that the others have no data."""
    total = _total(categories)
    shares = [(record.count("n") or 0, record.number("percent")) for record in categories.records]
    return all(percent is not None and count_gives(n, total, percent) for n, percent in shares)


@check("ARM008", "unlikely", by_panel=False)
def percentages_are_out_of_another_arm(table: Table) -> Answers:
    """The percentages of a column are out of the N of another arm.

    Why it matters
        Heads of columns were exchanged, or one arm's N was used for both. All percentages of the column are wrong, or
        its N is.

    Fires on
        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Men       Drug     47     count      39  86.7
        2    2     Smoker    Drug     47     count      12  26.7
        3    2     Diabetes  Drug     47     count      7   15.6
        1    3     Men       Placebo  45     count      36  80.0

    Silent on
        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Men       Drug     47     count      39  83.0
        2    2     Smoker    Drug     47     count      12  25.5
        3    2     Diabetes  Drug     47     count      7   14.9
        1    3     Men       Placebo  45     count      36  80.0
    """
    panels = [panel for panel in table.panels if panel.cohort_n] if table.model.panels() else []
    for panel in panels:
        others = {
            other.cohort_n: other.records[0]["arm"] for other in panels if other.cohort_n not in (None, panel.cohort_n)
        }
        shares = [share for group in find_shares(panel) for share in group if share.n and "arm" in share.denominators]
        if not shares or not others:
            yield NotCheckable("no percentage without a printed total, or no arm of another size")
        else:
            yield _of_another(shares, others)


def _of_another(shares: Sequence[Share], others: Mapping[int, str]) -> Answer:
    odd = [share for share in shares if not share.fits("arm")]
    span = span_of(odd) if len({(share.n, share.percent.text) for share in odd}) >= FEWEST_OF_ANOTHER_ARM else None
    if span is None or 2 * len(odd) < len(shares):
        return None
    found = [(n, arm) for n, arm in others.items() if span[0] <= n <= span[1]]
    if not found:
        return None
    (n, arm), first = found[0], odd[0].record
    message = f"the percentages of {arm_of(first)} (N = {first['arm_n']}) are out of {n}, the N of {arm}"
    also = tuple(share.record for share in odd[1:])
    return Fault(message, f"out of {first['arm_n']}", first, "percent", ("n", "percent"), also)
