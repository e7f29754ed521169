"""Run checks over a paper: bind quantities to columns, turn faults into findings, count the answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from schemas.base.exhibit import Quantities
from validations.doubts import doubts_of
from validations.guard import Broken, CountedAnswer, broken_by, broken_checks, guarded
from validations.registry import Answer, Check, Docket, Fault, Finding, NotCheckable
from validations.tables import Paper, Record, Table, number_in, row_place

BOX = ("page", "x0", "top", "x1", "bottom")
FAILED_CHECKS_CODE = "RDR024"

CheckAnswers = tuple[Check, str, list[CountedAnswer]]
"""A check, the exhibit that it looked at ("" for the whole paper), and its answers."""


@dataclass
class Tally:
    """A line of checks.csv: the answers of a check on an exhibit ("" for a check over the whole paper), counted."""

    code: str
    exhibit: str
    checked: int = 0
    fired: int = 0
    failed: int = 0  # of the undecided: by a fault of ours
    undecided: Counter[str] = field(default_factory=Counter)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, answer: Answer, times: int = 1) -> None:
        if answer is None or isinstance(answer, Fault):
            self.checked += times
            self.fired += times if answer else 0
        elif isinstance(answer, NotCheckable):
            self.undecided[answer.why] += times
            self.failed += times if isinstance(answer, Broken) else 0
        else:
            self.notes[answer.note] = None

    @property
    def why_not(self) -> str:
        """The reasons for undecided answers, most frequent first: n is not known (3); total is not known (1)"""
        ordered = sorted(self.undecided.items(), key=lambda item: (-item[1], item[0]))
        return "; ".join(f"{why} ({times})" for why, times in ordered)

    @property
    def found(self) -> str:
        """What the check inferred, such as the method that gives the printed values."""
        return "; ".join(self.notes)


def run_checks(checks: Iterable[Check], paper: Paper) -> tuple[list[Finding], list[Tally]]:
    """The findings and tallies of the checks over rows, tables and the paper: first of those that judge our reading,
    whose doubts the others heed. (Checks over a docket: `run_docket`.)"""
    ordered = sorted(checks, key=lambda item: (item.severity != "reading", item.code))
    found = [(item, exhibit, list(answers)) for item in ordered for exhibit, answers in _answers(item, paper)]
    found += _failures(ordered, paper, found)
    faults = [(item, answer) for item, _, answers in found for answer, _ in answers if isinstance(answer, Fault)]
    doubts = doubts_of(faults)
    findings: dict[Finding, None] = {}
    tallies = []
    for item, exhibit, answers in sorted(found, key=lambda each: each[0].code):
        tally = Tally(item.code, exhibit)
        for given, times in answers:
            answer = (doubts.about(item, given) or given) if isinstance(given, Fault) else given
            tally.add(answer, times)
            if isinstance(answer, Fault):
                findings[make_finding(item, answer)] = None
        if tally.checked or tally.undecided or tally.notes:
            tallies.append(tally)
    order = {name: place for place, name in enumerate(paper.tables)}
    return sorted(findings, key=lambda item: _by_place(item, order)), tallies


def run_docket(checks: Iterable[Check], docket: Docket) -> list[Finding]:
    """The findings about the verdicts themselves; none without rulings."""
    wanted = [item for item in checks if item.scope == "docket" and docket.rulings]
    found: list[CheckAnswers] = [(item, "", list(_guarded(item, docket))) for item in wanted]
    found += _failures(checks, Paper({}), found)
    return [
        make_finding(item, answer) for item, _, answers in found for answer, _ in answers if isinstance(answer, Fault)
    ]


def _failures(checks: Iterable[Check], paper: Paper, found: Sequence[CheckAnswers]) -> list[CheckAnswers]:
    """What the check of failed checks answers, if it is among the checks and another one failed."""
    failed = [
        (item, exhibit, answer)
        for item, exhibit, answers in found
        for answer, _ in answers
        if isinstance(answer, Broken)
    ]
    wanted = [item for item in checks if item.code == FAILED_CHECKS_CODE and failed]
    return [
        (item, "", [(answer, 1) for answer in item.function(replace(paper, broken=broken_checks(failed)))])
        for item in wanted
    ]


def make_finding(check: Check, fault: Fault) -> Finding:
    """The line of findings.csv for a fault; ValueError if the fault names no record."""
    record = fault.record
    if record is None:
        raise ValueError(f"{check.code} gave a fault without a record")
    shown = fault.shows or ((fault.column,) if fault.column else ())
    records = [record, *(other for other in fault.also if other.exhibit == record.exhibit)]
    page, x0, top, x1, bottom = map(record.__getitem__, BOX)
    return Finding(
        code=check.code,
        name=check.name,
        severity=check.severity,
        exhibit=record.exhibit,
        row=record.row,
        column=fault.column,
        part=record.part,
        printed="; ".join([f"{column}={_quoted(column, records)}" for column in shown]),
        expected=fault.expected,
        message=fault.message,
        page=page,
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        also=";".join(dict.fromkeys(other.place for other in fault.also if other.place != record.place)),
    )


def _quoted(column: str, records: Sequence[Record]) -> str:
    """The printed values of these records in the column, once if all are equal. A verdict holds for this text only."""
    if len(records) == 1:
        return records[0][column]
    printed = [record[column] for record in records if record[column]]
    return " | ".join(printed if len(set(printed)) > 1 else printed[:1])


def _by_place(finding: Finding, order: dict[str, int]) -> tuple[int, int, str, str, str, str]:
    return (
        order.get(finding.exhibit, -1),
        row_place(finding.row),
        finding.code,
        finding.part,
        finding.column,
        finding.printed,
    )


def _answers(check: Check, paper: Paper) -> Iterator[tuple[str, Iterable[CountedAnswer]]]:
    if check.scope == "paper" and check.code != FAILED_CHECKS_CODE:
        yield "", _guarded(check, paper)
    elif check.scope in ("table", "row"):
        for table in paper.tables.values():
            yield table.name, guarded(partial(_of_table, check, table))


def _of_table(check: Check, table: Table) -> Iterator[CountedAnswer]:
    """The answers of a check of tables or rows; a panel at which it fails does not keep it from the others."""
    for panel in table.panels if check.by_panel else (table,):
        yield from check_rows(check, panel) if check.scope == "row" else _guarded(check, panel)


def _guarded(check: Check, looked_at: Table | Paper | Docket) -> Iterator[CountedAnswer]:
    """The answers of a check of a table, a paper or a docket, each given once."""

    def answers() -> Iterator[CountedAnswer]:
        for answer in check.function(looked_at):
            if isinstance(answer, Fault) and answer.record is None:
                raise ValueError(f"{check.code} gave a fault without a record")
            yield answer, 1

    return guarded(answers)


def check_rows(check: Check, table: Table) -> Iterator[CountedAnswer]:
    """The answers of a row check, for each group of quantities of the table that has its required parameters."""
    return guarded(partial(_row_answers, check, table))


def _row_answers(check: Check, table: Table) -> Iterator[CountedAnswer]:
    for group in table.model.quantities():
        columns = {name: group[name] for name in check.parameters if name in group}
        if columns and all(name in group or name == "total" for name, needed in check.parameters.items() if needed):
            yield from _bound(check, table, columns)


def _bound(check: Check, table: Table, columns: Quantities) -> Iterator[CountedAnswer]:
    """One answer for each record in which a required quantity is printed (`total` and `at_most` alone do not count).
    Equal texts are judged once. `total` is the cohort's N where the table has no column for it."""
    judge = _judge(check, tuple(columns), str(table.cohort_n or ""))
    needed = [name for name in columns if check.parameters[name] and name not in ("total", "at_most")] or list(columns)
    places = [place for place, name in enumerate(columns) if name in needed]
    rows = list(table.cells(list(columns.values())))
    counts = {texts: times for texts, times in Counter(rows).items() if any(texts[place] for place in places)}
    answers = {texts: judge(texts) for texts in counts}
    placed = {texts: answer for texts, answer in answers.items() if isinstance(answer, Fault | Broken)}
    yield from ((answer, counts[texts]) for texts, answer in answers.items() if texts not in placed)
    for record, texts in zip(table.records, rows, strict=True) if placed else ():
        answer = placed.get(texts)
        if isinstance(answer, Fault):
            yield _placed(answer, record, columns), 1
        elif answer is not None:
            yield replace(answer, record=record), 1


def _judge(check: Check, names: tuple[str, ...], cohort_n: str) -> Callable[[tuple[str, ...]], Answer]:
    """The check as a function of printed texts, one for each of these quantities."""

    def judge(texts: tuple[str, ...]) -> Answer:
        known = {"total": cohort_n, **dict(zip(names, texts, strict=True))}
        values = {name: number_in(known.get(name, "")) for name in check.parameters}
        missing = [name for name, value in values.items() if value is None and check.parameters[name]]
        if missing:
            return NotCheckable(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not known")
        try:
            answer: Answer | str = check.function(**values)
        except Exception as error:
            return broken_by(error)
        return Fault(answer) if isinstance(answer, str) else answer

    return judge


def _placed(fault: Fault, record: Record, columns: Quantities) -> Fault:
    """The fault at its record, with columns for quantities; at the last quantity unless the check names one."""
    column = columns[fault.column] if fault.column else list(columns.values())[-1]
    shows = tuple(columns[name] for name in fault.shows) or tuple(columns.values())
    printed = tuple(name for name in shows if record[name])
    return Fault(fault.message, fault.expected, record, column, printed, fault.also)
