"""The words that OCR reads on a page, put among the words of its text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.forests.plot import PICTURE_READER, Canvas
from extract.page.box import HasEdges
from extract.page.words import Word

SAME_PLACE_SHARE = 0.3  # of the width of a word that OCR read: as much of it is covered by words of the text


def with_read_words(canvas: Canvas, read: Iterable[Word]) -> Canvas:
    """A page with the words that OCR read in a part of it, where its text has no words. Its drawing stays."""
    words = (*canvas.sheet.words, *unknown_words(read, canvas.sheet.words))
    return replace(canvas, sheet=replace(canvas.sheet, words=words), reader=PICTURE_READER)


def unknown_words(read: Iterable[Word], known: Sequence[Word]) -> list[Word]:
    """The words that OCR read where no known word stands."""
    return [word for word in read if covered_share(word, known) < SAME_PLACE_SHARE]


def covered_share(word: Word, known: Iterable[HasEdges]) -> float:
    """The share of the width of a word that other words at its height cover."""
    at_height = [other for other in known if other.top < word.middle < other.bottom]
    return sum(max(0.0, word.overlap_x(other)) for other in at_height) / max(word.width, 1e-6)
