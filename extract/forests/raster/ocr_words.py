"""Texts that were read from a picture as words with tight boxes, in pixels."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extract.forests.raster.confusions import spell
from extract.forests.raster.ocr import Glyph, Image, Text, grey_of
from extract.page.words import Word

GAP = 0.42  # of the height of a text: as wide a blank between two glyphs separates words, whether read as one or not
ASCENDER, SMALL, DESCENDER, DEEP = 0.72, 0.53, 0.21, 0.12  # of the type size, above and below the line that text is on
WITH_DESCENDER, WITH_TAIL = frozenset("gjpqy()[]{}|Q§"), frozenset(",;")
WITHOUT_ASCENDER = frozenset("acegmnopqrsuvwxyz.,:;-−–—=<>≤≥~≈·")
ONE_SHAPE = frozenset("cosuvwxzCOSUVWXZ")  # small and capital letters are of one shape
FLAT = frozenset(".,:;-−–—=~·*'’‘“”^°²³+<>≤≥±")
LEAST = 0.3  # a text whose least sure glyph is less sure is no text
RULE = 0.9  # of a row of pixels: no text is so dark
DARK = 0.35  # of the contrast of a text: darker than that is ink


def make_words(texts: Iterable[Text], image: Image) -> list[Word]:
    """The words of a picture (its texts are what `ocr.read_texts` gives). `size` is the type size, estimated."""
    grey = grey_of(image)
    found = [(text, ink_of(grey, text)) for text in texts if is_text(text)]
    sizes = [type_size(text, ink)[0] for text, ink in found]
    usual = median(sizes) if sizes else 0.0
    return [word for text, ink in found for word in words_of(raised(text, ink, usual), ink)]


def raised(text: Text, ink: NDArray[np.bool_], usual: float) -> Text:
    """The text in capitals where only its height can tell (ccs, CCS) and that says so."""
    letters = frozenset(text.string)
    if len(text.glyphs) < 2 or not letters <= ONE_SHAPE:
        return text
    rows = main_band(ink)
    capital = len(rows) and (rows[-1] + 1 - rows[0]) / usual > (SMALL + ASCENDER) / 2
    glyphs = (glyph._replace(text=glyph.text.upper() if capital else glyph.text) for glyph in text.glyphs)
    return Text(text.box, tuple(glyphs))


def is_text(text: Text) -> bool:
    """Whether there is a letter or digit in it, and it is no mark that was taken for one; not turned text."""
    x0, top, x1, bottom = text.box
    seen = [glyph for glyph in text.glyphs if glyph.text.isalnum() or glyph.text == "%"]
    one = len(text.string.strip()) == 1
    return bool(seen) and text.confidence >= LEAST and (bottom - top) < (1.6 if one else 1.2 * len(seen)) * (x1 - x0)


def ink_of(grey: NDArray[np.uint8], text: Text) -> NDArray[np.bool_]:
    """Which pixels of its box are dark (or bright, on a dark ground), without rules above or below the text."""
    x0, top, x1, bottom = text.box
    crop = grey[top : bottom + 1, x0 : x1 + 1].astype(np.float32)
    ground = float(np.median(np.concatenate((crop[0], crop[-1], crop[:, 0], crop[:, -1]))))
    contrast = np.abs(crop - ground)
    ink = np.asarray(contrast > DARK * float(np.percentile(contrast, 99)))
    ink[ink.mean(axis=1) > RULE] = False
    return ink


def words_of(text: Text, ink: NDArray[np.bool_]) -> Iterator[Word]:
    """Glyphs without a blank between them, cut again where the picture is blank for longer than words allow."""
    x0, top = text.box[:2]
    size, line = type_size(text, ink)
    columns = own_columns(np.flatnonzero(ink.any(axis=0)) + x0, text.glyphs, size)
    gaps = [(int(a), int(b)) for a, b in pairwise(columns) if b - a > GAP * size]
    all_glyphs = aligned(text.glyphs, columns, size)
    words = rejoined(list(pieces(all_glyphs, gaps)), size)
    strings = ["", *("".join(glyph.text for glyph in word) for word in words), ""]
    for place, glyphs in enumerate(words):
        left, right = extent(glyphs, all_glyphs, columns, size)
        spelling = spell(glyphs, strings[place], strings[place + 2])
        box = (left, top + line - 0.75 * size, right, top + line + 0.25 * size)
        yield Word(spelling.text, *box, size, "", layer=spelling.first, confidence=spelling.confidence)


def own_columns(columns: NDArray[np.int64], glyphs: Iterable[Glyph], size: float) -> NDArray[np.int64]:
    """Where the ink of a text is, without what reaches into its box from beside it: no glyph was seen there."""
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > GAP * size) + 1)
    seen = [glyph.x for glyph in glyphs if not glyph.text.isspace()]
    own = [part for part in parts if len(part) and any(part[0] - size / 3 < x < part[-1] + size / 3 for x in seen)]
    return np.concatenate(own) if own else columns


def aligned(glyphs: Sequence[Glyph], columns: NDArray[np.int64], size: float) -> tuple[Glyph, ...]:
    """The glyphs moved to where their ink is: what is read between blanks stands between the widest blanks of the
    picture. As they are where these are elsewhere."""
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


def pieces(glyphs: Sequence[Glyph], gaps: Sequence[tuple[int, int]]) -> Iterator[tuple[Glyph, ...]]:
    for blank, run in groupby(glyphs, key=lambda glyph: glyph.text.isspace()):
        if not blank:
            for _, piece in groupby(run, key=lambda glyph: sum(glyph.x > (a + b) / 2 for a, b in gaps)):
                yield tuple(piece)


def rejoined(words: Sequence[tuple[Glyph, ...]], size: float) -> list[tuple[Glyph, ...]]:
    """The words, where wide spaces of a typewriter face cut "0." from "51" put together again."""
    found: list[tuple[Glyph, ...]] = []
    for word in words:
        near = bool(found) and word[0].x - found[-1][-1].x < size
        if near and len(found[-1]) > 1 and found[-1][-1].text == "." and (found[-1][-2].text + word[0].text).isdigit():
            found[-1] += word
        else:
            found.append(word)
    return found


def extent(
    word: Sequence[Glyph], text: Sequence[Glyph], columns: NDArray[np.int64], size: float
) -> tuple[float, float]:
    """From where to where the ink of a word goes: as far as half the way to its neighbours."""
    seen = [glyph for glyph in text if not glyph.text.isspace()]
    first, last = seen.index(word[0]), seen.index(word[-1])
    low = (seen[first - 1].x + word[0].x) / 2 if first else -np.inf
    high = (seen[last + 1].x + word[-1].x) / 2 if last + 1 < len(seen) else np.inf
    low, high = blank_near(low, columns, size), blank_near(high, columns, size)
    inside = columns[(columns > low) & (columns < high)]
    if not len(inside):
        return word[0].x - size / 4, word[-1].x + size / 4
    return float(inside[0]), float(inside[-1] + 1)


def blank_near(x: float, columns: NDArray[np.int64], size: float) -> float:
    """The middle of the widest blank within a third of the type size: between two words there is one."""
    if not np.isfinite(x):
        return x
    near = [(b - a, (a + b) / 2) for a, b in pairwise(columns) if abs((a + b) / 2 - x) < size / 3]
    return float(max(near, default=(0, x))[1])


def type_size(text: Text, ink: NDArray[np.bool_]) -> tuple[float, float]:
    """The type size of a text in pixels, and how far below the top of its box its letters stand: by how high its ink is
    and which of its glyphs reach up and down."""
    rows = main_band(ink)
    letters = frozenset(text.string.replace(" ", ""))
    height = ink.shape[0]
    if not len(rows) or letters <= FLAT:
        return 0.75 * height, 0.7 * height
    up = SMALL if letters <= WITHOUT_ASCENDER else ASCENDER
    down = DESCENDER if letters & WITH_DESCENDER else DEEP if letters & WITH_TAIL else 0.0
    size = (rows[-1] + 1 - rows[0]) / (up + down)
    return float(size), float(rows[0] + up * size)


def main_band(ink: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The rows of pixels of the text itself, without what else reaches into its box."""
    rows = np.flatnonzero(ink.any(axis=1))
    bands = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return max(bands, key=lambda band: int(ink[band].sum())) if len(rows) else rows
