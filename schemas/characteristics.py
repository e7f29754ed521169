"""Patients' characteristics: counts of a cohort by category, and medians."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, coded, count, number, text
from schemas.base.uses import ClaimCell, TableCounts

RANGE = "median (low–high)"


class Characteristics(Exhibit, place=1):
    """A record a printed value: a category with its count, or a measure with its median and range."""

    label: Series[str] = text("Label", "The row's label without its note marks.", required=True)
    section: Series[str] = text("Section", "The heading under which the row stands.")
    part_of: Series[str] = text("Part of", "Label of the record of which this one counts a part.")
    statistic: Series[str] = coded(
        "Statistic", "What the value is: count or median_range.", "count|median_range", "count or median_range"
    )
    n: Series[str] = count("Count", "Patients in the category.")
    percent: Series[str] = number("Percentage", "Percentage printed with the count.", "%")
    median: Series[str] = number("Median", "Median of the measure, in the unit that the label names.")
    low: Series[str] = number("Lowest", "Lower end of the range printed with the median.")
    high: Series[str] = number("Highest", "Upper end of the range printed with the median.")

    class Config(Exhibit.Config):
        unique = ["row", "label"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        return ({"n": "n", "percent": "percent"}, {"median": "median", "low": "low", "high": "high"})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("section", "part_of", "label")

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("section", "label")

    @classmethod
    def rows_are_exclusive(cls) -> bool:
        return True

    @classmethod
    def table_counts(cls) -> TableCounts:
        return TableCounts(cohort=True)

    @classmethod
    def sample_csv(cls) -> str:
        return """\
section,label,statistic,n,percent,median,low,high
Sex,Male,count,25,49.0,,,
Sex,Female,count,26,51.0,,,
,Age (years),median_range,,,54,19,78
"""

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("section", "label")

    @classmethod
    def claim_cells(cls) -> tuple[ClaimCell, ...]:
        only = {"statistic": ("", "count")}
        cell = ClaimCell("percent", ("percent", "count"), "n", label=("label",), context=("section",), only=only)
        return (cell,)
