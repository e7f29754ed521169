"""Pictures that may hold a forest plot: those on the pages of a PDF, and PNG and JPEG files. Other pictures (small
ones, photographs, pictures without lines) are passed over before their text is read, which takes seconds."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import hypot
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from pypdfium2 import PdfBitmap, PdfMatrix, PdfObject, PdfPage, PdfTextPage, raw

from extract.errors import UnreadableError
from extract.page.box import Box
from extract.page.ocr.pixels import Image, grey_of
from extract.page.sheet import turned

Density = tuple[float, float]  # pixels per point, across and up the page
_log = logging.getLogger(__name__)

LEAST_WIDTH_PX = 120  # of a picture in which a plot can be read
LEAST_HEIGHT_PX = 60
DECODED_PIXELS_COUNT = 60_000_000  # at most in a picture, decoded: 180 MB
TOO_LARGE = (
    f"the picture has more than {DECODED_PIXELS_COUNT // 1_000_000} million pixels; "
    "scale it down, or cut the plot out of it"
)
READ_PIXELS_COUNT = 6_000_000  # at most in a picture, read: a larger one is scaled down, which saves time and memory
STRIP_GAP_PT = 3.0  # between two strips of one picture, and between their sides
FORM_DEPTH_COUNT = 15  # of forms within forms in which pictures are searched for: PDFs may nest them without end
TEXT_LAYER_CHARACTERS_COUNT = 60  # upon a picture: labels of panels, a watermark; with more, its text is text already
SLANT_RATIO = 0.02  # of a picture's tilt to its side: more is a slanting picture, which pixel boxes cannot hold
GROUND_SHARE = 0.5  # of a plot at least has one colour; photographs have less
GROUND_SHADE_LEVELS = 12  # of 255, to either side: shades of one ground in JPEG
DRAWN_LEVELS = 48  # of 255, away from the ground: drawn or written
PLOT_LINES_COUNT = 2  # level lines in the smallest plot
RENDER_INSET_PX = 0.02  # from the edge of a pixel: on the edge pdfium may render a pixel more, and blurs all
SHORTEST_WHISKER_SHARE = 0.012  # of the width of a picture: shorter lines are strokes of letters
SHORTEST_WHISKER_PX = 8  # the same in small pictures
LONGEST_WHISKER_SHARE = 0.75  # of the width of a picture: longer lines are rules and frames
LINE_LENGTH_RATIO = 3  # to its thickness at least: less is a bar or a letter


class PdfRect(NamedTuple):
    """A rectangle in pdfium's own coordinates: y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def union(self, other: "PdfRect") -> "PdfRect":
        """The smallest rectangle around both."""
        return PdfRect(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def grown(self, by: float) -> "PdfRect":
        """The rectangle widened on all sides."""
        return PdfRect(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def overlaps(self, other: "PdfRect") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across >= 0 and min(self.top, other.top) - max(self.bottom, other.bottom) >= 0


class PlacedImage(NamedTuple):
    """The place of a picture on its page, and its pixels per point."""

    place: PdfRect
    density: Density


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


def fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture after scaling it down to READ_PIXELS_COUNT; the same size if it has no more."""
    scale = min(1.0, (READ_PIXELS_COUNT / max(1, size[0] * size[1])) ** 0.5)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def shrunk(image: Pillow.Image) -> Pillow.Image:
    size = fitting(image.size)
    return image if size == image.size else image.resize(size, Pillow.Resampling.BOX)


def on_white(image: Pillow.Image) -> Pillow.Image:
    """The picture on white paper, which shows where the picture is transparent."""
    if image.mode != "RGBA":
        return image
    paper = Pillow.new("RGBA", image.size, "white")
    return Pillow.alpha_composite(paper, image).convert("RGB")


def pictures_on(page: PdfPage, number: int) -> Iterator[Picture]:
    """The pictures of a page without text upon them, pixel for pixel as the page shows them. The strips into which some
    programs cut a picture are joined."""
    text = page.get_textpage()
    media = PdfRect(*page.get_mediabox())
    for place, density in joined_strips(placed_images(page, number)):
        if has_text(text, place):
            continue
        pixels = rendered(page, place, density)
        yield Picture(pixels, number, *frame_size(page, media), displayed(page, place, media))


def placed_images(page: PdfPage, number: int) -> Iterator[PlacedImage]:
    """The pictures of a page with their places. A picture with more than DECODED_PIXELS_COUNT is left out with a
    warning."""
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=FORM_DEPTH_COUNT):
        matrix = whole_matrix(image)
        width, height = image.get_px_size()
        across, up = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
        if not across or not up or is_slanting(matrix):
            continue
        if width * height > DECODED_PIXELS_COUNT:
            _log.warning("page %d: a picture of %d x %d pixels is too large and not read", number, width, height)
            continue
        density = width / across, height / up
        place = PdfRect(*matrix.on_rect(0, 0, 1, 1))
        yield PlacedImage(place, density if abs(matrix.a) > abs(matrix.b) else density[::-1])


def whole_matrix(image: PdfObject) -> PdfMatrix:
    """The matrix from the unit square of a picture to its page, through the forms around the picture."""
    matrix, holder = image.get_matrix(), image.container
    while holder is not None:
        matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
    return matrix


def is_slanting(matrix: PdfMatrix) -> bool:
    straight, turned_ = abs(matrix.a) + abs(matrix.d), abs(matrix.b) + abs(matrix.c)
    return bool(min(straight, turned_) > SLANT_RATIO * max(straight, turned_))


def joined_strips(images: Iterable[PlacedImage]) -> list[PlacedImage]:
    """The pictures from top to bottom, with those that touch and share a side as one, in the finer resolution."""
    found: list[PlacedImage] = []
    for image in sorted(images, key=lambda image: (-image.place.top, image.place.left)):
        at = next((at for at, known in enumerate(found) if is_strip(known.place, image.place)), None)
        if at is None:
            found.append(image)
        else:
            known = found[at]
            across, up = (max(pair) for pair in zip(known.density, image.density, strict=True))
            found[at] = PlacedImage(known.place.union(image.place), (across, up))
    return found


def is_strip(first: PdfRect, second: PdfRect) -> bool:
    """Whether the second picture continues the first one downwards or to the right."""
    same_width = abs(first.left - second.left) + abs(first.right - second.right) < STRIP_GAP_PT
    same_height = abs(first.bottom - second.bottom) + abs(first.top - second.top) < STRIP_GAP_PT
    below = abs(first.bottom - second.top) < STRIP_GAP_PT
    beside = abs(first.right - second.left) < STRIP_GAP_PT
    return (same_width and below) or (same_height and beside)


def has_text(text: PdfTextPage, place: PdfRect) -> bool:
    return sum(map(str.isalnum, text.get_text_bounded(*place))) > TEXT_LAYER_CHARACTERS_COUNT


def rendered(page: PdfPage, place: PdfRect, density: Density) -> Image:
    """A part of a page as displayed, with `density` or, if that gives more than READ_PIXELS_COUNT, fewer pixels."""
    x0, top, x1, bottom = displayed(page, place, PdfRect(*page.get_cropbox())).edges
    across, down = density if page.get_rotation() in (0, 180) else density[::-1]
    width, height = fitting((max(1, round((x1 - x0) * across)), max(1, round((bottom - top) * down))))
    across, down = (width - 2 * RENDER_INSET_PX) / (x1 - x0), (height - 2 * RENDER_INSET_PX) / (bottom - top)
    bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = PdfMatrix(across, 0, 0, down, RENDER_INSET_PX - x0 * across, RENDER_INSET_PX - top * down)
    clip = raw.FS_RECTF(0, 0, width, height)
    flags = raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_ANNOT
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    return pixels


def displayed(page: PdfPage, place: PdfRect, frame: PdfRect) -> Box:
    """A place of the page as displayed, in points from the top left of `frame` (media box or crop box)."""
    box = Box(place.left - frame.left, frame.top - place.top, place.right - frame.left, frame.top - place.bottom)
    return turned(box, page.get_rotation(), frame.right - frame.left, frame.top - frame.bottom)


def frame_size(page: PdfPage, frame: PdfRect) -> tuple[float, float]:
    width, height = frame.right - frame.left, frame.top - frame.bottom
    return (width, height) if page.get_rotation() in (0, 180) else (height, width)


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
