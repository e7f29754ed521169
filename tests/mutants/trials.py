"""Trials of others, altered in one digit of a number that their own percentages contradict then."""

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from extract.publishing.publish import publish
from extract.records.without_card import read_without_card
from validations.inputs.curated import read_curated_paper
from validations.run import examine
from validations.tables import Paper, Record

_SEVERITIES = ("impossible", "unlikely")
_ALTERED = ("n", "percent")


class Altered(NamedTuple):
    """A cell with one digit altered. `line`: of the frame of the exhibit, from 0."""

    exhibit: str
    line: int
    column: str
    text: str


def read_trial(pdf: Path) -> Paper:
    """The tables of a PDF without a card, as the checks see them."""
    with TemporaryDirectory() as folder:
        publish(read_without_card(pdf, "trial"), Path(folder) / "trial")
        return read_curated_paper(Path(folder) / "trial")


def alterations(paper: Paper, seed: int) -> list[Altered]:
    """Return the counts and percentages that stand beside each other and their N, each with one digit altered so that
    no rounding makes them agree, in random order."""
    dice = random.Random(seed)
    found = [
        Altered(table.name, line, column, text)
        for table in paper.of("results")
        for line, record in enumerate(table.records)
        if _agree(record, {})
        for column in _ALTERED
        for text in _other_digits(record[column], dice)
        if not _agree(record, {column: text})
    ]
    dice.shuffle(found)
    return found


def _agree(record: Record, changed: dict[str, str]) -> bool:
    """Whether count, percentage and N of a cell agree."""
    with_change = Record("", {name: record[name] for name in ("row", "n", "percent", "total", "arm_n")} | changed)
    n, percent = with_change.count("n"), with_change.number("percent")
    total = with_change.count("total") or with_change.count("arm_n")
    if n is None or percent is None or not total or n > total:
        return False
    return percent.holds(Fraction(100 * n, total))


def _other_digits(text: str, dice: random.Random) -> Iterator[str]:
    """The text with one of its digits replaced by another, if it has digits."""
    places = [place for place, char in enumerate(text) if char.isdigit()]
    if places:
        place = dice.choice(places)
        other = dice.choice([digit for digit in "0123456789" if digit != text[place]])
        changed = text[:place] + other + text[place + 1 :]
        if not changed.startswith("0") or changed.startswith("0."):
            yield changed


def is_caught(paper: Paper, altered: Altered, before: set[tuple[str, ...]]) -> bool:
    """Whether an alteration makes a finding, impossible or unlikely, at its row that was not there `before`."""
    table = paper.tables[altered.exhibit]
    frame = table.frame.copy()
    frame.iloc[altered.line, frame.columns.get_loc(altered.column)] = altered.text
    other = Paper({**paper.tables, table.name: replace(table, frame=frame)}, paper.readings)
    row = table.records[altered.line].row
    places = f"{altered.exhibit}:{row}"
    return any(
        (finding[1] == altered.exhibit and finding[2] == row) or places in finding[-1].split(";")
        for finding in told(other) - before
    )


def told(paper: Paper) -> set[tuple[str, ...]]:
    """The impossible and unlikely findings of a paper: code, exhibit, row, column, printed values and other places."""
    findings = examine(paper, ()).findings
    kept = (finding for finding in findings if finding.severity in _SEVERITIES)
    return {(each.code, each.exhibit, each.row, each.column, each.printed, each.also) for each in kept}
