"""One line of a panel as values of the forest schema."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.forests.plot import PlotFlag
from extract.forests.text.cells import BLANK, COUNTED, Words
from extract.forests.text.heterogeneity import statistics_in, without_statistics
from extract.forests.text.intervals import number, plain
from extract.forests.text.labels import is_pooled
from extract.forests.text.layout import Entry, Layout
from extract.page.box import Box, bounding_box
from extract.page.lines import join_wrapped, make_lines
from extract.tables.grid.grid import flags_of

INTERVAL = ("estimate", "ci_low", "ci_high")


@dataclass
class Reading:
    """What one line says, by the columns of the schema; `marks`: signs of notes and of what is not available."""

    values: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)


def read_entry(entry: Entry, layout: Layout) -> Reading:
    """The cells of a line, its interval, and what its label says of heterogeneity."""
    reading = Reading()
    for i, words in sorted((entry.cells or {}).items()):
        read_cell(reading, layout.names[i], words)
    if entry.hit is not None:
        reading.values |= dict(zip(INTERVAL, (entry.hit.estimate, entry.hit.low, entry.hit.high), strict=True))
        reading.words |= dict(zip(INTERVAL, entry.hit.parts, strict=True))
    elif entry.excluded:
        reading.marks["estimate"] = entry.excluded.strip("()[] ")
    split_label(reading)
    return reading


def read_cell(reading: Reading, name: str, words: Words) -> None:
    """Put a cell where its column's name says: texts as they are, a year behind its label, "12/42" apart."""
    text = text_of(words)
    if name == "year" and text in reading.values.get("label", ""):
        return
    if name in ("label", "year", "treatment"):
        name = "label" if name == "year" else name
        reading.values[name] = f"{reading.values.get(name, '')} {text}".strip()
        reading.words[name] = (*reading.words.get(name, ()), *words)
        if marks := [mark for word in words for mark in word.marks]:
            reading.marks[name] = ",".join(filter(None, [reading.marks.get(name, ""), *marks]))
        return
    for part, value in parts_of(name, text):
        if BLANK.fullmatch(value):
            reading.marks[part] = value
        elif number(value):
            reading.values[part] = number(value)
            reading.words[part] = words


def parts_of(name: str, text: str) -> Iterator[tuple[str, str]]:
    """A cell by the columns of the schema; none of a column that the schema does not have."""
    if name.endswith("ratio"):
        if COUNTED.fullmatch(plain(text)):
            events, total = text.split("/")
            yield name.replace("ratio", "events"), events.strip()
            yield name.replace("ratio", "total"), total.strip()
    elif name.endswith(("mean", "sd")):
        if name.startswith("arm"):
            yield name, plain(text)
    elif name != "-":
        yield name, plain(text)


def text_of(words: Words) -> str:
    """The text of a cell, its lines joined."""
    return join_wrapped(line.text for line in make_lines(words))


def split_label(reading: Reading) -> None:
    """Take what a pooled line says of heterogeneity out of its label: "Overall (I-squared = 82.5%, p = 0.000)"."""
    label = reading.values.get("label", "")
    if not is_pooled(label):
        return
    found, missing = statistics_in(label)
    reading.values |= {name: value for name, value in found.items() if name not in reading.values}
    reading.marks |= missing
    reading.words |= dict.fromkeys([*found, *missing], reading.words.get("label", ()))
    reading.values["label"] = without_statistics(label)


def flags_in(words: Mapping[str, Words]) -> tuple[PlotFlag, ...]:
    """What is doubted or was mended in the words of the columns; of words that several columns share, at the first."""
    first: dict[Words, str] = {}
    for column, several in words.items():
        first.setdefault(several, column)
    return tuple(PlotFlag(column, *flag) for several, column in first.items() for flag in flags_of(several))


def place_of_words(words: Sequence[Words]) -> Box:
    """The box around some words."""
    return bounding_box([word for several in words for word in several])
