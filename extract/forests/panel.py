"""A panel: the part of a canvas that holds one forest plot."""

from dataclasses import dataclass

from extract.forests.plot import Canvas, PlotFlag
from extract.page.box import Box
from extract.page.words import Word


@dataclass(frozen=True)
class Panel:
    """One plot on a canvas. `region`: its place in the frame of the sheet; `words`: its words without the caption;
    `label`: "Figure 2"; `caption`: the text behind the label. Both are "" for a plot without caption. `estimates`: the
    left and right edge of its intervals, which begin the search for its columns; None where they are not known;
    `title`: the words over a panel that shares its labels with others; `flags`: doubts about the whole plot;
    `is_drawn`: its numbers are drawn and not printed."""

    canvas: Canvas
    region: Box
    words: tuple[Word, ...]
    label: str = ""
    caption: str = ""
    estimates: tuple[float, float] | None = None
    title: str = ""
    flags: tuple[PlotFlag, ...] = ()
    is_drawn: bool = False
