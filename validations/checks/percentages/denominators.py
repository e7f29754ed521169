"""PCT: counts and their percentages. The denominator of a column is inferred, not assumed."""

from decimal import Decimal

from validations.checks.percentages.judgements import judged_table, share_fault, share_over, unknown_denominator
from validations.inference.denominators import (
    DENOMINATOR_WORDS,
    Share,
    in_percent,
    totals_that_give,
)
from validations.registry import Answers, check
from validations.statistics.rounding import rounded
from validations.tables import Table


@check("PCT001", "impossible", by_panel=False)
def percent_not_from_count(table: Table) -> Answers:
    """The printed percentage is not the count divided by any possible number of patients.

    Why it matters
        A count and its percentage state the same thing twice. If no whole number of patients gives both, one of the two
        is wrong, and a review that copies either may copy the wrong one.

    Fires on
        table1: characteristics, N = 51
        section  label  n   percent
        Age      < 54   24  45.1
        Age      >= 54  27  54.9

        table2: adverse_events
        event     grade  n   percent
        Anaemia   any    12  23.5
        Fatigue   any    9   17.6
        Nausea    any    5   9.8
        Vomiting  any    6   14.7
        Rash      any    7   140.0

    Silent on
        table1: characteristics, N = 51
        section  label  n   percent
        Sex      Male   25  49.0
        Sex      Women  26  51.0

        table2: characteristics, N = 64
        label             n   percent
        A half, up        22  34.4
        A half, to even   18  28.1
        A half, down      6   9.37
        Of those tested   12  40.0
        Fewer than said   0   <1

        table3: responses
        group  n_total  n_evaluable  cr_n  cr_percent  na_n  na_percent
        A      43       41           2     4.9         2     4.7
    """
    for share, usual, judgement in judged_table(table).unexplained:
        if judgement == "unknown":
            yield unknown_denominator(share)
        elif judgement == "impossible":
            yield share_fault(share, _impossible(share, usual), usual)
        else:
            yield None


def _impossible(share: Share, usual: str) -> str:
    limit = f" up to {share.limit}" if share.limit else ""
    computed = f"{share_over(share, usual)}, not {share.percent}; " if usual else ""
    return f"{computed}{share.n} is not {share.percent} % of any number of patients{limit}{_swapped(share, usual)}"


def _swapped(share: Share, usual: str) -> str:
    """The remark that count and percentage look exchanged, or that the count is repeated as the percentage; else ""."""
    total = share.denominators.get(usual, 0)
    if share.percent.value == share.n:
        return "; the count seems to be repeated as the percentage"
    exchanged = share.percent.is_whole and share.n in map(round, [100 * share.percent.count / total] if total else [])
    return "; count and percentage seem to be exchanged" if exchanged else ""


def _rounded_twice(share: Share, usual: str) -> str:
    """The remark that rounding an already rounded percentage gives the printed one: 40.848, 40.85, 40.9; else ""."""
    total, decimals = share.denominators.get(usual, 0), share.percent.decimals
    finer = in_percent(share.n, total, decimals + 1) if total else "0"
    twice = rounded(Decimal(finer), decimals)
    return f"; {finer} rounded once more gives {twice}" if total and twice == share.percent.value else ""


@check("PCT002", "unlikely", by_panel=False)
def percent_of_unprinted_total(table: Table) -> Answers:
    """The percentage fits the count only over a number of patients that the table does not print.

    Why it matters
        Percentages of the patients with data are legitimate, but the table must say how many they were. An unexplained
        denominator in a single row is more often a wrong digit.

    Fires on
        table1: characteristics, N = 51
        section  label     n   percent
        PD-L1    Positive  12  40.0

        table2: responses
        group  n_total  n_evaluable  cr_n  cr_percent
        A      21       15           3     16.7

    Silent on
        table1: characteristics, N = 51
        section  label     n   percent
        PD-L1    Positive  12  40.0
        PD-L1    Negative  18  60.0

        table2: characteristics, N = 51
        section  label     n   percent
        Sex      Male      25  49.0

        table3: characteristics, N = 51
        section  label  part_of  n   percent
        Subtype  LMS    -        12  40.0
        Subtype  uLMS   LMS      4   13.3
        Subtype  UPS    -        18  60.0
    """
    for share, usual, judgement in judged_table(table).unexplained:
        if judgement == "unknown":
            yield unknown_denominator(share)
        elif judgement == "unprinted":
            least, greatest = totals_that_give(share.n, share.percent, share.limit) or (0, 0)
            span = f"{least}" if least == greatest else f"{least} to {greatest}"
            message = f"{share.n} is {share.percent} % of {span}, which is not printed; {share_over(share, usual)}"
            yield share_fault(share, message + _swapped(share, usual) + _rounded_twice(share, usual), usual)
        else:
            yield None


@check("PCT003", "unlikely", by_panel=False)
def denominator_differs_from_column(table: Table) -> Answers:
    """The percentage has another denominator than the other rows of its column.

    Why it matters
        Readers compare the percentages of a column. A percentage of the evaluable patients looks too large among
        percentages of all patients.

    Fires on
        table4: responses
        group  n_total  n_evaluable  na_n  na_percent
        A      43       41           2     4.7
        B      21       15           6     28.6
        Total  72       64           8     12.5

        table1: characteristics, N = 72
        section  label  part_of  n   percent
        Subtype  LMS    -        12  16.7
        Subtype  uLMS   LMS      5   41.7
        Subtype  UPS    -        60  83.3

    Silent on
        table4: responses
        group  n_total  n_evaluable  cr_n  cr_percent  na_n  na_percent
        A      43       41           2     4.9         2     4.7
        B      21       15           1     6.7         6     28.6
        Total  72       64           3     4.7         8     11.1
    """
    for share, usual, judgement in judged_table(table).unexplained:
        if judgement == "unknown":
            yield unknown_denominator(share)
        elif judgement == "other":
            real = next(name for name in share.denominators if share.fits(name))
            rest = f"the other rows of the column divide by {DENOMINATOR_WORDS[usual]}"
            yield share_fault(share, f"{share_over(share, real)}, but {rest}: {share_over(share, usual)}", usual)
        else:
            yield None
