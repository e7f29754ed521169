"""Figures stated in running text, one record a figure."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, ReadFrom, coded, count, number
from schemas.base.exhibit import text as words
from schemas.base.printed import PATTERN

SECTIONS = ("abstract", "introduction", "methods", "results", "discussion", "conclusion")
COMPARATORS = ("=", "<", ">", "~", "≤", "≥")
NOT_A_NUMBER = r"not (?:yet )?(?:reached|estimable|evaluable|attained)"
_CITED = r"(?:table|fig)(?:\d+(?:_[a-h])?|_s\d+)"
_MONTH = r"(?:(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2}(?:st|nd|rd|th)?,?)?(?: \d{4})?)"
DATE = rf"{_MONTH}(?: (?:to|and|until|through|-) {_MONTH})?"


class Claims(Exhibit, place=8):
    """A record a figure; `row` is its place in reading order."""

    section: Series[str] = coded(
        "Section", "The part of the paper that states it.", f"(?:{'|'.join(SECTIONS)})?", ", ".join(SECTIONS)
    )
    text: Series[str] = words("Text", "The figure with at most eight words around it.", required=True)
    measure: Series[str] = coded(
        "Measure", "What the figure is: count, percent, orr, pfs_median...", "[a-z][a-z0-9_]*", "a name such as orr"
    )
    subject: Series[str] = words("Subject", "Whom or what it is about, in the words of the sentence.")
    comparator: Series[str] = coded(
        "Comparator",
        "How the value is bounded; ~ for about.",
        f"(?:{'|'.join(COMPARATORS)})?",
        "= < > ~ ≤ ≥ or nothing",
    )
    value: Series[str] = coded(
        "Value",
        "The figure; a date, or not reached, as printed.",
        rf"(?:{PATTERN}|{NOT_A_NUMBER}|{DATE})?",
        "a printed number, a date, not reached, or nothing",
    )
    unit: Series[str] = words("Unit", "Unit of the value; of a count, what is counted.")
    n: Series[str] = count("Count", "Patients of whom a percentage is stated.")
    total: Series[str] = count("Total", "The number out of which they are counted.")
    n_studies: Series[str] = count("Studies", "Studies that were pooled.", "studies")
    low: Series[str] = number("Lowest", "Lower end of a range or an interquartile range.")
    high: Series[str] = number("Highest", "Upper end of the same.")
    sd: Series[str] = number("Standard deviation", "The spread printed with a mean.")
    ci_low: Series[str] = number("Lower limit", "Lower limit of the confidence interval.")
    ci_high: Series[str] = number("Upper limit", "Upper limit of the confidence interval.")
    p: Series[str] = number("P", "P value stated with the figure.")
    versus: Series[str] = words("Versus", "Whom or what the subject is compared with.")
    ci_level: Series[str] = number("Level", "Confidence level, where the sentence prints it with the interval.", "%")
    cites: Series[str] = coded(
        "Cites",
        "The tables and figures that the sentence cites for the figure, joined by ;",
        rf"(?:{_CITED}(?:;{_CITED})*)?",
        "names such as table2;fig3_b, or nothing",
    )

    class Config(Exhibit.Config):
        unique = ["row"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        return ({"estimate": "value", "low": "ci_low", "high": "ci_high", "level": "ci_level", "p": "p"},)

    @classmethod
    def optional(cls) -> tuple[str, ...]:
        return ("ci_level", "cites")

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("section", "measure", "subject")

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """`row`: the text may state one figure several times, so equal claims are not one row printed twice."""
        return ("row",)

    @classmethod
    def sample_csv(cls) -> str:
        return """\
section,text,measure,value,n,total
results,the objective response rate was 18.0% (9/50),orr,18.0,9,50
results,median progression-free survival was 4.1 months,pfs_median,4.1,,
"""

    @classmethod
    def read_from(cls) -> ReadFrom:
        return "text"
