"""Pictures that may hold a forest plot: those on the pages of a PDF, and PNG and JPEG files. What cannot be one (small,
a photograph, nothing drawn in it) is passed over before its text is read, which takes seconds."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import hypot
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from pypdfium2 import PdfBitmap, PdfMatrix, PdfObject, PdfPage, PdfTextPage, raw

from extract.errors import UnreadableError
from extract.forests.raster.ocr import Image, grey_of
from extract.page.box import Box
from extract.page.sheet import turned

Density = tuple[float, float]  # pixels per point, across and up the page
PdfRect = tuple[float, float, float, float]  # left, bottom, right, top: pdfium's own coordinates, y upwards
Found = tuple[PdfRect, Density]
log = logging.getLogger(__name__)

SMALLEST = 120, 60  # pixels: in a smaller picture no plot can be read
MOST_PIXELS = 60_000_000  # that are decoded: 180 MB
TOO_LARGE = (
    f"the picture has more than {MOST_PIXELS // 1_000_000} million pixels; scale it down, or cut the plot out of it"
)
LARGEST = 6_000_000  # pixels that are looked at; a picture with more is scaled down
NEAR = 3.0  # points between two strips of one picture
FORMS_IN_FORMS = 15  # how deep pictures are looked for in them
FEW_CHARACTERS = 60  # in the text layer above a picture: labels of panels, a watermark; with more it is text already
GROUND = 0.5  # of a plot at least is of one colour
SHADE = 12  # of 255: as far colours of one ground may be from each other in JPEG
DARKER = 48  # of 255 than the ground: drawn or written
LINES = 2  # horizontal lines that the smallest plot has
INSIDE = 0.02  # pixels: on the edge of a pixel pdfium may take one more, and blurs all
SHORT, LONG = 0.012, 0.75  # of the width of a picture: whiskers are longer and shorter than that


@dataclass(frozen=True)
class Picture:
    """A picture and its place on its page as displayed (points; pixels of a PNG or JPEG file)."""

    pixels: Image = field(repr=False)
    page: int
    page_width: float
    page_height: float
    place: Box  # x0, top, x1, bottom


def is_image_file(path: Path) -> bool:
    """Whether a file begins like a PNG or JPEG."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        return False
    return head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def open_picture(path: Path) -> Picture:
    """The picture in a PNG or JPEG file; UnreadableError where it is damaged or too large."""
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
    if size[0] * size[1] > MOST_PIXELS:
        raise UnreadableError(f"{path}: {TOO_LARGE}")


def fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size to which a picture is to be scaled so that it has no more than LARGEST pixels."""
    scale = min(1.0, (LARGEST / max(1, size[0] * size[1])) ** 0.5)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def shrunk(image: Pillow.Image) -> Pillow.Image:
    size = fitting(image.size)
    return image if size == image.size else image.resize(size, Pillow.Resampling.BOX)


def on_white(image: Pillow.Image) -> Pillow.Image:
    """What is transparent is paper."""
    if image.mode != "RGBA":
        return image
    paper = Pillow.new("RGBA", image.size, "white")
    return Pillow.alpha_composite(paper, image).convert("RGB")


def pictures_on(page: PdfPage, number: int) -> Iterator[Picture]:
    """The pictures of a page that no text lies upon, as the page shows them, pixel for pixel. The strips into which
    some programs cut a picture are one."""
    text = page.get_textpage()
    for place, density in joined(placed_images(page, number)):
        if has_text(text, place):
            continue
        pixels = rendered(page, place, density)
        size = frame_size(page, page.get_mediabox())
        yield Picture(pixels, number, *size, displayed(page, place, page.get_mediabox()))


def placed_images(page: PdfPage, number: int) -> Iterator[Found]:
    """Where the larger pictures of a page are (left, bottom, right, top in its own coordinates), with their pixels per
    point. One that has more pixels than may be decoded is told of and left out."""
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=FORMS_IN_FORMS):
        matrix = whole_matrix(image)
        width, height = image.get_px_size()
        across, up = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
        if not across or not up or is_slanting(matrix):
            continue
        if width * height > MOST_PIXELS:
            log.warning("page %d: a picture of %d x %d pixels is too large and not read", number, width, height)
            continue
        density = width / across, height / up
        yield matrix.on_rect(0, 0, 1, 1), density if abs(matrix.a) > abs(matrix.b) else density[::-1]


def whole_matrix(image: PdfObject) -> PdfMatrix:
    """From the unit square of a picture to its page, through the forms that it is in."""
    matrix, holder = image.get_matrix(), image.container
    while holder is not None:
        matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
    return matrix


def is_slanting(matrix: PdfMatrix) -> bool:
    straight, turned_ = abs(matrix.a) + abs(matrix.d), abs(matrix.b) + abs(matrix.c)
    return bool(min(straight, turned_) > 0.02 * max(straight, turned_))


def joined(images: Iterable[Found]) -> list[Found]:
    """Pictures that touch and have a side in common as one, with the finer of their resolutions; from top to bottom."""
    found: list[Found] = []
    for place, density in sorted(images, key=lambda image: (-image[0][3], image[0][0])):
        other = next((at for at, (known, _) in enumerate(found) if is_strip(known, place)), None)
        if other is None:
            found.append((place, density))
        else:
            known, finest = found[other]
            found[other] = around(known, place), (max(finest[0], density[0]), max(finest[1], density[1]))
    return found


def is_strip(a: PdfRect, b: PdfRect) -> bool:
    same_width = abs(a[0] - b[0]) + abs(a[2] - b[2]) < NEAR and abs(a[1] - b[3]) < NEAR
    same_height = abs(a[1] - b[1]) + abs(a[3] - b[3]) < NEAR and abs(a[2] - b[0]) < NEAR
    return same_width or same_height


def around(a: PdfRect, b: PdfRect) -> PdfRect:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def has_text(text: PdfTextPage, place: PdfRect) -> bool:
    return sum(map(str.isalnum, text.get_text_bounded(*place))) > FEW_CHARACTERS


def rendered(page: PdfPage, place: PdfRect, density: Density) -> Image:
    """A part of a page as it is displayed, with so many pixels per point unless these are too many."""
    x0, top, x1, bottom = displayed(page, place, page.get_cropbox()).edges
    across, down = density if page.get_rotation() in (0, 180) else density[::-1]
    width, height = fitting((max(1, round((x1 - x0) * across)), max(1, round((bottom - top) * down))))
    across, down = (width - 2 * INSIDE) / (x1 - x0), (height - 2 * INSIDE) / (bottom - top)
    bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = PdfMatrix(across, 0, 0, down, INSIDE - x0 * across, INSIDE - top * down)
    clip = raw.FS_RECTF(0, 0, width, height)
    flags = raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_ANNOT
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    return pixels


def displayed(page: PdfPage, place: PdfRect, frame: PdfRect) -> Box:
    """A box in the page's own coordinates as it lies on the page as displayed, from the top left of the frame."""
    left, bottom, right, top = frame
    box = Box(place[0] - left, top - place[3], place[2] - left, top - place[1])
    return turned(box, page.get_rotation(), right - left, top - bottom)


def frame_size(page: PdfPage, frame: PdfRect) -> tuple[float, float]:
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    return (width, height) if page.get_rotation() in (0, 180) else (height, width)


def may_hold_plot(image: Image) -> bool:
    """Whether a picture is large enough, mostly of one colour, and has horizontal lines that could be intervals."""
    height, width = image.shape[:2]
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return False
    grey = grey_of(image)
    counts = np.convolve(np.bincount(grey.ravel(), minlength=256), np.ones(2 * SHADE + 1), "same")
    ground = int(counts.argmax())
    if counts[ground] < GROUND * grey.size:
        return False
    ink = (cv2.absdiff(grey, np.full_like(grey, ground)) > DARKER).astype(np.uint8)
    return any(count_lines(turned_ink, side) >= LINES for turned_ink, side in ((ink, width), (ink.T, height)))


def count_lines(ink: NDArray[np.uint8], side: int) -> int:
    """How many lines run across, neither as short as strokes of letters nor as long as rules and frames."""
    kernel = np.ones((1, max(8, round(SHORT * side))), np.uint8)
    lines = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_OPEN, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    width, thick = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    return int(np.sum((width < LONG * side) & (width > 3 * thick)))
