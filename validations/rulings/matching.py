"""Reads the rulings of people, one TOML file per paper, and matches them with findings.

[[verdict]]
code = "PCT001"
exhibit = "table1"
row = "3"
part = "< 54 years old"        # the record's second key, where it has one
column = "percent"
printed = "n=24; percent=45.1" # as in findings.csv: the ruling is valid for these printed values only
verdict = "paper_error"        # or "explained"
why = "..."
by = "..."
on = 2026-11-21
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from schemas.base.files import FileError, load_toml
from schemas.base.visible import command_line
from validations.registry import Finding

VERDICT_KINDS = ("paper_error", "explained")
_PLACE = ("code", "exhibit", "row", "part", "column")
_REASON = ("why", "by", "on")

Ruling = Mapping[str, str]


def rulings_of(folder: Path, verdicts: Path) -> Path:
    """The file of rulings of the paper in `folder`: `verdicts` if it is a TOML file, else <paper>.toml in it."""
    return verdicts if verdicts.suffix == ".toml" else verdicts / f"{folder.resolve().name}.toml"


def read_rulings(path: Path) -> tuple[Ruling, ...]:
    """Return the rulings of a file in its order, all values as text; empty if the file does not exist."""
    if not path.exists():
        return ()
    content = load_toml(path)
    entries = content.get("verdict", [])
    if (
        set(content) - {"verdict"}
        or not isinstance(entries, list)
        or not all(isinstance(item, dict) for item in entries)
    ):
        raise FileError(f"{path}: expected [[verdict]] entries and nothing else")
    return tuple({name: str(value) for name, value in entry.items()} for entry in entries)


def ruled_place(ruling: Ruling) -> tuple[str, ...]:
    """Return the place of the ruled finding, in the form of `Finding.place`."""
    return tuple(ruling.get(name, "") for name in _PLACE)


def withdrawal_command(paper: str, ruling: Ruling, rulings: Iterable[Ruling], tail: Iterable[str] = ()) -> str:
    """Return the command line that removes a ruling. `rulings`: all of the paper; `tail`: further options."""
    rivals = {item.get("printed", "") for item in rulings if ruled_place(item) == ruled_place(ruling)}
    names = [name for name in (*_PLACE[2:], *(["printed"] if len(rivals) > 1 else [])) if ruling.get(name)]
    options = [part for name in ("exhibit", *names) for part in (f"--{name}", ruling.get(name, ""))]
    options += ["--by", ruling["of"]] if ruling.get("of") else []  # one of several reviewers
    return command_line(["doubletake", "verdict", paper, ruling.get("code", ""), *options, *tail, "--withdraw"])


def missing_parts(ruling: Ruling) -> list[str]:
    """Return what a ruling lacks: a valid verdict, a reason, a name, a date."""
    lacks = [] if ruling.get("verdict") in VERDICT_KINDS else [f"a verdict ({' or '.join(VERDICT_KINDS)})"]
    return lacks + [name for name in _REASON if not ruling.get(name, "").strip()]


def with_current_rows(
    findings: Sequence[Finding], rulings: Sequence[Ruling], adrift: Collection[str]
) -> tuple[Ruling, ...]:
    """Return the rulings with the present rows of their findings.

    In the exhibits `adrift` (claims), a row is a position in reading order, which moves when an earlier sentence is
    read differently. There, a ruling without a finding at its place moves to the only finding without a ruling that has
    the same code, part, column and printed values.
    """
    ruled, found = Counter(map(ruling_key, rulings)), {finding.exactly for finding in findings}
    open_rows = defaultdict[tuple[str, ...], list[str]](list)
    for finding in findings:
        if finding.exhibit in adrift and finding.exactly not in ruled:
            open_rows[_whatever_row(finding.exactly)].append(finding.row)
    lost = Counter(_whatever_row(ruling_key(ruling)) for ruling in rulings if ruling_key(ruling) not in found)
    moved = {key: rows[0] for key, rows in open_rows.items() if len(rows) == 1 and lost[key] == 1}
    return tuple(
        {**ruling, "row": moved[key]}
        if ruling_key(ruling) not in found and (key := _whatever_row(ruling_key(ruling))) in moved
        else ruling
        for ruling in rulings
    )


def ruling_key(ruling: Ruling) -> tuple[str, ...]:
    """Return place and printed values of the ruled finding, in the form of `Finding.exactly`."""
    return (*ruled_place(ruling), ruling.get("printed", ""))


def _whatever_row(place: tuple[str, ...]) -> tuple[str, ...]:
    code, exhibit, _, *rest = place
    return (code, exhibit, *rest)


def with_verdicts(findings: Iterable[Finding], rulings: Iterable[Ruling]) -> tuple[Finding, ...]:
    """Return the findings with the verdict and reason of the ruling on the same place and printed values.

    A ruling that lacks its verdict, reason, name or date does not count.
    """
    whole = {ruling_key(ruling): ruling for ruling in rulings if not missing_parts(ruling)}
    if not whole:
        return tuple(findings)
    return tuple(_ruled(finding, whole.get(finding.exactly)) for finding in findings)


def _ruled(finding: Finding, ruling: Ruling | None) -> Finding:
    return finding if ruling is None else replace(finding, verdict=ruling["verdict"], why=ruling["why"])
