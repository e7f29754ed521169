"""The arms of the studies that a review includes."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, count, number, text
from schemas.base.uses import TableCounts


class StudyArms(Exhibit, place=6):
    """A record an arm of a study."""

    group: Series[str] = text("Group", "The heading under which the arm stands.")
    study: Series[str] = text("Study", "First author and year.", required=True)
    design: Series[str] = text("Design", "Phase and kind of the trial.")
    patients: Series[str] = text("Patients", "Whom the arm included.")
    sample_size: Series[str] = count("Sample size", "Patients of the arm.")
    median_age: Series[str] = number("Median age", "Median age of the patients.", "years")
    age_low: Series[str] = number("Lowest age", "Lower end of the range printed with the median.", "years")
    age_high: Series[str] = number("Highest age", "Upper end of the range printed with the median.", "years")
    female_percent: Series[str] = number("Female", "Women among the patients.", "%")
    histology: Series[str] = text("Histology", "Subtypes with their counts, as printed.")
    treatment_line: Series[str] = text("Treatment line", "Line of treatment, as printed.")
    treatment: Series[str] = text("Treatment", "Drugs, doses and schedule.")
    primary_endpoint: Series[str] = text("Primary end point", "As printed.")
    orr_percent: Series[str] = number("ORR", "Objective response rate.", "%")
    dcr_percent: Series[str] = number("DCR", "Disease control rate.", "%")

    class Config(Exhibit.Config):
        unique = ["row"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        """`total` is the exact denominator of a percentage, `at_most` a number that its denominator cannot exceed."""
        return (
            {"median": "median_age", "low": "age_low", "high": "age_high"},
            {"percent": "female_percent", "total": "sample_size"},
            {"percent": "orr_percent", "at_most": "sample_size"},
            {"percent": "dcr_percent", "at_most": "sample_size"},
            {"orr_percent": "orr_percent", "dcr_percent": "dcr_percent", "at_most": "sample_size"},
        )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("group", "study", "design", "treatment")

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("group", "treatment_line")

    @classmethod
    def table_counts(cls) -> TableCounts:
        return TableCounts(studies="study", patients="sample_size")

    @classmethod
    def sample_csv(cls) -> str:
        return """\
study,design,sample_size,median_age,age_low,age_high,female_percent,treatment,orr_percent
Smith 2020,phase II,50,54,19,78,52.0,pembrolizumab,18.0
Jones 2021,phase II,42,58,21,80,47.6,nivolumab,9.5
"""

    @classmethod
    def label_column(cls) -> str:
        return "study"

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("group", "treatment")
