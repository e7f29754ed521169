"""The text of a picture by the models in the package rapidocr: texts in reading order, each with its glyphs, their
confidence and their rivals. Nothing is downloaded."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.errors import DoubletakeError
from extract.page.ocr.pixels import Image, PixelBox, grey_of

READING_HEIGHT_PX = 48  # to which the model of glyphs wants a text scaled
READING_STEP_PX = 8  # after scaling: from one place where the model looks for a glyph to the next
SEARCH_GRAIN_PX = 32  # sides of a picture for the model of texts are multiples of this
TEXTS_AT_ONCE_COUNT = 6  # texts of like width that are read together, as rapidocr does
LEAST_DIGIT_PX = 9  # height of digits: pictures with lower ones are scaled up before they are searched
MOST_DIGIT_PX = 18  # pictures with higher ones are scaled down
GOOD_DIGIT_PX = 14  # to which the digits of these pictures are scaled
MOST_SEARCH_SCALE_RATIO = 3.0  # a picture is not scaled up more: its digits would stay illegible
SEARCHED_PIXELS_COUNT = 3_000_000  # at most in a picture that is searched, which takes some 500 MB
LEAST_LETTER_PX = 5  # height of what may be a digit or letter: lower things are dots and noise
MOST_LETTER_PX = 80  # higher things are frames and marks
WIDEST_LETTER_RATIO = 1.5  # of the width of a digit or letter to its height; wider things are lines
NARROWEST_LETTER_RATIO = 0.2  # the same; narrower things are uprights
DIGIT_HEIGHT_PERCENT = 60  # of these things are no higher than digits: small letters are lower, brackets higher
TEXT_PIXEL_CHANCE = 0.3  # of a pixel to belong to text: as rapidocr has it
TEXT_BOX_CHANCE = 0.5  # of the pixels of a box on average: as rapidocr has it
TEXT_BOXES_COUNT = 1000  # at most in a picture: as rapidocr has it
TEXT_BOX_GROWTH_RATIO = 1.6  # the model marks the middle of a text, its box is larger: as rapidocr has it
SURE_CONFIDENCE = 0.9  # of a glyph; a text with one less sure is looked at again
EVEN_CHANCE_CONFIDENCE = 0.5  # at most of a glyph that two looks see differently
SAME_GLYPH_SHARE = 1 / 3  # of the height of a text, between the places of one glyph in two looks
WIDENED_PART = 10  # of the height of a text: one tenth is added around it for a second look
SIDEWAYS_RATIO = 2.0  # of the height of a box to its width: turned text has more
SIDEWAYS_SAMPLE_COUNT = 8  # longest texts, read both ways to find the direction of a sideways picture
BLANK_GREY_LEVEL = 127  # of 255: the models take grey for nothing
MODEL_HALF_LEVELS = 127.5  # of 255: the models want -1 to 1
ONE_SEARCH = Lock()  # of several pictures that are read side by side one is searched at a time: it takes most memory
KEPT_SIGNS = "²³µαβδεθκλμνπστφχψω–—−≤≥±≈×·∞‘’“”†‡§¶"  # no rho, which looks like the p of every plot
LATIN_END = 0x250  # first code point after the Latin letters


class Glyph(NamedTuple):
    """A character and the x of its centre, in pixels. `rival`: the second best reading; "" if there is none."""

    text: str
    x: float
    confidence: float
    rival: str = ""


class Text(NamedTuple):
    """The glyphs of one box from left to right; spaces are glyphs too. The right and lower edges belong to the box."""

    box: PixelBox
    glyphs: tuple[Glyph, ...]

    @property
    def string(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """The confidence of its least sure glyph."""
        return min((glyph.confidence for glyph in self.glyphs if glyph.text != " "), default=0.0)


def reader_version() -> str:
    """The versions of packages and models on which a reading depends."""
    names = sorted(path.name for path in models_folder().glob("*.onnx"))
    return "+".join(("rapidocr", version("rapidocr"), version("onnxruntime"), *names))


def find_texts(image: Image) -> list[PixelBox]:
    """The boxes of the texts in a picture."""
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    height, width = image.shape[:2]
    scale = search_scale(image)
    size = [max(SEARCH_GRAIN_PX, round(side * scale / SEARCH_GRAIN_PX) * SEARCH_GRAIN_PX) for side in (width, height)]
    with ONE_SEARCH:
        found = run_model(model_session("det"), resized(image, (size[0], size[1]), interpolation(scale))[None])
    boxes_in = DBPostProcess(
        TEXT_PIXEL_CHANCE, TEXT_BOX_CHANCE, TEXT_BOXES_COUNT, TEXT_BOX_GROWTH_RATIO, use_dilation=True
    )
    quads, _ = boxes_in(found, (height, width))
    return [PixelBox(*(int(value) for value in (*quad.min(0), *quad.max(0)))) for quad in quads]


def search_scale(image: Image) -> float:
    """The scale at which the digits of a picture have a height at which texts are found."""
    digits = digit_height(image)
    scale = 1.0 if LEAST_DIGIT_PX <= digits <= MOST_DIGIT_PX or not digits else GOOD_DIGIT_PX / digits
    most = (SEARCHED_PIXELS_COUNT / (image.shape[0] * image.shape[1])) ** 0.5
    return float(min(scale, MOST_SEARCH_SCALE_RATIO, most))


def digit_height(image: Image) -> float:
    """The usual height of things that may be digits and letters, in pixels; 0 if there are none."""
    _, ink = cv2.threshold(grey_of(image), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    stout = (width < WIDEST_LETTER_RATIO * height) & (width > NARROWEST_LETTER_RATIO * height)
    likely = height[(height >= LEAST_LETTER_PX) & (height <= MOST_LETTER_PX) & stout]
    return float(np.percentile(likely, DIGIT_HEIGHT_PERCENT)) if len(likely) else 0.0


def read_texts(image: Image, boxes: Sequence[PixelBox]) -> list[Text]:
    """The text of each box. A text with an unsure glyph is looked at again in a slightly wider box. If the two looks
    differ, the surer one holds, and the glyphs of the other are rivals."""
    first = read_once(image, boxes, cv2.INTER_LINEAR)
    unsure = [place for place, text in enumerate(first) if text.confidence < SURE_CONFIDENCE]
    wider = [widened(boxes[place], image) for place in unsure]
    second = dict(zip(unsure, read_once(image, wider, cv2.INTER_CUBIC), strict=True))
    return [surer_text(text, second[place]) if place in second else text for place, text in enumerate(first)]


def widened(box: PixelBox, image: Image) -> PixelBox:
    more = max(1, box.height // WIDENED_PART)
    x0, top, x1, bottom = box
    height, width = image.shape[:2]
    return PixelBox(max(0, x0 - more), max(0, top - more), min(width, x1 + more), min(height, bottom + more))


def surer_text(first: Text, second: Text) -> Text:
    """The surer of two looks at one text. If both see the same, each glyph has the higher of its two confidences. A
    glyph that they see differently is in doubt."""
    better, other = (first, second) if first.confidence >= second.confidence else (second, first)
    if better.string == other.string:
        pairs = zip(better.glyphs, other.glyphs, strict=True)
        return better._replace(glyphs=tuple(max(pair, key=lambda glyph: glyph.confidence) for pair in pairs))
    return Text(first.box, tuple(doubted(glyph, other.glyphs, first.box) for glyph in better.glyphs))


def doubted(glyph: Glyph, others: Iterable[Glyph], box: PixelBox) -> Glyph:
    """The glyph; in doubt, with EVEN_CHANCE_CONFIDENCE at most, if the other look has another glyph, or none, there."""
    near = min(others, key=lambda other: abs(other.x - glyph.x), default=None)
    if near is not None and near.text == glyph.text and abs(near.x - glyph.x) < SAME_GLYPH_SHARE * box.height:
        return glyph
    rival = near.text if near is not None and near.text != glyph.text else ""
    return glyph._replace(confidence=min(glyph.confidence, EVEN_CHANCE_CONFIDENCE), rival=rival)


def read_once(image: Image, boxes: Sequence[PixelBox], how: int, stretch: float = 1.0) -> list[Text]:
    """The texts of boxes. Boxes of like width are read together: the blank that makes them equally wide costs as much
    time as text. `stretch`: of the width of the texts."""
    crops = [scaled(image[top : bottom + 1, x0 : x1 + 1], how, stretch) for x0, top, x1, bottom in boxes]
    order = sorted(range(len(crops)), key=lambda place: crops[place].shape[1])
    texts: dict[int, Text] = {}
    for start in range(0, len(order), TEXTS_AT_ONCE_COUNT):
        places = order[start : start + TEXTS_AT_ONCE_COUNT]
        for place, chances in zip(places, recognise([crops[place] for place in places]), strict=True):
            texts[place] = Text(boxes[place], tuple(decode(chances, boxes[place], stretch)))
    return [texts[place] for place in range(len(boxes))]


def scaled(crop: Image, how: int, stretch: float = 1.0) -> Image:
    width = max(READING_STEP_PX, round(stretch * READING_HEIGHT_PX * crop.shape[1] / crop.shape[0]))
    return resized(crop, (width, READING_HEIGHT_PX), how)


def resized(image: Image, size: tuple[int, int], how: int) -> Image:
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def recognise(crops: Sequence[Image]) -> NDArray[np.float32]:
    """The chances of each glyph of the alphabet at each place: texts x places x glyphs."""
    width = -(-max(crop.shape[1] for crop in crops) // READING_STEP_PX) * READING_STEP_PX
    batch = np.full((len(crops), READING_HEIGHT_PX, width, 3), BLANK_GREY_LEVEL, np.uint8)
    for place, crop in enumerate(crops):
        batch[place, :, : crop.shape[1]] = crop
    return run_model(model_session("rec"), batch)[:, :, alphabet()[0]]


def decode(chances: NDArray[np.float32], box: PixelBox, stretch: float = 1.0) -> Iterator[Glyph]:
    """The glyphs of one text, by CTC: of a glyph that is seen at several places in a row, the surest counts; glyph 0 is
    a gap. `chances`: places x glyphs."""
    letters, best = alphabet()[1], chances.argmax(axis=1)
    pixels = READING_STEP_PX * (box.height + 1) / READING_HEIGHT_PX / stretch
    starts = [place for place in range(len(best)) if best[place] and (place == 0 or best[place] != best[place - 1])]
    for start in starts:
        end = next((place for place in range(start, len(best)) if best[place] != best[start]), len(best))
        peak = start + int(chances[start:end, best[start]].argmax())
        second = int(chances[peak].argsort()[-2])
        rival = letters[second] if chances[peak, second] > (1 - SURE_CONFIDENCE) / 2 else ""
        x = box.x0 + ((start + end - 1) / 2 + 0.5) * pixels
        yield Glyph(letters[best[start]], x, float(chances[start:end, best[start]].max()), rival)


def turn_of(image: Image, boxes: Sequence[PixelBox]) -> int:
    """The turn of the text of a picture, in degrees counterclockwise: 0, 90 or 270."""
    tall = [box for box in boxes if box.height > SIDEWAYS_RATIO * box.width]
    wide = [box for box in boxes if box.width > SIDEWAYS_RATIO * box.height]
    if len(tall) <= len(wide):
        return 0
    sample = sorted(tall, key=lambda box: -box.height)[:SIDEWAYS_SAMPLE_COUNT]

    def mean_confidence(turn: int) -> float:
        turned_boxes = [turned_box(box, turn, image) for box in sample]
        texts = read_once(turned_image(image, turn), turned_boxes, cv2.INTER_LINEAR)
        return float(np.mean([glyph.confidence for text in texts for glyph in text.glyphs] or [0.0]))

    return max((90, 270), key=mean_confidence)


def turned_image(image: Image, turn: int) -> Image:
    """A picture whose text is turned by `turn` degrees, turned so that its text reads from left to right."""
    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def turned_box(box: PixelBox, turn: int, image: Image) -> PixelBox:
    """The place of a box of `image` after `turned_image`."""
    x0, top, x1, bottom = box
    height, width = image.shape[:2]
    if turn == 90:
        return PixelBox(height - 1 - bottom, x0, height - 1 - top, x1)
    return PixelBox(top, width - 1 - x1, bottom, width - 1 - x0) if turn == 270 else box


def interpolation(scale: float) -> int:
    return cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR


def run_model(model: Any, batch: Image) -> NDArray[np.float32]:  # noqa: ANN401 - onnxruntime has no types
    """The output of a model for pictures of 0 to 255. MemoryError if memory runs out."""
    values = (batch.astype(np.float32) / MODEL_HALF_LEVELS - 1).transpose(0, 3, 1, 2)
    try:
        return np.asarray(model.run(None, {model.get_inputs()[0].name: values})[0], np.float32)
    except Exception as error:
        if "bad_alloc" in str(error):
            raise MemoryError from error
        raise


@cache
def model_session(kind: str) -> Any:  # noqa: ANN401
    """The model that finds texts (det) or reads them (rec). It runs on one core, as pictures are read side by side."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # an arena would keep the memory that the largest picture took
    options.log_severity_level = 4
    found = sorted(models_folder().glob(f"*_{kind}_*.onnx"))
    if not found:
        raise DoubletakeError(f"{models_folder()}: the models of rapidocr are missing; install rapidocr again")
    return onnxruntime.InferenceSession(str(found[0]), options, providers=["CPUExecutionProvider"])


@cache
def alphabet() -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The places, in the list of the model, of the glyphs of papers in Latin letters, and these glyphs. The first one
    is "", no glyph."""
    listed = ["", *model_session("rec").get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    kept = [
        place
        for place, text in enumerate(listed)
        if not text or all(ord(t) < LATIN_END or t in KEPT_SIGNS for t in text)
    ]
    return np.array(kept), tuple(listed[place] for place in kept)


def models_folder() -> Path:
    """The folder of the models in the installed package rapidocr."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise DoubletakeError("rapidocr is not installed: run make setup")
    return Path(spec.origin).parent / "models"
