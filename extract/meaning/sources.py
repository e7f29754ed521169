"""The words that say something about a cell, the nearest first."""

from collections.abc import Iterator
from dataclasses import replace

from extract.meaning.block import TableBlock
from extract.meaning.cells.context import Source
from extract.meaning.lexicon.said import NAMED_MEASURES, said_in
from extract.meaning.lexicon.times import is_timepoint
from extract.meaning.notes import caption_words, marked_notes, telling_notes
from extract.meaning.outline import OutlineLine, says_statistic_only
from extract.tables.table import Cell, PrintedTable


def sources_of(block: TableBlock, line: OutlineLine, column: int, cell: Cell) -> tuple[Source, ...]:
    """Return the sources of a cell. A column of comparisons is explained by its head first; other cells by the labels
    of their row, which are more special than the head over all rows."""
    heads, labels = head_sources(block, column), list(_label_sources(line))
    label_cell = block.table.body[line.index].cells[0]
    notes = marked_notes(block.table, [*label_cell.marks, *cell.marks])
    marked = [Source("note", text, said) for text in notes if (said := said_in(text))]
    of_limits = any(source.said.spread == "ci" and not source.said.centre for source in heads[:1])
    if block.columns[column].is_comparison or of_limits:
        return (*heads, *marked, *labels, *_general_sources(block.table))
    return (*labels, *marked, *heads, *_general_sources(block.table))


def head_sources(block: TableBlock, column: int) -> list[Source]:
    """The levels of a head as sources, the lowest first."""
    return [Source("head", level.text, level.said) for level in reversed(block.columns[column].levels)]


def _label_sources(line: OutlineLine) -> Iterator[Source]:
    for text in filter(None, (line.label, line.second)):
        yield Source("label", text, said_in(text))
    for other in reversed(line.above):
        if not _is_another_statistic(other, line):
            yield Source("heading", other.label, said_in(other.label))
    if line.parent is not None and line.parent.adds_up:
        yield Source("arithmetic", f"the categories of {line.parent.label} add to 100 %", said_in("n (%)"))


def _is_another_statistic(heading: OutlineLine, line: OutlineLine) -> bool:
    """Whether the statistic of a variable is not that of its categories: "BMI (SD)" over "<= 27.0"."""
    said = said_in(heading.label)
    of_categories = said.count or said.percent
    return heading.adds_up and not (is_timepoint(line.label) or says_statistic_only(line.label) or of_categories)


def _general_sources(table: PrintedTable) -> Iterator[Source]:
    yield _general("caption", caption_words(table.caption))
    yield from (_general("note", text) for text in telling_notes(table))


def _general(place: str, text: str) -> Source:
    """What caption or note says of all cells. Only the names of measures count there, not "differences" in prose."""
    said = said_in(text)
    return Source(place, text, said if said.measure in NAMED_MEASURES else replace(said, measure=""))
