"""PCT: the percentages of a section, taken together."""

from validations.inference.sections import find_sections
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table


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
