"""Tables without a caption and without a drawn grid: blocks of lines whose numbers stand in columns.

Such a block is a table where three rows have numbers in two columns beside a third column, and it is no running text,
no table of contents, no numbered list, and not the text of a figure or plot.
"""

from collections.abc import Sequence

from extract.page.box import Box, HasEdges, bounding_box
from extract.page.captions import Caption
from extract.page.lines import Line, Phrase, make_lines
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.finding.blocks.lookalikes import has_whiskers, is_contents, is_curve_legend, is_figure, is_wordless
from extract.tables.finding.blocks.number_blocks import (
    NUMBER_COLUMN_COUNT,
    farthest_gap,
    find_number_blocks,
    gap_above,
    usual_gap,
)
from extract.tables.finding.blocks.running_text import find_running_blocks, page_gutters
from extract.tables.finding.blocks.value_rows import (
    ROW_COUNT,
    columns_of,
    count_rows,
    find_number_columns,
    is_numeric,
    is_value_row,
)
from extract.tables.finding.notes import NOTE_START, notes_below
from extract.tables.grid.columns import find_columns, usual_size
from extract.tables.grid.gutters import Span
from extract.tables.region import Region, Surroundings

_COLUMN_COUNT = 3  # columns that a table has at least
_FILLED_SHARE = 0.5  # of the places of the rows of a table have text
_ROW_SHARE = 0.3  # of the lines of a table are rows with numbers: labels wrap, and headings stand between
_HEAD_GAP_EM = 1.8  # the white between two lines of a head is less high
_LAST_GAP_RATIO = 1.5  # to the usual white between rows: the white above the last lines is less high
_HEAD_LINE_COUNT = 8  # lines of a head, at most
_PENDING_LINE_COUNT = 2  # lines with one phrase between the head and the first row, at most
_RULE_OVERHANG_EM = 1.0  # a rule may stand out of its table by as much


def find_uncaptioned(sheet: Sheet, around: Surroundings, taken: Sequence[HasEdges]) -> list[Region]:
    """Return the regions of tables without caption and grid on a sheet. `taken`: the places of the other tables."""
    if count_rows(_lines_outside(sheet.lines, taken)) < ROW_COUNT:
        return []
    blocks = sheet.once(find_running_blocks)
    prose = frozenset(word for block in blocks for phrase in block for word in phrase.words)
    words = _free_words(sheet, around, prose, taken)
    found: list[Region] = []
    for block in find_number_blocks(make_lines(words), page_gutters(blocks, sheet)):
        region = _region_of(sheet, block, around)
        if region is not None and not is_figure(region, around, prose):
            found.append(region)
    return found


def _lines_outside(lines: Sequence[Line], taken: Sequence[HasEdges]) -> list[Line]:
    """The lines without their phrases inside other tables."""
    kept = [tuple(p for p in line.phrases if not any(_holds(place, p) for place in taken)) for line in lines]
    return [Line(phrases) for phrases in kept if phrases]


def _free_words(sheet: Sheet, around: Surroundings, prose: frozenset[Word], taken: Sequence[HasEdges]) -> list[Word]:
    """The words outside other tables, captions and running text."""
    own = {word for caption in around.captions for line in caption.lines for word in line.words}
    own |= {word for phrase in around.figures for word in phrase.words} | prose
    return [w for w in sheet.words if w not in own and not any(_holds(place, w) for place in taken)]


def _holds(place: HasEdges, part: Word | Phrase) -> bool:
    return place.x0 <= part.center <= place.x1 and place.top <= part.middle <= place.bottom


def _region_of(sheet: Sheet, block: Sequence[Line], around: Surroundings) -> Region | None:
    """The region of a block of lines, from the head to the last row; None if it is no table."""
    rows = [i for i, line in enumerate(block) if is_value_row(line)]
    body = [block[i] for i in rows]
    spans = find_columns(body)
    columns = columns_of(body, spans)
    numeric = [spans[number] for number in find_number_columns(columns)]
    if len(spans) < _COLUMN_COUNT or len(numeric) < NUMBER_COLUMN_COUNT:
        return None
    filled = sum(map(len, columns))
    if filled < _FILLED_SHARE * len(rows) * len(spans) or len(rows) < _ROW_SHARE * (rows[-1] - rows[0] + 1):
        return None
    first, last = _head_start(block, rows[0], spans, numeric), _last_line(block, rows[-1], spans)
    lines = block[first : last + 1]
    if is_contents(lines) or is_curve_legend(lines) or is_wordless(lines, body) or has_whiskers(sheet, body):
        return None
    box = bounding_box(lines)
    near = box.grown(_RULE_OVERHANG_EM * usual_size(lines))
    rules = tuple(r for r in sheet.across if near.top < r.top < near.bottom and near.x0 < r.x0 and r.x1 < near.x1)
    x0, x1 = min([box.x0, *[r.x0 for r in rules]]), max([box.x1, *[r.x1 for r in rules]])
    rest = [line for line in make_lines(sheet.words) if line.top >= box.bottom and line.overlap_x(box) > 0]
    notes = tuple(notes_below(rest, box.bottom, around)) if rest and NOTE_START.match(rest[0].text) else ()
    return Region(sheet, _no_caption(sheet, box), x0, box.top, x1, box.bottom, tuple(lines), rules, notes)


def _no_caption(sheet: Sheet, box: Box) -> Caption:
    """The caption of a table that has none; its place stands for its number."""
    number = f"#{sheet.page}-{sheet.turn}-{box.x0:.0f}-{box.top:.0f}"
    return Caption("", number, "", False, box.x0, box.top, box.x1, box.top, 0.0)


def _head_start(block: Sequence[Line], first: int, spans: Sequence[Span], numeric: Sequence[Span]) -> int:
    """The first line of the head above the first row: lines with several phrases, or with one over the numbers. Lines
    with one phrase belong to it only below such a line: above it they are a title."""
    start, pending, usual = first, 0, usual_gap(block)
    over = (numeric[0][0] + numeric[-1][1]) / 2
    whole = (spans[0][0] + spans[-1][1]) / 2
    for i in range(first - 1, max(-1, first - 1 - _HEAD_LINE_COUNT), -1):
        line = block[i]
        if gap_above(block, i + 1) > farthest_gap(block, i, usual, _HEAD_GAP_EM):
            break
        spanner = line.x0 > spans[0][1] and abs(line.center - over) < abs(line.center - whole)
        if len(line.phrases) > 1 or spanner:
            start, pending = i, 0
        elif pending < _PENDING_LINE_COUNT:
            pending += 1
        else:
            break
    return start


def _last_line(block: Sequence[Line], last: int, spans: Sequence[Span]) -> int:
    """The last line of the table: rows with one number, and the rest of the last label, may stand below the last row
    with several."""
    end, usual = last, usual_gap(block)
    for i in range(last + 1, len(block)):
        line = block[i]
        near = gap_above(block, i) < max(line.height, _LAST_GAP_RATIO * usual)
        row = len(line.phrases) > 1 and any(is_numeric(p.text) for p in line.phrases)
        wrapped = len(line.phrases) == 1 and line.x1 <= spans[0][1] + 1 and line.text[:1].islower()
        if not near or not (row or wrapped):
            break
        end = i
    return end
