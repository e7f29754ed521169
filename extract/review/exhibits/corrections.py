"""Corrections of our reading: written into the card, the paper read and checked anew, noted in the history. Where the
paper cannot be read so, the card stays as it was."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit.exceptions

from extract.cards.card import Card
from extract.cards.loading import load_card, parse_card
from extract.errors import CardError, UsageError
from extract.pdf.scratch import ScratchFolder
from extract.review.desk.decisions import Undo
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.words import short_place
from extract.review.exhibits.card_edits import (
    with_misread,
    with_unread,
    with_unread_row,
    without_misread,
    without_unread_row,
)
from extract.review.exhibits.grids import Grid
from schemas.base.files import MOST_TOML_BYTES, read_text
from validations.files.locking import locked
from validations.files.writing import write_text
from validations.rulings.history import Entry, append_entry
from validations.run import write_outcome

MOST_LETTERS = 500  # of a cell or a reason
Edit = Callable[[str], tuple[str, Mapping[str, Any]]]
"""From the text of a card to its new text, and to what it said before."""


def correct_cell(
    paper: ReviewedPaper, grid: Grid, row: int, column: int, printed: str, why: str, reviewer: str
) -> None:
    """Publish what a cell prints in place of what we read; if we read just that, take the repair back. UsageError for
    what cannot be a correction; CardError where the paper cannot be read with it."""
    found = grid.row(row)
    if found is None or not 0 <= column < len(grid.columns) or not grid.correctable:
        raise UsageError("that cell is not there")
    if found.typed:
        raise UsageError("that row was typed by a person: correct it in the card, under [[unread_row]]")
    cell, head, text, reason = found.cells[column], grid.columns[column], _line(printed), _line(why)
    if text == cell.text:
        raise UsageError(f"the cell is published as '{text}' already")
    if not any(letter.isalpha() for letter in reason):
        raise UsageError("a correction needs a reason")
    on = {"exhibit": grid.exhibit, "row": row, "column": head}
    repair = {**on, "read": cell.read, "published": text, "why": reason}
    if text == cell.read:
        before = {**on, "read": cell.read, "published": cell.text, "why": reason}
        _change(paper, Entry(reviewer, "misread", on, before), lambda card: (without_misread(card, on), before))
    else:
        _change(paper, Entry(reviewer, "misread", on, after=repair), lambda card: with_misread(card, repair))


def add_row(paper: ReviewedPaper, grid: Grid, after: int, cells: list[str], page: int, reviewer: str) -> None:
    """Type a row that the reader misses under the row `after` of the grid, 0 for the top. Errors as `correct_cell`."""
    texts = [_line(cell) for cell in cells]
    if grid.is_plot or not grid.correctable:
        raise UsageError("rows can be typed in tables of a card only")
    if not any(texts) or len(texts) != len(grid.columns):
        raise UsageError(f"expected {len(grid.columns)} cells, of which one at least is printed")
    if not 0 <= after <= len(grid.rows):
        raise UsageError(f"expected a row from 0 to {len(grid.rows)}, found {after}")
    typed_above = sum(row.typed for row in grid.rows if row.number <= after)
    row = {"exhibit": grid.exhibit, "after": after - typed_above, "cells": texts, **({"page": page} if page else {})}
    number, rows = after + 1, len(grid.rows) + 1
    entry = Entry(reviewer, "unread_row", {"exhibit": grid.exhibit, "row": number}, after=row)
    _change(paper, entry, lambda card: with_unread_row(card, row, number, rows))


def compared(paper: ReviewedPaper, grid: Grid, reviewer: str) -> None:
    """Note that a person has compared an exhibit with its page."""
    if not grid.unread:
        raise UsageError(f"{grid.label} does not wait to be compared")
    entry = Entry(reviewer, "compared", {"exhibit": grid.exhibit}, {"unread": True})
    _change(paper, entry, lambda card: (with_unread(card, grid.exhibit, False), entry.before))


def _take_back_misread(paper: ReviewedPaper, entry: Entry) -> str:
    if paper.card and published_there(load_card(paper.card.stem, paper.card.parent), entry) != entry.after.get(
        "published"
    ):
        raise CardError(f"{paper.card.name} was changed since: it does not say any more what that step wrote")
    if entry.before:
        rewrite_card(paper, lambda card: with_misread(card, entry.before))
    else:
        rewrite_card(paper, lambda card: (without_misread(card, entry.on), {}))
    return f"Undone: the correction of {_place(paper, entry)}"


def _take_back_row(paper: ReviewedPaper, entry: Entry) -> str:
    number, rows = int(entry.on["row"]), int(entry.before["rows"])
    rewrite_card(paper, lambda card: (without_unread_row(card, entry.after, number, rows), {}))
    return f"Undone: the row typed at {_place(paper, entry)}"


def _take_back_compared(paper: ReviewedPaper, entry: Entry) -> str:
    rewrite_card(paper, lambda card: (with_unread(card, entry.on["exhibit"], True), {}))
    return f"Undone: {_place(paper, entry)} was compared with its page"


def _place(paper: ReviewedPaper, entry: Entry) -> str:
    return short_place(paper.about.labels, entry.on["exhibit"], str(entry.on.get("row", "")))


def published_there(card: Card, entry: Entry) -> str | None:
    """What a card publishes in place of what we read in the cell of a line of the history; None for nothing."""
    cell = (entry.on["exhibit"], entry.on["row"], entry.on["column"])
    return next((each.published for each in card.misreads if (each.exhibit, each.row, each.column) == cell), None)


UNDO: Mapping[str, Undo] = {
    "misread": _take_back_misread,
    "unread_row": _take_back_row,
    "compared": _take_back_compared,
}
"""How to take back what a line of the history did to the card, by its `what`."""


def _change(paper: ReviewedPaper, entry: Entry, edit: Edit) -> None:
    """Change the card, read the paper anew and note it."""
    with paper.changes():
        before = rewrite_card(paper, edit)
        append_entry(paper.history, Entry(entry.who, entry.what, entry.on, before, entry.after, entry.evidence))


def rewrite_card(paper: ReviewedPaper, edit: Edit) -> Mapping[str, Any]:
    """Change the card and read the paper anew; return what the card said before. CardError where that fails: then the
    card is as it was."""
    card, again = paper.card, paper.sources.read_again
    if card is None or again is None:
        raise UsageError("the paper has no card: 'doubletake new' drafts one")
    with locked(card.parent):
        old = read_text(card, MOST_TOML_BYTES)
        try:
            new, before = edit(old)
            parse_card(paper.name, tomllib.loads(new, parse_float=str))
        except (tomlkit.exceptions.TOMLKitError, tomllib.TOMLDecodeError) as error:
            raise CardError(f"{card}: {error}") from None
        if errors := _read_with(new, card.name, again):
            raise CardError("; ".join(errors))
        write_text(card, new)
    with locked(paper.folder):
        write_outcome(paper.joint_outcome(), paper.folder)
    return before


def _read_with(text: str, name: str, again: Callable[[Path], Sequence[str]]) -> Sequence[str]:
    """Read the paper anew with another text of its card and return errors. Its own card is written after that: a kill
    leaves no card with which the paper cannot be read."""
    scratch = ScratchFolder()
    try:
        (scratch.path / name).write_text(text, encoding="utf-8")
        return again(scratch.path)
    finally:
        scratch.remove()


def _line(text: str) -> str:
    if len(text) > MOST_LETTERS:
        raise UsageError(f"expected at most {MOST_LETTERS} letters, found {len(text)}")
    return " ".join(text.split())
