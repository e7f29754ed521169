"""Adverse events by grade, one record a grade."""

from pandera.typing.pandas import Series

from schemas.exhibit import Exhibit, Quantities, coded, count, number, text


class AdverseEvents(Exhibit):
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
