"""Findings as a reviewer works through them: in one order that no ruling changes, each with what was done about it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.review.desk.words import (
    Labels,
    RelatedPlace,
    message_words,
    mixed_rows,
    places_of,
    short_place,
    title_words,
)
from validations.registry import SEVERITIES, WAITING_SEVERITIES, Finding
from validations.report.pictures import PageRegion
from validations.report.places import finding_box
from validations.report.view import ShownFinding
from validations.rulings.history import FINDING, Entry, in_effect, seconds_per_ruling
from validations.tables import Paper

USUAL_SECONDS = 30.0  # for a ruling, until the reviewer has made some


@dataclass(frozen=True)
class Item:
    """A finding to rule on. `key`: its name in addresses; `title`, `where` and `message`: in the words of the paper,
    `where` the shortest; `own`: the boxes of its row; `also`: its other places; `rows`: its places with their printed
    values where several rows are mixed; `state`: ruled, postponed or open; `comments`: those that the reviewer may
    see."""

    key: str
    shown: ShownFinding
    title: str
    where: str
    message: str
    own: tuple[PageRegion, ...]
    also: tuple[RelatedPlace, ...]
    rows: tuple[RelatedPlace, ...]
    state: str
    comments: tuple[Entry, ...] = ()

    @property
    def finding(self) -> Finding:
        return self.shown.finding

    @property
    def others(self) -> tuple[PageRegion, ...]:
        """The boxes of its other places."""
        return tuple(dict.fromkeys(box for place in self.also for box in place.boxes))

    @property
    def mark(self) -> str:
        """What a form about it carries: the finding, and the ruling on it when it was shown."""
        said = "\x1f".join((self.key, self.finding.verdict, self.finding.why, self.shown.by))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def needed(self) -> bool:
        """Whether the paper does not pass without a ruling on it."""
        return self.finding.severity in WAITING_SEVERITIES

    @property
    def about_rulings(self) -> bool:
        """Whether it is about the file of rulings, so that nobody can rule on it."""
        return self.finding.code.startswith("VER")

    @property
    def pages(self) -> list[int]:
        """The pages on which its places are, its own first."""
        return list(dict.fromkeys(box.page for box in (*self.own, *self.others)))


def key_of(finding: Finding) -> str:
    """The name of a finding in addresses: it lasts as long as place and printed values do."""
    return hashlib.sha256("\x1f".join(finding.exactly).encode()).hexdigest()[:16]


def items_of(
    paper: Paper, labels: Labels, shown: Sequence[ShownFinding], entries: Sequence[Entry], reviewer: str, alone: bool
) -> list[Item]:
    """The findings by severity, then in the order of the paper; once each. `alone`: one person at a time rules on the
    paper, so that the comments of all are seen."""
    known = {key_of(each.finding): each for each in shown}
    tables, severities = list(paper.tables), list[str](SEVERITIES)

    def order(key: str) -> tuple[int, int, int, str]:
        item = known[key].finding
        row = int(item.row) if item.row.isdecimal() else 0
        exhibit = tables.index(item.exhibit) if item.exhibit in tables else len(tables)
        return severities.index(item.severity), exhibit, row, item.code

    done = _done(entries)
    return [_item(paper, labels, known[key], done.get(key, []), reviewer, alone) for key in sorted(known, key=order)]


def _done(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    """What was done that is still in effect, by the keys of findings."""
    found: dict[str, list[Entry]] = {}
    for entry in in_effect(entries).values():
        place = "\x1f".join(str(entry.on.get(name, "")) for name in FINDING)
        found.setdefault(hashlib.sha256(place.encode()).hexdigest()[:16], []).append(entry)
    return found


def _item(paper: Paper, labels: Labels, shown: ShownFinding, done: Sequence[Entry], reviewer: str, alone: bool) -> Item:
    finding = shown.finding
    own, *also = places = places_of(paper, labels, finding)
    steps = [entry.what for entry in done if entry.who == reviewer and entry.what in ("rule", "withdraw", "postpone")]
    postponed = steps[-1:] == ["postpone"]
    return Item(
        key=key_of(finding),
        shown=shown,
        title=title_words(paper, labels, finding),
        where=short_place(labels, finding.exhibit, finding.row),
        message=message_words(paper, labels, finding),
        own=own.boxes or tuple(finding_box(finding)),
        also=tuple(also),
        rows=tuple(mixed_rows(places, finding)),
        state="ruled" if finding.verdict else "postponed" if postponed else "open",
        comments=tuple(entry for entry in done if entry.what == "comment" and (alone or entry.who == reviewer)),
    )


@dataclass(frozen=True)
class Progress:
    """How far a reviewer is. `minutes`: what the rest will take."""

    done: int
    total: int
    needed: int
    postponed: int
    minutes: int


def progress_of(items: Iterable[Item], entries: Sequence[Entry], reviewer: str) -> Progress:
    """Return how many findings are ruled on, how many are not and must be, and how long the rest will take."""
    found = list(items)
    rest = [item for item in found if item.state != "ruled"]
    seconds = seconds_per_ruling(entries, reviewer) or USUAL_SECONDS
    return Progress(
        done=len(found) - len(rest),
        total=len(found),
        needed=sum(item.needed for item in rest),
        postponed=sum(item.state == "postponed" for item in rest),
        minutes=max(1, round(len(rest) * seconds / 60)) if rest else 0,
    )


def next_open(items: Sequence[Item], after: str) -> Item | None:
    """The first open finding behind the one with that key, from the start again at the end; then the postponed ones;
    None where all are ruled on."""
    place = next((number for number, item in enumerate(items) if item.key == after), -1)
    ordered = [*items[place + 1 :], *items[: max(place, 0)]]
    rest = [item for item in ordered if item.state == "open"] or [item for item in ordered if item.state == "postponed"]
    return rest[0] if rest else None
