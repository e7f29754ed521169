"""The region of a table on its page, and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.box import Box, Rectangle
from extract.page.captions import Caption
from extract.page.labels import CONTINUED_NOTE
from extract.page.lines import Line, Phrase, make_lines
from extract.page.sheet import Sheet
from extract.page.words import Word


@dataclass(frozen=True)
class Region(Rectangle):
    """A table on one sheet. `lines`: head and body; `rules`: its horizontal rules, from top to bottom."""

    sheet: Sheet
    caption: Caption
    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[Line, ...]
    rules: tuple[Box, ...]
    notes: tuple[Line, ...] = ()

    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)


@dataclass(frozen=True)
class Surroundings:
    """What a sheet holds beside its tables: captions of tables, first lines of the captions of figures, words of
    running text, and the style of running text."""

    captions: Sequence[Caption]
    figures: Sequence[Phrase]
    prose: frozenset[Word]
    body: tuple[str, float]


def is_prose_line(line: Line, around: Surroundings) -> bool:
    return are_mostly_prose(line.words, around)


def are_mostly_prose(words: Sequence[Word], around: Surroundings) -> bool:
    return 2 * sum(word in around.prose for word in words) > len(words)


def words_inside(sheet: Sheet, caption: Caption, box: Box) -> list[Word]:
    """Return the words whose middle lies in a box, without those of the caption and of "(continued on next page)"."""
    own = {word for line in caption.lines for word in line.words}
    x0, top, x1, bottom = box.edges
    words = [w for w in sheet.words if top < w.middle < bottom and x0 <= w.center <= x1 and w not in own]
    dropped = {w for line in make_lines(words) for p in line.phrases if CONTINUED_NOTE.match(p.text) for w in p.words}
    return [w for w in words if w not in dropped]
