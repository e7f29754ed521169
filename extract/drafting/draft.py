"""A first draft of a card: the facts found in the PDF are filled in, a person completes the rest."""

from pathlib import Path

from extract.drafting.figures import draft_figure
from extract.drafting.tables import draft_table, quoted
from extract.errors import UsageError
from extract.pdf.opening import is_xml
from extract.records.exhibits import ExtractedExhibit
from extract.records.pipeline import ExtractedPaper
from extract.records.without_card import read_without_card, read_xml_without_card

UNKNOWN_FACT = "unknown"


def draft_card(paper: str, pdf: Path, password: str | None = None) -> str:
    """Return the text of a card for what a PDF prints. UsageError if nothing can be drafted; UnreadableError."""
    found = read_xml_without_card(pdf, paper) if is_xml(pdf) else read_without_card(pdf, paper, None, password)
    if not found.exhibits:
        raise UsageError(f"{pdf}: found no table and no forest plot, so there is nothing to draft")
    return draft(found)


def draft(paper: ExtractedPaper) -> str:
    """Return the text of the card that gives the same frames as `check`."""
    card = paper.card
    head = [
        "# A draft: complete it, compare every line with the paper; extract/papers/README.md says what the keys mean.",
        f"doi = {quoted(card.doi or UNKNOWN_FACT)}",
        f"citation = {quoted(card.citation or UNKNOWN_FACT)}  # such as: Li et al., BMC Cancer 2024",
        f"licence = {quoted(UNKNOWN_FACT)}  # such as: CC BY 4.0",
        "# cohort = 51  # N of a paper without arms; an exhibit of other patients has its own",
        "",
    ]
    return "\n".join(head) + "".join(_exhibit(exhibit) for exhibit in paper.exhibits)


def _exhibit(exhibit: ExtractedExhibit) -> str:
    if exhibit.plot is not None:
        return draft_figure(exhibit.card, exhibit.plot)
    if exhibit.table is None:
        raise ValueError(f"{exhibit.card.name}: neither a table nor a plot")
    return draft_table(exhibit.card, exhibit.table, exhibit.meanings)
