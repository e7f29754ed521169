"""What has numbers in columns as well and is no table: tables of contents, and the text of figures and plots."""

import re
from collections.abc import Sequence

from extract.page.box import Box
from extract.page.lines import Line
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.region import Region, Surroundings

_PLOT_ROW_SHARE = 0.3  # of the rows of a plot have a line drawn at their height
_PLOT_ROW_COUNT = 2  # such rows, at least
_ROW_MARGIN_SHARE = 0.2  # of the height of a row: a rule further inside is drawn at its height
_LEADER_SHARE = 0.5  # of the lines of a table of contents have dots before the page number
_CAPTION_GAP_EM = 3.0  # the white between the caption of a figure and a table below it is less high
_WORD = re.compile(r"[^\W\d_]{2}")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")
_AT_RISK = re.compile(r"^(?:No\.?|Numbers?|N|Patients|Subjects|Participants)\b.{0,12}\bat risk\b", re.IGNORECASE)


def is_contents(lines: Sequence[Line]) -> bool:
    """Whether lines are a table of contents: dots lead to one page number each."""
    led = [line for line in lines if _LEADERS.search(line.text)]
    return len(led) >= _LEADER_SHARE * len(lines) and all(
        _LEADERS.split(line.text)[-1].strip().isdigit() for line in led
    )


def has_whiskers(sheet: Sheet, rows: Sequence[Line]) -> bool:
    """Whether lines are drawn at the heights of rows, as the intervals of a forest plot are."""
    drawn = [next((r for r in sheet.across if _is_beside_words(r, row)), None) for row in rows]
    starts = [round(rule.x0) for rule in drawn if rule]
    many = len(starts) >= max(_PLOT_ROW_COUNT, _PLOT_ROW_SHARE * len(rows))
    return many and len(set(starts)) > len(starts) / 2


def _is_beside_words(rule: Box, row: Line) -> bool:
    """Whether a rule is drawn at the height of a row, clear of its words."""
    margin = _ROW_MARGIN_SHARE * row.height
    at_height = row.top + margin < rule.middle < row.bottom - margin
    return at_height and not any(word.overlap_x(rule) > 0 for word in row.words)


def is_figure(region: Region, around: Surroundings, prose: frozenset[Word]) -> bool:
    """Whether a region is the text of a figure: a caption of a figure stands below it, or above it, with no running
    text between. (What begins right below such a caption is a table that is called a figure.)"""
    for caption in around.figures:
        gap = region.top - caption.bottom
        if caption.overlap_x(region) <= 0 or 0 <= gap < _CAPTION_GAP_EM * caption.size:
            continue
        top, bottom = min(caption.bottom, region.bottom), max(caption.top, region.top)
        between = [w for w in prose if top < w.middle < bottom and w.overlap_x(region) > 0]
        if not between:
            return True
    return False


def is_wordless(lines: Sequence[Line], rows: Sequence[Line]) -> bool:
    """Whether lines are nothing but numbers, as those in a chart: neither their rows nor a head have words."""
    worded = sum(bool(_WORD.search(row.text)) for row in rows)
    head = [line for line in lines if line.top < rows[0].top and len(line.phrases) > 1]
    return worded < len(rows) / 2 and not any(_WORD.search(line.text) for line in head)


def is_curve_legend(lines: Sequence[Line]) -> bool:
    """Whether lines are the numbers at risk below survival curves."""
    return any(_AT_RISK.match(line.text) for line in lines)
