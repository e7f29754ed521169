"""Writes two_fonts.pdf: the values are set in a font whose descriptor says Descent -2463, as Acrobat writes for
Cambria, the labels in one that says 0. Run with reportlab."""

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FACES = "/usr/share/fonts/truetype/liberation/Liberation{}-Regular.ttf"
ROWS = [
    ("Fatigue", "14 (28.0)", "9 (18.4)", "0.26"),
    ("Nausea", "22 (44.0)", "17 (34.7)", "0.34"),
    ("Vomiting", "11 (22.0)", "8 (16.3)", "0.47"),
    ("Diarrhoea", "19 (38.0)", "12 (24.5)", "0.15"),
    ("Rash", "6 (12.0)", "5 (10.2)", "0.78"),
    ("Neuropathy", "3 (6.0)", "7 (14.3)", "0.17"),
    ("Anaemia", "25 (50.0)", "21 (42.9)", "0.48"),
]
labels, values = (
    TTFont("Labels", FACES.format("Sans")),
    TTFont("Values", FACES.format("Serif")),
)
labels.face.descent, values.face.descent = 0, -2463
for font in (labels, values):
    pdfmetrics.registerFont(font)
page = Canvas("two_fonts.pdf", pagesize=(420, 300), invariant=True)
page.setFont("Labels", 9)
page.drawString(40, 260, "Table 2. Adverse events of any grade, n (%)")
for y in (252, 236, 236 - 12 * len(ROWS) - 3):
    page.line(40, y, 380, y)
for x, head in zip((40, 150, 240, 330), ("Event", "Drug (n = 50)", "Placebo (n = 49)", "P"), strict=True):
    page.drawString(x, 241, head)
for number, row in enumerate(ROWS):
    for x, text, font in zip((40, 150, 240, 330), row, ("Labels", "Values", "Values", "Values"), strict=True):
        page.setFont(font, 9)
        page.drawString(x, 226 - 12 * number, text)
page.save()
