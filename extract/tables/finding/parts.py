"""The tables on the sheets of a document, found by their captions and by drawn grids; one part for each page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.page.box import bounding_box
from extract.page.captions import Caption, find_figure_captions, find_table_captions
from extract.page.lines import Line, make_lines
from extract.page.prose import Style, find_prose
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.finding.bands import is_row_of_values
from extract.tables.finding.regions import find_regions
from extract.tables.grid.lattice import Lattice, find_lattices, is_complete, lattice_frame
from extract.tables.region import Region, Surroundings

_SAME_TABLE_SHARE = 0.5  # of the words of a table: what holds more is the same table
_COLUMN_OVERLAP_PT = 2.0  # regions in neighbouring columns of a page may overlap by as much
_RULE_END_PT = 4.0  # the rules of a grid may stand out of its frame by less


@dataclass(frozen=True)
class TablePart:
    """A table, or its part on one page: the caption, the region, and the grid if one is drawn that separates all
    columns. `before_columns`: whether the next page begins with lines in columns that belong to no table; `by_columns`:
    whether it was found by its columns of numbers alone."""

    caption: Caption
    region: Region
    lattice: Lattice | None = None
    before_columns: bool = False
    by_columns: bool = False

    @property
    def words(self) -> Sequence[Word]:
        """The words of the grid and of the head above its frame; or of the region."""
        if self.lattice is None:
            return self.region.words()
        above = [word for word in self.region.words() if word.middle < self.lattice.ys[0]]
        return [*above, *self.lattice.words]


def captioned_parts(sheets: Sequence[Sheet], body: Style) -> list[TablePart]:
    """Return the captions of a document with their regions. Captions that have a table on one side only decide whether
    captions stand above or below their tables. The table of another caption belongs to no second one."""
    found = [(caption, *regions) for sheet in sheets for caption, regions in sheet.once(regions_of, body)]
    only_below = sum(above is None and below is not None for _, below, above in found)
    only_above = sum(below is None and above is not None for _, below, above in found)
    usual = [
        (caption, above, below) if only_above > only_below else (caption, below, above)
        for caption, below, above in found
    ]
    taken = {word for _, first, _ in usual if first for word in first.words()}
    free = [first or (other if other and taken.isdisjoint(other.words()) else None) for _, first, other in usual]
    return [TablePart(caption, region) for (caption, _, _), region in zip(usual, free, strict=True) if region]


def regions_of(sheet: Sheet, body: Style) -> list[tuple[Caption, tuple[Region | None, Region | None]]]:
    """The captions of a sheet, each with the region below (or beside) it and the one above it."""
    around = sheet.once(find_surroundings, body)
    return [(caption, find_regions(sheet, caption, around)) for caption in around.captions]


def find_surroundings(sheet: Sheet, body: Style) -> Surroundings:
    """Return the captions, the words of running text and the style of running text of a sheet."""
    return Surroundings(
        find_table_captions(sheet, body), find_figure_captions(sheet, body), find_prose(sheet, body), body
    )


def with_lattices(sheet: Sheet, parts: Sequence[TablePart]) -> list[TablePart]:
    """Return the parts of one sheet in reading order, with the grids that are drawn there. A grid without a caption is
    a table as well."""
    found = list(parts)
    for number, lattice in enumerate(sheet.once(find_lattices), start=1):
        same = [i for i, part in enumerate(found) if _is_same_table(part.region, lattice)]
        without_grid = [i for i in same if found[i].lattice is None]
        if without_grid and is_complete(lattice) and _holds_rows(lattice, found[without_grid[0]].region.lines):
            found[without_grid[0]] = replace(found[without_grid[0]], lattice=lattice)
        elif not same:
            found.append(uncaptioned_part(sheet, lattice, number))
    return in_reading_order(found)


def in_reading_order(parts: Sequence[TablePart]) -> list[TablePart]:
    """Return parts from top to bottom; of two columns of a page, all parts of the left column first."""
    ordered: list[TablePart] = []
    for part in sorted(parts, key=lambda part: part.region.top):
        behind = [i for i, other in enumerate(ordered) if comes_before(part.region, other.region)]
        ordered.insert(behind[0] if behind else len(ordered), part)
    return ordered


def comes_before(region: Region, other: Region) -> bool:
    """Whether a region, which begins lower than the other, stands in a column of the page to the left of it."""
    return region.x1 <= other.x0 + _COLUMN_OVERLAP_PT


def _is_same_table(region: Region, lattice: Lattice) -> bool:
    """Whether a region holds most words of a grid."""
    return holds_most(region.words(), lattice.words)


def holds_most(words: Iterable[Word], others: Sequence[Word]) -> bool:
    """Whether most of the other words are among these: both belong to one table."""
    own = set(words)
    return sum(word in own for word in others) > _SAME_TABLE_SHARE * len(others)


def _holds_rows(lattice: Lattice, lines: Iterable[Line]) -> bool:
    """Whether a drawn grid holds all rows of lines. It may lack the rules at the outer sides of its outer columns, or
    below its last row."""
    frame, own = lattice_frame(lattice), set(lattice.words)
    words = [word for line in lines for word in line.words if frame.top < word.middle < frame.bottom]
    return own.issuperset(words) and not any(line.middle > frame.bottom and is_row_of_values(line) for line in lines)


def uncaptioned_part(sheet: Sheet, lattice: Lattice, number: int) -> TablePart:
    """Return a drawn grid, as wide as its horizontal rules, as a table without caption; "#page-turn-number" stands for
    the key of its label."""
    frame = lattice_frame(lattice)
    zone = frame.grown(_RULE_END_PT)
    inside = [r for r in sheet.across if zone.top < r.top < zone.bottom and r.overlap_x(frame) > 0]
    box = bounding_box([frame, *inside])
    lines = make_lines(w for w in sheet.words if frame.top < w.middle < frame.bottom and box.x0 < w.center < box.x1)
    if _holds_rows(lattice, lines):
        box, lines = frame, make_lines(lattice.words)
    x0, top, x1, bottom = box.edges
    caption = Caption("", f"#{sheet.page}-{sheet.turn}-{number}", "", False, x0, top, x1, top, 0.0)
    wide = box.grown(_RULE_END_PT)
    rules = tuple(rule for rule in inside if rule.x0 > wide.x0 and rule.x1 < wide.x1)
    region = Region(sheet, caption, x0, top, x1, bottom, tuple(lines), rules)
    return TablePart(caption, region, lattice if is_complete(lattice) and box is frame else None)
