"""The contents of a report as plain values, made from the paper, the outcome of its checks and the rulings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.base.visible import command_line
from validations.manual.examples import sections
from validations.registry import SEVERITIES, Finding, find_check
from validations.report.pictures import PageRegion, Window, windows
from validations.report.places import also_places, exhibit_head, finding_box, records_at, row_boxes, row_name
from validations.rulings.history import Entry, comments_by_finding
from validations.rulings.matching import ruling_key, withdrawal_command
from validations.rulings.writing import identifying_options
from validations.run import Outcome
from validations.tables import Paper, Table

_SHOWN = re.compile(r"; (?=[a-z][a-z0-9_]*=)")


@dataclass(frozen=True)
class ShownPlace:
    """A place of a finding in words. `others`: the numbers of the other findings at this place."""

    exhibit: str
    label: str
    row: str
    name: str
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the report shows it. `number`: its position in the list, from 1. `state`: waiting, open or ruled.
    `printed`: column titles with the printed values. `hidden`: rows that no window shows. `command`: the command line
    that rules on the finding. `comments`: lines of the history."""

    number: int
    finding: Finding
    place: ShownPlace
    column: str
    state: str
    printed: tuple[tuple[str, tuple[str, ...]], ...]
    meaning: str
    matters: str
    also: tuple[ShownPlace, ...]
    windows: tuple[Window, ...]
    hidden: int
    by: str
    on: str
    command: str
    comments: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class About:
    """The paper itself: citation, DOI, source PDF. By the name of an exhibit's CSV, `labels`: its label; `boxes`: the
    page on which it begins, and its box there."""

    name: str
    title: str
    link: str
    pdf: str
    edition: str
    sha256: str
    labels: Mapping[str, str]
    boxes: Mapping[str, tuple[object, Sequence[object]]] = field(default_factory=dict)


def about_paper(name: str, package: Mapping[str, Any]) -> About:
    """Return what datapackage.json says about a paper; without a data package, only the name is known."""
    source, pdf = (package.get("sources") or [{}])[0], package.get("source_pdf") or {}
    exhibits = [item for item in package.get("resources", ()) if item.get("exhibit")]
    labels = {str(item["name"]): str(item["exhibit"].get("label") or item["name"]) for item in exhibits}
    return About(
        name,
        str(source.get("title") or package.get("title") or name),
        _web(str(source.get("path", ""))),
        str(pdf.get("name", "")),
        str(pdf.get("edition", "")),
        str(pdf.get("sha256", "")),
        _told_apart(labels, {str(item["name"]): str(item.get("title") or "") for item in exhibits}),
        {str(item["name"]): (item["exhibit"].get("page"), item["exhibit"].get("box") or ()) for item in exhibits},
    )


def _told_apart(labels: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, str]:
    """Return a distinct label for each exhibit. Exhibits that share a label are called by their titles where these are
    unique; otherwise all but the first get the name of their CSV in brackets."""
    first = {label: name for name, label in reversed(list(labels.items()))}
    shared = Counter(labels.values())
    titled = Counter(titles.values())
    named = {name: label if first[label] == name else f"{label} ({name})" for name, label in labels.items()}
    own = {name for name, label in labels.items() if shared[label] > 1 and titled[titles[name]] == 1 and titles[name]}
    return {name: titles[name] if name in own else named[name] for name in labels}


def _web(address: str) -> str:
    """The address if it is a web address; "" for all others, such as javascript:, which a link could run."""
    return address if re.fullmatch(r"https?://[^\s\"'<>]+", address) else ""


class PaperView:
    """A paper with its findings and rulings. `tail`: further options of the command that rules on a finding. While
    several reviewers rule unseen, a finding shows comments once it is ruled on."""

    def __init__(self, paper: Paper, about: About, outcome: Outcome, tail: Sequence[str] = ()) -> None:
        self.comments, self.unseen = comments_by_finding(outcome.history), outcome.teamwork is not None
        self.paper, self.about, self.tail = paper, about, tail
        order: dict[str, int] = {severity: place for place, severity in enumerate(SEVERITIES)}
        self.findings = sorted(
            outcome.findings, key=lambda item: (not item.waits, order.get(item.severity, len(order)))
        )
        self.rulings = {ruling_key(ruling): ruling for ruling in outcome.rulings}
        self.numbers: dict[tuple[str, str], list[int]] = {}
        for number, item in enumerate(self.findings, start=1):
            for place in finding_places(item):
                self.numbers.setdefault(place, []).append(number)

    def show(self) -> list[ShownFinding]:
        """All findings: those that wait for a ruling first, then by severity, then in the order of the paper."""
        return [self._shown(number, item) for number, item in enumerate(self.findings, start=1)]

    def _shown(self, number: int, item: Finding) -> ShownFinding:
        ruling = self.rulings.get(item.exactly, {})
        table, (own, others) = self.paper.tables.get(item.exhibit), self._boxes(item)
        head = exhibit_head(table, *self.about.boxes.get(item.exhibit, (None, ()))) if table else None
        seen = windows(own, others, self._beside(item), head)
        manual = sections(find_check(item.code))
        return ShownFinding(
            number=number,
            finding=item,
            place=self._place(finding_places(item)[0], number, item.part),
            column=title_of(table, item.column),
            state="waiting" if item.waits else "ruled" if item.verdict else "open",
            printed=tuple(_printed(table, item.printed)),
            meaning=manual[""],
            matters=manual.get("Why it matters", ""),
            also=tuple(self._place(place, number) for place in finding_places(item)[1:]),
            windows=tuple(seen),
            hidden=len({*own, *others}) - sum(len(window.boxes) for window in seen),
            by=ruling.get("by", ""),
            on=ruling.get("on", ""),
            command=ruling_command(self.about.name, item, self.findings, self.tail),
            comments=() if self.unseen and not item.verdict else self.comments.get(item.exactly, ()),
        )

    def _boxes(self, item: Finding) -> tuple[list[PageRegion], list[PageRegion]]:
        """The boxes of the finding's own row, and the boxes of its related places."""
        first, *others = finding_places(item)
        own = [box for record in records_at(self.paper, *first, item.part)[:1] for box in row_boxes(record)]
        more = [box for place in others for record in records_at(self.paper, *place)[:1] for box in row_boxes(record)]
        return own or finding_box(item), more

    def _beside(self, item: Finding) -> list[PageRegion]:
        """The boxes of all rows of the exhibits that a finding names."""
        exhibits = {exhibit for exhibit, _ in finding_places(item)} & self.paper.tables.keys()
        return [box for name in exhibits for record in self.paper.tables[name].records for box in row_boxes(record)]

    def _place(self, place: tuple[str, str], number: int, part: str | None = None) -> ShownPlace:
        exhibit, row = place
        records = records_at(self.paper, exhibit, row, part)
        name = row_name(self.paper.tables[exhibit], records[0]) if records else part or ""
        others = tuple(other for other in self.numbers.get(place, ()) if other != number)
        return ShownPlace(exhibit, self.about.labels.get(exhibit, exhibit), row, name, others)


def finding_places(item: Finding) -> list[tuple[str, str]]:
    """Exhibit and row of a finding, then of its related places."""
    return list(dict.fromkeys([(item.exhibit, item.row), *also_places(item)]))


def title_of(table: Table | None, column: str) -> str:
    """The title of a column; its name if the table has no such column."""
    fields = table.model.fields() if table else []
    return next((item.title for item in fields if item.name == column), column)


def _printed(table: Table | None, printed: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The quoted values by column title: n=24; percent=45.1 | 54.9 -> (Count, (24,)), (Percentage, (45.1, 54.9))"""
    for part in filter(None, _SHOWN.split(printed)):
        column, equals, values = part.partition("=")
        yield (title_of(table, column), tuple(values.split(" | "))) if equals else ("", (part,))


def ruling_command(paper: str, item: Finding, findings: Sequence[Finding], tail: Sequence[str] = ()) -> str:
    """The command line that rules on a finding, with the reason left open; "" if the finding cannot be ruled on.

    VER001 is a ruling without a finding: its command withdraws the ruling."""
    if item.code == "VER001":
        ruled = {"code": item.printed.removeprefix("code="), "exhibit": item.exhibit, "row": item.row}
        return withdrawal_command(paper, {**ruled, "part": item.part, "column": item.column}, (), tail)
    if item.code.startswith("VER"):
        return ""
    options = ["doubletake", "verdict", paper, item.code, *identifying_options(item, findings), *tail]
    says = "explained" if item.severity == "reading" else "paper_error"
    return f'{command_line([*options, "--says", says])} --why "..."'
