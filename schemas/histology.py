"""The histological subtypes of a study arm, taken apart from one printed cell."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, coded, count, text


class Histology(Exhibit, place=7):
    """A record a subtype of an arm, in the order of print; `row` is the row of the arm."""

    position: Series[str] = coded("Position", "Place of the subtype in its cell, from 1.", "[1-9][0-9]*", "1, 2, 3...")
    study: Series[str] = text("Study", "First author and year.", required=True)
    treatment: Series[str] = text("Treatment", "Drugs, doses and schedule of the arm.")
    subtype: Series[str] = text("Subtype", "The subtype as printed.", required=True)
    n: Series[str] = count("Count", "Patients with the subtype.")
    total: Series[str] = count("Total", "The denominator printed behind the count.")

    class Config(Exhibit.Config):
        unique = ["row", "position"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        return ({"n": "n", "total": "total"},)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("row", "subtype")

    @classmethod
    def shared(cls) -> tuple[str, ...]:
        return ("study", "treatment")

    @classmethod
    def needed(cls) -> tuple[str, ...]:
        """The position too: only the position tells where one printed cell ends and the next begins."""
        return ("position", *super().needed())

    @classmethod
    def taken_from(cls) -> str:
        return "study_arms"

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("subtype",)

    @classmethod
    def sample_csv(cls) -> str:
        return """\
study,treatment,position,subtype,n,total
Smith 2020,pembrolizumab,1,leiomyosarcoma,30,50
Smith 2020,pembrolizumab,2,liposarcoma,20,50
"""

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("treatment",)
