"""The ways in which people get one number (or a label) wrong when they type, copy or typeset a table."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from random import Random

from schemas.base.printed import is_printed
from tests.mutants.printing import Press
from validations.tables import Table

Place = tuple[int, str]
Change = Mapping[Place, str]
"""Row of the frame (from 0) and column -> the text that is printed there instead. Empty if a way does not apply."""


def digit_changed(table: Table, row: int, column: str, rng: Random) -> Change:
    text = table.column(column)[row]
    place = rng.choice([place for place, letter in enumerate(text) if letter.isdigit()])
    leading = place == 0 and text[1:2].isdigit()
    new = rng.choice([digit for digit in "123456789" + "0" * (not leading) if digit != text[place]])
    return {(row, column): text[:place] + new + text[place + 1 :]}


def digits_swapped(table: Table, row: int, column: str, rng: Random) -> Change:
    """Swap two digits that differ and stand side by side, or on both sides of the decimal point."""
    text = table.column(column)[row]
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if text[a] != text[b]]
    pairs = [(a, b) for a, b in pairs if not (a == 0 and text[b] == "0" and text[1] != ".")]
    if not pairs:
        return {}
    first, second = rng.choice(pairs)
    letters = list(text)
    letters[first], letters[second] = text[second], text[first]
    return {(row, column): "".join(letters)}


def adjacent_copied(table: Table, row: int, column: str, rng: Random) -> Change:
    """Take the number of the row above or below."""
    cells = table.column(column)
    near = [cells[place] for place in (row - 1, row + 1) if 0 <= place < len(cells) and is_printed(cells[place])]
    other = [text for text in near if text != cells[row]]
    return {(row, column): rng.choice(other)} if other else {}


def point_moved(table: Table, row: int, column: str, rng: Random) -> Change:
    """Move the decimal point one digit to the left or to the right."""
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
    """Drop the minus, or a sign such as <, before the number."""
    text = table.column(column)[row]
    bare = text.lstrip("-<>=≤≥ ")
    return {(row, column): bare} if bare != text else {}


def exchanged(table: Table, row: int, column: str, rng: Random) -> Change:
    """Exchange count and percentage: 24 (45.1) becomes 45 (24.0)."""
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
    """Give the percentage of the count out of another number of patients that the paper prints.

    For example all patients instead of the evaluable ones, another group's total, or the sum of the section.
    """
    for group in table.model.quantities():
        if group.get("percent") == column and "n" in group:
            n, percent = table.column(group["n"])[row], table.column(column)[row]
            wholes = sorted(whole for whole in _wholes(table, row, group) if whole >= int(n or 0) > 0)
            if wholes and percent[0].isdigit():
                text = Press(len(percent.partition(".")[2])).percent(int(n), rng.choice(wholes))
                return {(row, column): text}
    return {}


def _wholes(table: Table, row: int, group: Mapping[str, str]) -> set[int]:
    """Return the totals and numbers of evaluable patients of this row and its neighbours, the section's sum, and N."""
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


def misspelt(label: str, at: int, rng: Random) -> str:
    """Return the label with the letter `at` replaced, left out, doubled, or swapped with the next one."""
    letter, after = label[at], label[at + 1]
    slips = (rng.choice("aeioustrnl"), "", letter * 2, after + letter)
    slip = rng.choice(slips)
    return label[:at] + slip + label[at + 1 + (slip == after + letter) :]
