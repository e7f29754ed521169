"""Running text: its font and size, and its place on a sheet. Running text is no table."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from extract.page.lines import Line, Phrase
from extract.page.sheet import Sheet
from extract.page.words import Word

Style = tuple[str, float]
LINE_PITCH_EM = 2.2  # two lines of running text stand less far apart, except in double-spaced manuscripts:
_DOUBLE_PITCH_EM = 2.6  # there less than this,
LEAST_DOUBLE_PITCH_EM = 1.9  # and most more than this
_LINE_WORD_COUNT = 5  # words that a line of running text has at least
_LINE_WIDTH_SHARE = 0.2  # of the sheet's width: the narrowest column of running text
_LINE_WORDY_SHARE = 0.5  # of the words of a line of running text are no numbers
_BODY_CHARACTER_COUNT = 1500  # a style with fewer may be that of the notes of tables
_BLOCK_LINE_COUNT = 3  # lines that a block of running text has at least
_BLOCK_FULL_LINE_SHARE = 2 / 3  # of the lines of a block end at its right edge
_RIGHT_EDGE_SHARE = 0.15  # of the width of a block: lines that end this close to its right edge end alike
_LEFT_EDGE_EM = 2.5  # the left ends of two lines of a block, one of them indented, differ by less
_SAME_SIZE_PT = 0.3  # the sizes of one type differ by less


def body_style(sheets: Iterable[Sheet]) -> Style:
    """Return the font and size of most running text; ("", 0) if there is too little running text to tell."""
    count: Counter[Style] = Counter()
    for sheet in sheets:
        count += sheet.once(count_styles)
    style, most = max(count.items(), key=lambda item: item[1], default=(("", 0.0), 0))
    return style if most >= _BODY_CHARACTER_COUNT else ("", 0.0)


def count_styles(sheet: Sheet) -> Counter[Style]:
    """Return how many characters of running text a sheet has in each font and size."""
    count: Counter[Style] = Counter()
    for block in find_blocks(running_phrases(sheet)):
        for phrase in block:
            count[phrase.style] += len(phrase.text)
    return count


def find_prose(sheet: Sheet, body: Style) -> frozenset[Word]:
    """Return the words of blocks of running text in the style of the body."""
    alike = [p for p in running_phrases(sheet) if abs(p.size - body[1]) < _SAME_SIZE_PT]
    phrases = [p for p in alike if any(word.style == body for word in p.words)]
    return frozenset(word for block in find_blocks(phrases) for phrase in block for word in phrase.words)


def running_phrases(sheet: Sheet) -> list[Phrase]:
    """Return the phrases that may be lines of running text: wide, with several words, most of them no numbers."""
    return running_phrases_among(sheet.loose_lines, sheet)


def running_phrases_among(lines: Iterable[Line], sheet: Sheet) -> list[Phrase]:
    """Return the phrases of some lines of a sheet that may be lines of running text."""
    phrases = [phrase for line in lines for phrase in line.phrases]
    wide = [p for p in phrases if len(p.words) >= _LINE_WORD_COUNT and p.width > _LINE_WIDTH_SHARE * sheet.width]
    return list(filter(is_mostly_words, wide))


def is_mostly_words(phrase: Phrase) -> bool:
    """Whether at least half of the words of a phrase are words rather than numbers."""
    words = sum(bool(re.match(r"^\W*[^\W\d]{2,}", w.text)) for w in phrase.words)
    return words >= _LINE_WORDY_SHARE * len(phrase.words)


def find_blocks(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Return the runs of at least three phrases below one another that begin alike, and of which two thirds end
    alike."""
    found: list[list[Phrase]] = []
    pitch = _DOUBLE_PITCH_EM if _are_double_spaced(phrases) else LINE_PITCH_EM
    for phrase in sorted(phrases, key=lambda p: p.middle):
        block = next((b for b in reversed(found) if follows_in_block(b[-1], phrase, pitch)), None)
        if block is None:
            found.append([phrase])
        else:
            block.append(phrase)
    return [block for block in found if len(block) >= _BLOCK_LINE_COUNT and _is_justified(block)]


def _are_double_spaced(phrases: Sequence[Phrase]) -> bool:
    """Whether most lines that follow one another stand as far apart as in a double-spaced manuscript."""
    lines = sorted(phrases, key=lambda p: p.middle)
    pitches = [(b.middle - a.middle) / a.size for a, b in pairwise(lines)]
    return bool(pitches) and median(pitches) > LEAST_DOUBLE_PITCH_EM


def follows_in_block(last: Phrase, phrase: Phrase, pitch: float = LINE_PITCH_EM) -> bool:
    """Whether a phrase is the next line of a block: just below its last line (within `pitch` type sizes), with the same
    left edge and type size."""
    near = 0 < phrase.middle - last.middle < pitch * last.size
    left = abs(phrase.x0 - last.x0) < _LEFT_EDGE_EM * last.size
    return near and left and abs(phrase.size - last.size) < _SAME_SIZE_PT


def _is_justified(block: Sequence[Phrase]) -> bool:
    right = max(p.x1 for p in block)
    full = sum(right - p.x1 < _RIGHT_EDGE_SHARE * (right - block[0].x0) for p in block)
    return full >= _BLOCK_FULL_LINE_SHARE * len(block)
