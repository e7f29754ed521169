"""The words of the texts that OCR reads in a picture, with tight boxes in pixels."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extract.page.ocr.confusions import spell
from extract.page.ocr.pixels import Image, grey_of
from extract.page.ocr.reader import Glyph, Text
from extract.page.words import Word

WORD_GAP_EM = 0.42  # a wider blank between two glyphs separates words, also where the reader saw no space
JOINED_GAP_EM = 1.0  # between "0." and "51": spaces of a typewriter face are as wide
GLYPH_REACH_EM = 1 / 3  # around ink: a glyph seen so near belongs to it
BLANK_REACH_EM = 1 / 3  # around the middle between two words: there is the blank between them
UNSEEN_GLYPH_EM = 0.25  # half the width of a word without ink of its own
ASCENDER_EM = 0.72  # above the baseline: capitals, digits and tall letters
X_HEIGHT_EM = 0.53  # above the baseline: small letters
DESCENDER_EM = 0.21  # below the baseline: letters such as g
TAIL_EM = 0.12  # below the baseline: commas
WORD_ABOVE_EM = 0.75  # from the baseline to the top of a word's box, as the boxes of fonts have it
WORD_BELOW_EM = 0.25  # from the baseline to its bottom
FLAT_SIZE_SHARE = 0.75  # of the height of its box: the type size of a text that is nothing but dashes and points
FLAT_BASELINE_SHARE = 0.7  # of the height of its box: the baseline of such a text
WITH_DESCENDER, WITH_TAIL = frozenset("gjpqy()[]{}|Q§"), frozenset(",;")
WITHOUT_ASCENDER = frozenset("acegmnopqrsuvwxyz.,:;-−–—=<>≤≥~≈·")
CASELESS_SHAPES = frozenset("cosuvwxzCOSUVWXZ")  # small and capital letters have one shape
FLAT_SIGNS = frozenset(".,:;-−–—=~·*'’‘“”^°²³+<>≤≥±")
LEAST_CONFIDENCE = 0.3  # of the glyphs of a text: a mark that was taken for text has less
MARK_LETTERS_COUNT = 3  # that are read in a mark at most: of a longer text only the usual glyph must be as sure
TALLEST_GLYPH_RATIO = 1.6  # of the height to the width of a text of one glyph; taller is a line or turned text
TALLEST_TEXT_RATIO = 1.2  # the same for each glyph of a longer text
RULE_ROW_SHARE = 0.9  # of a row of pixels: no text is so dark, a rule is
INK_CONTRAST_SHARE = 0.35  # of the contrast of a text: darker pixels are ink
TWO_NUMBERS = [re.compile(rf"(.*\d\.\d{{{decimals}}})\d+\.\d{{{decimals}}}") for decimals in (2, 3, 4)]
CONTRAST_PERCENT = 99  # of the pixels of a text are no darker than its contrast: some specks are


def make_picture_words(texts: Iterable[Text], image: Image) -> list[Word]:
    """The words of the texts of a picture. Their `size` is an estimate of the type size."""
    grey = grey_of(image)
    found = [(text, text_ink(grey, text)) for text in texts if is_readable_text(text)]
    sizes = [type_size(text, ink)[0] for text, ink in found]
    usual = median(sizes) if sizes else 0.0
    return [word for text, ink in found for word in words_of(with_capitals(text, ink, usual), ink)]


def with_capitals(text: Text, ink: NDArray[np.bool_], usual: float) -> Text:
    """The text, in capitals if only its height tells them from small letters (ccs, CCS), and it is high. `usual`: the
    usual type size of the picture."""
    letters = frozenset(text.string)
    if len(text.glyphs) < 2 or not letters <= CASELESS_SHAPES:
        return text
    rows = main_band(ink)
    capital = len(rows) and (rows[-1] + 1 - rows[0]) / usual > (X_HEIGHT_EM + ASCENDER_EM) / 2
    glyphs = (glyph._replace(text=glyph.text.upper() if capital else glyph.text) for glyph in text.glyphs)
    return Text(text.box, tuple(glyphs))


def is_readable_text(text: Text) -> bool:
    """Whether a text has a letter or digit, and is neither turned nor a mark that was taken for text."""
    seen = [glyph for glyph in text.glyphs if glyph.text.isalnum() or glyph.text == "%"]
    one = len(text.string.strip()) == 1
    tallest = TALLEST_GLYPH_RATIO if one else TALLEST_TEXT_RATIO * len(seen)
    sure = text.confidence if len(seen) <= MARK_LETTERS_COUNT else median(glyph.confidence for glyph in seen)
    return bool(seen) and sure >= LEAST_CONFIDENCE and text.box.height < tallest * text.box.width


def text_ink(grey: NDArray[np.uint8], text: Text) -> NDArray[np.bool_]:
    """The dark pixels (bright ones, on a dark ground) in the box of a text, without rules above or below the text."""
    x0, top, x1, bottom = text.box
    crop = grey[top : bottom + 1, x0 : x1 + 1].astype(np.float32)
    ground = float(np.median(np.concatenate((crop[0], crop[-1], crop[:, 0], crop[:, -1]))))
    contrast = np.abs(crop - ground)
    ink = np.asarray(contrast > INK_CONTRAST_SHARE * float(np.percentile(contrast, CONTRAST_PERCENT)))
    ink[ink.mean(axis=1) > RULE_ROW_SHARE] = False
    return ink


def words_of(text: Text, ink: NDArray[np.bool_]) -> Iterator[Word]:
    """The words of a text: glyphs without a space between them, cut again at wider blanks in the picture."""
    x0, top = text.box[:2]
    size, baseline = type_size(text, ink)
    columns = own_columns(np.flatnonzero(ink.any(axis=0)) + x0, text.glyphs, size)
    gaps = [(int(a), int(b)) for a, b in pairwise(columns) if b - a > WORD_GAP_EM * size]
    all_glyphs = aligned(text.glyphs, columns, size)
    words = rejoined(list(glyph_runs(all_glyphs, gaps)), size)
    strings = ["", *("".join(glyph.text for glyph in word) for word in words), ""]
    for place, glyphs in enumerate(words):
        left, right = word_extent(glyphs, all_glyphs, columns, size)
        spelling = spell(glyphs, strings[place], strings[place + 2])
        box = (left, top + baseline - WORD_ABOVE_EM * size, right, top + baseline + WORD_BELOW_EM * size)
        yield Word(spelling.text, *box, size, "", layer=spelling.first, confidence=spelling.confidence)


def own_columns(columns: NDArray[np.int64], glyphs: Iterable[Glyph], size: float) -> NDArray[np.int64]:
    """The columns with ink of a text. Ink that reaches into its box from beside it is left out: no glyph is near."""
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > WORD_GAP_EM * size) + 1)
    seen = [glyph.x for glyph in glyphs if not glyph.text.isspace()]
    reach = GLYPH_REACH_EM * size
    own = [part for part in parts if len(part) and any(part[0] - reach < x < part[-1] + reach for x in seen)]
    return np.concatenate(own) if own else columns


def aligned(glyphs: Sequence[Glyph], columns: NDArray[np.int64], size: float) -> tuple[Glyph, ...]:
    """The glyphs, moved to where their ink is: glyphs between spaces stand between the widest blanks of the picture. If
    the blanks are not where the spaces are, the glyphs stay where they were seen."""
    runs = [list(run) for blank, run in groupby(glyphs, key=lambda glyph: glyph.text.isspace()) if not blank]
    if not runs or not len(columns):
        return tuple(glyphs)
    widest = sorted(pairwise(columns), key=lambda gap: gap[0] - gap[1])[: len(runs) - 1]
    ends = [columns[0], *(end for a, b in sorted(widest) for end in (a, b)), columns[-1]]
    middles = [(a[-1].x + b[0].x) / 2 for a, b in pairwise(runs)]
    if any(abs((a + b) / 2 - middle) > size for (a, b), middle in zip(sorted(widest), middles, strict=False)):
        return tuple(glyphs)
    if len(widest) < len(runs) - 1:
        return tuple(glyphs)
    moved = [spread(run, float(ends[2 * i]), float(ends[2 * i + 1] + 1)) for i, run in enumerate(runs)]
    blanks = [[Glyph(" ", (a[-1].x + b[0].x) / 2, 1.0)] for a, b in pairwise(moved)]
    return tuple(glyph for i, run in enumerate(moved) for glyph in (*run, *(blanks[i] if i < len(blanks) else ())))


def spread(run: Sequence[Glyph], left: float, right: float) -> list[Glyph]:
    """The glyphs of a run between its two ends, at the distances at which they were seen."""
    half = (right - left) / (2 * len(run))
    seen = (run[0].x, run[-1].x) if run[-1].x > run[0].x else (run[0].x - half, run[0].x + half)
    places = np.interp([glyph.x for glyph in run], seen, (left + half, right - half))
    return [glyph._replace(x=float(x)) for glyph, x in zip(run, places, strict=True)]


def glyph_runs(glyphs: Sequence[Glyph], gaps: Sequence[tuple[int, int]]) -> Iterator[tuple[Glyph, ...]]:
    for blank, run in groupby(glyphs, key=lambda glyph: glyph.text.isspace()):
        if not blank:
            for _, piece in groupby(run, key=lambda glyph: sum(glyph.x > (a + b) / 2 for a, b in gaps)):
                yield from unglued(tuple(piece))


def unglued(word: tuple[Glyph, ...]) -> list[tuple[Glyph, ...]]:
    """The two numbers that a word holds where the bracket between them was not seen: "312.64" and "0.38" of
    "312.640.38". Both have the same number of decimals."""
    text = "".join(glyph.text for glyph in word)
    cut = next((match.end(1) for glued in TWO_NUMBERS if (match := glued.fullmatch(text))), 0)
    places = accumulate(len(glyph.text) for glyph in word)
    count = next((number for number, end in enumerate(places, 1) if end == cut), 0)
    return [word[:count], word[count:]] if count else [word]


def rejoined(words: Sequence[tuple[Glyph, ...]], size: float) -> list[tuple[Glyph, ...]]:
    """The words, with those put together again that wide spaces of a typewriter face cut ("0." and "51")."""
    found: list[tuple[Glyph, ...]] = []
    for word in words:
        near = bool(found) and word[0].x - found[-1][-1].x < JOINED_GAP_EM * size
        if near and len(found[-1]) > 1 and found[-1][-1].text == "." and (found[-1][-2].text + word[0].text).isdigit():
            found[-1] += word
        else:
            found.append(word)
    return found


def word_extent(
    word: Sequence[Glyph], text: Sequence[Glyph], columns: NDArray[np.int64], size: float
) -> tuple[float, float]:
    """The x of the left and right ends of the ink of a word, which goes at most half the way to its neighbours. `text`:
    all glyphs of the text; `columns`: those with ink."""
    seen = [glyph for glyph in text if not glyph.text.isspace()]
    first, last = seen.index(word[0]), seen.index(word[-1])
    low = (seen[first - 1].x + word[0].x) / 2 if first else -np.inf
    high = (seen[last + 1].x + word[-1].x) / 2 if last + 1 < len(seen) else np.inf
    low, high = blank_near(low, columns, size), blank_near(high, columns, size)
    inside = columns[(columns > low) & (columns < high)]
    if not len(inside):
        return word[0].x - UNSEEN_GLYPH_EM * size, word[-1].x + UNSEEN_GLYPH_EM * size
    return float(inside[0]), float(inside[-1] + 1)


def blank_near(x: float, columns: NDArray[np.int64], size: float) -> float:
    """The middle of the widest blank near x; x itself if no blank is near."""
    if not np.isfinite(x):
        return x
    near = [(b - a, (a + b) / 2) for a, b in pairwise(columns) if abs((a + b) / 2 - x) < BLANK_REACH_EM * size]
    return float(max(near, default=(0, x))[1])


def type_size(text: Text, ink: NDArray[np.bool_]) -> tuple[float, float]:
    """The type size of a text and the depth of its baseline below the top of its box, in pixels: from the height of its
    ink, and from whether its glyphs have ascenders and descenders."""
    rows = main_band(ink)
    letters = frozenset(text.string.replace(" ", ""))
    height = ink.shape[0]
    if not len(rows) or letters <= FLAT_SIGNS:
        return FLAT_SIZE_SHARE * height, FLAT_BASELINE_SHARE * height
    up = X_HEIGHT_EM if letters <= WITHOUT_ASCENDER else ASCENDER_EM
    down = DESCENDER_EM if letters & WITH_DESCENDER else TAIL_EM if letters & WITH_TAIL else 0.0
    size = (rows[-1] + 1 - rows[0]) / (up + down)
    return float(size), float(rows[0] + up * size)


def main_band(ink: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The rows of pixels of the text itself, without ink that reaches into its box from other lines."""
    rows = np.flatnonzero(ink.any(axis=1))
    bands = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return max(bands, key=lambda band: int(ink[band].sum())) if len(rows) else rows
