"""The marks of a plot as a JPEG, with labels and numbers as text upon it, as journals set them anew:
`python overlaid.py` with Pillow and reportlab."""

import io
from math import log2

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

ROWS = [
    ("Amin 2006", 0.71, 0.45, 1.12, "18.2"),
    ("Brandt 2009", 1.18, 0.80, 1.74, "23.9"),
    ("Correa 2012", 0.52, 0.30, 0.90, "13.0"),
    ("Dupont 2015", 0.93, 0.66, 1.31, "29.3"),
    ("Emery 2019", 0.60, 0.36, 1.00, "15.6"),
    ("Total (95% CI)", 0.82, 0.67, 1.01, "100.0"),
]
DENSITY = 4  # pixels a point
WIDTH, HEIGHT, PITCH, TOP = 440, 170, 20, 36


def x_of(value: float) -> float:
    return 340 + 45 * log2(value)


def draw_marks() -> Image.Image:
    picture = Image.new("RGB", (WIDTH * DENSITY, HEIGHT * DENSITY), "white")
    draw = ImageDraw.Draw(picture)

    def line(x0: float, y0: float, x1: float, y1: float) -> None:
        draw.line([x0 * DENSITY, y0 * DENSITY, x1 * DENSITY, y1 * DENSITY], "black", 3)

    for i, (label, estimate, low, high, weight) in enumerate(ROWS):
        x, x0, x1, y = x_of(estimate), x_of(low), x_of(high), TOP + PITCH * i
        if label.startswith("Total"):
            corners = [(x0, y), (x, y - 5), (x1, y), (x, y + 5)]
            draw.polygon([(a * DENSITY, b * DENSITY) for a, b in corners], "black")
        else:
            half = float(weight) ** 0.5 * 0.7
            line(x0, y, x1, y)
            box = [(x - half) * DENSITY, (y - half) * DENSITY, (x + half) * DENSITY, (y + half) * DENSITY]
            draw.rectangle(box, (30, 90, 160))
    bottom = TOP + PITCH * (len(ROWS) - 0.3)
    line(x_of(1), TOP - 12, x_of(1), bottom)
    line(x_of(0.25), bottom, x_of(4), bottom)
    for value in (0.25, 0.5, 1, 2, 4):
        line(x_of(value), bottom, x_of(value), bottom + 4)
    return picture


file = io.BytesIO()
draw_marks().save(file, "JPEG", quality=80)
page = canvas.Canvas("overlaid.pdf", pagesize=(500, 300), invariant=True)
page.drawImage(ImageReader(file), 30, 90, WIDTH, HEIGHT)


def put(x: float, y: float, text: str, bold: bool = False) -> None:
    page.setFont("Helvetica-Bold" if bold else "Helvetica", 8)
    page.drawString(30 + x, 90 + HEIGHT - y - 3, text)


put(5, 14, "Study", bold=True)
put(110, 14, "OR (95% CI)", bold=True)
put(195, 14, "Weight", bold=True)
for i, (label, estimate, low, high, weight) in enumerate(ROWS):
    put(5, TOP + PITCH * i, label)
    put(110, TOP + PITCH * i, f"{estimate:.2f} ({low:.2f}, {high:.2f})")
    put(197, TOP + PITCH * i, weight)
for value in (0.25, 0.5, 1, 2, 4):
    put(x_of(value) - 3, TOP + PITCH * (len(ROWS) - 0.3) + 9, f"{value:g}")
page.setFont("Helvetica", 9)
page.drawString(30, 60, "Figure 2. Forest plot of relapse with the drug and with placebo.")
page.save()
