"""Writes a person's ruling on a finding into the paper's file of verdicts; its order and comments stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from validations.files.locking import locked
from validations.files.writing import write_text
from validations.registry import Finding
from validations.rulings.matching import Ruling, ruled_place

MOST_NAMED_FINDINGS = 4  # in a message that no finding matches: more would hide the message itself


class RulingError(ValueError):
    """A ruling cannot be written. The message is one line: the reason, and the findings that may be meant."""


@dataclass(frozen=True)
class RulingPlace:
    """The place of a finding as given on the command line; None: not given."""

    code: str
    exhibit: str
    row: str = ""
    part: str | None = None
    column: str | None = None
    printed: str | None = None

    def holds(self, finding: Finding) -> bool:
        """Whether the finding agrees with everything that was given."""
        given = {"part": self.part, "column": self.column, "printed": self.printed}
        return (self.code, self.exhibit, self.row) == (finding.code, finding.exhibit, finding.row) and all(
            value is None or getattr(finding, name) == value for name, value in given.items()
        )


def choose(findings: Sequence[Finding], place: RulingPlace, what: str = "") -> Finding:
    """Return the only finding at the place; RulingError if there is none, or if there are several. `what`: words before
    the code in messages ("ruling on ")."""
    if place.code.startswith("VER"):
        remedy = "rule again on the finding that the ruling names, or remove that ruling with its code and --withdraw"
        raise RulingError(f"{place.code} is about the file of verdicts: {remedy}")
    found = {finding.exactly: finding for finding in findings if place.holds(finding)}
    if not found:
        raise RulingError(f"there is no {what}{place.code} at {_shown(place)}; {_near(findings, place)}")
    if len(found) > 1:
        several = f"{len(found)} {'rulings on' if what else 'findings'} {place.code}"
        raise RulingError(f"{several} at {_shown(place)}: {_apart(list(found.values()))}")
    return next(iter(found.values()))


def identifying_options(finding: Finding, findings: Sequence[Finding]) -> list[str]:
    """Return the options of `verdict` that identify this finding among all of its paper, only those it needs."""
    options = ["--exhibit", finding.exhibit, *(["--row", finding.row] if finding.row else [])]
    rivals = [item for item in findings if RulingPlace(finding.code, finding.exhibit, finding.row).holds(item)]
    for name in ("column", "part", "printed"):
        mine = getattr(finding, name)
        if any(getattr(item, name) != mine for item in rivals):
            options += [f"--{name}", mine]
            rivals = [item for item in rivals if getattr(item, name) == mine]
    return options


def _shown(place: RulingPlace) -> str:
    row = f" row {place.row}" if place.row else ""
    return f"{place.exhibit}{row}" + "".join(f" {name}" for name in (place.part, place.column) if name)


def _near(findings: Sequence[Finding], place: RulingPlace) -> str:
    """The findings that may be meant, in words: those of the same code, else those in the same row."""
    same_code = [item for item in findings if item.code == place.code]
    same_row = [item for item in findings if (item.exhibit, item.row) == (place.exhibit, place.row)]
    near = sorted(same_code, key=lambda item: item.exhibit != place.exhibit) or same_row
    names = list(dict.fromkeys(f"{item.code} at {item.exhibit} row {item.row} {item.column}".strip() for item in near))
    more = f" and {len(names) - MOST_NAMED_FINDINGS} more" if len(names) > MOST_NAMED_FINDINGS else ""
    return f"there is {', '.join(names[:MOST_NAMED_FINDINGS])}{more}" if names else "that row has no findings"


def _apart(found: Sequence[Finding]) -> str:
    """The option that tells the findings apart, and its possible values."""
    name = next(name for name in ("column", "part", "printed") if len({getattr(item, name) for item in found}) > 1)
    values = dict.fromkeys(getattr(item, name) for item in found)
    return f"choose one with --{name}: {' or '.join(repr(value) for value in values)}"


def one_line_reason(why: str) -> str:
    """Return the reason in one line; RulingError if it has no letters."""
    if not any(letter.isalpha() for letter in why):
        raise RulingError("a reason is required: --why")
    return " ".join(why.split())


def write_ruling(
    path: Path, finding: Finding, findings: Sequence[Finding], reason: Mapping[str, str], on: date
) -> tuple[Ruling, ...]:
    """Write the ruling into the file, and return the rulings it replaces. `reason`: verdict, why, by.

    It replaces rulings on the same finding, including those on printed values that are no longer found there; else it
    goes to the end of the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent):
        document = _document(path)
        before = _put(document, path, finding, findings, _entry(finding, reason, on))
        write_text(path, tomlkit.dumps(document))
    return before


def _document(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except (UnicodeDecodeError, tomlkit.exceptions.TOMLKitError) as error:
        raise RulingError(f"{path}: expected TOML, {error}") from None


def _put(
    document: tomlkit.TOMLDocument, path: Path, finding: Finding, findings: Sequence[Finding], entry: Mapping[str, Any]
) -> tuple[Ruling, ...]:
    """Write the entry into the document of the file, and return the rulings it replaces."""
    rulings = document.setdefault("verdict", tomlkit.aot())
    if not isinstance(rulings, AoT):
        raise RulingError(f"{path}: expected [[verdict]] entries, found verdicts written in another way")
    old = [number for number, item in enumerate(rulings) if _is_on(item, finding, findings)]
    before = tuple({name: str(value) for name, value in rulings[number].items()} for number in old)
    if old:
        _overwrite(rulings[old[0]], entry)
        for number in reversed(old[1:]):
            del rulings[number]
    else:
        _append(document, rulings, entry)
    return before


def _is_on(entry: Mapping[str, object], finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether an entry of the file rules on the finding, or did so before the printed values changed."""
    ruling = {name: str(value) for name, value in entry.items()}
    others = {item.printed for item in findings if item.place == finding.place} - {finding.printed}
    return ruled_place(ruling) == finding.place and ruling.get("printed", "") not in others


def _entry(finding: Finding, reason: Mapping[str, str], on: date) -> dict[str, Any]:
    """The ruling as an entry, its keys in the order of the file, without blank values."""
    names = ("code", "exhibit", "row", "part", "column", "printed")
    entry = {name: getattr(finding, name) for name in names if getattr(finding, name)}
    return {**entry, **{name: reason[name] for name in ("verdict", "why", "by")}, "on": on}


def _overwrite(old: Table, entry: Mapping[str, Any]) -> None:
    """Write the values of the new entry into the old one, whose comments stay."""
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
