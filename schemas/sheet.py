"""The cells of a table of words, such as a list of studies, definitions or search terms: nothing is lost."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, coded, text


class SheetCells(Exhibit, place=11):
    """A record a printed cell."""

    cell: Series[str] = coded("Cell", "Printed column, from 1.", "[1-9][0-9]*", "1, 2, 3...")
    section: Series[str] = text("Section", 'The headings over the row, joined by " / ".')
    label: Series[str] = text("Label", "The first cell of the row.")
    head: Series[str] = text("Head", 'The heads over the cell, joined by " / ".')
    text: Series[str] = text("Text", "The cell as printed.")

    class Config(Exhibit.Config):
        unique = ["row", "cell"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("section", "label")

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        return ("section", "label", "cell", "text")

    @classmethod
    def read_by_rules(cls) -> bool:
        return True

    @classmethod
    def sample_csv(cls) -> str:
        return """\
cell,label,head,text
2,1,Module,Getting started
3,1,Activities,"Reading, exercises"
"""
