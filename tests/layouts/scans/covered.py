"""Writes covered.pdf: a page whose text, with errors of OCR, lies below a slightly slanting scan that covers it. Run
with reportlab and Pillow."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
WIDTH, HEIGHT, DENSITY = 440, 300, 200 / 72
COLUMNS = (40, 190, 290, 370)
PRINTED = [
    ("Group", "Before", "After", "P"),
    ("Weight, kg", "81.6 ± 9.3", "78.2 ± 8.8", "0.013"),
    ("Fasting glucose", "7.4 ± 1.1", "6.8 ± 1.0", "<0.001"),
    ("Treated for pressure", "17 (42.5)", "11 (27.5)", "0.16"),
    ("Insulin", "9 (22.5)", "8 (20.0)", "0.78"),
    ("Adverse events", "21 (52.5)", "26 (65.0)", "0.25"),
]
HIDDEN = {"81.6 ± 9.3": "81.6 + 9.8", "<0.001": "0.001", "9 (22.5)": "9 (225)", "26 (65.0)": "26 (66.0)"}
CAPTION = "Table 4. Patients before and after the programme"
TOP, PITCH = 70, 24


def lines() -> Iterator[tuple[int, int, str]]:
    yield (COLUMNS[0], TOP - 30, CAPTION)
    for number, row in enumerate(PRINTED):
        for x, text in zip(COLUMNS, row, strict=True):
            yield (x, TOP + PITCH * number, text)


scan = Image.new("L", (round(WIDTH * DENSITY), round(HEIGHT * DENSITY)), 255)
pen, font = ImageDraw.Draw(scan), ImageFont.truetype(FACE, round(11 * DENSITY))
for x, y, text in lines():
    pen.text((x * DENSITY, y * DENSITY), text, 0, font, anchor="ls")
for y in (TOP - 16, TOP + 8, TOP + PITCH * len(PRINTED) - 10):
    pen.line((COLUMNS[0] * DENSITY, y * DENSITY, 410 * DENSITY, y * DENSITY), 0, 3)
scan = scan.rotate(0.25, Image.Resampling.BICUBIC, fillcolor=255).point(lambda level: 255 * (level > 150))
file = BytesIO()
scan.convert("1").save(file, "PNG")
page = Canvas("covered.pdf", pagesize=(WIDTH, HEIGHT), invariant=True)
page.setFont("Times-Roman", 11)
for x, y, text in lines():
    page.drawString(x, HEIGHT - y, HIDDEN.get(text, text))
page.drawImage(ImageReader(file), 0, 0, WIDTH, HEIGHT)
page.save()
