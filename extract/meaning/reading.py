"""The tables of a paper turned into what their cells say."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.errors import UNLABELLED, Guard, place_of_part, unguarded
from extract.meaning.arms import ColumnArm, arms_of_paper
from extract.meaning.block import TableBlock, blocks_of
from extract.meaning.cells.context import GENERAL, CellStatement, Context, Source
from extract.meaning.cells.counts import TWO_NAMES
from extract.meaning.cells.shapes import ShapedCell
from extract.meaning.cells.statements import statements_of
from extract.meaning.lexicon.said import said_in
from extract.meaning.lexicon.units import unit_in
from extract.meaning.line_names import arm_of, line_names, time_of
from extract.meaning.notes import population_in
from extract.meaning.outline import OutlineLine, is_wordy
from extract.meaning.sources import head_sources, sources_of
from extract.tables.table import Cell, PrintedTable

_CITATIONS = re.compile(r"^(?:refs?\.?|references?|citations?|sources?)$", re.IGNORECASE)
_OF_ONE_ARM = frozenset({"count", "mean", "median", "geometric_mean", "range"})


@dataclass(frozen=True)
class Meaning:
    """What a printed cell, or a part of it, says. `row`: the data row, from 1; `cell`: the printed column, from 1, with
    the number of the part where the cell says several things; `texts`: the columns of the schema `results` that say
    what is measured and whose value it is; `values`: its columns of numbers. `evidence`: why it is this statistic;
    `marks`: note marks and words of the cell; `body_row`, `place`: of the cell in the body of the table, from 0."""

    row: int
    cell: str
    statistic: str
    texts: Mapping[str, str]
    values: Mapping[str, str]
    evidence: str
    marks: tuple[str, ...]
    body_row: int
    place: int

    def with_given(self, given: Mapping[str, str]) -> "Meaning":
        """The meaning with what a card says of its column: arm, versus, timepoint..."""
        return replace(self, texts={**self.texts, **given})


def meanings_of_paper(tables: Sequence[PrintedTable], guard: Guard = unguarded) -> list[list[Meaning] | None]:
    """Return for each table what its cells say; None where `guard` kept an error."""
    sound: dict[int, PrintedTable] = {}
    for place, table in enumerate(tables):
        with guard(*part_of(table)):
            arms_of_paper([table])
            sound[place] = table
    known = arms_of_paper(sound.values())
    found: list[list[Meaning] | None] = [None] * len(tables)
    for place, table in sound.items():
        with guard(*part_of(table)):
            found[place] = meanings_of(table, known)
    return found


def part_of(table: PrintedTable) -> tuple[str, str, int]:
    """Return how a guard names a table: in words, by its label and its page."""
    label, page = table.label or UNLABELLED, table.boxes[0].page if table.boxes else 0
    return place_of_part(page, label), label, page


def meanings_of(table: PrintedTable, known: Collection[str] = ()) -> list[Meaning]:
    """Return what each cell right of the labels says, row by row. `known`: the keys of the arms of the paper."""
    lines = [(block, line) for block in blocks_of(table, known) for line in block.data]
    return [
        meaning
        for row, (block, line) in enumerate(lines, 1)
        for column, place in enumerate(block.places)
        if table.body[line.index].cells[place].text
        for meaning in _cell_meanings(block, line, row, column)
    ]


def _cell_meanings(block: TableBlock, line: OutlineLine, row: int, column: int) -> Iterator[Meaning]:
    place = block.places[column]
    cell, shaped = block.table.body[line.index].cells[place], block.shapes[line.index, place]
    arm, sources = arm_of(block, line, column), sources_of(block, line, column, cell)
    left = tuple(head_sources(block, column - 1)) if column else ()
    cited = bool(_CITATIONS.search(block.columns[column].text))
    said = _said(cell, shaped, Context(sources, arm.size, block.among_counts[column], left), cited)
    if cited:
        arm = ColumnArm()
    section, outcome, level = line_names(block, line, arm)
    levels = _two_levels(line, said) or [level] * len(said)
    head = block.columns[column]
    shared = {
        "section": section,
        "outcome": outcome,
        "unit": unit_in(line.label, *_headings(line), *(part.text for part in reversed(head.levels))),
        "timepoint": time_of(block, line, column),
        "arm": arm.arm,
        "arm_n": arm.size,
        "population": arm.population or population_in(block.table.caption, head.text, line.label),
        "adjusted": _adjusted(sources),
    }
    for part, (statement, own_level) in enumerate(zip(said, levels, strict=True), 1):
        versus = "" if statement.statistic in _OF_ONE_ARM else arm.versus
        yield Meaning(
            row,
            f"{place + 1}.{part}" if len(said) > 1 else f"{place + 1}",
            statement.statistic,
            {**shared, "level": own_level, "versus": versus},
            statement.values,
            statement.evidence,
            (*cell.marks, *_words(shaped, cell)) if part == 1 else (),
            line.index,
            place,
        )


def _said(cell: Cell, shaped: ShapedCell, context: Context, cited: bool) -> list[CellStatement]:
    """The statements of a cell; one without values for a cell without a number, of the statistic that another cell
    would have there. `cited`: the column cites literature, whose numbers are no values."""
    if cited:
        return [CellStatement("value", {}, "head: references")]
    if not (is_wordy(cell.text) and not said_in(cell.text)) and (said := statements_of(shaped, context)):
        return said
    probe = statements_of(ShapedCell("N", ("0.5",)), Context(context.sources))
    return [CellStatement(probe[0].statistic, {}, "no number")]


def _words(shaped: ShapedCell, cell: Cell) -> tuple[str, ...]:
    """The words of a cell that are no statistic, for the notes."""
    if not shaped.numbers or is_wordy(cell.text) or re.fullmatch(r"\[[\d,–\s-]+\]", cell.text):
        return (cell.text,)
    words = " ".join(shaped.words)
    return (words,) if words and not said_in(words) else ()


def _two_levels(line: OutlineLine, said: Sequence[CellStatement]) -> list[str]:
    """The two groups that a label names for the two counts of its cells: "Sex, male/female" with "19/5"."""
    if len(said) != 2 or {statement.statistic for statement in said} != {"count"}:
        return []
    match = next((match for text in (line.label, line.second) if (match := TWO_NAMES.search(text))), None)
    return [match[1], match[2]] if match else []


def _headings(line: OutlineLine) -> list[str]:
    return [above.label for above in reversed(line.above)]


def _adjusted(sources: Sequence[Source]) -> str:
    near = (source.said.adjusted for source in sources if source.place not in GENERAL)
    return next(filter(None, near), "")
