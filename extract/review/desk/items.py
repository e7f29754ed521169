"""Findings as a reviewer works through them: in one order that no ruling changes, each with what was done about it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from validations.registry import SEVERITIES, WAITING_SEVERITIES, Finding
from validations.report.pictures import PageRegion
from validations.report.places import also_places, finding_box, records_at, row_boxes
from validations.report.view import ShownFinding
from validations.rulings.history import Entry, in_effect, seconds_per_ruling
from validations.tables import Paper

USUAL_SECONDS = 30.0  # for a ruling, until the reviewer has made some
PLACE = ("code", "exhibit", "row", "part", "column", "printed")


@dataclass(frozen=True)
class Item:
    """A finding to rule on. `key`: its name in addresses; `own` and `others`: the boxes of its row and of other places;
    `state`: ruled, postponed or open; `comments`: those of this reviewer."""

    key: str
    shown: ShownFinding
    own: tuple[PageRegion, ...]
    others: tuple[PageRegion, ...]
    state: str
    comments: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        return self.shown.finding

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


def place_of(finding: Finding) -> dict[str, str]:
    """The place of a finding and its printed values, as rulings and the history name them."""
    return {name: getattr(finding, name) for name in PLACE if getattr(finding, name)}


def items_of(paper: Paper, shown: Sequence[ShownFinding], entries: Sequence[Entry], reviewer: str) -> list[Item]:
    """The findings by severity, then in the order of the paper; once each."""
    known = {key_of(each.finding): each for each in shown}
    tables, severities = list(paper.tables), list[str](SEVERITIES)

    def order(key: str) -> tuple[int, int, int, str]:
        item = known[key].finding
        row = int(item.row) if item.row.isdecimal() else 0
        exhibit = tables.index(item.exhibit) if item.exhibit in tables else len(tables)
        return severities.index(item.severity), exhibit, row, item.code

    done = _done(entries, reviewer)
    return [_item(paper, key, known[key], done.get(key, [])) for key in sorted(known, key=order)]


def _done(entries: Sequence[Entry], reviewer: str) -> Mapping[str, list[Entry]]:
    """What a reviewer did that is still in effect, by the keys of findings."""
    found: dict[str, list[Entry]] = {}
    for entry in in_effect(entries).values():
        if entry.who == reviewer:
            place = "\x1f".join(str(entry.on.get(name, "")) for name in PLACE)
            found.setdefault(hashlib.sha256(place.encode()).hexdigest()[:16], []).append(entry)
    return found


def _item(paper: Paper, key: str, shown: ShownFinding, done: Sequence[Entry]) -> Item:
    finding = shown.finding
    own = [
        box for record in records_at(paper, finding.exhibit, finding.row, finding.part)[:1] for box in row_boxes(record)
    ]
    others = [
        box
        for exhibit, row in also_places(finding)
        for record in records_at(paper, exhibit, row)[:1]
        for box in row_boxes(record)
    ]
    last = next((entry.what for entry in reversed(done) if entry.what in ("rule", "withdraw", "postpone")), "")
    state = "ruled" if finding.verdict else "postponed" if last == "postpone" else "open"
    comments = tuple(str(entry.after.get("text", "")) for entry in done if entry.what == "comment")
    return Item(key, shown, tuple(own or finding_box(finding)), tuple(dict.fromkeys(others)), state, comments)


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
    found = [item for item in items if not item.about_rulings]
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
    ordered = [item for item in (*items[place + 1 :], *items[: max(place, 0)]) if not item.about_rulings]
    rest = [item for item in ordered if item.state == "open"] or [item for item in ordered if item.state == "postponed"]
    return rest[0] if rest else None
