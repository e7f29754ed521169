"""One page as a sheet of words, rules and fills, turned so that its text reads from left to right.

A page whose text runs in two directions gives two sheets. Coordinates are points from the top left of the turned
page; `Sheet.on_page` turns them back to the page as displayed.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import atan2, degrees
from typing import Any, Concatenate, ParamSpec, TypeVar

from pdfplumber.page import Page

from extract.page.box import TEXT_LAYER_READER, Box, HasEdges
from extract.page.left_out.line_numbers import without_line_numbers
from extract.page.left_out.strikes import strike_out
from extract.page.lines import Line, make_lines
from extract.page.objects import Character, DrawnObject, Edges, Matrix, characters_and_drawings
from extract.page.words import Word, make_words

LOOSE_PHRASE_GAP_EM = 1.0  # justified running text has wider spaces than the cells of tables
RULE_THICKNESS_PT = 2.2  # a box or path no thicker than this is a rule
_RULE_LENGTH_PT = 4.0  # a shorter line is a tick, a dash or part of a letter
_RULE_TOUCH_PT = 2.0  # pieces of rules this close are one rule
_SHEET_CHARACTER_COUNT = 40  # text in another direction with fewer is an axis title or a margin note, no sheet
_PAGE_OVERHANG_PT = 1.0  # a character may reach so far over the edge of the page and is printed
_WHITE_SHARE = 0.99  # of full brightness: a fill or stroke brighter than this is not seen


_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Sheet:
    """The text of one direction on a page, with the page's rules and fills. `turn`: degrees by which the text is turned
    on the page, counterclockwise (0, 90, 180 or 270); `across` and `down`: horizontal and vertical rules, which are
    boxes of nearly no height or width; `fills`: shaded areas; `reader`: of its words."""

    page: int
    turn: int
    width: float
    height: float
    words: tuple[Word, ...] = field(repr=False)
    across: tuple[Box, ...] = field(repr=False)
    down: tuple[Box, ...] = field(repr=False)
    fills: tuple[Box, ...] = field(repr=False)
    reader: str = TEXT_LAYER_READER

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The words in lines, from top to bottom."""
        return tuple(make_lines(self.words))

    @cached_property
    def loose_lines(self) -> tuple[Line, ...]:
        """The words in lines whose phrases may have the wide spaces of justified running text."""
        return tuple(make_lines(self.words, LOOSE_PHRASE_GAP_EM))

    def once(self, make: Callable[Concatenate["Sheet", _P], _T], *arguments: _P.args, **options: _P.kwargs) -> _T:
        """Return make(sheet, *arguments), computed at the first call and kept with the sheet: tables and claims ask for
        the same things. The arguments must be hashable."""
        key = (make, arguments, tuple(options.items()))
        if key not in self._results:
            self._results[key] = make(self, *arguments, **options)
        result: _T = self._results[key]
        return result

    @cached_property
    def _results(self) -> dict[Hashable, Any]:
        return {}

    def on_page(self, place: HasEdges) -> Box:
        """Return a place on the sheet as a box on the page as displayed."""
        back = {0: 0, 90: 270, 180: 180, 270: 90}[self.turn]
        box = Box(place.x0, place.top, place.x1, place.bottom, self.page)
        return turned(box, back, self.width, self.height)


def turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Return the place of a box after a page of `width` by `height` is turned so that text at `turn` degrees reads from
    left to right."""
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
    by_turn: dict[int, list[Character]] = defaultdict(list)
    chars, drawings = characters_and_drawings(page)
    for char in chars:
        by_turn[text_direction(char["matrix"])].append(char)
    turns = sorted(by_turn, key=lambda turn: -len(by_turn[turn]))
    kept = [turn for turn in turns if turn == turns[0] or _is_sheet(by_turn[turn])]
    return [make_sheet(page, turn, by_turn[turn], drawings) for turn in kept]


def _is_sheet(chars: Sequence[Character]) -> bool:
    return len(chars) >= _SHEET_CHARACTER_COUNT


def text_direction(matrix: Matrix) -> int:
    """The direction of a character: 0, 90, 180 or 270 degrees. (pdfplumber's `upright` is wrong where a rotation is
    written as 6e-17.)"""
    return round(degrees(atan2(matrix[1], matrix[0])) / 90) * 90 % 360


def make_sheet(page: Page, turn: int, chars: Sequence[Character], drawings: Sequence[DrawnObject]) -> Sheet:
    """Return the sheet of the characters of one direction."""
    size = (float(page.width), float(page.height))
    x, y = float(page.bbox[0]), float(page.bbox[1])

    def place(edges: Edges) -> Box:
        box = Box(edges["x0"] - x, edges["top"] - y, edges["x1"] - x, edges["bottom"] - y)
        return turned(box, turn, *size)

    width, height = size if turn in (0, 180) else (size[1], size[0])
    across, down, fills = _rules_and_fills((drawing, place(drawing)) for drawing in drawings)
    unmoved = turn == 0 and x == y == 0
    placed = chars if unmoved else [_moved(char, place(char)) for char in chars]
    printed = [char for char in placed if _on_sheet(char, width, height)]
    kept, struck, rules = strike_out(printed, across)
    out = [replace(word, text="", marks=(), struck=word.text) for word in make_words(struck)]
    words = (*without_line_numbers(make_words(kept), rules), *out)
    return Sheet(page.page_number, turn, width, height, words, tuple(rules), down, fills)


def _moved(char: Character, box: Box) -> Character:
    return {**char, "x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}


def _on_sheet(char: Character, width: float, height: float) -> bool:
    """Whether a character is printed: crop marks and slugs outside the page are not."""
    center, middle, over = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2, _PAGE_OVERHANG_PT
    return -over < center < width + over and -over < middle < height + over


def _rules_and_fills(drawings: Iterable[tuple[DrawnObject, Box]]) -> tuple[tuple[Box, ...], ...]:
    """Return horizontal rules, vertical rules and shaded areas. A rule may be drawn as a line, a thin box or a path;
    the sides of a stroked box are four rules."""
    across: list[Box] = []
    down: list[Box] = []
    fills: list[Box] = []
    for drawing, rule in drawings:
        if rule.height <= RULE_THICKNESS_PT and rule.width > _RULE_LENGTH_PT:
            across.append(rule)
        elif rule.width <= RULE_THICKNESS_PT and rule.height > _RULE_LENGTH_PT:
            down.append(rule)
        elif drawing["object_type"] == "rect" and rule.width > _RULE_LENGTH_PT and rule.height > _RULE_LENGTH_PT:
            if drawing["stroke"] and not is_white(drawing["stroking_color"]):
                across += [Box(rule.x0, y, rule.x1, y) for y in (rule.top, rule.bottom)]
                down += [Box(x, rule.top, x, rule.bottom) for x in (rule.x0, rule.x1)]
            if drawing["fill"] and not is_white(drawing["non_stroking_color"]):
                fills.append(rule)
    return tuple(join_rules(across)), tuple(_join_upright_rules(down)), tuple(join_rules(fills))


def is_white(colour: object) -> bool:
    """Whether a colour is white in grey, RGB or CMYK. A pattern is not."""
    if not isinstance(colour, tuple | list):
        colour = (colour,)
    values = [value for value in colour if isinstance(value, int | float)]
    return bool(values) and (sum(values) == 0 if len(values) == 4 else min(values) > _WHITE_SHARE)


def join_rules(rules: list[Box]) -> list[Box]:
    """Return horizontal rules from top to bottom, with touching pieces on one height joined."""
    done: list[Box] = []
    for rule in sorted(rules, key=lambda r: (round(r.middle), r.x0)):
        last = done[-1] if done else None
        if last and abs(last.middle - rule.middle) < _RULE_TOUCH_PT and rule.x0 - last.x1 <= _RULE_TOUCH_PT:
            done[-1] = Box(last.x0, min(last.top, rule.top), max(last.x1, rule.x1), max(last.bottom, rule.bottom))
        else:
            done.append(rule)
    return sorted(done, key=lambda r: (r.top, r.x0))


def _join_upright_rules(rules: list[Box]) -> list[Box]:
    """Return vertical rules from left to right, with touching pieces joined."""
    return [rule.transposed for rule in join_rules([rule.transposed for rule in rules])]
