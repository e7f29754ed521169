"""Plots with words as text and marks as a picture."""

from math import log10
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageDraw

from extract.forests.plot import Plot
from extract.forests.reading import read_forests

DENSITY = 4  # pixels a point
NUMBERS = [(1.30, 0.80, 2.11), (0.70, 0.35, 1.40), (2.10, 1.20, 3.70), (1.11, 0.33, 3.77), (1.20, 0.90, 1.60)]
AXIS = 80.0, 40.0  # points: where 1 stands, and how wide a factor of ten is
PITCH = 14.0
HEAD = 20.0


def draw_marks(path: Path) -> None:
    """Squares, whiskers, a diamond and a line of no effect, as 160 x 100 points."""
    picture = Image.new("RGB", (160 * DENSITY, 100 * DENSITY), "white")
    draw = ImageDraw.Draw(picture)
    draw.line([AXIS[0] * DENSITY, 0, AXIS[0] * DENSITY, 90 * DENSITY], "black", 2)
    for i, three in enumerate(NUMBERS):
        x, x0, x1 = ((AXIS[0] + AXIS[1] * log10(number)) * DENSITY for number in three)
        y = (PITCH * i + 5) * DENSITY
        if i < len(NUMBERS) - 1:
            draw.line([x0, y, x1, y], "black", 3)
            draw.rectangle([x - 9, y - 9, x + 9, y + 9], "blue")
        else:
            draw.polygon([(x0, y), (x, y - 16), (x1, y), (x, y + 16)], "black")
    picture.save(path)


@pytest.fixture
def plot(tmp_path: Path) -> Plot:
    """A plot with a misprinted estimate: 11.1 for 1.11."""
    draw_marks(tmp_path / "marks.png")
    labels = ["Adams 2001", "Baker 2002", "Clark 2003", "Davis 2004", "Total (95% CI)"]
    texts = [
        f"{label} | {e:.2f} ({low:.2f}, {high:.2f})" for label, (e, low, high) in zip(labels, NUMBERS, strict=True)
    ]
    rows = "".join(
        f"#place(dx: 20pt, dy: {HEAD + PITCH * i}pt)[{text.split(' | ')[0]}]"
        f"#place(dx: 110pt, dy: {HEAD + PITCH * i}pt)[{text.split(' | ')[1].replace('1.11', '11.1')}]\n"
        for i, text in enumerate(texts)
    )
    heads = "#place(dx: 20pt, dy: 5pt)[*Study*]#place(dx: 110pt, dy: 5pt)[*Odds ratio (95% CI)*]\n"
    caption = "#place(dx: 20pt, dy: 130pt)[*Figure 2.* Forest plot of odds ratios, with the marks as a picture.]\n"
    page = "#set page(width: 400pt, height: 200pt, margin: 0pt)\n"
    page += '#set text(size: 8pt, top-edge: "ascender", bottom-edge: "descender")\n'
    rules = "".join(f"#place(dx: 20pt, dy: {y}pt, line(length: 360pt))\n" for y in (16, 125))
    image = f'#place(dx: 210pt, dy: {HEAD}pt, image("marks.png", width: 160pt))\n'
    (tmp_path / "made.typ").write_text(page + heads + rules + rows + image + caption)
    typst.compile(tmp_path / "made.typ", tmp_path / "made.pdf", ignore_system_fonts=True, timestamp=0)
    (found,) = read_forests(tmp_path / "made.pdf")
    return found


def test_rows_of_text_get_their_drawn_values_from_the_picture(plot: Plot) -> None:
    values = [row.values for row in plot.rows]
    assert [value["estimate"] for value in values] == ["1.30", "0.70", "2.10", "11.1", "1.20"]
    drawn = [float(value["drawn_estimate"]) for value in values]
    assert drawn == pytest.approx([three[0] for three in NUMBERS], rel=0.05)
    assert [float(value["drawn_ci_high"]) for value in values] == pytest.approx([n[2] for n in NUMBERS], rel=0.05)


def test_only_the_misprinted_row_disagrees_with_the_drawing(plot: Plot) -> None:
    assert ["drawing" in row.read_by for row in plot.rows] == [True, True, True, False, True]
