"""The smallest misprints that would explain a finding: each is proved by running the checks on the paper without it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic

from validations.registry import Finding, find_check
from validations.report.places import also_places, records_at
from validations.report.view import title_of
from validations.run import Checked, run_all_checks
from validations.runner import run_checks
from validations.tables import Paper, Record

MOST_CELLS = 12  # of a finding: more would be a fault of a whole column
MOST_PROVED = 12  # that are put to all checks
MOST_SHOWN = 4
MOST_WORSE = 2  # findings that a misprint may make: what contradicts more of the paper explains nothing
MOST_SECONDS = 4.0
_NUMBER = re.compile(r"[<>≤≥]?[-−]?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"(?:^|; )([a-z][a-z0-9_]*)=")


@dataclass(frozen=True)
class Misprint:
    """A cell that may be misprinted or misread. `title`: of its column; `instead`: what would be consistent; `cures`:
    how many findings, beside the one in question, would not be there; `worse`: the findings that only this
    change would make."""

    exhibit: str
    row: str
    name: str
    column: str
    title: str
    printed: str
    instead: str
    cures: int = 0
    worse: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all checks are content with the change."""
        return not self.worse


def misprints_of(checked: Checked, finding: Finding) -> list[Misprint]:
    """The changes of one digit in one cell with which the finding is gone: first those that make no other finding, then
    those that cure most. Checks take time: what is not proved in MOST_SECONDS is left out."""
    ends = monotonic() + MOST_SECONDS
    found = [
        each
        for each in _single_changes(checked.paper, finding)
        if monotonic() < ends and _cures(checked, finding, each)
    ]
    proved = [_proved(checked, finding, each) for each in found[:MOST_PROVED] if monotonic() < ends]
    likely = [each for each in proved if len(each.worse) <= MOST_WORSE]
    return sorted(likely, key=lambda each: (len(each.worse), -each.cures))[:MOST_SHOWN]


def _single_changes(paper: Paper, finding: Finding) -> Iterator[Misprint]:
    columns = list(dict.fromkeys([*_QUOTED.findall(finding.printed), finding.column]))
    places = dict.fromkeys([(finding.exhibit, finding.row), *also_places(finding)])
    cells = [
        (paper.tables[record.exhibit], record, column)
        for place in places
        for record in records_at(paper, *place, finding.part if place == (finding.exhibit, finding.row) else None)[:1]
        for column in columns
        if column and _NUMBER.fullmatch(record[column])
    ]
    for table, record, column in cells[:MOST_CELLS]:
        name = next((record[each] for each in table.model.names() if each != "row" and record[each]), "")
        for text in changed_digits(record[column]):
            yield Misprint(table.name, record.row, name, column, title_of(table, column), record[column], text)


def changed_digits(text: str) -> list[str]:
    """The number with one digit replaced, two neighbours exchanged, its point moved by one place, one digit left out,
    doubled or put before it; each once."""
    digits = [place for place, letter in enumerate(text) if letter.isdecimal()]
    found = [text[:at] + digit + text[at + 1 :] for at in digits for digit in "0123456789"]
    found += [
        text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        for at in digits
        if at + 1 < len(text) and text[at + 1].isdecimal()
    ]
    if (point := text.find(".")) > 0:
        bare = text[:point] + text[point + 1 :]
        found += [f"{bare[:at]}.{bare[at:]}" for at in (point - 1, point + 1) if 0 < at < len(bare)]
    found += [text[:at] + text[at + 1 :] for at in digits]
    found += [text[:at] + text[at] + text[at:] for at in digits]
    found += [text[: digits[0]] + digit + text[digits[0] :] for digit in "123456789"] if digits else []
    return [each for each in dict.fromkeys(found) if each != text and _is_a_print(each)]


def _is_a_print(text: str) -> bool:
    """Whether a number would be printed so: without a zero before other digits."""
    return bool(_NUMBER.fullmatch(text)) and not re.match(r"[<>≤≥]?[-−]?0\d", text)


def _cures(checked: Checked, finding: Finding, change: Misprint) -> bool:
    """Whether the check of the finding is silent about its place after a change, and still looks there."""
    check = find_check(finding.code)
    paper = _changed(checked.paper, change)
    if check.scope in ("row", "table"):
        paper = replace(paper, tables={finding.exhibit: paper.tables[finding.exhibit]})
    findings, tallies = run_checks([check], paper)
    decided = sum(tally.checked for tally in tallies if tally.exhibit in (finding.exhibit, ""))
    before = sum(
        tally.checked for tally in checked.tallies if (tally.code, tally.exhibit) == (finding.code, finding.exhibit)
    )
    return finding.place not in {each.place for each in findings} and decided >= before


def _proved(checked: Checked, finding: Finding, change: Misprint) -> Misprint:
    """The change with what all checks say of it."""
    after = run_all_checks(_changed(checked.paper, change), checked.name).findings
    old, new = {each.place for each in checked.findings}, {each.place for each in after}
    worse = tuple(each for each in after if each.severity in ("impossible", "unlikely") and each.place not in old)
    return replace(change, cures=len(old - new - {finding.place}), worse=worse)


def _changed(paper: Paper, change: Misprint) -> Paper:
    """The paper with another text in one cell."""
    table = paper.tables[change.exhibit]
    place = next(number for number, record in enumerate(table.records) if _is_at(record, change))
    frame = table.frame.copy()
    frame.loc[frame.index[place], change.column] = change.instead
    return replace(paper, tables={**paper.tables, table.name: replace(table, frame=frame)})


def _is_at(record: Record, change: Misprint) -> bool:
    return record.row == change.row and record[change.column] == change.printed
