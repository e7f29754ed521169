"""A card: the facts of one paper that a person entered, loaded strictly. What to do with them is not known here.

extract/papers/README.md says what every key means, with examples. `reads` is a cell format (formats.py) or a list
of them, of which a cell follows one. Columns whose constant for the schema's second key differs (PFS, OS) make a record
each; no two columns fill one field of one record (clashes.py). Headings and columns of a forest plot (schema
"forest") are understood by its reader: the card counts the rows and names the columns, which are compared.
"""

import tomllib
from pathlib import Path
from typing import Any

from extract.cards.card import FOREST, Card, Column, ExhibitCard, Misread
from extract.cards.clashes import find_clash
from extract.cards.formats import compile_format
from extract.cards.strict import Types, take_table
from extract.errors import CardError, UsageError
from schemas import SCHEMAS
from schemas.exhibit import PROVENANCE

PAPERS = Path(__file__).parents[1] / "papers"
_CARD = {"doi": str, "citation": str, "licence": str, "exhibits": dict}
_EXHIBIT = {"label": str, "schema": str, "rows": int, "columns": list}
_OPTIONAL: Types = {"headings": str, "unsectioned": list, "left_out": list, "constants": dict, "cohort": (int, str)}
_MISREAD = {"exhibit": str, "row": int, "column": str, "read": str, "published": str, "why": str}


def card_names(folder: Path = PAPERS) -> list[str]:
    """The papers that have a card, in order."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_card(paper: str, folder: Path = PAPERS) -> Card:
    """The card of a paper; UsageError where there is none, CardError naming card, exhibit and key where it is wrong."""
    path = folder / f"{paper}.toml"
    if not path.is_file():
        raise UsageError(f"{paper}: no card {path}; there are cards for {', '.join(card_names(folder)) or 'no paper'}")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    except ValueError as error:  # not TOML, or not UTF-8
        raise CardError(f"{path.name}: {error}") from None
    return parse_card(paper, data)


def parse_card(paper: str, data: dict[str, Any]) -> Card:
    """A card from the values of its TOML; CardError as above."""
    where = f"{paper}.toml"
    take_table(where, data, _CARD, {"cohort": int, "misread": list})
    if empty := [key for key in _CARD if not data[key]]:
        raise CardError(f"{where}: {', '.join(empty)}: empty")
    cohort = data.get("cohort")
    exhibits = tuple(
        _exhibit(f"{where} exhibits.{name}", name, each, cohort) for name, each in data["exhibits"].items()
    )
    misreads = tuple(_misread(f"{where} misread", entry, exhibits) for entry in data.get("misread", []))
    return Card(paper, data["doi"], data["citation"], data["licence"], cohort, exhibits, misreads)


def _exhibit(where: str, name: str, item: object, cohort: int | None) -> ExhibitCard:
    entry = take_table(where, item, _EXHIBIT, _OPTIONAL)
    if entry["schema"] not in SCHEMAS:
        raise CardError(f"{where}: no schema '{entry['schema']}'; there are {', '.join(SCHEMAS)}")
    model = SCHEMAS[entry["schema"]]
    fields = set(model.columns()) - {"row", *PROVENANCE}
    columns = tuple(_column(f"{where} column {n}", each, model.numeric()) for n, each in enumerate(entry["columns"], 1))
    card = ExhibitCard(
        name,
        entry["label"],
        entry["schema"],
        entry["rows"],
        columns,
        entry.get("headings", ""),
        tuple(entry.get("unsectioned", [])),
        entry.get("constants", {}),
        _left_out(where, entry.get("left_out", [])),
        _cohort(where, entry.get("cohort", cohort)),
    )
    _known(where, card, fields)
    if not any(column.formats for column in columns):
        raise CardError(f"{where}: nothing is read from any of its columns")
    if card.schema == FOREST:
        _plain(where, card)
    elif clash := find_clash(columns, card.headings, model.part()):
        raise CardError(f"{where}: {clash}")
    return card


def _left_out(where: str, entries: list[object]) -> tuple[str | int, ...]:
    for entry in entries:
        if not isinstance(entry, str | int) or isinstance(entry, bool):
            raise CardError(f"{where} left_out: expected labels of rows as printed, or their numbers, found {entry!r}")
    return tuple(entry for entry in entries if isinstance(entry, str | int))


def _cohort(where: str, cohort: int | str | None) -> int | None:
    """The N of an exhibit; "-" says that there is none."""
    if isinstance(cohort, str) and cohort != "-":
        raise CardError(f'{where} cohort: expected a whole number, or "-" for none, found {cohort!r}')
    if isinstance(cohort, int) and cohort < 1:
        raise CardError(f"{where} cohort: expected 1 or more, found {cohort}")
    return cohort if isinstance(cohort, int) else None


def _plain(where: str, card: ExhibitCard) -> None:
    """A forest plot is read without what a card can say of the cells of a table."""
    several = [column.head for column in card.columns if len(column.formats) > 1 or any(column.constants)]
    if card.headings or card.unsectioned or card.left_out or several:
        said = "takes no headings, leaves out no rows, and of a column takes only one format and no constants"
        raise CardError(f"{where}: a forest plot {said}")


def _column(where: str, item: object, numeric: set[str]) -> Column:
    known = {"head", "reads"}
    others = dict.fromkeys(set(item) - known if isinstance(item, dict) else (), (str, list))
    entry = take_table(where, item, {"head": str, "reads": (str, list)}, others)
    reads = entry["reads"] if isinstance(entry["reads"], list) else [entry["reads"]]
    try:
        formats = () if reads == ["-"] else tuple(compile_format(text, numeric) for text in reads)
    except CardError as error:
        raise CardError(f"{where} ('{entry['head']}') reads: {error}") from None
    lists = {key: _one_each(f"{where} {key}", value, len(formats)) for key, value in entry.items() if key not in known}
    constants = tuple({key: values[n] for key, values in lists.items()} for n in range(len(formats)))
    return Column(entry["head"], formats, constants)


def _one_each(where: str, value: str | list[str], count: int) -> list[str]:
    values = value if isinstance(value, list) else [value] * count
    if len(values) != count:
        raise CardError(f"{where}: {len(values)} values for {count} formats in reads")
    return values


def _known(where: str, card: ExhibitCard, fields: set[str]) -> None:
    named = set(card.constants) | ({card.headings} - {"", "-"})
    for column in card.columns:
        named.update(*(form.fields for form in column.formats), *column.constants)
    if unknown := sorted(named - fields):
        raise CardError(
            f"{where}: {', '.join(unknown)}: no column of schema '{card.schema}', which has {sorted(fields)}"
        )


def _misread(where: str, item: object, exhibits: tuple[ExhibitCard, ...]) -> Misread:
    misread = Misread(**take_table(where, item, _MISREAD, {}))
    heads = {exhibit.name: exhibit.repairable for exhibit in exhibits}
    if misread.column not in heads.get(misread.exhibit, []):
        raise CardError(f"{where}: no exhibit '{misread.exhibit}' with a column '{misread.column}'")
    if not misread.why.strip():
        raise CardError(f"{where} {misread.exhibit} row {misread.row} why: a repair needs a reason")
    return misread
