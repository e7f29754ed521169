"""Pages with aligned numbers that are no tables: a chart, numbers at risk below survival curves, a table of contents.

python figures.py figures.pdf
"""

import sys

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

TEXT = (
    "The programme of regional development supports public investment in transport and energy, while local",
    "authorities report annually on spending outcomes measured against the national targets set in 2008 and",
    "revised in 2010. Additional funding was allocated to improve access and to reduce waiting times in each of",
    "the twelve regions, up 4.5 per cent, and to strengthen the quality of data across departments.",
)

page = canvas.Canvas(sys.argv[1], pagesize=A4, invariant=1)


def write(y: float, lines: tuple[str, ...] = TEXT) -> None:
    page.setFont("Helvetica", 10)
    for number, line in enumerate(lines):
        page.drawString(60, y - 13 * number, line)


def axes(x: float, y: float, width: float, height: float) -> None:
    page.line(x, y, x + width, y)
    page.line(x, y, x, y + height)


write(770)
axes(90, 560, 320, 120)
page.setFont("Helvetica", 8)
for step in range(6):
    page.drawRightString(86, 557 + 22 * step, str(20 * step))
    page.drawCentredString(120 + 50 * step, 548, str(2005 + step))
    page.drawCentredString(120 + 50 * step, 600 + 7 * step, f"{10 + 3 * step}.5")
    page.drawCentredString(120 + 50 * step, 620 + 7 * step, f"{14 + 3 * step}.1")
    page.drawCentredString(120 + 50 * step, 640 + 5 * step, f"{18 + 3 * step}.7")
page.drawString(90, 530, "Figure 1. Output by year and sector")
write(490)
axes(120, 300, 300, 110)
for step in range(7):
    page.drawCentredString(120 + 48 * step, 288, str(6 * step))
page.drawString(60, 272, "Patients at risk, n")
for row, (name, first) in enumerate((("Placebo", 511), ("Low dose", 505), ("High dose", 498))):
    page.drawString(60, 260 - 11 * row, name)
    for step in range(7):
        page.drawCentredString(130 + 48 * step, 260 - 11 * row, str(first - 31 * step - 7 * row))
write(200)
page.showPage()
write(770, ("Contents",))
for number, title in enumerate(("Employment", "Incomes", "Investment", "Transfers", "Debt"), start=1):
    page.drawString(60, 740 - 14 * number, f"{number}.")
    page.drawString(90, 740 - 14 * number, title)
    page.drawString(200, 740 - 14 * number, "." * 60)
    page.drawRightString(500, 740 - 14 * number, str(4 * number - 1))
page.save()
