"""One page as a sheet of words, rules and fills, turned so that its text reads from left to right.

A page whose text runs in two directions gives two sheets. Coordinates are points from the top left of the turned
page; `Sheet.box` turns them back to the page as displayed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import atan2, degrees
from typing import NamedTuple

from pdfplumber.page import Page

from extract.page.box import Box
from extract.page.lines import Line, make_lines
from extract.page.objects import Thing, characters_and_drawings
from extract.page.words import Word, make_words

LOOSE = 1.0  # of the type size
FEW_CHARACTERS = 40  # text in another direction with fewer is an axis title or a margin note, no sheet


Placed = tuple[float, float, float, float]  # x0, top, x1, bottom


class Rule(NamedTuple):
    """A straight line: horizontal where y0 = y1 nearly, vertical where x0 = x1 nearly."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True)
class Sheet:
    """`turn`: by how many degrees the text is turned on the page, counterclockwise."""

    page: int
    turn: int
    width: float
    height: float
    words: tuple[Word, ...] = field(repr=False)
    across: tuple[Rule, ...] = field(repr=False)
    down: tuple[Rule, ...] = field(repr=False)
    fills: tuple[Rule, ...] = field(repr=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its words in lines, from top to bottom."""
        return tuple(make_lines(self.words))

    @cached_property
    def loose_lines(self) -> tuple[Line, ...]:
        """The same with phrases that bear wider spaces, as running text has them that is set to both edges."""
        return tuple(make_lines(self.words, LOOSE))

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A rectangle of the sheet as a box on the page as displayed."""
        back = {0: 0, 90: 270, 180: 180, 270: 90}[self.turn]
        return Box(self.page, *turned((x0, top, x1, bottom), back, self.width, self.height))


def turned(box: Placed, turn: int, width: float, height: float) -> Placed:
    """A box on a page of that size, as it lies after text turned by `turn` degrees is made to read left to right."""
    x0, top, x1, bottom = box
    match turn:
        case 90:
            return height - bottom, x0, height - top, x1
        case 180:
            return width - x1, height - bottom, width - x0, height - top
        case 270:
            return top, width - x1, bottom, width - x0
    return box


def read_sheets(page: Page) -> list[Sheet]:
    """The sheets of a page, the one with most text first; none for a page without text."""
    by_turn: dict[int, list[Thing]] = defaultdict(list)
    chars, drawings = characters_and_drawings(page)
    for char in chars:
        by_turn[direction(char["matrix"])].append(char)
    turns = sorted(by_turn, key=lambda turn: -len(by_turn[turn]))
    kept = [turn for turn in turns if turn == turns[0] or has_text(by_turn[turn])]
    return [make_sheet(page, turn, by_turn[turn], drawings) for turn in kept]


def has_text(chars: Sequence[Thing]) -> bool:
    return len(chars) >= FEW_CHARACTERS


def direction(matrix: tuple[float, ...]) -> int:
    """0, 90, 180 or 270 degrees; pdfplumber's `upright` is wrong where a rotation is written as 6e-17."""
    return round(degrees(atan2(matrix[1], matrix[0])) / 90) * 90 % 360


def make_sheet(page: Page, turn: int, chars: Sequence[Thing], drawings: Sequence[Thing]) -> Sheet:
    size = (float(page.width), float(page.height))
    x, y = float(page.bbox[0]), float(page.bbox[1])

    def place(thing: Thing) -> Placed:
        box = (thing["x0"] - x, thing["top"] - y, thing["x1"] - x, thing["bottom"] - y)
        return turned(box, turn, *size)

    upright = [char | dict(zip(("x0", "top", "x1", "bottom"), place(char), strict=True)) for char in chars]
    across, down, fills = strokes_and_fills(drawings, place)
    width, height = size if turn in (0, 180) else (size[1], size[0])
    words = make_words([char for char in upright if on_sheet(char, width, height)])
    return Sheet(page.page_number, turn, width, height, tuple(words), across, down, fills)


def on_sheet(char: Thing, width: float, height: float) -> bool:
    """Text outside the page is not printed (crop marks, slugs)."""
    return bool(-1 < (char["x0"] + char["x1"]) / 2 < width + 1 and -1 < (char["top"] + char["bottom"]) / 2 < height + 1)


THIN = 2.2  # points: a box as thin as this is a line
SHORT = 4.0  # points: a line shorter than this is a tick, a dash or part of a letter


def strokes_and_fills(things: Iterable[Thing], place: Callable[[Thing], Placed]) -> tuple[tuple[Rule, ...], ...]:
    """Horizontal rules, vertical rules, shaded areas. Whether a rule was drawn as a line, a thin box or a path
    makes no difference; the sides of a stroked box are four rules."""
    across: list[Rule] = []
    down: list[Rule] = []
    fills: list[Rule] = []
    for thing in things:
        rule = Rule(*place(thing))
        if rule.height <= THIN and rule.width > SHORT:
            across.append(rule)
        elif rule.width <= THIN and rule.height > SHORT:
            down.append(rule)
        elif thing["object_type"] == "rect" and rule.width > SHORT and rule.height > SHORT:
            if thing["stroke"] and not is_white(thing["stroking_color"]):
                across += [Rule(rule.x0, y, rule.x1, y) for y in (rule.y0, rule.y1)]
                down += [Rule(x, rule.y0, x, rule.y1) for x in (rule.x0, rule.x1)]
            if thing["fill"] and not is_white(thing["non_stroking_color"]):
                fills.append(rule)
    return tuple(joined(across)), tuple(joined_down(down)), tuple(joined(fills))


def is_white(colour: object) -> bool:
    """White in grey, RGB or CMYK; a pattern is not."""
    if not isinstance(colour, tuple | list):
        colour = (colour,)
    values = [value for value in colour if isinstance(value, int | float)]
    return bool(values) and (sum(values) == 0 if len(values) == 4 else min(values) > 0.99)


TOUCH = 2.0  # points between two pieces of one rule


def joined(rules: list[Rule]) -> list[Rule]:
    """Horizontal pieces on one height that touch, as one rule each; sorted from top to bottom."""
    done: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round((r.y0 + r.y1) / 2), r.x0)):
        last = done[-1] if done else None
        if last and abs((last.y0 + last.y1) - (rule.y0 + rule.y1)) / 2 < TOUCH and rule.x0 - last.x1 <= TOUCH:
            done[-1] = Rule(last.x0, min(last.y0, rule.y0), max(last.x1, rule.x1), max(last.y1, rule.y1))
        else:
            done.append(rule)
    return sorted(done, key=lambda r: (r.y0, r.x0))


def joined_down(rules: list[Rule]) -> list[Rule]:
    """The same for vertical pieces; sorted from left to right."""
    swapped = joined([Rule(r.y0, r.x0, r.y1, r.x1) for r in rules])
    return [Rule(r.y0, r.x0, r.y1, r.x1) for r in swapped]
