"""The tables on the sheets of a document, in as many parts as they have pages: by captions, and by drawn grids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.page.box import Box
from extract.page.captions import Caption, find_figure_captions, find_table_captions
from extract.page.lines import make_lines
from extract.page.prose import Style, find_prose
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.finding.regions import find_regions
from extract.tables.grid.lattice import Lattice, find_lattices, is_complete
from extract.tables.region import Region, Surroundings


@dataclass(frozen=True)
class TablePart:
    """A table, or what stands of it on one page: its caption, its region, and its grid if one is drawn."""

    caption: Caption
    region: Region
    lattice: Lattice | None = None

    @property
    def words(self) -> Sequence[Word]:
        return self.lattice.words if self.lattice else self.region.words()


def find_parts(sheets: Sequence[Sheet], body: Style) -> list[TablePart]:
    """The tables of all sheets of a document, from page to page; `body`: the type of its running text."""
    captioned = captioned_parts(sheets, body)
    return [
        part for sheet in sheets for part in with_lattices(sheet, [p for p in captioned if p.region.sheet is sheet])
    ]


def captioned_parts(sheets: Sequence[Sheet], body: Style) -> list[TablePart]:
    """Captions with their regions. Whether the captions of a document stand above or below their tables is told by
    those that have a table on one side only."""
    found = [(caption, *regions) for sheet in sheets for caption, regions in regions_of(sheet, body)]
    only_below = sum(above is None and below is not None for _, below, above in found)
    only_above = sum(below is None and above is not None for _, below, above in found)
    sides = [(above or below) if only_above > only_below else (below or above) for _, below, above in found]
    return [TablePart(caption, region) for (caption, _, _), region in zip(found, sides, strict=True) if region]


def regions_of(sheet: Sheet, body: Style) -> Iterable[tuple[Caption, tuple[Region | None, Region | None]]]:
    around = find_surroundings(sheet, body)
    for caption in around.captions:
        yield caption, find_regions(sheet, caption, around)


def find_surroundings(sheet: Sheet, body: Style) -> Surroundings:
    return Surroundings(
        find_table_captions(sheet, body), find_figure_captions(sheet, body), find_prose(sheet, body), body
    )


def with_lattices(sheet: Sheet, parts: Sequence[TablePart]) -> list[TablePart]:
    """The parts of one sheet, with the grids that are drawn there; a grid without a caption is a table as well."""
    found = list(parts)
    for number, lattice in enumerate(find_lattices(sheet), start=1):
        own = [
            i for i, part in enumerate(found) if part.lattice is None and _shared_word_share(part.region, lattice) > 0.5
        ]
        if own and is_complete(lattice):
            found[own[0]] = replace(found[own[0]], lattice=lattice)
        elif not own and not any(_shared_word_share(part.region, lattice) > 0.5 for part in found):
            found.append(uncaptioned_part(sheet, lattice, number))
    return in_reading_order(found)


def in_reading_order(parts: Sequence[TablePart]) -> list[TablePart]:
    """From top to bottom; of two that stand side by side in columns of the page, all of the left column first."""
    ordered: list[TablePart] = []
    for part in sorted(parts, key=lambda part: part.region.top):
        behind = [i for i, other in enumerate(ordered) if comes_before(part.region, other.region)]
        ordered.insert(behind[0] if behind else len(ordered), part)
    return ordered


def comes_before(region: Region, other: Region) -> bool:
    """Whether a region that begins lower stands in a column of the page to the left, with no wider one between."""
    return region.x1 <= other.x0 + 2


def _shared_word_share(region: Region, lattice: Lattice) -> float:
    """The share of the grid's words that the region holds as well."""
    own = set(region.words())
    return sum(word in own for word in lattice.words) / len(lattice.words)


def uncaptioned_part(sheet: Sheet, lattice: Lattice, number: int) -> TablePart:
    x0, top, x1, bottom = lattice_frame(lattice).edges
    caption = Caption("", f"#{sheet.page}-{sheet.turn}-{number}", "", False, x0, top, x1, top, 0.0)
    rules = tuple(r for r in sheet.across if top - 2 < r.top < bottom + 2 and r.x0 > x0 - 4 and r.x1 < x1 + 4)
    region = Region(sheet, caption, x0, top, x1, bottom, tuple(make_lines(lattice.words)), rules)
    return TablePart(caption, region, lattice if is_complete(lattice) else None)


def lattice_frame(lattice: Lattice) -> Box:
    return Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])


def parts_by_table(parts: Iterable[TablePart]) -> list[list[TablePart]]:
    """Parts of one table together. A number that occurs again is the same table where it says "continued" or stands on
    the next page under the same head; otherwise the surer caption is the table and the other a mention of it."""
    tables: dict[str, list[TablePart]] = {}
    for part in parts:
        number = part.caption.number
        before = tables.get(number)
        if before is None:
            tables[number] = [part]
        elif part.caption.continued or is_next_page(before[-1], part):
            before.append(part)
        elif part.caption.score > before[0].caption.score:
            tables[number] = [part]
    return list(tables.values())


def is_next_page(last: TablePart, part: TablePart) -> bool:
    """Whether a part stands on the page after another one and begins with the same head."""
    alike = last.region.lines[0].text == part.region.lines[0].text
    return alike and part.region.sheet.page == last.region.sheet.page + 1
