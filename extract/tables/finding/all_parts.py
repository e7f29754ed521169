"""All tables on the sheets of a document: those with captions, drawn grids, and blocks of numbers in columns."""

from collections.abc import Sequence
from dataclasses import replace

from extract.page.box import HasEdges
from extract.page.document import Document
from extract.page.prose import Style
from extract.page.sheet import Sheet
from extract.tables.finding.blocks.uncaptioned import find_uncaptioned
from extract.tables.finding.parts import (
    TablePart,
    captioned_parts,
    find_surroundings,
    holds_most,
    in_reading_order,
    regions_of,
    with_lattices,
)
from extract.tables.region import Region

_SAME_REGION_SHARE = 0.9  # of the words of a region: a block that holds more is the whole table


def find_parts(document: Document, sheets: Sequence[Sheet], body: Style) -> list[TablePart]:
    """Return the tables of all sheets of a document, page by page. `body`: the style of its running text. A page on
    which they cannot be found is left out."""
    sound = document.sound(sheets, lambda sheet: sheet.once(regions_of, body))
    captioned = captioned_parts(sound, body)
    found: list[TablePart] = []
    for sheet in sound:
        with document.part(sheet.page):
            found += _parts_on(sheet, [part for part in captioned if part.region.sheet is sheet], body)
    return found


def _parts_on(sheet: Sheet, captioned: Sequence[TablePart], body: Style) -> list[TablePart]:
    """The tables of a sheet in reading order. Where a caption was given a part of a block of numbers only, it is the
    caption of the whole block."""
    found = with_lattices(sheet, captioned)
    around = sheet.once(find_surroundings, body)
    blocks = find_uncaptioned(sheet, around, _places(found))
    for i, part in enumerate(found):
        if part.caption.label and any(_is_cut_off(part.region, block) for block in blocks):
            others = [*found[:i], *found[i + 1 :]]
            whole = find_uncaptioned(sheet, around, _places(others))
            wide = next((region for region in whole if _holds_most(region, part.region)), None)
            if wide is not None:
                found[i] = replace(part, region=replace(wide, caption=part.caption, notes=part.region.notes))
                blocks = [block for block in blocks if not _holds_most(wide, block)]
    return in_reading_order([*found, *(TablePart(r.caption, r, by_columns=True) for r in blocks)]) if blocks else found


def _places(parts: Sequence[TablePart]) -> list[HasEdges]:
    places: list[HasEdges] = [part.region for part in parts]
    return places + [note for part in parts for note in part.region.notes]


def _is_cut_off(region: Region, block: Region) -> bool:
    """Whether a region and a block of numbers have rows in common: the block goes on beside the region."""
    return region.overlap_x(block) > 0 and region.overlap_y(block) > min(region.height, block.height) / 2


def _holds_most(region: Region, other: Region) -> bool:
    words = other.words()
    return len({*words} & {*region.words()}) > _SAME_REGION_SHARE * len(words)


def without_repeated(parts: Sequence[TablePart]) -> list[TablePart]:
    """Return the parts without those blocks of numbers that turned out to be the rest of another table."""
    return [part for part in parts if not (part.by_columns and any(_repeats(part, other) for other in parts))]


def _repeats(part: TablePart, other: TablePart) -> bool:
    """Whether most words of a block of numbers stand in another part."""
    if other.by_columns or part.region.sheet is not other.region.sheet:
        return False
    return holds_most(other.words, part.words)
