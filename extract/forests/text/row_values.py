"""The values of the forest schema that one line of a panel states."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.forests.plot import INTERVAL_COLUMNS, PlotFlag
from extract.forests.text.cells import BLANK_VALUE, COUNT_OF_TOTAL, CellWords
from extract.forests.text.heterogeneity import statistics_in, without_statistics
from extract.forests.text.intervals import ascii_signs, curated_number
from extract.forests.text.labels import is_pooled
from extract.forests.text.layout import Entry, PlotLayout
from extract.page.box import Box, bounding_box
from extract.page.lines import join_wrapped, make_lines
from extract.tables.grid.grid import flags_of
from schemas.base.printed import is_too_long


@dataclass
class RowReading:
    """The values of one line, by the columns of the schema. `marks`: signs of notes, and signs in place of values;
    `words`: the words that each value was read from."""

    values: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    words: dict[str, CellWords] = field(default_factory=dict)


def read_entry(entry: Entry, layout: PlotLayout) -> RowReading:
    """The values in the cells of a line, in its interval, and in the statistics of its label."""
    reading = RowReading()
    for i, words in sorted((entry.cells or {}).items()):
        read_cell(reading, layout.names[i], words)
    if entry.interval is not None:
        texts = (entry.interval.estimate, entry.interval.low, entry.interval.high)
        reading.values |= dict(zip(INTERVAL_COLUMNS, texts, strict=True))
        reading.words |= dict(zip(INTERVAL_COLUMNS, entry.interval.parts, strict=True))
    elif entry.excluded:
        reading.marks["estimate"] = entry.excluded.strip("()[] ")
    split_label(reading)
    return reading


def read_cell(reading: RowReading, name: str, words: CellWords) -> None:
    """Put a cell into the columns of the schema that its column has the name of: texts as they are, a year behind the
    label, "12/42" as events and total."""
    text = cell_text(words)
    if name == "year" and text in reading.values.get("label", ""):
        return
    if name in ("label", "year", "treatment"):
        name = "label" if name == "year" else name
        reading.values[name] = f"{reading.values.get(name, '')} {text}".strip()
        reading.words[name] = (*reading.words.get(name, ()), *words)
        if marks := [mark for word in words for mark in word.marks]:
            reading.marks[name] = ",".join(filter(None, [reading.marks.get(name, ""), *marks]))
        return
    for part, value in schema_cells(name, text):
        if BLANK_VALUE.fullmatch(value) or is_too_long(value):
            reading.marks[part] = value
        elif curated_number(value):
            reading.values[part] = curated_number(value)
            reading.words[part] = words


def schema_cells(name: str, text: str) -> Iterator[tuple[str, str]]:
    """The columns of the schema that a cell holds, each with its text; nothing for a column without place there: means
    and standard deviations without arms, counts that are no "12/42"."""
    if name.endswith("ratio"):
        if COUNT_OF_TOTAL.fullmatch(ascii_signs(text)):
            events, total, *_ = text.split("/")
            yield name.replace("ratio", "events"), events.strip()
            yield name.replace("ratio", "total"), total.strip()
    elif name.endswith(("mean", "sd")):
        if name.startswith("arm"):
            yield name, ascii_signs(text)
    elif name != "-":
        yield name, ascii_signs(text)


def cell_text(words: CellWords) -> str:
    """The text of a cell, its lines joined."""
    return join_wrapped(line.text for line in make_lines(words))


def split_label(reading: RowReading) -> None:
    """Move the statistics in the label of a pooled line into their columns: "Overall (I-squared = 82.5%, p = 0.00)"."""
    label = reading.values.get("label", "")
    if not is_pooled(label):
        return
    found, missing = statistics_in(label)
    reading.values |= {name: value for name, value in found.items() if name not in reading.values}
    reading.marks |= missing
    reading.words |= dict.fromkeys([*found, *missing], reading.words.get("label", ()))
    reading.values["label"] = without_statistics(label)


def word_flags(words: Mapping[str, CellWords]) -> tuple[PlotFlag, ...]:
    """The flags of mended and struck words, by column; words that several columns share are flagged in the first. Of
    words that OCR is not sure of, the arithmetic of the row decides later."""
    first: dict[CellWords, str] = {}
    for column, several in words.items():
        if any(word.mended or word.struck for word in several):
            first.setdefault(several, column)
    return tuple(PlotFlag(column, *flag) for several, column in first.items() for flag in flags_of(several))


def place_of_words(words: Sequence[CellWords]) -> Box:
    """The box around some words."""
    return bounding_box([word for several in words for word in several])
