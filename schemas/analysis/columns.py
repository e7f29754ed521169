"""The columns that several analysis frames share: what a row is about, conversions, and where it is printed."""

from collections.abc import Iterator

from schemas.base.exhibit import Field, Kind

IDENTITY = (
    Field(
        "id",
        "Identifier",
        "Paper, exhibit, row and part, which stay the same from run to run: li2024.table2.3.PFS",
        "string",
        constraints={"required": True, "unique": True},
    ),
    Field("study", "Study", "The study: in a review as its label names it, else the paper.", "string"),
    Field("paper", "Paper", "The folder of the paper in curated/.", "string", constraints={"required": True}),
    Field("exhibit", "Exhibit", "The exhibit, by the name of its CSV.", "string", constraints={"required": True}),
    Field("row", "Row", "The printed row of the exhibit, from 1.", "integer", constraints={"required": True}),
)
ABOUT = (
    Field("caption", "Caption", "The caption of the exhibit.", "string"),
    Field("section", "Section", "The headings over the row.", "string"),
    Field("outcome", "Outcome", "What was counted or measured, as printed.", "string"),
    Field("subgroup", "Subgroup", "The category, or the group of patients or studies, as printed.", "string"),
    Field("timepoint", "Time point", "When it was measured, as printed.", "string"),
    Field("population", "Population", "The patients, where caption, head or note say it.", "string"),
)
UNIT = Field("unit", "Unit", "Unit as printed.", "string")
_DISPUTED = (
    Field(
        "disputed",
        "Disputed",
        "Codes of findings on the row's cells that are open or ruled the paper's error, joined by |.",
        "string",
    ),
    Field("why", "Why", "Why they are disputed: the ruling, or else what was found.", "string"),
    Field("noted", "Noted", "Codes of notes on the row's cells: nothing is wrong, but look at them.", "string"),
)
_BOX = (
    Field("page", "Page", "Page of the PDF, from 1.", "integer"),
    Field("x0", "Left", "Left edge of the printed row.", "number", "pt"),
    Field("top", "Top", "Upper edge of the printed row, from the top of the page as displayed.", "number", "pt"),
    Field("x1", "Right", "Right edge of the printed row.", "number", "pt"),
    Field("bottom", "Bottom", "Lower edge of the printed row.", "number", "pt"),
)


def printed_in(*names: str) -> tuple[Field, ...]:
    """Columns with the printed strings, then those on disputes and on the place."""
    texts = tuple(
        Field(name, "Printed", "The cells as printed, by column of the curated CSV: n=12; percent=23.5", "string")
        for name in names
    )
    return (*texts, *_DISPUTED, *_BOX)


def converted(name: str, what: str, unit: str = "") -> Iterator[Field]:
    """The columns of the receipt of a value: whence, how, and between which bounds. Blank where it is printed."""
    yield Field(
        f"{name}_from", f"{what}, from", f"What {name} is converted from: ci, se, median_quartiles...", "string"
    )
    yield Field(f"{name}_formula", f"{what}, formula", f"How {name} is converted, and by which source.", "string")
    for end, title in (("low", "least"), ("high", "greatest")):
        text = f"The {title} value of {name} that the rounding of the printed numbers allows."
        yield Field(f"{name}_{end}", f"{what}, {title}", text, "number", unit)


def value(name: str, title: str, description: str, kind: Kind = "number", unit: str = "") -> Field:
    """A column of numbers."""
    return Field(name, title, description, kind, unit)


def word(name: str, title: str, description: str) -> Field:
    """A column of text."""
    return Field(name, title, description, "string")
