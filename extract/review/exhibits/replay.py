"""The corrections in the history of a paper made again, on a card that lacks them."""

from collections.abc import Iterator

from extract.cards.loading import load_card
from extract.errors import CardError, DoubletakeError
from extract.review.desk.paper import ReviewedPaper
from extract.review.exhibits.card_edits import with_misread, with_unread, with_unread_row, without_misread
from extract.review.exhibits.corrections import UNDO, Edit, published_there, rewrite_card
from validations.rulings.history import Entry, in_effect


def replay_corrections(paper: ReviewedPaper) -> list[str]:
    """Write the corrections of the history that the card lacks, and read the paper anew with each; return a line for
    each, and one for each that no longer fits."""
    steps = [entry for entry in in_effect(paper.entries()).values() if entry.what in UNDO]
    return [line for entry in steps if paper.card for line in _again(paper, entry)]


def _again(paper: ReviewedPaper, entry: Entry) -> Iterator[str]:
    """Make a correction once more unless the card has it."""
    at = f"{entry.what} {entry.on['exhibit']}{f' row {row}' if (row := entry.on.get('row')) else ''}"
    with paper.changes():
        try:
            if edit := _missing_edit(paper, entry):
                rewrite_card(paper, edit)
                yield f"{paper.card}: corrected again: {at}, by {entry.who}"
        except DoubletakeError as error:
            yield f"{paper.card}: stale: {at} of {entry.who} is not written: {error}"


def _missing_edit(paper: ReviewedPaper, entry: Entry) -> Edit | None:
    """The edit that makes the card say what it said after a line of the history; None where it says so."""
    assert paper.card is not None
    name, on, after = entry.on["exhibit"], entry.on, entry.after
    card = load_card(paper.card.stem, paper.card.parent)
    exhibit = next((each for each in card.exhibits if each.name == name), None)
    if exhibit is None:
        raise CardError(f"the card has no exhibit {name} any more")
    if entry.what == "compared":
        return (lambda text: (with_unread(text, name, False), {})) if exhibit.unread else None
    if entry.what == "unread_row":
        typed = {(each.exhibit, each.after, each.cells) for each in card.unread_rows}
        known = (name, after["after"], tuple(after["cells"])) in typed
        return None if known else lambda text: with_unread_row(text, after, on["row"], exhibit.rows + 1)
    published = published_there(card, entry)
    if not after:
        return None if published is None else lambda text: (without_misread(text, on), {})
    return None if published == after["published"] else lambda text: with_misread(text, after)
