"""PCT: the percentages of a section, taken together."""

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
    """
    for section in find_sections(table):
        if table.cohort_n is None or not section.percents or not section.complete:
            yield NotCheckable("N, or a count or percentage of the section, is not known")
        elif section.whole:
            first, *others = section.records
            message = (
                f"the percentages under {section.title} divide by {section.total}, the sum of the section, "
                f"not by {table.cohort_n}"
            )
            yield Fault(message, f"of {section.total}", first, "percent", ("n", "percent"), tuple(others))
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
            yield NotCheckable("a percentage of the section is not known")
        elif section.adds_to_100:
            yield None
        elif section.kind != "once" and (section.complete or not section.nearly_100):
            yield NotCheckable("cannot tell whether a patient can be in several categories of the section")
        else:
            first, *others = section.records
            total = sum(percent.value for percent in section.percents)
            message = (
                f"the percentages under {section.title} add up to {total}: between {section.percent_low} and "
                f"{section.percent_high} before rounding, not 100"
            )
            yield Fault(message, "100", first, "percent", ("percent",), tuple(others))
