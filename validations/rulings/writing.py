"""Writes what a person rules on a finding into the paper's file of verdicts, whose order and comments stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from validations.registry import Finding
from validations.rulings.matching import Ruling, ruled_place
from validations.writing import write_text

MOST_NAMED_FINDINGS = 4  # findings that are named where none is the one that was meant


class RulingError(ValueError):
    """A ruling that cannot be written: one line that says why, and what could be meant."""


@dataclass(frozen=True)
class RulingPlace:
    """Where the ruled finding is said to be; None: the person did not say."""

    code: str
    exhibit: str
    row: str = ""
    part: str | None = None
    column: str | None = None
    printed: str | None = None

    def holds(self, finding: Finding) -> bool:
        """Whether nothing that was said speaks against the finding."""
        said = {"part": self.part, "column": self.column, "printed": self.printed}
        return (self.code, self.exhibit, self.row) == (finding.code, finding.exhibit, finding.row) and all(
            value is None or getattr(finding, name) == value for name, value in said.items()
        )


def choose(findings: Sequence[Finding], place: RulingPlace, what: str = "") -> Finding:
    """The one finding at the place; RulingError where there is none, or several that what was said does not tell
    apart. `what`: what these are called, if not by their code alone (ruling on)."""
    if place.code.startswith("VER"):
        line = "rule anew on the finding that the ruling names, or take the ruling out with that code and --withdraw"
        raise RulingError(f"{place.code} is about the file of verdicts: {line}")
    found = {finding.exactly: finding for finding in findings if place.holds(finding)}
    if not found:
        raise RulingError(f"there is no {what}{place.code} at {_shown(place)}; {_near(findings, place)}")
    if len(found) > 1:
        several = f"{len(found)} {'rulings on' if what else 'findings'} {place.code}"
        raise RulingError(f"{several} at {_shown(place)}: {_apart(list(found.values()))}")
    return next(iter(found.values()))


def identifying_options(finding: Finding, findings: Sequence[Finding]) -> list[str]:
    """The options of the command `verdict` that name this finding among all of its paper, and no more of them than
    that needs."""
    said = ["--exhibit", finding.exhibit, *(["--row", finding.row] if finding.row else [])]
    rivals = [item for item in findings if RulingPlace(finding.code, finding.exhibit, finding.row).holds(item)]
    for name in ("column", "part", "printed"):
        mine = getattr(finding, name)
        if any(getattr(item, name) != mine for item in rivals):
            said += [f"--{name}", mine]
            rivals = [item for item in rivals if getattr(item, name) == mine]
    return said


def _shown(place: RulingPlace) -> str:
    row = f" row {place.row}" if place.row else ""
    return f"{place.exhibit}{row}" + "".join(f" {said}" for said in (place.part, place.column) if said)


def _near(findings: Sequence[Finding], place: RulingPlace) -> str:
    """The findings of that code, else those in that row, that could be meant."""
    same_code = [item for item in findings if item.code == place.code]
    same_row = [item for item in findings if (item.exhibit, item.row) == (place.exhibit, place.row)]
    near = sorted(same_code, key=lambda item: item.exhibit != place.exhibit) or same_row
    names = list(dict.fromkeys(f"{item.code} at {item.exhibit} row {item.row} {item.column}".strip() for item in near))
    more = f" and {len(names) - MOST_NAMED_FINDINGS} more" if len(names) > MOST_NAMED_FINDINGS else ""
    return (
        f"there is {', '.join(names[:MOST_NAMED_FINDINGS])}{more}" if names else "nothing was found in that row either"
    )


def _apart(found: Sequence[Finding]) -> str:
    """What to add so that one finding is meant."""
    name = next(name for name in ("column", "part", "printed") if len({getattr(item, name) for item in found}) > 1)
    values = dict.fromkeys(getattr(item, name) for item in found)
    return f"say which with --{name}: {' or '.join(repr(value) for value in values)}"


def one_line_reason(why: str) -> str:
    """The reason in one line; RulingError where it says nothing."""
    if not any(letter.isalpha() for letter in why):
        raise RulingError("a ruling is worth its reason: say it with --why")
    return " ".join(why.split())


def write_ruling(
    path: Path, finding: Finding, findings: Sequence[Finding], said: Mapping[str, str], on: date
) -> tuple[Ruling, ...]:
    """Put the ruling into the file: in the place of one on the same finding (also one whose printed values are no
    longer found there), else at its end. `said`: verdict, why, by. Gives the rulings in whose place it stands."""
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except (UnicodeDecodeError, tomlkit.exceptions.TOMLKitError) as error:
        raise RulingError(f"{path}: expected TOML, {error}") from None
    rulings = document.setdefault("verdict", tomlkit.aot())
    if not isinstance(rulings, AoT):
        raise RulingError(f"{path}: expected [[verdict]] entries, found another way to write them")
    old = [number for number, entry in enumerate(rulings) if _is_on(entry, finding, findings)]
    before = tuple({name: str(value) for name, value in rulings[number].items()} for number in old)
    entry = _entry(finding, said, on)
    if old:
        _overwrite(rulings[old[0]], entry)
        for number in reversed(old[1:]):
            del rulings[number]
    else:
        _append(document, rulings, entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, tomlkit.dumps(document))
    return before


def _is_on(entry: Mapping[str, object], finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether an entry of the file rules on the finding, or did before its printed values changed."""
    ruling = {name: str(value) for name, value in entry.items()}
    others = {item.printed for item in findings if item.place == finding.place} - {finding.printed}
    return ruled_place(ruling) == finding.place and ruling.get("printed", "") not in others


def _entry(finding: Finding, said: Mapping[str, str], on: date) -> dict[str, Any]:
    """The ruling in the order of its file; what is blank is left out."""
    names = ("code", "exhibit", "row", "part", "column", "printed")
    entry = {name: getattr(finding, name) for name in names if getattr(finding, name)}
    return {**entry, **{name: said[name] for name in ("verdict", "why", "by")}, "on": on}


def _overwrite(old: Table, entry: Mapping[str, Any]) -> None:
    """The values of the new entry in the old one, whose comments stay."""
    for name, value in entry.items():
        if str(old.get(name, "")) != str(value):
            old[name] = value


def _append(document: tomlkit.TOMLDocument, rulings: AoT, entry: Mapping[str, Any]) -> None:
    table = tomlkit.table()
    table.update(entry)
    if rulings:
        last = rulings[-1]
        if not last.as_string().endswith("\n\n"):
            last.add(tomlkit.nl())
    rulings.append(table)
