"""A panel: the part of a canvas that holds one forest plot."""

from dataclasses import dataclass

from extract.forests.plot import Canvas
from extract.page.box import Box
from extract.page.words import Word


@dataclass(frozen=True)
class Panel:
    """One plot on a canvas: `region` is its place in the frame of the sheet, `words` what is printed in it, without the
    caption, which is apart (`label` "Figure 2", `caption` what follows it; "" where there is none)."""

    canvas: Canvas
    region: Box
    words: tuple[Word, ...]
    label: str = ""
    caption: str = ""
