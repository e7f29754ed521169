"""What is known about a cell, and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from extract.meaning.lexicon.said import Said
from schemas.base.printed import is_printed, parse_printed

GENERAL = ("caption", "note")  # what they say is about the whole table


class Source(NamedTuple):
    """Words that say something about a cell, and where they stand: head, label, heading, caption, note..."""

    place: str
    text: str
    said: Said


class CellStatement(NamedTuple):
    """What a cell, or a part of one, says: a statistic of the schema `results`, its values by column as text, and the
    evidence for it."""

    statistic: str
    values: Mapping[str, str]
    evidence: str


@dataclass(frozen=True)
class Context:
    """What is known about a cell. `sources`: the nearest first; `size`: the N of its patients, "" where unknown;
    `among_counts`: most cells of its column are counts; `left`: what the column to the left says, for limits of its
    values."""

    sources: tuple[Source, ...]
    size: str = ""
    among_counts: bool = False
    left: tuple[Source, ...] = ()

    def first(self, wanted: Callable[[Said], object]) -> Source | None:
        return next((source for source in self.sources if wanted(source.said)), None)


def evidence_of(source: Source) -> str:
    return f"{source.place}: {source.text}"


def lone_value(number: str) -> CellStatement:
    return CellStatement("value", {"value": number}, "nothing tells")


def is_printed_count(text: str) -> bool:
    return is_printed(text) and parse_printed(text).is_whole


def is_probability(text: str) -> bool:
    return is_printed(text) and 0 <= parse_printed(text).value <= 1
