"""The forest plots of a drafted card: rows are counted, and heads mapped to columns where possible."""

import re
from collections.abc import Sequence

from extract.drafting.tables import UNREAD_LINE, quoted
from extract.forests.plot import Plot
from extract.forests.text.heads import IGNORED, in_arms, name_of
from extract.forests.text.labels import CONFIDENCE_LEVEL

INTERVAL_FORMAT = "estimate (ci_low–ci_high)"
_OTHERS = {"ratio": "events/total", "arm1_ratio": "arm1_events/arm1_total", "arm2_ratio": "arm2_events/arm2_total"}


def draft_figures(plots: Sequence[Plot]) -> list[str]:
    """The TOML of an exhibit for each figure with a label; its panels are one exhibit."""
    panels: dict[str, list[Plot]] = {}
    for plot in plots:
        if plot.label:
            panels.setdefault(plot.label, []).append(plot)
    return [_figure(label, found) for label, found in panels.items()]


def _figure(label: str, panels: Sequence[Plot]) -> str:
    first, name = panels[0], re.sub(r"\W+", "", label.casefold()).replace("figure", "fig")
    columns = [
        f"  {{ head = {quoted(head)}, reads = {quoted(reads)} }},"
        for head, reads in zip(first.heads, reads_of(first.heads), strict=True)
    ]
    return (
        f"\n[exhibits.{name}]  # page {first.box.page}: {' '.join(first.caption.split())}\n"
        f'label = {quoted(label)}\nschema = "forest"\nrows = {sum(len(plot.rows) for plot in panels)}\n{UNREAD_LINE}\n'
        + "\n".join(["columns = [", *columns, "]"])
    )


def reads_of(heads: Sequence[str]) -> list[str]:
    """Return the format of each column of a plot, by its head; the second of two equal heads is of the second arm."""
    names = in_arms([INTERVAL_FORMAT if CONFIDENCE_LEVEL.search(head) else name_of(head) or IGNORED for head in heads])
    return [_OTHERS.get(name, IGNORED if name == "year" else name) for name in names]
