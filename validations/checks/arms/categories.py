"""ARM: the categories of a variable in one arm beside those of the others."""

from collections import defaultdict
from collections.abc import Sequence

from validations.checks.arms.sizes import MOST_OF_A_WRONG_N
from validations.checks.totals.sums import figures
from validations.inference.arms.variables import Categories, find_categories, name_of
from validations.inference.denominators import count_gives
from validations.labels import is_missing
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Table


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
