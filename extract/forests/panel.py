"""A panel: the part of a canvas that holds one forest plot."""

from dataclasses import dataclass

from extract.forests.plot import Canvas
from extract.page.box import Box
from extract.page.words import Word


@dataclass(frozen=True)
class Panel:
    """One plot on a canvas. `region`: its place in the frame of the sheet; `words`: its words without the caption;
    `label`: "Figure 2"; `caption`: the text behind the label. Both are "" for a plot without caption."""

    canvas: Canvas
    region: Box
    words: tuple[Word, ...]
    label: str = ""
    caption: str = ""
