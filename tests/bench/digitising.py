"""Measures how exact drawn numbers are: plots without printed numbers, typeset at random, are read and compared.

    python -m tests.bench.digitising [PLOTS]

prints, for plots as drawings and as pictures of 150 and 300 dpi, the share of numbers found, the share within the
error that their flag states, and the errors as shares of the width of the axis.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import typst
from pypdfium2 import PdfDocument

from extract.forests.plot import INTERVAL_COLUMNS
from extract.forests.reading import read_forests

NAMES = ("Adler", "Boone", "Carver", "Dalton", "Ellery", "Foster", "Gibson", "Harlow", "Irving", "Jarvis")
AXES = {"log": (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0), "linear": (-4.0, -2.0, 0.0, 2.0, 4.0)}
LEFT_PT, WIDTH_PT, TOP_PT = 140.0, 220.0, 30.0
MARKS = (
    "rect(width: {s}pt, height: {s}pt, fill: black)",
    "circle(radius: {h}pt, fill: blue)",
    "polygon(fill: black, (0pt, {s}pt), ({h}pt, 0pt), ({s}pt, {s}pt))",
    "polygon(fill: maroon, (0pt, {h}pt), ({h}pt, 0pt), ({s}pt, {h}pt), ({h}pt, {s}pt))",
    "circle(radius: {h}pt, fill: white, stroke: 0.8pt)",
)
MEDIA = ("drawing", "150 dpi", "300 dpi")


@dataclass(frozen=True)
class DrawnTruth:
    """A plot as it is typeset. `rows`: label, estimate and limits; `scale`: log or linear."""

    scale: str
    rows: tuple[tuple[str, float, float, float], ...]

    def x(self, value: float) -> float:
        """The place of a value on the page, in points."""
        low, high = (self.on_axis(AXES[self.scale][place]) for place in (0, -1))
        return LEFT_PT + WIDTH_PT * (self.on_axis(value) - low) / (high - low)

    def on_axis(self, value: float) -> float:
        return log(value) if self.scale == "log" else value


@dataclass(frozen=True)
class ReadNumbers:
    """The numbers of plots in one medium. `offs`: the error of each, as a share of the width of the axis; `within`: how
    many are within their stated error."""

    total: int
    offs: tuple[float, ...]
    within: int


def random_plot(chance: Random) -> DrawnTruth:
    scale = chance.choice(tuple(AXES))
    rows = []
    for name in chance.sample(NAMES, chance.randint(4, 8)):
        middle, half = chance.uniform(-0.8, 0.8), chance.uniform(0.1, 1.2)
        ends = (middle, middle - half, middle + half)
        rows.append((f"{name} {chance.randint(1998, 2024)}", *(exp(t) if scale == "log" else 1.5 * t for t in ends)))
    return DrawnTruth(scale, tuple(rows))


def typeset(plot: DrawnTruth, chance: Random) -> str:
    """The source of a page with the plot, in Typst."""
    pitch, thin, side = chance.uniform(13, 22), chance.uniform(0.5, 1.2), chance.uniform(4, 8)
    mark, capped = chance.choice(MARKS), chance.random() < 0.5
    bottom = TOP_PT + pitch * len(plot.rows)

    def line(x0: float, y0: float, x1: float, y1: float) -> str:
        return f"#place(line(start: ({x0}pt, {y0}pt), end: ({x1}pt, {y1}pt), stroke: {thin}pt))"

    parts = ['#set page(width: 420pt, height: auto, margin: 10pt)\n#set text(size: 8pt, font: "Libertinus Serif")']
    for i, (label, *numbers) in enumerate(plot.rows):
        y, (x, x0, x1) = TOP_PT + pitch * i, map(plot.x, numbers)
        parts += [f"#place(dx: 10pt, dy: {y - 3}pt)[{label}]", line(x0, y, x1, y)]
        parts += [line(end, y - 2, end, y + 2) for end in (x0, x1) if capped]
        parts += [f"#place(dx: {x - side / 2}pt, dy: {y - side / 2}pt, {mark.format(s=side, h=side / 2)})"]
    parts += [line(LEFT_PT, bottom, LEFT_PT + WIDTH_PT, bottom)]
    none = plot.x(1 if plot.scale == "log" else 0)
    parts += [line(none, TOP_PT - pitch / 2, none, bottom)]
    for value in AXES[plot.scale]:
        x = plot.x(value)
        number = f"#place(dx: {x - 20}pt, dy: {bottom + 6}pt, box(width: 40pt, align(center)[{value:g}]))"
        parts += [line(x, bottom, x, bottom + 3), number.replace("[-", "[−")]
    measure = "odds ratio" if plot.scale == "log" else "mean difference"
    caption = f"#place(dx: 10pt, dy: {bottom + 26}pt)[Figure 1. Forest plot of the {measure}.]"
    return "\n".join([*parts, caption, f"#v({bottom + 50}pt)"])


def files_of(plot: DrawnTruth, chance: Random, folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a plot, each with its medium."""
    pdf = folder / "plot.pdf"
    (folder / "plot.typ").write_text(typeset(plot, chance), encoding="utf-8")
    typst.compile(folder / "plot.typ", pdf, ignore_system_fonts=True, timestamp=0)
    yield "drawing", pdf
    for medium in MEDIA[1:]:
        picture = folder / f"{medium.split()[0]}.png"
        with PdfDocument(pdf) as document:
            document[0].render(scale=int(medium.split()[0]) / 72).to_pil().save(picture)
        yield medium, picture


def read_numbers(plot: DrawnTruth, path: Path) -> ReadNumbers:
    """The drawn numbers that are read of a plot, beside the true ones."""
    read = {row.values.get("label", ""): row for found in read_forests(path) for row in found.rows}
    offs, within = [], 0
    for label, *numbers in plot.rows:
        row = read.get(label)
        stated = " ".join(flag.evidence for flag in row.flags) if row else ""
        for column, true in zip(INTERVAL_COLUMNS, numbers, strict=True):
            error = re.search(rf"{column} \S+ ± (\S+?)(?:[,;]|$)", stated)
            if row and error:
                value = float(row.values[f"drawn_{column}"])
                offs.append(abs(plot.x(value) - plot.x(true)) / WIDTH_PT)
                within += abs(value - true) <= float(error[1])
    return ReadNumbers(3 * len(plot.rows), tuple(offs), within)


def measure_digitising(plots: int, media: tuple[str, ...] = MEDIA) -> dict[str, ReadNumbers]:
    """The numbers read of so many plots in these media."""
    chance, found = Random(11), dict.fromkeys(media, ReadNumbers(0, (), 0))
    for _ in range(plots):
        plot = random_plot(chance)
        with TemporaryDirectory() as folder:
            for medium, path in files_of(plot, chance, Path(folder)):
                if medium in media:
                    one, before = read_numbers(plot, path), found[medium]
                    found[medium] = ReadNumbers(
                        before.total + one.total, before.offs + one.offs, before.within + one.within
                    )
    return found


def main() -> None:
    for medium, read in measure_digitising(int(sys.argv[1]) if len(sys.argv) > 1 else 20).items():
        offs = sorted(read.offs) or [1.0]
        middle, most = (100 * offs[int(share * (len(offs) - 1))] for share in (0.5, 0.95))
        within = read.within / max(1, len(read.offs))
        print(
            f"{medium}: {len(read.offs)} of {read.total} numbers read, {within:.1%} within their stated error; "
            f"off by {middle:.3f} % of the axis (median), {most:.3f} % (95 of 100)"
        )


if __name__ == "__main__":
    main()
