"""Hollow triangles and capped lines by matplotlib, on a log axis at the top with powers of ten, one interval cut."""

import matplotlib.pyplot as plt

ROWS = [
    ("Bell 2004", 0.42, 0.19, 0.93),
    ("Cruz 2008", 0.77, 0.41, 1.45),
    ("Dahl 2011", 1.30, 0.62, 2.73),
    ("Endo 2013", 0.21, 0.002, 1.60),
    ("Fall 2017", 0.58, 0.37, 0.91),
    ("Gray 2022", 2.10, 0.71, 6.21),
]
LEAST = 0.01
plt.rcParams["pdf.fonttype"] = 42
figure = plt.figure(figsize=(6, 4))
axes = figure.add_axes((0.3, 0.2, 0.6, 0.55), xscale="log", xlim=(LEAST, 10), ylim=(-0.7, len(ROWS) - 0.3))
for i, (_, estimate, low, high) in enumerate(reversed(ROWS)):
    axes.plot([max(low, LEAST), high], [i, i], color="tab:green", linewidth=1, solid_capstyle="butt")
    axes.plot([high], [i], marker="|", color="tab:green", markersize=6)
    if low < LEAST:
        axes.plot([LEAST], [i], marker="<", color="tab:green", markersize=5, clip_on=False)
    else:
        axes.plot([low], [i], marker="|", color="tab:green", markersize=6)
    axes.plot([estimate], [i], marker="^", markerfacecolor="white", markeredgecolor="tab:green", markersize=6)
axes.axvline(1, color="grey", linewidth=0.8, linestyle=":")
axes.set_yticks(range(len(ROWS)), [row[0] for row in reversed(ROWS)])
axes.xaxis.tick_top()
axes.xaxis.set_label_position("top")
axes.set_xlabel("Odds ratio (95% CI)")
for side in ("left", "right", "bottom"):
    axes.spines[side].set_visible(False)
axes.tick_params(axis="y", length=0)
figure.text(0.05, 0.08, "Figure 1. Forest plot of the odds of relapse.", fontsize=9)
figure.savefig("pyplot.pdf", metadata={"CreationDate": None})
