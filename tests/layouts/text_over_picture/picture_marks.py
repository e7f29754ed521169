"""The marks of picture.tex by matplotlib, with their axis: circles and capped lines."""

import matplotlib.pyplot as plt

ROWS = [(-0.52, -0.91, -0.13), (-0.11, -0.40, 0.18), (-0.74, -1.20, -0.28), (0.21, -0.05, 0.47), (-0.33, -0.70, 0.04)]
figure = plt.figure(figsize=(430 / 72, 150 / 72), dpi=150)
axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 430), ylim=(0, 150))
axes.axis("off")
for i, (estimate, low, high) in enumerate(ROWS):
    y = 113 - 18 * i
    x, x0, x1 = (370 + 40 * value for value in (estimate, low, high))
    axes.errorbar(x, y, xerr=[[x - x0], [x1 - x]], fmt="o", color="firebrick", markersize=5, capsize=2.5, linewidth=1)
axes.plot([370, 370], [20, 125], color="black", linewidth=0.8)
axes.plot([310, 410], [20, 20], color="black", linewidth=0.8)
for value in (-1, 0, 1):
    axes.plot([370 + 40 * value] * 2, [16, 20], color="black", linewidth=0.8)
    axes.text(370 + 40 * value, 8, f"{value}", ha="center", va="center", fontsize=7)
figure.savefig("picture_marks.png", metadata={"Software": None})
