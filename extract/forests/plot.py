"""A forest plot as it was read, and its source: a canvas with the words and the drawing of a page or picture. The
meaning of the numbers is not known here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extract.page.box import Box

if TYPE_CHECKING:  # a process that only receives plots does not load the parser of PDFs
    from extract.page.sheet import Sheet
    from extract.page.words import Word


TEXT_READER, PICTURE_READER, DRAWING_READER = "pdfplumber", "rapidocr", "drawing"
INTERVAL_COLUMNS = ("estimate", "ci_low", "ci_high")  # of the forest schema


class Square(NamedTuple):
    """The mark of an estimate: its centre and its side; of another shape, the side of a square of the same area."""

    x: float
    y: float
    side: float


class Whisker(NamedTuple):
    """The line of an interval from its lower to its upper end. `cut_low`, `cut_high`: an arrow stands at that end,
    because the interval goes on beyond the axis."""

    x0: float
    x1: float
    y: float
    cut_low: bool = False
    cut_high: bool = False


class Diamond(NamedTuple):
    """The mark of a pooled line: its two ends, and `x`, where it is highest."""

    x0: float
    x: float
    x1: float
    y: float


class Upright(NamedTuple):
    """A reference line from top to bottom: of no effect, or of the pooled estimate (mostly dashed)."""

    x: float
    top: float
    bottom: float
    dashed: bool = False


class Tick(NamedTuple):
    """A tick of the axis, with the number printed at it ("" for a tick without number)."""

    x: float
    y: float
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """The marks drawn on a canvas, in the frame of its sheet; each kind from top to bottom. `from_pixels`: found in a
    picture, where a mark may be missed; `grain`: the side of a pixel of that picture, in the unit of the frame."""

    squares: tuple[Square, ...] = ()
    whiskers: tuple[Whisker, ...] = ()
    diamonds: tuple[Diamond, ...] = ()
    uprights: tuple[Upright, ...] = ()
    ticks: tuple[Tick, ...] = ()
    from_pixels: bool = False
    grain: float = 0.0


NO_PLACE = Box(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Canvas:
    """A page of a PDF, a picture on it, or a picture file: words and drawing in one frame, whose text reads from left
    to right. `sheet.on_page` leads back to the page as displayed (points; pixels for a picture file). `reader`:
    pdfplumber or rapidocr. `area`: the place of the picture in the frame; the whole sheet for a page."""

    sheet: "Sheet"
    drawing: Drawing
    reader: str
    area: Box


class PlotFlag(NamedTuple):
    """A doubt about a cell of a row, or its repair. `code`: the code of the finding that the flag becomes; `reading`:
    the text that `reader` read in the cell; `evidence`: why the cell is in doubt, or why the repair is right."""

    column: str
    code: str
    reader: str
    reading: str
    evidence: str


@dataclass(frozen=True)
class PlotRow:
    """A printed row of a plot. `values`: the columns of the forest schema that are printed in it (or drawn, drawn_*),
    as text; `box`: its place on the page as displayed; `read_by`: the readers that agree on it; `marks`: note marks and
    the signs printed in place of a value, by column. While the row is being read, `place` is its place in the frame of
    the sheet, and `words` are those that each column was read from."""

    values: Mapping[str, str]
    box: Box
    flags: tuple[PlotFlag, ...] = ()
    read_by: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    place: Box = NO_PLACE
    words: Mapping[str, tuple["Word", ...]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Plot:
    """A forest plot, or one panel of a figure with several. `scale`: "log" or "linear"; `measure`: OR, RR, HR, MD, SMD,
    ES, proportion..., "" where it is unknown; `heads`: the printed heads of its columns, from left to right; `flags`:
    doubts about the whole plot, whose column is ""; `title`: the words over a panel that shares its labels with others.
    """

    label: str
    caption: str
    box: Box
    measure: str
    scale: str
    rows: tuple[PlotRow, ...]
    heads: tuple[str, ...] = ()
    flags: tuple[PlotFlag, ...] = ()
    title: str = ""
