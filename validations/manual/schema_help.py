"""The columns of a schema, for people who type a CSV."""

from collections.abc import Iterator
from textwrap import indent, wrap

from schemas import SCHEMAS
from schemas.base.exhibit import PROVENANCE, Exhibit, Field, incomplete

WIDTH = 110
_ANY = ("text", "some text")


def explain_schema(name: str) -> str:
    """Return the help on a schema: each column, whether it is needed and what it holds; then a small CSV."""
    model = SCHEMAS[name]
    fields = [item for item in model.fields() if item.name not in PROVENANCE]
    widest = max(len(item.name) for item in fields)
    lines = [line for item in fields for line in _lines(item, model, widest)]
    return "\n".join(
        [
            f"{name}: {_what_it_is(model)}",
            "",
            *lines,
            "",
            *wrap(_left_out(model), WIDTH),
            "",
            "A CSV may be as small as this:",
            "",
            indent(model.sample_csv(), "    ").rstrip(),
            "",
            f"    doubletake check mine.csv --schema {name}{' --param n_total=51' if _has_cohort(model) else ''}",
        ]
    )


def _what_it_is(model: type[Exhibit]) -> str:
    """The first line of the docstring of a schema; SchemaFileError if it has none."""
    if not model.__doc__:
        raise incomplete(model, "docstring", "one whose first line says what a record is")
    return model.__doc__.partition("\n")[0]


def _lines(item: Field, model: type[Exhibit], widest: int) -> Iterator[str]:
    """The column in as many lines as it needs."""
    unit = f" Unit: {item.unit}." if item.unit not in ("", "patients") else ""
    held = expected(model, item.name).rstrip(".")
    said = f"{item.description}{unit}{'' if held in _ANY else f' Holds {held}.'}"
    needed = "needed" if item.name in model.needed() else ""
    blank = " " * (widest + 12)
    yield from wrap(f"  {item.name:<{widest}}  {needed:<6}  {said}", WIDTH, subsequent_indent=blank)


def expected(model: type[Exhibit], column: str) -> str:
    """What the cells of a column may be, in words: a whole number or nothing."""
    return str(model.to_schema().columns[column].metadata["expected"])


def _left_out(model: type[Exhibit]) -> str:
    """What a CSV may be without, in words."""
    numbers = len(model.quantities()) > 0
    shared = " and ".join(model.shared())
    rows = (
        f"Without row, rows are numbered; records of one {shared} that differ in {model.part()} are one printed row."
        if shared
        else "Without row, the records are numbered."
    )
    some = " at least one column of numbers is needed, too," if numbers else ""
    return (
        f"All columns that are not marked as needed may be left out;{some} and an empty cell was not printed. {rows} "
        f"Numbers are as printed, with decimal points. extract adds {', '.join(PROVENANCE)}."
    )


def _has_cohort(model: type[Exhibit]) -> bool:
    """Whether the schema counts patients of a cohort whose N is given beside the CSV."""
    return any("n" in group and "total" not in group for group in model.quantities())


def schema_lines() -> list[str]:
    """A line a schema: its name and what it is."""
    widest = max(map(len, SCHEMAS))
    return [f"{name:<{widest}}  {_what_it_is(model)}" for name, model in SCHEMAS.items()]
