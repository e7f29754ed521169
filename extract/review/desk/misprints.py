"""The smallest misprints that would explain a finding: each is proved by running the checks on the paper without it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import monotonic

from extract.review.desk.words import Labels, quoted_columns, short_place
from validations.registry import Finding, find_check
from validations.report.places import also_places, records_at
from validations.report.view import title_of
from validations.run import Checked, run_all_checks
from validations.runner import run_checks
from validations.tables import Paper, Record, Table

MOST_CELLS = 12  # of a finding: more would be a fault of a whole column
MOST_PROVED = 16  # that are put to all checks
MOST_SHOWN = 9
MOST_SECONDS = 4.0
_NUMBER = re.compile(r"[<>≤≥]?[-−]?\d+(?:\.\d+)?")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class CellChange:
    """Another text in a cell. `place`: the number of its record in the table; `title`: of its column; `where`: its row,
    in words."""

    exhibit: str
    place: int
    column: str
    title: str
    where: str
    printed: str
    instead: str


@dataclass(frozen=True)
class Misprint:
    """What may be misprinted or misread: one digit of one cell, or two cells whose values are exchanged. `cures`: how
    many findings, beside the one in question, would not be there."""

    changes: tuple[CellChange, ...]
    cures: int = 0

    @property
    def exchanged(self) -> bool:
        return len(self.changes) > 1


def misprints_of(checked: Checked, finding: Finding, labels: Labels) -> list[Misprint]:
    """The exchanges of two values, and the changes of one digit, with which the finding is gone and no other appears:
    exchanges first, then what comes nearest to the consistent value. Checks take time: what is not proved in
    MOST_SECONDS is left out."""
    ends = monotonic() + MOST_SECONDS
    cells = list(_cells(checked.paper, finding, labels))
    tried = [*_exchanges(checked.paper, cells, labels), *sorted(_single_changes(cells), key=_distance_from(finding))]
    curing = (each for each in tried if monotonic() < ends and _cures(checked, finding, each))
    found: list[Misprint] = []
    for _, each in zip(range(MOST_PROVED), curing, strict=False):
        found += _proved(checked, finding, each)
    return found[:MOST_SHOWN]


def _cells(paper: Paper, finding: Finding, labels: Labels) -> Iterator[CellChange]:
    """The cells with a number that a finding quotes, as yet unchanged."""
    columns = list(dict.fromkeys([*quoted_columns(finding), finding.column]))
    places = dict.fromkeys([(finding.exhibit, finding.row), *also_places(finding)])
    found = [
        _cell(paper.tables[record.exhibit], record, column, labels)
        for place in places
        for record in records_at(paper, *place, finding.part if place == (finding.exhibit, finding.row) else None)[:1]
        for column in columns
        if column and _NUMBER.fullmatch(record[column])
    ]
    yield from found[:MOST_CELLS]


def _cell(table: Table, record: Record, column: str, labels: Labels) -> CellChange:
    place = next(number for number, each in enumerate(table.records) if each == record)
    where, text = short_place(labels, table.name, record.row), record[column]
    return CellChange(table.name, place, column, title_of(table, column), where, text, text)


def _single_changes(cells: list[CellChange]) -> list[Misprint]:
    return [Misprint((replace(cell, instead=text),)) for cell in cells for text in changed_digits(cell.printed)]


def _exchanges(paper: Paper, cells: list[CellChange], labels: Labels) -> Iterator[Misprint]:
    """Each cell exchanged with the others of the finding in its column, and with those of the rows beside it."""
    seen: set[frozenset[tuple[str, int, str]]] = set()
    for cell in cells:
        table = paper.tables[cell.exhibit]
        steps = (-1, 1) if table.model.read_from() != "text" else ()
        beside = [cell.place + step for step in steps if 0 <= cell.place + step < len(table.records)]
        near = [_cell(table, table.records[place], cell.column, labels) for place in beside]
        fellows = [each for each in cells if (each.exhibit, each.column) == (cell.exhibit, cell.column)]
        for other in (*fellows, *near):
            both = frozenset((each.exhibit, each.place, each.column) for each in (cell, other))
            if both not in seen and other.printed != cell.printed and _NUMBER.fullmatch(other.printed):
                seen.add(both)
                yield Misprint((replace(cell, instead=other.printed), replace(other, instead=cell.printed)))


def _distance_from(finding: Finding) -> Callable[[Misprint], float]:
    """How far the new value of a change is from the nearest number that would be consistent, as a share of it; for
    findings that name none, from what is printed."""
    wanted = [abs(float(number)) for number in _PLAIN_NUMBER.findall(finding.expected)]

    def distance(misprint: Misprint) -> float:
        change = misprint.changes[0]
        instead = _value(change.instead)
        return min(abs(instead - each) / (each or 1) for each in wanted or [_value(change.printed)])

    return distance


def _value(text: str) -> float:
    return float(text.strip("<>≤≥-−"))


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
    return [each for each in dict.fromkeys(found) if each != text and _is_a_print(each) and _is_another(each, text)]


def _is_another(text: str, printed: str) -> bool:
    """Whether a number is not the printed one with more or fewer decimals: those change only where the point moves, or
    a zero behind it is lost."""
    if len(text.partition(".")[2]) == len(printed.partition(".")[2]):
        return True
    digits, were = (re.sub(r"[.0]", "", each) for each in (text, printed))
    return digits == were and _value(text) != _value(printed)


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


def _proved(checked: Checked, finding: Finding, change: Misprint) -> Iterator[Misprint]:
    """The change with what it cures, unless all checks together find something that was not there before."""
    after = run_all_checks(_changed(checked.paper, change), checked.name).findings
    old, new = {each.place for each in checked.findings}, {each.place for each in after}
    if new <= old - {finding.place}:
        yield replace(change, cures=len(old - new) - 1)


def _changed(paper: Paper, misprint: Misprint) -> Paper:
    """The paper with other texts in these cells."""
    tables = dict(paper.tables)
    for change in misprint.changes:
        frame = tables[change.exhibit].frame.copy()
        frame.loc[frame.index[change.place], change.column] = change.instead
        tables[change.exhibit] = replace(tables[change.exhibit], frame=frame)
    return replace(paper, tables=tables)
