"""Lists of analyses as reviews print them: rules part the rows, the foot of each page has a rule as wide. Run with
reportlab: analyses.py comparison.pdf "Comparison 1." repeats; analyses.py no_head.pdf "Table 4." none."""

import sys

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 60, 535
PLACES = (66, 240, 310, 365, 465)
HEAD = (
    ("Outcome or subgroup title", "No. of studies", "No. of", "Statistical method", "Effect size"),
    ("", "", "people"),
)
ROWS = [
    (
        ("1.1 Recurrence of disease in", "8", "3046", "Risk Ratio (M-H,", "0.74 [0.59, 0.94]"),
        ("the first year", "", "", "95% CI)"),
    ),
    (
        ("1.2 Recurrence of disease in", "5", "2591", "Risk Ratio (M-H,", "0.85 [0.78, 0.93]"),
        ("the second year", "", "", "95% CI)"),
    ),
    (
        ("1.3 Thromboembolic events,", "1", "212", "Peto Odds Ratio", "0.96 [0.06, 15.50]"),
        ("all patients", "", "", "(95% CI)"),
    ),
    (("1.4 Death from any cause", "1", "2038", "Peto Odds Ratio", "1.50 [0.26, 8.68]"), ("", "", "", "(95% CI)")),
    (
        ("1.5 Hospital stays for", "3", "448", "Risk Ratio (M-H,", "0.43 [0.28, 0.64]"),
        ("any reason", "", "", "95% CI)"),
    ),
]
TEXT = (
    "Only one of the studies reported the outcome for all patients, and two of them were stopped before the end.",
    "The authors of the others were asked for their records; none of them had kept these for longer than ten years.",
)


def frame(page: Canvas, number: int) -> None:
    page.setFont("Helvetica", 8)
    page.drawRightString(RIGHT, 800, "Reviews of Rare Tumours")
    page.line(LEFT, 792, RIGHT, 792)
    page.line(LEFT, 80, RIGHT, 80)
    page.drawString(LEFT, 68, "Drugs for rare tumours of the soft tissue after surgery (Review)")
    page.drawRightString(RIGHT, 68, str(number))
    page.drawString(LEFT, 58, "Copyright 2024 The Authors.")


def lines_at(page: Canvas, y: float, lines: tuple[tuple[str, ...], ...], bold: bool = False) -> float:
    page.setFont("Helvetica-Bold" if bold else "Helvetica", 8)
    for line in lines:
        y -= 11
        for x, text in zip(PLACES, line, strict=False):
            page.drawString(x, y, text)
    page.line(LEFT, y - 8, RIGHT, y - 8)
    return y - 8


def table(page: Canvas, y: float, rows: list[tuple[tuple[str, ...], ...]], *, head: bool = True) -> float:
    page.line(LEFT, y, RIGHT, y)
    y = lines_at(page, y - 4, HEAD, bold=True) if head else y
    for row in rows:
        y = lines_at(page, y - 4, row)
    return y


def main(name: str, label: str, *, repeats: bool) -> None:
    page = Canvas(name, pagesize=A4, invariant=1)
    frame(page, 1)
    page.setFont("Helvetica", 9)
    y = 770.0
    for _ in range(22):
        for text in TEXT:
            page.drawString(LEFT, y, text)
            y -= 12
    page.setFont("Helvetica-Bold", 9)
    page.drawString(LEFT, y - 20, f"{label} Drugs for rare tumours versus control")
    table(page, y - 28, ROWS[:3])
    page.showPage()
    frame(page, 2)
    y = table(page, 780, ROWS[3:], head=repeats)
    page.setFont("Helvetica", 9)
    for i, text in enumerate([*TEXT, *TEXT] * 3):
        page.drawString(LEFT, y - 40 - 12 * i, text)
    page.save()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], repeats=sys.argv[3] == "repeats")
