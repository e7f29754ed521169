"""The running text of a page in reading order: columns, line by line, without tables, captions, running heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.claims.text.headings import section_of
from extract.page.captions import FIGURE, TABLE
from extract.page.lines import Line, Phrase, make_lines
from extract.page.prose import PITCH, Style, blocks, follows, is_wordy
from extract.page.sheet import LOOSE, Sheet
from extract.page.words import Word
from extract.tables.finding.parts import Part
from extract.tables.region import Region

FULL = 0.55  # of the width of a page's text: a wider block stands across its columns
WORDS = 4  # in a line of running text that is told by its width
NARROW = 0.18  # of the sheet's width
ANY = 1e6  # a gap that parts no words of a column
NEAR = 2.5  # type sizes by which the lines of a block may begin apart


@dataclass(frozen=True)
class Block:
    """Lines of running text below one another in one column."""

    phrases: tuple[Phrase, ...]

    @property
    def x0(self) -> float:
        return min(phrase.x0 for phrase in self.phrases)

    @property
    def x1(self) -> float:
        return max(phrase.x1 for phrase in self.phrases)

    @property
    def top(self) -> float:
        return self.phrases[0].top

    @property
    def bottom(self) -> float:
        return self.phrases[-1].bottom

    @property
    def size(self) -> float:
        return sorted(phrase.size for phrase in self.phrases)[len(self.phrases) // 2]


def find_blocks(sheet: Sheet, tables: Sequence[Part], body: Style) -> list[Block]:
    """The blocks of running text of a sheet in reading order, headings between their lines included."""
    lines = make_lines(words_outside(sheet, tables), LOOSE)
    phrases = [phrase for line in lines for phrase in line.phrases]
    wide = [p for p in phrases if len(p.words) >= WORDS and p.width > NARROW * sheet.width and is_wordy(p)]
    taken: set[Word] = set()
    found: list[Block] = []
    seeds = [part for block in blocks(wide) for part in in_one_column(block, wide)]
    owner = {word: number for number, seed in enumerate(seeds) for phrase in seed for word in phrase.words}
    for number, seed in sorted(enumerate(seeds), key=lambda item: -len(item[1])):
        others = frozenset(word for word, its in owner.items() if its != number)
        members = [p for p in filled(seed, phrases, others) if not taken & set(p.words)]
        taken |= {word for phrase in members for word in phrase.words}
        if len(members) > 1 and not is_caption(members):
            found.append(Block(tuple(members)))
    found += [Block((phrase,)) for phrase in phrases if not taken & set(phrase.words) and is_heading(phrase, body)]
    found += short_blocks([p for p in wide if not taken & set(p.words) and p.style == body], found)
    return in_reading_order(found, [part.region for part in tables if part.region.sheet is sheet])


def in_one_column(block: Sequence[Phrase], wide: Sequence[Phrase]) -> list[list[Phrase]]:
    """A block cut where lines across the page go over into those of a column, which have other ones at their side."""
    right = max(p.x1 for p in block)
    parts: list[list[Phrase]] = []
    last = None
    for phrase in block:
        beside = any(abs(p.middle - phrase.middle) < 0.5 * p.size and phrase.x1 < p.x0 < right for p in wide)
        if beside != last:
            parts.append([])
        parts[-1].append(phrase)
        last = beside
    return parts


def short_blocks(left: Sequence[Phrase], found: Sequence[Block]) -> list[Block]:
    """One or two lines of the body's type alone in a column, over or under a table, say."""
    runs: list[list[Phrase]] = []
    for phrase in sorted(left, key=lambda p: (round(p.x0), p.middle)):
        if runs and follows(runs[-1][-1], phrase):
            runs[-1].append(phrase)
        else:
            runs.append([phrase])
    kept = [run for run in runs if len(run) > 1 or any(abs(run[0].x0 - b.x0) < NEAR * b.size for b in found)]
    return [Block(tuple(run)) for run in kept if not is_caption(run)]


def words_outside(sheet: Sheet, tables: Sequence[Part]) -> list[Word]:
    """The words of a sheet that belong to no table, caption or note."""
    inner = [part for part in tables if part.region.sheet is sheet]
    parts: set[Word] = set()
    for part in inner:
        region = part.region
        own: Iterable[Line] = (*part.caption.lines, *region.notes)
        parts |= {word for line in own for word in line.words} | set(part.words)
        parts |= {w for w in sheet.words if region.top <= w.middle <= region.bottom and region.x0 <= w.x0 <= region.x1}
    return [word for word in sheet.words if word not in parts]


def filled(seed: Sequence[Phrase], phrases: Sequence[Phrase], others: frozenset[Word]) -> list[Phrase]:
    """The lines of a block with the short ones between them, those with wide spaces whole, and those that continue it
    above and below without words of other blocks."""
    x0, x1 = min(p.x0 for p in seed), max(p.x1 for p in seed)
    size = sorted(p.size for p in seed)[len(seed) // 2]
    words = [word for p in phrases if p.x0 > x0 - NEAR * size and p.x1 < x1 + size for word in p.words]
    column = [phrase for line in make_lines(words, ANY) for phrase in line.phrases if not others & set(phrase.words)]
    top, bottom = seed[0].top, seed[-1].bottom
    inside = [p for p in column if top - 1 <= p.top and p.bottom <= bottom + 1]
    before = reach([p for p in column if p.bottom < top + 1][::-1], top, size, x0)
    behind = without_last_heading(reach([p for p in column if p.top > bottom - 1], bottom, size, x0), size)
    return [*before[::-1], *inside, *behind]


def reach(phrases: Sequence[Phrase], edge: float, size: float, x0: float) -> list[Phrase]:
    """Lines in the type of a block that follow one another closely from its edge on, subheadings among them."""
    found = []
    for phrase in phrases:
        gap = max(phrase.top - edge, edge - phrase.bottom)
        alike = abs(phrase.size - size) < (0.5 * size if phrase.bold else 0.3)
        if gap > PITCH * size or not alike or abs(phrase.x0 - x0) > NEAR * size:
            break
        found.append(phrase)
        edge = phrase.bottom if phrase.top > edge - 1 else phrase.top
    return found


def is_heading(phrase: Phrase, body: Style) -> bool:
    """Whether a line is the heading of a section, wherever it stands: in a type of its own or in capitals."""
    return section_of(phrase.text) is not None and (phrase.style != body or phrase.text.isupper())


def without_last_heading(phrases: list[Phrase], size: float) -> list[Phrase]:
    """Lines without the headings at their end, which belong to what follows."""
    while phrases and (phrases[-1].bold or abs(phrases[-1].size - size) > 0.3):
        phrases = phrases[:-1]
    return phrases


def is_caption(phrases: Sequence[Phrase]) -> bool:
    """Whether lines begin like a caption, set off by their type or by the sign behind the number."""
    first = phrases[0] if phrases else None
    match = (TABLE.match(first.text) or FIGURE.match(first.text)) if first else None
    if first is None or match is None:
        return False
    return first.words[0].bold or first.text[match.end() :].lstrip()[:1] in (".", ":", "|")


def in_reading_order(found: Sequence[Block], tables: Sequence[Region]) -> list[Block]:
    """From top to bottom, column by column between blocks and tables that stand across the page."""
    if not found:
        return []
    page = max(b.x1 for b in found) - min(b.x0 for b in found)
    areas: list[Block | Region] = [*found, *tables]
    across = [area for area in areas if area.x1 - area.x0 > FULL * page]
    rest = [b for b in found if b not in across]
    ordered: list[Block] = []
    for wide in sorted(across, key=lambda b: b.top):
        above = [b for b in rest if (b.top + b.bottom) / 2 < wide.top]
        ordered += by_column(above)
        rest = [b for b in rest if b not in above]
        if isinstance(wide, Block):
            ordered.append(wide)
    return [*ordered, *by_column(rest)]


def by_column(found: Sequence[Block]) -> list[Block]:
    """Columns from left to right, each from top to bottom; blocks that overlap sideways share one."""
    columns: list[list[Block]] = []
    for block in sorted(found, key=lambda b: b.x0):
        column = next((c for c in columns if any(_overlap(block, other) > 0.5 for other in c)), None)
        if column is None:
            columns.append([block])
        else:
            column.append(block)
    return [block for column in columns for block in sorted(column, key=lambda b: b.top)]


def _overlap(one: Block, other: Block) -> float:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared / min(one.x1 - one.x0, other.x1 - other.x0)
