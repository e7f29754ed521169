"""A forest plot as it was read, and what it is read from: a canvas with the words of a page or picture and what is
drawn on it. What the numbers mean is not known here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extract.page.box import Box

if TYPE_CHECKING:  # whoever waits for plots needs no parser of PDFs
    from extract.page.sheet import Sheet
    from extract.page.words import Word


class Square(NamedTuple):
    """The mark of an estimate: its centre and the side of its square (of another shape: the root of its area)."""

    x: float
    y: float
    side: float


class Whisker(NamedTuple):
    """The line of an interval from its lower to its upper end; `cut_low`, `cut_high`: an arrow stands there, because
    the interval goes on beyond the axis."""

    x0: float
    x1: float
    y: float
    cut_low: bool = False
    cut_high: bool = False


class Diamond(NamedTuple):
    """A pooled line: its two ends, and where it is highest."""

    x0: float
    x: float
    x1: float
    y: float


class Upright(NamedTuple):
    """A line from top to bottom: of no effect, or of the pooled estimate (mostly dashed)."""

    x: float
    top: float
    bottom: float
    dashed: bool = False


class Tick(NamedTuple):
    """A mark on the axis, with the number that is printed at it ("" where none is)."""

    x: float
    y: float
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """The marks that are drawn on a canvas, in the frame of its sheet, each from top to bottom."""

    squares: tuple[Square, ...] = ()
    whiskers: tuple[Whisker, ...] = ()
    diamonds: tuple[Diamond, ...] = ()
    uprights: tuple[Upright, ...] = ()
    ticks: tuple[Tick, ...] = ()


NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Canvas:
    """A page of a PDF, or a picture on it or alone: words and drawing in one frame, in which text reads from left to
    right. `sheet.on_page` leads back to the page as displayed (points; pixels of a picture that is no PDF). `reader`:
    pdfplumber or rapidocr. `area`: the place of the picture in the frame; the whole sheet for a page."""

    sheet: "Sheet"
    drawing: Drawing
    reader: str
    area: Box


class PlotFlag(NamedTuple):
    """What is doubted or was repaired in a cell of a row. `code` is that of the finding that it becomes; `reader` read
    `reading` there; `evidence` says why one or the other is right."""

    column: str
    code: str
    reader: str
    reading: str
    evidence: str


@dataclass(frozen=True)
class PlotRow:
    """A printed row of a plot. `values`: the columns of the forest schema that are printed in it (or drawn, drawn_*),
    as text; `box`: its place on the page as displayed; `read_by`: the readers that agree on it. `marks`: note marks and
    printed signs of what is not available, by column. While it is being read, `place` is its place in the frame of the
    sheet (x0, top, x1, bottom) and `words` are those that each column was read from."""

    values: Mapping[str, str]
    box: Box
    flags: tuple[PlotFlag, ...] = ()
    read_by: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    place: Box = NOWHERE
    words: Mapping[str, tuple["Word", ...]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Plot:
    """A forest plot, or one panel of a figure with several. `scale`: "log" or "linear"; `measure`: OR, RR, HR, MD, SMD,
    ES, proportion..., "" where nothing tells; `heads`: the printed heads of its columns, from left to right."""

    label: str
    caption: str
    box: Box
    measure: str
    scale: str
    rows: tuple[PlotRow, ...]
    heads: tuple[str, ...] = ()
