"""Adverse events by grade, one record a grade."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, coded, count, number, text
from schemas.base.uses import ClaimCell

# The words that a sentence about adverse events may use without naming another cell.
ADVERSE = frozenset(["trae", "adverse", "event", "treatment", "related", "grade", "any", "ae", "toxicity"])


class AdverseEvents(Exhibit, place=3):
    """A record a grade of a printed row: patients with the event."""

    grade: Series[str] = coded(
        "Grade", "Grades counted: any, 3, 3-4...", "any|[1-5](?:-[1-5])?", "any, or grades such as 3-4"
    )
    event: Series[str] = text("Event", "The adverse event as printed.", required=True)
    n: Series[str] = count("Count", "Patients with the event of that grade.")
    percent: Series[str] = number("Percentage", "Percentage printed with the count.", "%")

    class Config(Exhibit.Config):
        unique = ["row", "grade"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        return ({"n": "n", "percent": "percent"},)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("event",)

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("event",)

    @classmethod
    def sample_csv(cls) -> str:
        return """\
event,grade,n,percent
Fatigue,any,20,39.2
Fatigue,3-4,2,3.9
Hypertension,any,12,23.5
"""

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("event",)

    @classmethod
    def claim_words(cls) -> frozenset[str]:
        return ADVERSE

    @classmethod
    def claim_cells(cls) -> tuple[ClaimCell, ...]:
        label = ("event", "grade")
        return (ClaimCell("percent", ("percent", "count"), "n", label=label, silent=("any",), said_before="grade"),)
