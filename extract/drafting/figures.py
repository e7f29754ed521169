"""The forest plots of a drafted card: rows are counted, and heads mapped to columns where possible."""

from collections.abc import Sequence

from extract.cards.card import ExhibitCard
from extract.drafting.tables import draft_exhibit, quoted
from extract.forests.plot import Plot
from extract.forests.text.heads import IGNORED, in_arms, name_of
from extract.forests.text.labels import CONFIDENCE_LEVEL

INTERVAL_FORMAT = "estimate (ci_low–ci_high)"
_OTHERS = {"ratio": "events/total", "arm1_ratio": "arm1_events/arm1_total", "arm2_ratio": "arm2_events/arm2_total"}


def draft_figure(card: ExhibitCard, plot: Plot) -> str:
    """Return the TOML of the exhibit of a plot, or of a panel of a figure."""
    printed = {name for row in plot.rows for name, text in row.values.items() if text}
    reads = [text if _first_field(text) in printed else IGNORED for text in reads_of(plot.heads)]
    if all(text == IGNORED for text in reads):
        reads = ["label", *reads[1:]]
    columns = [
        f"{{ head = {quoted(head)}, reads = {quoted(text)} }}" for head, text in zip(plot.heads, reads, strict=True)
    ]
    return draft_exhibit(card, plot.box.page, plot.caption, columns)


def _first_field(form: str) -> str:
    return form.replace("/", " ").split(" ")[0]


def reads_of(heads: Sequence[str]) -> list[str]:
    """Return the format of each column of a plot, by its head; the second of two equal heads is of the second arm."""
    names = in_arms([INTERVAL_FORMAT if CONFIDENCE_LEVEL.search(head) else name_of(head) or IGNORED for head in heads])
    return [_OTHERS.get(name, IGNORED if name == "year" else name) for name in names]
