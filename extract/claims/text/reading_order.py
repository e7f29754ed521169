"""The running text of a page in reading order: column by column, without tables, captions and running heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.claims.text.headings import section_of_heading
from extract.page.box import Rectangle
from extract.page.captions import FIGURE_CAPTION
from extract.page.labels import TABLE_CAPTION
from extract.page.lines import Line, Phrase, make_lines
from extract.page.prose import LINE_PITCH_EM, Style, find_blocks, follows_in_block, is_mostly_words
from extract.page.sheet import LOOSE_PHRASE_GAP_EM, Sheet
from extract.page.words import Word
from extract.tables.finding.parts import TablePart
from extract.tables.region import Region

_FULL_WIDTH_SHARE = 0.55  # of the width of the text of a page: a wider block stands across the columns
_PROSE_WORDS = 4  # a line of running text has at least so many words
_PROSE_WIDTH_SHARE = 0.18  # of the width of the sheet: a line of running text is wider
_ANY_GAP_EM = 1e6  # no gap between words is wider, so none divides a line of a column
_INDENT_EM = 2.5  # the left ends of the lines of a block differ by less
_OVERHANG_EM = 1  # a line of a block may end so far to the right of its full lines
_SAME_LINE_EM = 0.5  # the middles of two phrases on one line differ by less
_SAME_SIZE_PT = 0.3  # the sizes of lines in the type of a block differ by less
_SUBHEADING_STEP_RATIO = 0.5  # of the type size: a bold line may differ by so much and be a subheading of the block
_SAME_EDGE_PT = 1  # lines that end or begin within this distance of an edge are beyond it
_SAME_COLUMN_SHARE = 0.5  # of the narrower block: blocks that overlap more are in one column


@dataclass(frozen=True)
class TextBlock(Rectangle):
    """Lines of running text below one another in one column, at least one. `size` is the median of their type sizes."""

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


def find_text_blocks(sheet: Sheet, tables: Sequence[TablePart], body: Style) -> list[TextBlock]:
    """Return the blocks of running text of a sheet in reading order, with the headings between their lines.

    Lines that are clearly prose form seeds; each seed, the longest first, takes the short lines around it.
    """
    lines = make_lines(_words_outside(sheet, tables), LOOSE_PHRASE_GAP_EM)
    phrases = [phrase for line in lines for phrase in line.phrases]
    wide = [
        p
        for p in phrases
        if len(p.words) >= _PROSE_WORDS and p.width > _PROSE_WIDTH_SHARE * sheet.width and is_mostly_words(p)
    ]
    taken: set[Word] = set()
    found: list[TextBlock] = []
    seeds = [part for block in find_blocks(wide) for part in _split_at_columns(block, wide)]
    owner = {word: number for number, seed in enumerate(seeds) for phrase in seed for word in phrase.words}
    for number, seed in sorted(enumerate(seeds), key=lambda item: -len(item[1])):
        others = frozenset(word for word, its in owner.items() if its != number)
        members = [p for p in _filled(seed, phrases, others) if not taken & set(p.words)]
        taken |= {word for phrase in members for word in phrase.words}
        if len(members) > 1 and not _is_caption(members):
            found.append(TextBlock(tuple(members)))
    found += [TextBlock((phrase,)) for phrase in phrases if not taken & set(phrase.words) and _is_heading(phrase, body)]
    found += _short_blocks([p for p in wide if not taken & set(p.words) and p.style == body], found)
    return _in_reading_order(found, [part.region for part in tables if part.region.sheet is sheet])


def _split_at_columns(block: Sequence[Phrase], wide: Sequence[Phrase]) -> list[list[Phrase]]:
    """Return a block cut where lines across the page change to lines of a column, which have prose to their right."""
    right = max(p.x1 for p in block)
    parts: list[list[Phrase]] = []
    last = None
    for phrase in block:
        beside = any(abs(p.middle - phrase.middle) < _SAME_LINE_EM * p.size and phrase.x1 < p.x0 < right for p in wide)
        if beside != last:
            parts.append([])
        parts[-1].append(phrase)
        last = beside
    return parts


def _short_blocks(lone: Sequence[Phrase], found: Sequence[TextBlock]) -> list[TextBlock]:
    """Return blocks of lines of the body type that stand alone in a column, for example above or below a table. A
    single line must begin where a known block begins."""
    runs: list[list[Phrase]] = []
    for phrase in sorted(lone, key=lambda p: (round(p.x0), p.middle)):
        if runs and follows_in_block(runs[-1][-1], phrase):
            runs[-1].append(phrase)
        else:
            runs.append([phrase])
    kept = [run for run in runs if len(run) > 1 or any(abs(run[0].x0 - b.x0) < _INDENT_EM * b.size for b in found)]
    return [TextBlock(tuple(run)) for run in kept if not _is_caption(run)]


def _words_outside(sheet: Sheet, tables: Sequence[TablePart]) -> list[Word]:
    """Return the words of a sheet that belong to no table, caption or note."""
    inner = [part for part in tables if part.region.sheet is sheet]
    parts: set[Word] = set()
    for part in inner:
        region = part.region
        own: Iterable[Line] = (*part.caption.lines, *region.notes)
        parts |= {word for line in own for word in line.words} | set(part.words)
        parts |= {w for w in sheet.words if region.top <= w.middle <= region.bottom and region.x0 <= w.x0 <= region.x1}
    return [word for word in sheet.words if word not in parts]


def _filled(seed: Sequence[Phrase], phrases: Sequence[Phrase], others: frozenset[Word]) -> list[Phrase]:
    """Return the lines of a seed, the short lines between them, and the lines that continue the block above and below.

    Wide spaces divide no line here. Lines with a word of another seed (`others`) are left out.
    """
    x0, x1 = min(p.x0 for p in seed), max(p.x1 for p in seed)
    size = sorted(p.size for p in seed)[len(seed) // 2]
    words = [
        word for p in phrases if p.x0 > x0 - _INDENT_EM * size and p.x1 < x1 + _OVERHANG_EM * size for word in p.words
    ]
    column = [
        phrase for line in make_lines(words, _ANY_GAP_EM) for phrase in line.phrases if not others & set(phrase.words)
    ]
    top, bottom = seed[0].top, seed[-1].bottom
    inside = [p for p in column if top - _SAME_EDGE_PT <= p.top and p.bottom <= bottom + _SAME_EDGE_PT]
    before = _following_lines([p for p in column if p.bottom < top + _SAME_EDGE_PT][::-1], top, size, x0)
    behind = _without_last_heading(
        _following_lines([p for p in column if p.top > bottom - _SAME_EDGE_PT], bottom, size, x0), size
    )
    return [*before[::-1], *inside, *behind]


def _following_lines(phrases: Sequence[Phrase], edge: float, size: float, x0: float) -> list[Phrase]:
    """Return the lines that follow one another closely from the edge of a block on, in its type or as subheadings."""
    found = []
    for phrase in phrases:
        gap = max(phrase.top - edge, edge - phrase.bottom)
        alike = abs(phrase.size - size) < (_SUBHEADING_STEP_RATIO * size if phrase.bold else _SAME_SIZE_PT)
        if gap > LINE_PITCH_EM * size or not alike or abs(phrase.x0 - x0) > _INDENT_EM * size:
            break
        found.append(phrase)
        edge = phrase.bottom if phrase.top > edge - _SAME_EDGE_PT else phrase.top
    return found


def _is_heading(phrase: Phrase, body: Style) -> bool:
    """Whether a line is the heading of a section: in capitals, or in a type other than that of the body."""
    return section_of_heading(phrase.text) is not None and (phrase.style != body or phrase.text.isupper())


def _without_last_heading(phrases: list[Phrase], size: float) -> list[Phrase]:
    """Return lines without the headings at their end, which belong to the text that follows."""
    while phrases and (phrases[-1].bold or abs(phrases[-1].size - size) > _SAME_SIZE_PT):
        phrases = phrases[:-1]
    return phrases


def _is_caption(phrases: Sequence[Phrase]) -> bool:
    """Whether lines begin like a caption: "Table 2" or "Figure 2" in bold, or with "." behind the number, say."""
    first = phrases[0] if phrases else None
    match = (TABLE_CAPTION.match(first.text) or FIGURE_CAPTION.match(first.text)) if first else None
    if first is None or match is None:
        return False
    return first.words[0].bold or first.text[match.end() :].lstrip()[:1] in (".", ":", "|")


def _in_reading_order(found: Sequence[TextBlock], tables: Sequence[Region]) -> list[TextBlock]:
    """Return blocks from top to bottom; between blocks and tables that stand across the page, column by column."""
    if not found:
        return []
    page = max(b.x1 for b in found) - min(b.x0 for b in found)
    areas: list[TextBlock | Region] = [*found, *tables]
    across = [area for area in areas if area.x1 - area.x0 > _FULL_WIDTH_SHARE * page]
    rest = [b for b in found if b not in across]
    ordered: list[TextBlock] = []
    for wide in sorted(across, key=lambda b: b.top):
        above = [b for b in rest if (b.top + b.bottom) / 2 < wide.top]
        ordered += _by_column(above)
        rest = [b for b in rest if b not in above]
        if isinstance(wide, TextBlock):
            ordered.append(wide)
    return [*ordered, *_by_column(rest)]


def _by_column(found: Sequence[TextBlock]) -> list[TextBlock]:
    """Return blocks by column, from left to right and top to bottom; blocks that overlap sideways are in one column."""
    columns: list[list[TextBlock]] = []
    for block in sorted(found, key=lambda b: b.x0):
        column = next(
            (c for c in columns if any(_overlap_share(block, other) > _SAME_COLUMN_SHARE for other in c)), None
        )
        if column is None:
            columns.append([block])
        else:
            column.append(block)
    return [block for column in columns for block in sorted(column, key=lambda b: b.top)]


def _overlap_share(one: TextBlock, other: TextBlock) -> float:
    """Return the sideways overlap of two blocks as a share of the width of the narrower one."""
    return one.overlap_x(other) / min(one.x1 - one.x0, other.x1 - other.x0)
