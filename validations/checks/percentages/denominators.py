"""PCT: counts and their percentages. The denominator that a column uses is found, not assumed."""

from collections.abc import Iterator
from typing import Literal

from validations.inference.denominators import (
    WORDS,
    Share,
    Shares,
    counts_that_give,
    find_shares,
    in_percent,
    infer_total,
    totals_that_give,
)
from validations.inference.sections import find_sections
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table, once

Judgement = Literal["usual", "other", "section", "unprinted", "impossible", "unknown"]


def judge(share: Share, usual: str) -> Judgement:
    """How the percentage comes about: over the usual denominator of its column, another of its own, the sum of its
    section, a whole number that is not printed for it, none at all."""
    if usual and usual not in share.denominators:
        return "unknown"
    if usual and share.fits(usual):
        return "usual"
    if totals_that_give(share.n, share.percent, share.limit) is None:
        return "impossible"
    if not usual:
        return "unknown"
    if share.fits("section"):
        return "section"
    return "other" if any(share.fits(name) for name in share.denominators) else "unprinted"


@once
def judged(table: Table) -> tuple[tuple[Share, str, Judgement], ...]:
    """Every share of the table with the usual denominator of its column and how its percentage comes about."""
    return tuple(entry for shares in find_shares(table) for entry in _judged(shares))


def _judged(shares: Shares) -> Iterator[tuple[Share, str, Judgement]]:
    """Shares that differ in nothing but their records are judged once."""
    inferred = None if shares.usual else infer_total(shares)
    usual = shares.usual or ("inferred" if inferred else "")
    known: dict[tuple[int, str, int], tuple[Share, Judgement]] = {}
    for share in shares:
        key = (share.n, share.percent.text, id(share.denominators))
        if key not in known:
            more = {"inferred": inferred} if inferred else {}
            like = share._replace(denominators={**share.denominators, **more})
            known[key] = like, judge(like, usual)
        like, judgement = known[key]
        yield like._replace(record=share.record) if inferred else share, usual, judgement


def explained(share: Share, name: str) -> str:
    """What the share would be over that denominator: 24 of 51 (the cohort) is 47.1"""
    total = share.denominators[name]
    return f"{share.n} of {total} ({WORDS[name]}) is {in_percent(share.n, total, share.percent.decimals)}"


def alternatives(share: Share, usual: str) -> str:
    """The counts that would give the printed percentage over the usual denominator: 45.1 fits 23 of 51"""
    total = share.denominators.get(usual, 0)
    fitting = counts_that_give(share.percent, total)[:3]
    return f"{share.percent} fits {' or '.join(map(str, fitting)) or 'no whole number'} of {total}" if total else ""


def fault(share: Share, message: str, usual: str) -> Fault:
    expected = (
        "; ".join(part for part in (explained(share, usual), alternatives(share, usual)) if part) if usual else ""
    )
    columns = (share.columns["n"], share.columns["percent"])
    return Fault(message, expected, share.record, share.columns["percent"], columns)


def undecided(share: Share) -> NotCheckable:
    names = [name for name in ("evaluable", "total") if name in share.columns] or ["N"]
    return NotCheckable(f"{' and '.join(names)} not known, and the column does not tell")


@check("PCT001", "impossible")
def percent_not_from_count(table: Table) -> Answers:
    """The printed percentage is not the count out of any possible number of patients.

    Why it matters
        A count and its percentage say the same thing twice. Where no whole number of patients, up to all that there
        were, makes the percentage out of the count, one of the two is a slip, and a review that copies either may
        copy the wrong one.

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
    for share, usual, judgement in judged(table):
        if judgement == "unknown":
            yield undecided(share)
        elif judgement == "impossible":
            yield fault(share, _impossible(share, usual), usual)
        else:
            yield None


def _impossible(share: Share, usual: str) -> str:
    limit = f" up to {share.limit}" if share.limit else ""
    computed = f"{explained(share, usual)}, not {share.percent}; " if usual else ""
    return (
        f"{computed}no whole number of patients{limit} makes {share.n} into {share.percent} %{_swapped(share, usual)}"
    )


def _swapped(share: Share, usual: str) -> str:
    """The remark that count and percentage look exchanged, or that the count is repeated as percentage."""
    total = share.denominators.get(usual, 0)
    if share.percent.value == share.n:
        return "; the count seems repeated as percentage"
    exchanged = share.percent.is_whole and share.n in map(round, [100 * share.percent.count / total] if total else [])
    return "; count and percentage seem exchanged" if exchanged else ""


@check("PCT002", "unlikely")
def percent_of_unprinted_total(table: Table) -> Answers:
    """The percentage fits the count only over a number of patients that the table does not give for it.

    Why it matters
        Percentages of those with data are legitimate, but a reader must be told how many they were. An unexplained
        denominator in one row is more often a slip of a digit.

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
    for share, usual, judgement in judged(table):
        if judgement == "unknown":
            yield undecided(share)
        elif judgement == "unprinted":
            least, greatest = totals_that_give(share.n, share.percent, share.limit) or (0, 0)
            span = f"{least}" if least == greatest else f"{least} to {greatest}"
            message = f"{share.n} is {share.percent} % of {span}, which is not given; {explained(share, usual)}"
            yield fault(share, message + _swapped(share, usual), usual)
        else:
            yield None


@check("PCT003", "unlikely")
def denominator_differs_from_column(table: Table) -> Answers:
    """The percentage is right over another denominator than that of the other rows of its column.

    Why it matters
        Within one column a reader compares percentages. One that is over the evaluable patients while the others are
        over all patients looks larger than it is.

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
    for share, usual, judgement in judged(table):
        if judgement == "unknown":
            yield undecided(share)
        elif judgement == "other":
            real = next(name for name in share.denominators if share.fits(name))
            rest = f"the column's other rows divide by {WORDS[usual]}"
            yield fault(share, f"{explained(share, real)}, but {rest}: {explained(share, usual)}", usual)
        else:
            yield None


@check("PCT004", "note")
def section_has_its_own_denominator(table: Table) -> Answers:
    """The percentages of a section are over the sum of its own counts, not over the cohort.

    Why it matters
        The section leaves patients out, those without data as a rule. Its percentages are right, but are not to be
        compared with those of the other sections, nor multiplied by the cohort's N.

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
    """
    for section in find_sections(table):
        if table.cohort_n is None or not section.percents or not section.complete:
            yield NotCheckable("N or a count or percentage of the section not known")
        elif section.whole:
            first, *others = section.records
            message = (
                f"the percentages under {section.title} are of {section.total}, its own sum, not of {table.cohort_n}"
            )
            yield Fault(message, f"of {section.total}", first, "percent", ("n", "percent"), tuple(others))
        else:
            yield None


@check("PCT005", "unlikely")
def exclusive_percentages_miss_100(table: Table) -> Answers:
    """The percentages of categories of which a patient has one do not add to 100 within their rounding.

    Why it matters
        A share is wrong, missing or counted twice. Where a count is printed beside each share, they can be recomputed;
        where not, this is the only sign.

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
    for section in find_sections(table):
        if not section.percents:
            yield NotCheckable("a percentage of the section not known")
        elif section.adds_to_100:
            yield None
        elif section.kind != "once" and (section.complete or not section.nearly_100):
            yield NotCheckable("whether a patient can be in several categories of the section is not known")
        else:
            first, *others = section.records
            total = sum(percent.value for percent in section.percents)
            message = (
                f"the percentages under {section.title} add to {total}: between {section.percent_low} and "
                f"{section.percent_high} before rounding, which leaves 100 out"
            )
            yield Fault(message, "100", first, "percent", ("percent",), tuple(others))
