"""A plot by matplotlib whose letters are drawn as outlines, under a line of real text."""

from math import log2

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.textpath import TextPath, TextToPath
from matplotlib.transforms import Affine2D

ROWS = [
    ("Haraldsen 2011", 0.62, 0.41, 0.94, 21.4),
    ("Okafor 2014", 0.88, 0.57, 1.36, 19.9),
    ("Lindqvist 2015", 1.12, 0.70, 1.79, 17.6),
    ("Marchetti 2018", 0.47, 0.29, 0.76, 16.8),
    ("Tanaka 2021", 0.79, 0.55, 1.14, 24.3),
]
POOLED = ("Overall (I-squared = 47.2%)", 0.75, 0.58, 0.97, 100.0)
mpl.rcParams["pdf.compression"] = 9
figure = plt.figure(figsize=(6, 4))
axes = figure.add_axes((0, 0, 1, 1))
axes.set(xlim=(0, 432), ylim=(288, 0))
axes.axis("off")


def outlines(x: float, y: float, text: str, size: float = 8, right: bool = False) -> None:
    """Each letter as a path of its own."""
    font = FontProperties(size=size)
    ends = [TextToPath().get_text_width_height_descent(text[:i], font, False)[0] for i in range(len(text) + 1)]
    x -= ends[-1] if right else 0
    for letter, offset in zip(text, ends, strict=False):
        if letter != " ":
            placed = (
                Affine2D().scale(1, -1).translate(x + offset, y).transform_path(TextPath((0, 0), letter, prop=font))
            )
            axes.add_patch(PathPatch(placed, facecolor="black", linewidth=0))


def place(value: float) -> float:
    return 200 + 60 * log2(value)


def line(x0: float, y0: float, x1: float, y1: float) -> None:
    axes.plot([x0, x1], [y0, y1], color="black", linewidth=0.8, solid_capstyle="butt")


axes.text(20, 18, "The plot below is drawn without a font; this sentence and the caption are text.", fontsize=8)
outlines(20, 44, "Study")
outlines(360, 44, "HR (95% CI)", right=True)
outlines(410, 44, "Weight", right=True)
for i, (label, estimate, low, high, weight) in enumerate(ROWS):
    y = 64 + 16 * i
    outlines(20, y + 3, label)
    outlines(360, y + 3, f"{estimate:.2f} ({low:.2f}, {high:.2f})", right=True)
    outlines(410, y + 3, f"{weight:.1f}", right=True)
    line(place(low), y, place(high), y)
    side = 2 * weight**0.5
    axes.add_patch(Rectangle((place(estimate) - side / 2, y - side / 2), side, side, color="grey", linewidth=0))
y = 64 + 16 * (len(ROWS) + 0.5)
label, estimate, low, high, weight = POOLED
outlines(20, y + 3, label)
outlines(360, y + 3, f"{estimate:.2f} ({low:.2f}, {high:.2f})", right=True)
outlines(410, y + 3, f"{weight:.1f}", right=True)
corners = [(place(low), y), (place(estimate), y - 5), (place(high), y), (place(estimate), y + 5)]
axes.add_patch(plt.Polygon(corners, closed=True, color="navy", linewidth=0))
line(place(1), 54, place(1), y + 14)
line(place(0.25), y + 14, place(2), y + 14)
for value in (0.25, 0.5, 1, 2):
    line(place(value), y + 14, place(value), y + 18)
    outlines(place(value) + 5, y + 28, f"{value:g}", size=7, right=True)
axes.text(20, 225, "Figure 3. Forest plot of hazard ratios for progression.", fontsize=8)
figure.savefig("pyplot.pdf", metadata={"CreationDate": None})
