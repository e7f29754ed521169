"""The ways in which people err when they type, copy or set a table: one number altered, a row printed twice, a label
misspelt."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

import pandas as pd

from schemas.exhibit import PROVENANCE
from schemas.forest import DRAWN
from schemas.printed import is_printed, parse_printed
from tests.mutants.printing import Press
from validations.tables import Paper, Table

Place = tuple[int, str]
Change = Mapping[Place, str]
"""Row of the frame (from 0) and column -> the text that is printed there instead."""
LABELS = {"study_arms": "study", "responders": "subtype", "hazard_ratios": "characteristic"}
ROW_TWICE, MISSPELT = "row duplicated", "label misspelt"


@dataclass(frozen=True)
class Mutant:
    """A paper with one error. `twice`: the number of the printed row that is repeated below itself, 0 for none."""

    table: str
    way: str
    change: Change
    twice: int = 0

    @property
    def is_number(self) -> bool:
        return self.way in WAYS

    def apply(self, paper: Paper) -> Paper:
        table = paper.tables[self.table]
        frame = table.frame.copy()
        for (row, column), text in self.change.items():
            frame.iloc[row, frame.columns.get_loc(column)] = text
        if self.twice:
            frame = printed_twice(frame, self.twice)
        return replace(paper, tables={**paper.tables, self.table: replace(table, frame=frame)})


def printed_twice(frame: pd.DataFrame, row: int) -> pd.DataFrame:
    """The frame with all records of the printed row again below it, and the rows counted anew."""
    number = frame["row"].astype(int)
    again = frame[number == row].assign(row=str(row + 1))
    later = frame[number > row].assign(row=(number[number > row] + 1).astype(str))
    return pd.concat([frame[number <= row], again, later], ignore_index=True)


def number_columns(table: Table) -> list[str]:
    """The columns of printed numbers; what the drawing says is our own reading."""
    aside = {"row", "position", *PROVENANCE, *DRAWN}
    extra = {"value"} if table.schema == "claims" else set()
    return [name for name in table.model.columns() if name in (table.model.numeric() | extra) - aside]


def numbers_in(table: Table) -> Iterator[Place]:
    """Where numbers are printed."""
    for column in number_columns(table):
        for row, text in enumerate(table.column(column)):
            if is_printed(text):
                yield row, column


def shows_the_same(old: str, new: str) -> bool:
    """Whether the two numbers can be one number, rounded: such an alteration is none."""
    first, second = parse_printed(old), parse_printed(new)
    return max(first.low, second.low) < min(first.high, second.high) or first.value == second.value


def alterations(table: Table, rng: Random) -> Iterator[Mutant]:
    """Each number of the table altered in each of the ways that lead to another number of its column's kind."""
    for row, column in numbers_in(table):
        for way, alter in WAYS.items():
            change = alter(table, row, column, rng)
            if change and any(_differs(table, place, text) for place, text in change.items()):
                yield Mutant(table.name, way, change)


def _differs(table: Table, place: Place, text: str) -> bool:
    row, column = place
    old = table.column(column)[row]
    return old != text and not shows_the_same(old, text)


def digit_changed(table: Table, row: int, column: str, rng: Random) -> Change:
    text = table.column(column)[row]
    place = rng.choice([place for place, letter in enumerate(text) if letter.isdigit()])
    leading = place == 0 and text[1:2].isdigit()
    new = rng.choice([digit for digit in "123456789" + "0" * (not leading) if digit != text[place]])
    return {(row, column): text[:place] + new + text[place + 1 :]}


def digits_swapped(table: Table, row: int, column: str, rng: Random) -> Change:
    """Two digits side by side, the point between them or not, that differ."""
    text = table.column(column)[row]
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    pairs = [(a, b) for a, b in itertools.pairwise(digits) if text[a] != text[b]]
    pairs = [(a, b) for a, b in pairs if not (a == 0 and text[b] == "0" and text[1] != ".")]
    if not pairs:
        return {}
    first, second = rng.choice(pairs)
    letters = list(text)
    letters[first], letters[second] = text[second], text[first]
    return {(row, column): "".join(letters)}


def adjacent_copied(table: Table, row: int, column: str, rng: Random) -> Change:
    """The number of the row above or below."""
    cells = table.column(column)
    near = [cells[place] for place in (row - 1, row + 1) if 0 <= place < len(cells) and is_printed(cells[place])]
    other = [text for text in near if text != cells[row]]
    return {(row, column): rng.choice(other)} if other else {}


def point_moved(table: Table, row: int, column: str, rng: Random) -> Change:
    """The decimal point one digit to the left or to the right."""
    text = table.column(column)[row]
    sign = text[: len(text) - len(text.lstrip("-<>=≤≥ "))]
    whole, point, decimals = text[len(sign) :].partition(".")
    if not point:
        return {}
    left = f"{whole[:-1] or '0'}.{whole[-1]}{decimals}"
    right = f"{whole}{decimals[0]}".lstrip("0") or "0"
    right = f"{right}.{decimals[1:]}" if decimals[1:] else right
    return {(row, column): sign + rng.choice((left, right))}


def sign_lost(table: Table, row: int, column: str, rng: Random) -> Change:
    """A minus, or a sign such as < before the number."""
    text = table.column(column)[row]
    bare = text.lstrip("-<>=≤≥ ")
    return {(row, column): bare} if bare != text else {}


def exchanged(table: Table, row: int, column: str, rng: Random) -> Change:
    """Count and percentage, each in the place of the other: 24 (45.1) becomes 45 (24.0)."""
    for group in table.model.quantities():
        if group.get("n") == column and "percent" in group:
            n, percent = table.column(column)[row], table.column(group["percent"])[row]
            if is_printed(percent) and percent[0].isdigit():
                decimals = len(percent.partition(".")[2])
                count = Press(0)(float(percent.replace(",", "")))
                share = Press(decimals)(float(n.replace(",", "")))
                return {(row, column): count, (row, group["percent"]): share}
    return {}


def denominators_mixed(table: Table, row: int, column: str, rng: Random) -> Change:
    """The percentage of the count out of another number of patients that the paper prints: all instead of the
    evaluable, another group's total, the sum of the section."""
    for group in table.model.quantities():
        if group.get("percent") == column and "n" in group:
            n, percent = table.column(group["n"])[row], table.column(column)[row]
            wholes = sorted(whole for whole in _wholes(table, row, group) if whole >= int(n or 0) > 0)
            if wholes and percent[0].isdigit():
                text = Press(len(percent.partition(".")[2])).percent(int(n), rng.choice(wholes))
                return {(row, column): text}
    return {}


def _wholes(table: Table, row: int, group: Mapping[str, str]) -> set[int]:
    """Totals and numbers of evaluable patients of this and the neighbouring rows; the sum of a section; N."""
    columns = [group[name] for name in ("total", "evaluable") if name in group]
    cells = [text for column in columns for text in table.column(column)[max(0, row - 1) : row + 2]]
    found = {int(text) for text in cells if text.isdecimal()}
    if table.schema == "characteristics":
        sections = table.column("section")
        counts = [text for text, name in zip(table.column("n"), sections, strict=True) if name == sections[row]]
        found.add(sum(int(text) for text in counts if text.isdecimal()))
    return found | ({table.cohort_n} if table.cohort_n else set())


Way = Callable[[Table, int, str, Random], Change]
WAYS: Mapping[str, Way] = {
    "digit changed": digit_changed,
    "two digits swapped": digits_swapped,
    "adjacent row copied": adjacent_copied,
    "decimal point moved": point_moved,
    "sign lost": sign_lost,
    "count and percentage exchanged": exchanged,
    "denominators mixed": denominators_mixed,
}


def rows_twice(table: Table) -> Iterator[Mutant]:
    """Each printed row again below itself."""
    if table.schema not in ("claims", "histology"):
        yield from (Mutant(table.name, ROW_TWICE, {}, int(row)) for row in dict.fromkeys(table.column("row")))


def misspellings(table: Table, rng: Random) -> Iterator[Mutant]:
    """Each label of a printed row with a letter changed, left out, doubled, or exchanged with the next one."""
    column = LABELS.get(table.schema, table.model.names()[-1])
    labels = list(zip(table.column("row"), table.column(column), strict=True))
    for row, label in dict.fromkeys(labels) if table.schema != "claims" else ():
        letters = [at for at, letter in enumerate(label) if letter.isalpha() and at]
        if len(letters) > 2:
            slip = misspelt(label, rng.choice(letters[:-1]), rng)
            if slip != label:
                places = [place for place, printed in enumerate(labels) if printed == (row, label)]
                yield Mutant(table.name, MISSPELT, {(place, column): slip for place in places})


def misspelt(label: str, at: int, rng: Random) -> str:
    letter, after = label[at], label[at + 1]
    slips = (rng.choice("aeioustrnl"), "", letter * 2, after + letter)
    slip = rng.choice(slips)
    return label[:at] + slip + label[at + 1 + (slip == after + letter) :]
