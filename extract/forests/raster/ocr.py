"""The text of a picture by the models that rapidocr ships: texts in reading order, each with its glyphs, how sure each
is, and what else it could be. Nothing is fetched. Pictures are arrays of height x width x 3 (RGB, 8 bits)."""

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

Image = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]  # x0, top, x1, bottom

HEIGHT = 48  # pixels to which the model of glyphs wants a text scaled
STEP = 8  # of those pixels from one place where it looks for a glyph to the next
GRAIN = 32  # sides of a picture for the model of texts are multiples of this
AT_ONCE = 6  # texts of like width that are read together
FEW_PIXELS, MANY_PIXELS = 9, 18  # height of digits from which, and up to which, a picture is searched as it is
GOOD_PIXELS = 14  # to which the digits of others are scaled
MOST = 3_000_000  # pixels of a picture that is searched, which takes some 500 MB
DOUBT = 0.9  # a glyph less sure is looked at again
SIDEWAYS = 2.0  # a box so many times as high as wide holds text that is turned
SAMPLE = 8  # texts by which the direction of a sideways picture is told
ONE_SEARCH = Lock()  # of several pictures that are read side by side one is searched at a time: it takes most memory
SIGNS = "²³µαβδεθκλμνπστφχψω–—−≤≥±≈×·∞‘’“”†‡§¶"  # no rho, which looks like the p of every plot
LATIN = 0x250


class Glyph(NamedTuple):
    """A character and where its centre is, in pixels; `rival` is what else it could be, "" for nothing."""

    text: str
    x: float
    confidence: float
    rival: str = ""


class Text(NamedTuple):
    """What stands in one box, from left to right; blanks are glyphs too."""

    box: PixelBox
    glyphs: tuple[Glyph, ...]

    @property
    def string(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """That of its least sure glyph."""
        return min((glyph.confidence for glyph in self.glyphs if glyph.text != " "), default=0.0)


def reader_version() -> str:
    """What a reading depends on besides the picture."""
    names = sorted(path.name for path in models_folder().glob("*.onnx"))
    return "+".join(("rapidocr", version("rapidocr"), version("onnxruntime"), *names))


def find_texts(image: Image) -> list[PixelBox]:
    """Where text stands in a picture."""
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    height, width = image.shape[:2]
    scale = search_scale(image)
    size = [max(GRAIN, round(side * scale / GRAIN) * GRAIN) for side in (width, height)]
    with ONE_SEARCH:
        found = run(session("det"), resized(image, (size[0], size[1]), interpolation(scale))[None])
    quads, _ = DBPostProcess(0.3, 0.5, 1000, 1.6, use_dilation=True)(found, (height, width))
    return [
        (int(x0), int(top), int(x1), int(bottom)) for q in quads for x0, top, x1, bottom in [(*q.min(0), *q.max(0))]
    ]


def search_scale(image: Image) -> float:
    """By how much to scale a picture so that its digits have a height at which texts are found."""
    digits = digit_height(image)
    scale = 1.0 if FEW_PIXELS <= digits <= MANY_PIXELS or not digits else GOOD_PIXELS / digits
    return float(min(scale, 3.0, (MOST / (image.shape[0] * image.shape[1])) ** 0.5))


def digit_height(image: Image) -> float:
    """The usual height of what may be digits and letters, in pixels; 0 where there is nothing of the kind."""
    _, ink = cv2.threshold(grey_of(image), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    likely = height[(height >= 5) & (height <= 80) & (width < 1.5 * height) & (width > 0.2 * height)]
    return float(np.percentile(likely, 60)) if len(likely) else 0.0


def read_texts(image: Image, boxes: Sequence[PixelBox]) -> list[Text]:
    """The text of each box; those with a glyph that is not sure are looked at again, a little wider. Where the looks
    differ, the surer one holds and its glyphs have the others for rivals."""
    first = read_once(image, boxes, cv2.INTER_LINEAR)
    unsure = [place for place, text in enumerate(first) if text.confidence < DOUBT]
    wider = [widened(boxes[place], image) for place in unsure]
    second = dict(zip(unsure, read_once(image, wider, cv2.INTER_CUBIC), strict=True))
    return [settled(text, second[place]) if place in second else text for place, text in enumerate(first)]


def widened(box: PixelBox, image: Image) -> PixelBox:
    more = max(1, (box[3] - box[1]) // 10)
    x0, top, x1, bottom = box
    return max(0, x0 - more), max(0, top - more), min(image.shape[1], x1 + more), min(image.shape[0], bottom + more)


def settled(first: Text, second: Text) -> Text:
    """The surer of two looks at one text. A glyph that both see alike is as sure as in the surer of them; one that
    they see differently is no surer than even chance."""
    better, other = (first, second) if first.confidence >= second.confidence else (second, first)
    if better.string == other.string:
        pairs = zip(better.glyphs, other.glyphs, strict=True)
        return better._replace(glyphs=tuple(max(pair, key=lambda glyph: glyph.confidence) for pair in pairs))
    return Text(first.box, tuple(doubted(glyph, other.glyphs, first.box) for glyph in better.glyphs))


def doubted(glyph: Glyph, others: Iterable[Glyph], box: PixelBox) -> Glyph:
    """The glyph, in doubt where the other look has another one, or none, at its place."""
    near = min(others, key=lambda other: abs(other.x - glyph.x), default=None)
    if near is not None and near.text == glyph.text and abs(near.x - glyph.x) < (box[3] - box[1]) / 3:
        return glyph
    rival = near.text if near is not None and near.text != glyph.text else ""
    return glyph._replace(confidence=min(glyph.confidence, 0.5), rival=rival)


def read_once(image: Image, boxes: Sequence[PixelBox], how: int) -> list[Text]:
    """The texts of boxes. Boxes of like width are read together: what is added on the right to make them equally wide
    costs as much as text."""
    crops = [scaled(image[top : bottom + 1, x0 : x1 + 1], how) for x0, top, x1, bottom in boxes]
    order = sorted(range(len(crops)), key=lambda place: crops[place].shape[1])
    texts: dict[int, Text] = {}
    for start in range(0, len(order), AT_ONCE):
        places = order[start : start + AT_ONCE]
        for place, chances in zip(places, recognise([crops[place] for place in places]), strict=True):
            texts[place] = Text(boxes[place], tuple(decode(chances, boxes[place])))
    return [texts[place] for place in range(len(boxes))]


def scaled(crop: Image, how: int) -> Image:
    width = max(STEP, round(HEIGHT * crop.shape[1] / crop.shape[0]))
    return resized(crop, (width, HEIGHT), how)


def resized(image: Image, size: tuple[int, int], how: int) -> Image:
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def grey_of(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)


def recognise(crops: Sequence[Image]) -> NDArray[np.float32]:
    """Chances of each glyph of the alphabet at each place: texts x places x glyphs."""
    width = -(-max(crop.shape[1] for crop in crops) // STEP) * STEP
    batch = np.full((len(crops), HEIGHT, width, 3), 127, np.uint8)  # the models take grey for nothing
    for place, crop in enumerate(crops):
        batch[place, :, : crop.shape[1]] = crop
    return run(session("rec"), batch)[:, :, alphabet()[0]]


def decode(chances: NDArray[np.float32], box: PixelBox) -> Iterator[Glyph]:
    """Glyphs of one text (CTC: of a glyph that is seen at several places in a row, the surest; 0 is none)."""
    letters, best = alphabet()[1], chances.argmax(axis=1)
    pixels = STEP * (box[3] - box[1] + 1) / HEIGHT
    starts = [place for place in range(len(best)) if best[place] and (place == 0 or best[place] != best[place - 1])]
    for start in starts:
        end = next((place for place in range(start, len(best)) if best[place] != best[start]), len(best))
        peak = start + int(chances[start:end, best[start]].argmax())
        second = int(chances[peak].argsort()[-2])
        rival = letters[second] if chances[peak, second] > (1 - DOUBT) / 2 else ""
        x = box[0] + ((start + end - 1) / 2 + 0.5) * pixels
        yield Glyph(letters[best[start]], x, float(chances[start:end, best[start]].max()), rival)


def turn_of(image: Image, boxes: Sequence[PixelBox]) -> int:
    """By how many degrees the text of a picture is turned, counterclockwise: 0, 90 or 270."""
    tall = [box for box in boxes if box[3] - box[1] > SIDEWAYS * (box[2] - box[0])]
    wide = [box for box in boxes if box[2] - box[0] > SIDEWAYS * (box[3] - box[1])]
    if len(tall) <= len(wide):
        return 0
    sample = sorted(tall, key=lambda box: box[1] - box[3])[:SAMPLE]

    def sureness(turn: int) -> float:
        turned_boxes = [turned_box(box, turn, image) for box in sample]
        texts = read_once(turned_image(image, turn), turned_boxes, cv2.INTER_LINEAR)
        return float(np.mean([glyph.confidence for text in texts for glyph in text.glyphs] or [0.0]))

    return max((90, 270), key=sureness)


def turned_image(image: Image, turn: int) -> Image:
    """A picture whose text is turned by `turn` degrees, with its text from left to right."""
    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def turned_box(box: PixelBox, turn: int, image: Image) -> PixelBox:
    """Where a box of the picture lies after that."""
    x0, top, x1, bottom = box
    height, width = image.shape[:2]
    if turn == 90:
        return height - 1 - bottom, x0, height - 1 - top, x1
    return (top, width - 1 - x1, bottom, width - 1 - x0) if turn == 270 else box


def interpolation(scale: float) -> int:
    return cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR


def run(model: Any, batch: Image) -> NDArray[np.float32]:  # noqa: ANN401 - onnxruntime has no types
    """What a model gives for pictures, of -1 to 1 instead of 0 to 255. MemoryError where there is too little."""
    values = (batch.astype(np.float32) / 127.5 - 1).transpose(0, 3, 1, 2)
    try:
        return np.asarray(model.run(None, {model.get_inputs()[0].name: values})[0], np.float32)
    except Exception as error:
        if "bad_alloc" in str(error):
            raise MemoryError from error
        raise


@cache
def session(kind: str) -> Any:  # noqa: ANN401
    """The model that finds texts (det) or that reads them (rec), on one core: pictures run side by side."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the largest picture took
    options.log_severity_level = 4
    found = sorted(models_folder().glob(f"*_{kind}_*.onnx"))
    if not found:
        raise DoubletakeError(f"{models_folder()}: the models of rapidocr are missing; install rapidocr again")
    return onnxruntime.InferenceSession(str(found[0]), options, providers=["CPUExecutionProvider"])


@cache
def alphabet() -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The places of the glyphs that papers in Latin letters have in the model's list, and these glyphs; the first is
    none at all."""
    listed = ["", *session("rec").get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    kept = [place for place, text in enumerate(listed) if not text or all(ord(t) < LATIN or t in SIGNS for t in text)]
    return np.array(kept), tuple(listed[place] for place in kept)


def models_folder() -> Path:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise DoubletakeError("rapidocr is not installed: run make setup")
    return Path(spec.origin).parent / "models"
