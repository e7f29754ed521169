"""Adverse events by grade, one record a grade."""

import re

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, coded, count, number, text
from schemas.base.uses import ClaimCell, Drafting

# The words that a sentence about adverse events may use without naming another cell.
ADVERSE = frozenset(["trae", "adverse", "event", "treatment", "related", "grade", "any", "ae", "toxicity"])
_GRADES = (r"[1-5]\s*(?:[-–/]|to|or|and)\s*[1-5]\b", r"(?:≥|>=)\s*(?:grade\s*)?[1-5]", r"grades?\s*[1-5]\b|\bG[1-5]\b")


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
    def drafting(cls) -> Drafting:
        return Drafting(
            words=r"adverse|toxicit|\bTR?AEs?\b",
            columns=((r"^\W*%\W*$|percent", ("percent",)), (r"", ("n (percent)", "n"))),
            labels_follow_headings=True,
        )

    @classmethod
    def drafted_constants(cls, head: str, form: str) -> dict[str, str]:
        return {"grade": grade_in(head)}

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


def grade_in(head: str) -> str:
    """The grades that a head names, "any" if it names none; "grade 3 and above" is 3-5."""
    for words in _GRADES:
        if found := re.search(words, head, re.IGNORECASE):
            low, *rest = re.findall(r"[1-5]", found[0])
            high = "5" if "≥" in found[0] or ">=" in found[0] else rest[0] if rest else low
            return f"{low}-{high}" if low < high else low
    return "any"
