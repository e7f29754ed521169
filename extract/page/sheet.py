"""One page as a sheet of words, rules and fills, turned so that its text reads from left to right.

A page whose text runs in two directions gives two sheets. Coordinates are points from the top left of the turned
page; `Sheet.box` turns them back to the page as displayed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import atan2, degrees

from pdfplumber.page import Page

from extract.page.box import EDGES, Box, HasEdges
from extract.page.lines import Line, make_lines
from extract.page.objects import Thing, characters_and_drawings
from extract.page.words import Word, make_words

LOOSE_PHRASE_GAP_EM = 1.0  # of the type size
_SHEET_CHARACTER_COUNT = 40  # text in another direction with fewer is an axis title or a margin note, no sheet


@dataclass(frozen=True)
class Sheet:
    """The text of one direction on a page, with what is drawn there. `turn`: by how many degrees the text is turned on
    the page, counterclockwise; `across` and `down`: horizontal and vertical rules, which are boxes of nearly no height
    or width; `fills`: shaded areas."""

    page: int
    turn: int
    width: float
    height: float
    words: tuple[Word, ...] = field(repr=False)
    across: tuple[Box, ...] = field(repr=False)
    down: tuple[Box, ...] = field(repr=False)
    fills: tuple[Box, ...] = field(repr=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its words in lines, from top to bottom."""
        return tuple(make_lines(self.words))

    @cached_property
    def loose_lines(self) -> tuple[Line, ...]:
        """The same with phrases that bear wider spaces, as running text has them that is set to both edges."""
        return tuple(make_lines(self.words, LOOSE_PHRASE_GAP_EM))

    def on_page(self, place: HasEdges) -> Box:
        """A place on the sheet as a box on the page as displayed."""
        back = {0: 0, 90: 270, 180: 180, 270: 90}[self.turn]
        box = Box(place.x0, place.top, place.x1, place.bottom, self.page)
        return turned(box, back, self.width, self.height)


def turned(box: Box, turn: int, width: float, height: float) -> Box:
    """A box on a page of that size, as it lies after text turned by `turn` degrees is made to read left to right."""
    x0, top, x1, bottom, page = box
    match turn:
        case 90:
            return Box(height - bottom, x0, height - top, x1, page)
        case 180:
            return Box(width - x1, height - bottom, width - x0, height - top, page)
        case 270:
            return Box(top, width - x1, bottom, width - x0, page)
    return box


def read_sheets(page: Page) -> list[Sheet]:
    """The sheets of a page, the one with most text first; none for a page without text."""
    by_turn: dict[int, list[Thing]] = defaultdict(list)
    chars, drawings = characters_and_drawings(page)
    for char in chars:
        by_turn[text_direction(char["matrix"])].append(char)
    turns = sorted(by_turn, key=lambda turn: -len(by_turn[turn]))
    kept = [turn for turn in turns if turn == turns[0] or _is_sheet(by_turn[turn])]
    return [make_sheet(page, turn, by_turn[turn], drawings) for turn in kept]


def _is_sheet(chars: Sequence[Thing]) -> bool:
    return len(chars) >= _SHEET_CHARACTER_COUNT


def text_direction(matrix: tuple[float, ...]) -> int:
    """0, 90, 180 or 270 degrees; pdfplumber's `upright` is wrong where a rotation is written as 6e-17."""
    return round(degrees(atan2(matrix[1], matrix[0])) / 90) * 90 % 360


def make_sheet(page: Page, turn: int, chars: Sequence[Thing], drawings: Sequence[Thing]) -> Sheet:
    size = (float(page.width), float(page.height))
    x, y = float(page.bbox[0]), float(page.bbox[1])

    def place(thing: Thing) -> Box:
        box = Box(thing["x0"] - x, thing["top"] - y, thing["x1"] - x, thing["bottom"] - y)
        return turned(box, turn, *size)

    upright = [char | dict(zip(EDGES, place(char).edges, strict=True)) for char in chars]
    across, down, fills = strokes_and_fills(drawings, place)
    width, height = size if turn in (0, 180) else (size[1], size[0])
    words = make_words([char for char in upright if on_sheet(char, width, height)])
    return Sheet(page.page_number, turn, width, height, tuple(words), across, down, fills)


def on_sheet(char: Thing, width: float, height: float) -> bool:
    """Text outside the page is not printed (crop marks, slugs)."""
    return bool(-1 < (char["x0"] + char["x1"]) / 2 < width + 1 and -1 < (char["top"] + char["bottom"]) / 2 < height + 1)


RULE_THICKNESS_PT = 2.2  # points: a box as thin as this is a line
_RULE_LENGTH_PT = 4.0  # points: a line shorter than this is a tick, a dash or part of a letter


def strokes_and_fills(things: Iterable[Thing], place: Callable[[Thing], Box]) -> tuple[tuple[Box, ...], ...]:
    """Horizontal rules, vertical rules, shaded areas. Whether a rule was drawn as a line, a thin box or a path
    makes no difference; the sides of a stroked box are four rules."""
    across: list[Box] = []
    down: list[Box] = []
    fills: list[Box] = []
    for thing in things:
        rule = place(thing)
        if rule.height <= RULE_THICKNESS_PT and rule.width > _RULE_LENGTH_PT:
            across.append(rule)
        elif rule.width <= RULE_THICKNESS_PT and rule.height > _RULE_LENGTH_PT:
            down.append(rule)
        elif thing["object_type"] == "rect" and rule.width > _RULE_LENGTH_PT and rule.height > _RULE_LENGTH_PT:
            if thing["stroke"] and not is_white(thing["stroking_color"]):
                across += [Box(rule.x0, y, rule.x1, y) for y in (rule.top, rule.bottom)]
                down += [Box(x, rule.top, x, rule.bottom) for x in (rule.x0, rule.x1)]
            if thing["fill"] and not is_white(thing["non_stroking_color"]):
                fills.append(rule)
    return tuple(join_rules(across)), tuple(_join_upright_rules(down)), tuple(join_rules(fills))


def is_white(colour: object) -> bool:
    """White in grey, RGB or CMYK; a pattern is not."""
    if not isinstance(colour, tuple | list):
        colour = (colour,)
    values = [value for value in colour if isinstance(value, int | float)]
    return bool(values) and (sum(values) == 0 if len(values) == 4 else min(values) > 0.99)


_RULE_TOUCH_PT = 2.0  # points between two pieces of one rule


def join_rules(rules: list[Box]) -> list[Box]:
    """Horizontal pieces on one height that touch, as one rule each; sorted from top to bottom."""
    done: list[Box] = []
    for rule in sorted(rules, key=lambda r: (round((r.top + r.bottom) / 2), r.x0)):
        last = done[-1] if done else None
        if (
            last
            and abs((last.top + last.bottom) - (rule.top + rule.bottom)) / 2 < _RULE_TOUCH_PT
            and rule.x0 - last.x1 <= _RULE_TOUCH_PT
        ):
            done[-1] = Box(last.x0, min(last.top, rule.top), max(last.x1, rule.x1), max(last.bottom, rule.bottom))
        else:
            done.append(rule)
    return sorted(done, key=lambda r: (r.top, r.x0))


def _join_upright_rules(rules: list[Box]) -> list[Box]:
    """The same for vertical pieces; sorted from left to right."""
    swapped = join_rules([Box(r.top, r.x0, r.bottom, r.x1) for r in rules])
    return [Box(r.top, r.x0, r.bottom, r.x1) for r in swapped]
