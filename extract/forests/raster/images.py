"""Pictures that may hold a forest plot: those on the pages of a PDF, and PNG and JPEG files. Other pictures (small
ones, photographs, pictures without lines) are passed over before their text is read, which takes seconds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from pypdfium2 import PdfPage

from extract.errors import UnreadableError
from extract.page.box import Box
from extract.page.ocr.picture_keys import PictureKey, PictureKeys
from extract.page.ocr.pixels import Image, grey_of
from extract.page.ocr.placed_images import DECODED_PIXELS_COUNT, joined_strips, placed_images
from extract.page.ocr.rendering import PdfRect, displayed, fitting, frame_size, rendered

A_PICTURE = "a picture"  # the label of a picture that is not read
LEAST_WIDTH_PX = 120  # of a picture in which a plot can be read
LEAST_HEIGHT_PX = 60
TOO_LARGE = (
    f"the picture has more than {DECODED_PIXELS_COUNT // 1_000_000} million pixels; "
    "scale it down, or cut the plot out of it"
)
TEXT_LAYER_CHARACTERS_COUNT = 60  # upon a picture: labels of panels, a watermark; with more, its text is text already
GROUND_SHARE = 0.5  # of a plot at least has one colour; photographs have less
GROUND_SHADE_LEVELS = 12  # of 255, to either side: shades of one ground in JPEG
DRAWN_LEVELS = 48  # of 255, away from the ground: drawn or written
PLOT_LINES_COUNT = 2  # level lines in the smallest plot
SHORTEST_WHISKER_SHARE = 0.012  # of the width of a picture: shorter lines are strokes of letters
SHORTEST_WHISKER_PX = 8  # the same in small pictures
LONGEST_WHISKER_SHARE = 0.75  # of the width of a picture: longer lines are rules and frames
LINE_LENGTH_RATIO = 3  # to its thickness at least: less is a bar or a letter


KEPT_BYTES_COUNT = 100_000_000  # at most of pixels that are kept for the next places of a picture


@dataclass(frozen=True)
class Picture:
    """A picture, and its place on its page as displayed (points; pixels for a PNG or JPEG file)."""

    pixels: Image = field(repr=False)
    page: int
    page_width: float
    page_height: float
    place: Box


def open_picture(path: Path) -> Picture:
    """The picture in a PNG or JPEG file; UnreadableError if the file is damaged or the picture too large."""
    try:
        with Pillow.open(path) as file:
            refuse_large(path, file.size)
            file.draft("RGB", fitting(file.size))
            shown = file.convert("RGBA") if file.mode in ("P", "LA", "RGBA", "PA") else file.convert("RGB")
            size = file.size
    except Pillow.DecompressionBombError as error:
        raise UnreadableError(f"{path}: {TOO_LARGE}") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableError(f"{path}: the picture is damaged ({error}); export it again") from error
    width, height = map(float, size)
    return Picture(np.asarray(shrunk(on_white(shown)), np.uint8), 1, width, height, Box(0.0, 0.0, width, height))


def refuse_large(path: Path, size: tuple[int, int]) -> None:
    if size[0] * size[1] > DECODED_PIXELS_COUNT:
        raise UnreadableError(f"{path}: {TOO_LARGE}")


def shrunk(image: Pillow.Image) -> Pillow.Image:
    size = fitting(image.size)
    return image if size == image.size else image.resize(size, Pillow.Resampling.BOX)


def on_white(image: Pillow.Image) -> Pillow.Image:
    """The picture on white paper, which shows where the picture is transparent."""
    if image.mode != "RGBA":
        return image
    paper = Pillow.new("RGBA", image.size, "white")
    return Pillow.alpha_composite(paper, image).convert("RGB")


def is_bare(text: str) -> bool:
    """Whether so little text stands upon a picture that it is not the text of the picture."""
    return sum(map(str.isalnum, text)) <= TEXT_LAYER_CHARACTERS_COUNT


class KnownPictures:
    """What is known of the pictures of a document: which of them may hold a plot, and the pixels of the last of these.
    A picture that is placed many times is rendered and looked at once."""

    def __init__(self) -> None:
        self._may_hold_plot: dict[PictureKey, bool] = {}
        self._pixels: dict[PictureKey, Image] = {}

    def plot_pixels(self, key: PictureKey | None, render: Callable[[], Image]) -> Image | None:
        """Return the pixels of a picture; None if it holds no plot. `key`: None if the picture has none."""
        if key is None:
            pixels = render()
            return pixels if may_hold_plot(pixels) else None
        if self._may_hold_plot.get(key, True) and key not in self._pixels:
            self._keep(key, render())
        return self._pixels.get(key)

    def _keep(self, key: PictureKey, pixels: Image) -> None:
        self._may_hold_plot[key] = may_hold_plot(pixels)
        if self._may_hold_plot[key]:
            self._pixels[key] = pixels
        while len(self._pixels) > 1 and sum(kept.size for kept in self._pixels.values()) > KEPT_BYTES_COUNT:
            del self._pixels[next(iter(self._pixels))]


def pictures_on(
    page: PdfPage,
    number: int,
    takes: Callable[[str], bool] = is_bare,
    known: KnownPictures | None = None,
    guard: Callable[[int], AbstractContextManager[None]] | None = None,
) -> Iterator[Picture]:
    """The pictures of a page that may hold a plot, without text upon them, pixel for pixel as the page shows them, with
    all that stands upon them. The strips into which some programs cut a picture are joined. `takes`: whether a picture
    with this text upon it is wanted. `guard`: around the rendering of each, with the number of the page."""
    known, keys = known or KnownPictures(), PictureKeys(page)
    text = page.get_textpage()
    media = PdfRect(*page.get_mediabox())
    for image in joined_strips(placed_images(page, number)):
        found: list[Picture] = []
        with guard(number) if guard else nullcontext():
            if takes(text.get_text_bounded(*image.place)):
                pixels = known.plot_pixels(keys.key_of(image), partial(rendered, page, image.place, image.density))
                if pixels is not None:
                    found.append(Picture(pixels, number, *frame_size(page, media), displayed(page, image.place, media)))
        yield from found


def may_hold_plot(image: Image) -> bool:
    """Whether a picture is large enough, has mostly one colour, and has level lines that could be intervals."""
    height, width = image.shape[:2]
    if width < LEAST_WIDTH_PX or height < LEAST_HEIGHT_PX:
        return False
    grey = grey_of(image)
    counts = np.convolve(np.bincount(grey.ravel(), minlength=256), np.ones(2 * GROUND_SHADE_LEVELS + 1), "same")
    ground = int(counts.argmax())
    if counts[ground] < GROUND_SHARE * grey.size:
        return False
    ink = (cv2.absdiff(grey, np.full_like(grey, ground)) > DRAWN_LEVELS).astype(np.uint8)
    return any(
        count_lines(turned_ink, side) >= PLOT_LINES_COUNT for turned_ink, side in ((ink, width), (ink.T, height))
    )


def count_lines(ink: NDArray[np.uint8], side: int) -> int:
    """The number of level lines that are neither as short as strokes of letters nor as long as rules and frames.
    `side`: the width of the picture."""
    kernel = np.ones((1, max(SHORTEST_WHISKER_PX, round(SHORTEST_WHISKER_SHARE * side))), np.uint8)
    lines = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_OPEN, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    width, thick = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    return int(np.sum((width < LONGEST_WHISKER_SHARE * side) & (width > LINE_LENGTH_RATIO * thick)))
