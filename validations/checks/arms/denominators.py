"""ARM: columns whose percentages are out of another number than the N in their head."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from validations.inference.arms.missing import span_of
from validations.inference.arms.variables import arm_of
from validations.inference.denominators import Share, Shares, find_shares, infer_total
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Table

FEWEST_OF_ANOTHER_ARM = 3  # percentages of a column that only another arm's N gives
FEWEST_OF_ITS_OWN = 3  # percentages of another arm that its N gives, before fewer patients than N are odd


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


@check("ARM010", "unlikely", by_panel=False)
def percentages_are_out_of_another_n(table: Table) -> Answers:
    """The percentages of a column are out of another number of patients than the N in its head.

    Why it matters
        All percentages of the arm, or its N, are wrong. Percentages of fewer patients than N are usual where patients
        have no data; they are a fault only if the percentages of another arm are out of all its patients.

    Fires on
        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Men       Drug     63     count      39  73.6
        2    2     Smoker    Drug     63     count      12  22.6
        3    2     Diabetes  Drug     63     count      7   13.2
        1    3     Men       Placebo  45     count      36  80.0
        2    3     Smoker    Placebo  45     count      10  22.2
        3    3     Diabetes  Placebo  45     count      8   17.8

        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Men       Drug     51     count      39  73.6
        2    2     Smoker    Drug     51     count      12  22.6
        3    2     Diabetes  Drug     51     count      7   13.2

    Silent on
        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Men       Drug     63     count      39  73.6
        2    2     Smoker    Drug     63     count      12  22.6
        3    2     Diabetes  Drug     63     count      7   13.2
        1    3     Men       Placebo  52     count      36  80.0
        2    3     Smoker    Placebo  52     count      10  22.2
        3    3     Diabetes  Placebo  52     count      8   17.8

    Not checkable on
        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Men       Drug     63     count      39  73.6
        2    2     Smoker    Drug     63     count      12  22.6
    """
    columns: dict[tuple[str, ...], list[Share]] = defaultdict(list)
    for share in _of_heads(table):
        columns[share.printed_column].append(share)
    sizes = {shares[0].denominators["arm"] for shares in columns.values()}
    for shares in columns.values():
        others = [each for each in columns.values() if each[0].record["arm"] != shares[0].record["arm"]]
        yield _of_an_n(shares, sizes, other_is_whole=any(map(_is_whole, others)))


def _of_heads(table: Table) -> Iterator[Share]:
    """The percentages that are out of the N in the head of their column, if of any printed number."""
    for panel in table.panels if table.model.panels() else ():
        for shares in find_shares(panel):
            yield from (share for share in shares if share.n and "arm" in share.denominators)


def _is_whole(shares: Sequence[Share]) -> bool:
    """Whether the percentages of an arm are out of all its patients."""
    fitting = sum(share.fits("arm") for share in shares)
    return fitting >= FEWEST_OF_ITS_OWN and 4 * fitting >= 3 * len(shares)


def _of_an_n(shares: Sequence[Share], sizes: set[int], *, other_is_whole: bool) -> Answer:
    if 2 * sum(share.fits("arm") for share in shares) >= len(shares):
        return None
    total, n = infer_total(Shares(shares)), shares[0].denominators["arm"]
    if total is None:
        return NotCheckable("no number of patients gives most percentages of the column")
    if (total < n and not other_is_whole) or total in sizes:  # the latter: ARM008
        return None
    first, *others = (share.record for share in shares)
    message = f"the percentages of {arm_of(first) or 'the column'} are out of {total}, but its N is {n}"
    return Fault(message, str(total), first, "arm_n", ("arm_n",), tuple(others))
