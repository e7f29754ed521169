"""PCT: the percentages of a section, taken together."""

from validations.checks.percentages.judgements import judged_table
from validations.inference.arms.missing import OwnDenominator
from validations.inference.arms.variables import arm_of
from validations.inference.denominators import Share
from validations.inference.sections import find_sections
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table


@check("PCT004", "note")
def section_has_its_own_denominator(table: Table) -> Answers:
    """The percentages of a section divide by the sum of its own counts, not by the cohort.

    Why it matters
        The section leaves patients out, usually those without data. Its percentages are right, but they must not be
        compared with those of other sections or multiplied by the cohort's N.

    Fires on
        table1: characteristics, N = 51
        section  label     n   percent
        PD-L1    Positive  12  40.0
        PD-L1    Negative  18  60.0

    Silent on
        table1: characteristics, N = 51
        section  label     n   percent
        Sex      Male      25  49.0
        Sex      Female    26  51.0

        table2: characteristics, N = 140
        section  label    n   percent
        Sex      Female   72  56.25
        Sex      Male     56  43.75
        Sex      Missing  12  8.57
    """
    for section in () if table.model.panels() else find_sections(table):  # arms: PCT009
        if table.cohort_n is None or not section.percents or not section.complete:
            yield NotCheckable("N, or a count or percentage of the section, is not known")
        elif section.whole and section.total != table.cohort_n:  # else its row of patients without data says why
            first, *others = section.known
            message = (
                f"the percentages under {section.title} divide by {section.known_total}, the sum of the section, "
                f"not by {table.cohort_n}"
            )
            yield Fault(message, f"of {section.known_total}", first, "percent", ("n", "percent"), tuple(others))
        else:
            yield None


@check("PCT005", "unlikely")
def exclusive_percentages_miss_100(table: Table) -> Answers:
    """The percentages of exclusive categories do not add up to 100 within their rounding.

    Why it matters
        A percentage is wrong, missing or counted twice. Without printed counts, the sum is the only sign of it.

    Fires on
        table1: characteristics, N = 51
        section  label   n   percent
        Sex      Male    25  49.0
        Sex      Female  26  52.0

        table2: characteristics
        section  label   percent
        Line     First   23.5
        Line     Second  47.1
        Line     Third   28.4

        table3: results
        row  cell  section  outcome    arm   statistic  percent
        1    2     CGI-I    Improved   Drug  count      47.3
        1    3     CGI-I    Unchanged  Drug  count      35.4
        1    4     CGI-I    Worse      Drug  count      16.3

    Silent on
        table2: characteristics, N = 51
        section  label   n   percent
        Line     First   12  23.5
        Line     Second  24  47.1
        Line     Third   15  29.4

    Not checkable on
        table1: characteristics, N = 51
        section     label  n   percent
        Metastasis  Lung   33  64.7
        Metastasis  Bone   18  35.3
        Metastasis  Liver  6   11.8
    """
    explained = judged_table(table).explained
    for section in find_sections(table):
        if not section.percents:
            yield NotCheckable("a percentage of the section is not known")
        elif section.adds_to_100 or explained.issuperset(section.records):
            yield None
        elif section.kind != "once" and (section.complete or section.overlapping or not section.nearly_100):
            yield NotCheckable("cannot tell whether a patient can be in several categories of the section")
        else:
            first, *others = section.records
            total = sum(percent.value for percent in section.percents)
            message = (
                f"the percentages under {section.title} add up to {total}: between {section.percent_low} and "
                f"{section.percent_high} before rounding, not 100"
            )
            yield Fault(message, "100", first, "percent", ("percent",), tuple(others))


@check("PCT009", "note", by_panel=False)
def variable_has_its_own_denominator(table: Table) -> Answers:
    """The percentages of a variable divide by another number than the N of the arms, and the table does not say so.

    Why it matters
        Some patients have no data for the variable, or something other than patients is counted. Its percentages are
        right, but they must not be compared with those of other variables or multiplied by the N of the arm. All
        categories of the variable, or all arms of its row, agree on these numbers.

    Fires on
        table1: results
        row  cell  outcome  level     arm   arm_n  statistic  n   percent
        1    2     Sex      Men       Drug  94     count      40  42.6
        2    2     Sex      Women     Drug  94     count      54  57.4
        3    2     Smoker   -         Drug  94     count      20  21.3
        4    2     Gene     TT        Drug  94     count      65  73.9
        5    2     Gene     GT or GG  Drug  94     count      23  26.1

        table1: results
        row  cell  outcome   arm      arm_n  statistic  n   percent
        1    2     Smoker    Drug     94     count      20  21.3
        1    3     Smoker    Placebo  93     count      20  21.5
        2    2     Diabetes  Drug     94     count      12  12.8
        2    3     Diabetes  Placebo  93     count      13  14.0
        3    2     Deceased  Drug     94     count      31  36.0
        3    3     Deceased  Placebo  93     count      25  28.1

    Silent on
        table1: results
        row  cell  outcome         level     arm   arm_n  statistic  n   percent
        1    2     Sex             Men       Drug  94     count      40  42.6
        2    2     Sex             Women     Drug  94     count      54  57.4
        3    2     Smoker          -         Drug  94     count      20  21.3
        4    2     Gene            TT        Drug  94     count      65  73.9
        5    2     Gene            GT or GG  Drug  94     count      23  26.1
        6    2     Gene            Missing   Drug  94     count      6   -

        table1: results, notes a n = 88
        row  cell  outcome  level     arm   arm_n  statistic  n   percent  notes
        1    2     Sex      Men       Drug  94     count      40  42.6     -
        2    2     Sex      Women     Drug  94     count      54  57.4     -
        3    2     Smoker   -         Drug  94     count      20  21.3     -
        4    2     Gene     TT        Drug  94     count      65  73.9     n:a
        5    2     Gene     GT or GG  Drug  94     count      23  26.1     n:a
    """
    judged = judged_table(table)
    yield from _looked_at(table)
    for each in judged.own:
        yield None if each.stated else _own_fault(each)


def _looked_at(table: Table) -> Answers:
    """The percentages of arms with nothing to explain; none in other tables."""
    shares = judged_table(table).shares if table.model.panels() else ()
    yield from (None for _, _, judgement in shares if judgement == "usual")


def _own_fault(own: OwnDenominator) -> Fault:
    arms: dict[str, tuple[Share, tuple[int, int]]] = {}
    for share, span in own.shares:
        arms.setdefault(arm_of(share.record), (share, span))
    sizes = [
        f"{' to '.join(dict.fromkeys(map(str, span)))}{_of_arm(share)} in {arm or 'the column'}"
        for arm, (share, span) in arms.items()
    ]
    first, *others = (share for share, _ in own.shares)
    message = f"the percentages of {own.title} are out of {'; '.join(sizes)}"
    also = tuple(share.record for share in others)
    return Fault(message, "the number of patients with data", first.record, "percent", ("n", "percent"), also)


@check("PCT012", "note", by_panel=False)
def percentages_not_of_their_counts(table: Table) -> Answers:
    """Most percentages of a column are not those of its counts, but add up to 100 under each heading.

    Why it matters
        Surveys print counts of people and weighted percentages. Both are right, and neither can be computed from the
        other: a review that divides the counts gets other shares than the paper means.

    Fires on
        table1: characteristics, N = 4016
        section  label     n     percent
        Sex      Female    2105  50.8
        Sex      Male      1911  49.2
        Race     White     1600  64.3
        Race     Black     900   12.1
        Race     Hispanic  1100  15.4
        Race     Other     416   8.2

    Silent on
        table1: characteristics, N = 4016
        section  label     n     percent
        Sex      Female    2105  52.4
        Sex      Male      1911  47.6
    """
    judged = judged_table(table)
    for column in judged.weighted:
        first, *others = column
        where = arm_of(first.record) or "the column"
        message = (
            f"the percentages of {where} add up to 100 under each heading and are not those of the counts: weighted?"
        )
        also = tuple(share.record for share in others)
        yield Fault(message, "", first.record, "percent", ("n", "percent"), also)
    yield from (None for share, _, _ in judged.shares if share.record not in judged.explained)


def _of_arm(share: Share) -> str:
    return f" (N = {share.denominators['arm']})" if "arm" in share.denominators else ""


@check("PCT010", "note", by_panel=False)
def percentages_are_cut_not_rounded(table: Table) -> Answers:
    """The percentages of a column are cut off after their last digit instead of rounded.

    Why it matters
        16 of 22 is 72.7 %, so 73 and not 72. The counts are right, and percentages should be computed from them anew.

    Fires on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n   percent
        1    2     Race     White  Drug  22     count      16  72
        2    2     Race     Black  Drug  22     count      6   28

    Silent on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n   percent
        1    2     Race     White  Drug  22     count      16  73
        2    2     Race     Black  Drug  22     count      6   27
    """
    judged = judged_table(table)
    yield from _looked_at(table)
    for column in judged.cut:
        first, *others = column
        cells = ", ".join(f"{share.n} ({share.percent})" for share in column)
        message = f"the percentages of {arm_of(first.record) or 'the column'} are cut off, not rounded: {cells}"
        also = tuple(share.record for share in others)
        yield Fault(message, "rounded percentages", first.record, "percent", ("n", "percent"), also)


@check("PCT011", "note", by_panel=False)
def digit_moved_so_that_percentages_add_to_100(table: Table) -> Answers:
    """The last digit of a percentage differs by one, so that the percentages of its variable add up to exactly 100.

    Why it matters
        The rounded percentages would add up to 100.1 or 99.9. The moved digit is no error, but no rounding gives it.

    Fires on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n   percent
        1    2     Score    Low    Drug  94     count      56  59.6
        2    2     Score    Mean   Drug  94     count      12  12.7
        3    2     Score    High   Drug  94     count      26  27.7

    Silent on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n   percent
        1    2     Score    Low    Drug  94     count      56  59.6
        2    2     Score    Mean   Drug  94     count      12  12.8
        3    2     Score    High   Drug  94     count      26  27.7
    """
    judged = judged_table(table)
    yield from _looked_at(table)
    for (share,) in judged.moved:
        right = f"{share.n} of {share.denominators.get('arm', '?')}"
        message = f"{share.n} is printed as {share.percent} %, so that the percentages of the variable add up to 100"
        yield Fault(message, right, share.record, "percent", ("n", "percent"))
