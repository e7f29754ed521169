"""Words beyond the right end of a table's rules: a last column that stands there, and the ends of phrases."""

from collections.abc import Sequence

from extract.page.box import Box, bounding_box
from extract.page.lines import Line, Phrase
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.region import Surroundings

_COLUMN_REACH_EM = 1.5  # a column beyond the rules begins so close behind their end, and
_CELL_REACH_EM = 2.5  # so do its narrower cells, centred or aligned at the right
_COLUMN_LINE_SHARE = 0.5  # of the lines of the table have a phrase in that column
_COLUMN_LINE_COUNT = 3  # such lines, at least
_LEVEL_EM = 0.1  # the cells of a line differ in height and size by less; the next column of the page differs by more


def words_beyond(sheet: Sheet, zone: Box, end: float, around: Surroundings) -> list[Word]:
    """Return the words right of a zone that belong to the table in it: the rest of its phrases and, above the height
    `end` of its last rule, a column of phrases. Running text, other captions and what has rules of its own do not."""
    lines = [line for line in sheet.lines if zone.top < line.middle < zone.bottom]
    inside = [(line, _phrases_in(line, zone, around)) for line in lines]
    rest = [w for _, phrases in inside for p in phrases for w in p.words if w.center > zone.x1]
    rows = [(line, phrases) for line, phrases in inside if phrases and line.middle < end]
    column = [p for line, phrases in rows for p in line.phrases if _is_cell_beyond(p, phrases[-1], zone, around)]
    straddling = sum(phrases[-1].x1 > zone.x1 for _, phrases in rows)
    if len(column) + straddling < max(_COLUMN_LINE_COUNT, _COLUMN_LINE_SHARE * len(rows)):
        return rest
    box = bounding_box(column) if column else zone
    is_far = box.x0 - zone.x1 > _COLUMN_REACH_EM * rows[0][1][0].size
    if is_far or any(zone.top < r.top < end and r.x0 < box.x1 and r.x1 > box.x1 for r in sheet.across):
        return rest
    return rest + [word for phrase in column for word in phrase.words]


def _phrases_in(line: Line, zone: Box, around: Surroundings) -> list[Phrase]:
    """The phrases of a line that begin in a zone, without running text."""
    return [p for p in line.phrases if zone.x0 <= p.words[0].center <= zone.x1 and around.prose.isdisjoint(p.words)]


def _is_cell_beyond(phrase: Phrase, other: Phrase, zone: Box, around: Surroundings) -> bool:
    """Whether a phrase begins closely beyond the right end of a zone, on the line and in the size of another phrase of
    the table, and is neither running text nor a caption."""
    size = phrase.size
    near = phrase.words[0].center > zone.x1 and phrase.x0 - zone.x1 < _CELL_REACH_EM * size
    if not near or abs(phrase.bottom - other.bottom) > _LEVEL_EM * size or abs(other.size - size) > _LEVEL_EM * size:
        return False
    return around.prose.isdisjoint(phrase.words) and not _in_caption(phrase.words, around)


def _in_caption(words: Sequence[Word], around: Surroundings) -> bool:
    return any(word in line.words for caption in around.captions for line in caption.lines for word in words)
