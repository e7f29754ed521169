"""Cards loaded strictly from TOML: whatever is missing, unknown or contradictory is a CardError.

extract/papers/README.md explains every key, with examples; entries.py has their types. `reads` is a cell format
(formats.py) or a list of formats, of which each cell follows one. Columns whose constants for the schema's second key
differ (PFS, OS) make a record each; no two columns fill one field of one record (clashes.py). A forest plot's reader
finds headings and columns by itself; the card's count of rows and its columns are compared with what was found.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.cards import PAPERS
from extract.cards.card import Card, CardColumn, ExhibitCard, Misread, NamedArm, UnreadRow
from extract.cards.clashes import find_clash
from extract.cards.entries import ColumnEntry, Constant, ExhibitEntry, MisreadEntry, UnreadRowEntry, take_card
from extract.cards.formats import compile_format
from extract.errors import CardError, UsageError
from schemas import SCHEMAS
from schemas.base.exhibit import PROVENANCE
from schemas.base.files import FileError, load_toml
from schemas.base.names import name_fault


def card_names(folder: Path = PAPERS) -> list[str]:
    """Return the papers that have a card, sorted."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_card(paper: str, folder: Path = PAPERS) -> Card:
    """Load the card of a paper. UsageError where there is no card; CardError with file, exhibit and key where the card
    is wrong, or where its file has a name that no paper may have."""
    if fault := name_fault(paper):
        raise CardError(f"{folder}: a card is called after its paper: {fault}")
    path = folder / f"{paper}.toml"
    if not path.is_file():
        raise UsageError(f"{paper}: no card {path}; there are cards for {', '.join(card_names(folder)) or 'no paper'}")
    try:
        data = load_toml(path, parse_float=str)
    except FileError as error:
        raise CardError(str(error)) from None
    return parse_card(paper, data)


def parse_card(paper: str, data: dict[str, Any]) -> Card:
    """Return a card from the values of its TOML. CardError as `load_card` has it."""
    where = f"{paper}.toml"
    _refuse_wrong_names(where, data)
    entry = take_card(where, data)
    exhibits = tuple(
        _exhibit(f"{where} exhibits.{name}", name, each, entry.cohort) for name, each in entry.exhibits.items()
    )
    misreads = tuple(_misread(f"{where} misread", each, exhibits) for each in entry.misread)
    rows = tuple(_unread_row(f"{where} unread_row", each, exhibits) for each in entry.unread_row)
    arms = tuple(
        NamedArm(name, "" if arm.n is None else str(arm.n), tuple(arm.also)) for name, arm in entry.arms.items()
    )
    facts = (entry.doi, entry.citation, entry.licence, entry.cohort)
    return Card(paper, *facts, exhibits, misreads, rows, arms, entry.reviewers)


def _refuse_wrong_names(where: str, data: dict[str, Any]) -> None:
    """Raise CardError where an exhibit has a name that cannot be that of its CSV."""
    exhibits = data.get("exhibits")
    for name in exhibits if isinstance(exhibits, dict) else ():
        if fault := name_fault(name):
            raise CardError(f"{where} exhibits: {fault}")


def _unread_row(where: str, entry: UnreadRowEntry, exhibits: Sequence[ExhibitCard]) -> UnreadRow:
    exhibit = next((each for each in exhibits if each.name == entry.exhibit and not each.is_plot), None)
    if exhibit is None:
        raise CardError(f"{where}: no table is called '{entry.exhibit}'")
    if len(entry.cells) != len(exhibit.columns):
        raise CardError(f"{where} {entry.exhibit}: {len(entry.cells)} cells, the exhibit has {len(exhibit.columns)}")
    return UnreadRow(entry.exhibit, entry.after, tuple(entry.cells), entry.page or 0)


def _exhibit(where: str, name: str, entry: ExhibitEntry, paper_cohort: int | None) -> ExhibitCard:
    if entry.schema_ not in SCHEMAS:
        raise CardError(f"{where}: no schema '{entry.schema_}'; there are {', '.join(SCHEMAS)}")
    model = SCHEMAS[entry.schema_]
    columns = tuple(_column(f"{where} column {n}", each, model.numeric()) for n, each in enumerate(entry.columns, 1))
    cohort = paper_cohort if entry.cohort is None else entry.cohort
    card = ExhibitCard(
        name,
        entry.label,
        entry.schema_,
        entry.rows,
        columns,
        entry.headings,
        tuple(entry.unsectioned),
        {column: str(value) for column, value in entry.constants.items()},
        tuple(entry.left_out),
        None if cohort == "-" else cohort,
        entry.unread,
    )
    _refuse_unknown_columns(where, card, set(model.columns()) - {"row", *PROVENANCE})
    if not any(column.formats for column in columns):
        raise CardError(f"{where}: nothing is read from any of its columns")
    if card.is_plot:
        _refuse_table_keys(where, card)
    elif not model.read_by_rules() and (clash := find_clash(columns, card.headings, model.part())):
        raise CardError(f"{where}: {clash}")
    return card


def _refuse_table_keys(where: str, card: ExhibitCard) -> None:
    """Raise CardError where the card of a forest plot says what only the cells of a table take."""
    tabular = any(len(column.formats) > 1 or any(column.constants) for column in card.columns)
    if card.headings or card.unsectioned or card.left_out or tabular:
        allowed = "no headings, unsectioned or left_out, and each column at most one format and no constants"
        raise CardError(f"{where}: a forest plot takes {allowed}")


def _column(where: str, entry: ColumnEntry, numeric: set[str]) -> CardColumn:
    reads = [entry.reads] if isinstance(entry.reads, str) else entry.reads
    try:
        formats = () if reads == ["-"] else tuple(compile_format(text, numeric) for text in reads)
    except CardError as error:
        raise CardError(f"{where} ('{entry.head}') reads: {error}") from None
    given = entry.__pydantic_extra__.items()
    lists = {key: _one_each(f"{where} {key}", value, len(formats)) for key, value in given}
    constants = tuple({key: values[n] for key, values in lists.items()} for n in range(len(formats)))
    return CardColumn(entry.head, formats, constants)


def _one_each(where: str, value: Constant | list[Constant], formats: int) -> list[str]:
    values = value if isinstance(value, list) else [value] * formats
    if len(values) != formats:
        raise CardError(f"{where}: {len(values)} values for {formats} formats in reads; give one for each")
    return [str(each) for each in values]


def _refuse_unknown_columns(where: str, card: ExhibitCard, known: set[str]) -> None:
    """Raise CardError where headings, formats or constants name a column that the schema does not have."""
    named = set(card.constants) | ({card.headings} - {"", "-"})
    for column in card.columns:
        named.update(*(form.fields for form in column.formats), *column.constants)
    if unknown := sorted(named - known):
        columns = ", ".join(sorted(known))
        raise CardError(f"{where}: {', '.join(unknown)}: no column of schema '{card.schema}', which has {columns}")


def _misread(where: str, entry: MisreadEntry, exhibits: Sequence[ExhibitCard]) -> Misread:
    misread = Misread(**dict(entry))
    heads = {exhibit.name: exhibit.repairable for exhibit in exhibits}
    if misread.column not in heads.get(misread.exhibit, []):
        raise CardError(f"{where}: no exhibit '{misread.exhibit}' with a column '{misread.column}'")
    if not misread.why.strip():
        raise CardError(f"{where} {misread.exhibit} row {misread.row} why: a repair needs a reason")
    return misread
