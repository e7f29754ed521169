"""Running text: its type, and where it stands on a sheet. What is running text is no table."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extract.page.lines import Phrase
from extract.page.sheet import Sheet
from extract.page.words import Word

Style = tuple[str, float]
_RUNNING_WORD_COUNT = 5  # words: a phrase of as many may be a line of running text
_TEXT_COLUMN_SHARE = 0.2  # of the sheet's width: the narrowest column of running text
_BODY_CHARACTER_COUNT = 1500  # characters: with less, it may be that of the notes of tables
LINE_PITCH_EM = 2.2  # type sizes between two lines of running text


def body_style(sheets: Iterable[Sheet]) -> Style:
    """Font and size in which most of the running text is set; ("", 0) where there is none."""
    count: Counter[Style] = Counter()
    for sheet in sheets:
        for block in blocks(running_phrases(sheet)):
            for phrase in block:
                count[phrase.style] += len(phrase.text)
    style, most = max(count.items(), key=lambda item: item[1], default=(("", 0.0), 0))
    return style if most >= _BODY_CHARACTER_COUNT else ("", 0.0)


def find_prose(sheet: Sheet, body: Style) -> frozenset[Word]:
    """Words of blocks of running text in the type of the body."""
    alike = [p for p in running_phrases(sheet) if abs(p.size - body[1]) < 0.3]
    phrases = [p for p in alike if any(word.style == body for word in p.words)]
    return frozenset(word for block in blocks(phrases) for phrase in block for word in phrase.words)


def running_phrases(sheet: Sheet) -> list[Phrase]:
    """Phrases that may be lines of running text: wide, of several words, most of them no numbers."""
    phrases = [phrase for line in sheet.loose_lines for phrase in line.phrases]
    return [
        p
        for p in phrases
        if len(p.words) >= _RUNNING_WORD_COUNT and p.width > _TEXT_COLUMN_SHARE * sheet.width and is_mostly_words(p)
    ]


def is_mostly_words(phrase: Phrase) -> bool:
    return sum(bool(re.match(r"^\W*[^\W\d]{2,}", w.text)) for w in phrase.words) >= 0.5 * len(phrase.words)


def blocks(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Runs of at least three phrases below one another, alike on the left; two thirds of them end alike as well."""
    found: list[list[Phrase]] = []
    for phrase in sorted(phrases, key=lambda p: p.middle):
        block = next((b for b in reversed(found) if follows_in_block(b[-1], phrase)), None)
        if block is None:
            found.append([phrase])
        else:
            block.append(phrase)
    return [block for block in found if len(block) >= 3 and 3 * alike_on_the_right(block) >= 2 * len(block)]


def follows_in_block(last: Phrase, phrase: Phrase) -> bool:
    near = 0 < phrase.middle - last.middle < LINE_PITCH_EM * last.size
    return near and abs(phrase.x0 - last.x0) < 2.5 * last.size and abs(phrase.size - last.size) < 0.3


def alike_on_the_right(block: Sequence[Phrase]) -> int:
    right = max(p.x1 for p in block)
    return sum(right - p.x1 < 0.15 * (right - block[0].x0) for p in block)
