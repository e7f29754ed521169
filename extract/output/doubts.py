"""Doubts and repairs of cells as people see them: a mark in the cell and a line below it; in a CSV, a column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten

DOUBT_MARK, REPAIR_MARK = "[?]", "[~]"
FLAGS_COLUMN = "flags"  # of the CSVs
WHOLE_EXHIBIT = (-1, "-1")  # the cell of a flag on a whole table or plot
LABEL_CHARACTERS = 48  # of a label that names a place, so that the line of a doubt fits a screen
_BETWEEN_FLAGS = " | "
# Notes: the published value was repaired, or decided by the rest of its row; nobody has to look at the page.
REPAIR_CODES = frozenset({"RDR002", "RDR007", "RDR009", "RDR011", "RDR027", "RDR028"})


@dataclass(frozen=True)
class CellDoubt:
    """A flag for people: `place` names its cell on the screen ("row 3 (Male), n (%)"), `reason` says everything about
    it, and `evidence` only what is the same in every cell with this doubt. `cell`: its row and column, or
    WHOLE_EXHIBIT."""

    cell: tuple[int, str]
    code: str
    place: str
    reason: str
    evidence: str

    @property
    def mark(self) -> str:
        return mark_of([self.code])


def mark_of(codes: Iterable[str]) -> str:
    """Return the mark of a cell whose flags have these codes; "" for no flags. A doubt outweighs a repair."""
    found = set(codes)
    return (REPAIR_MARK if found <= REPAIR_CODES else DOUBT_MARK) if found else ""


def doubt_lines(doubts: Sequence[CellDoubt]) -> list[str]:
    """Return a line for each doubt, then one for all repairs for the same reason."""
    repairs: dict[tuple[str, str], list[CellDoubt]] = {}
    for doubt in doubts:
        if doubt.mark == REPAIR_MARK:
            repairs.setdefault((doubt.code, doubt.evidence), []).append(doubt)
    lines = [f"{DOUBT_MARK} {each.place}: {each.code} {each.reason}" for each in doubts if each.mark == DOUBT_MARK]
    return [*lines, *(_repair_line(alike) for alike in repairs.values())]


def _repair_line(alike: Sequence[CellDoubt]) -> str:
    first, cells = alike[0], {each.cell for each in alike}
    if len(cells) == 1:
        return f"{REPAIR_MARK} {first.place}: {first.code} {first.reason}"
    return f"{REPAIR_MARK} {len(cells)} cells: {first.code} {first.evidence}"


def doubt_counts(doubts: Sequence[CellDoubt]) -> list[str]:
    """Say how many cells are in doubt and how many are repaired, for the line above a table; [] for none."""
    doubted = {each.cell for each in doubts if each.mark == DOUBT_MARK}
    repaired = {each.cell for each in doubts} - doubted
    whole = [f"in doubt {DOUBT_MARK}"] if WHOLE_EXHIBIT in doubted else []
    counts = ((doubted - {WHOLE_EXHIBIT}, f"in doubt {DOUBT_MARK}"), (repaired, f"repaired {REPAIR_MARK}"))
    return [*whole, *(f"{len(cells)} {state}" for cells, state in counts if cells)]


def short_label(text: str) -> str:
    """Return a label or head short enough to name a place in a line."""
    return shorten(text, LABEL_CHARACTERS, placeholder="…")


def flags_cell(flags: Iterable[tuple[str, str, str]]) -> str:
    """Return the text of the column `flags` of a CSV for flags of (place in the row, code, reason)."""
    return _BETWEEN_FLAGS.join(f"{place}: {code} {reason}" for place, code, reason in flags)
