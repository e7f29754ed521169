"""Counts the outcomes and writes the counts into validations/manual/mutants.json."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.mutants.measuring import DOUBTS, Measured, Outcome
from validations.registry import all_checks

RESULTS = Path(__file__).parents[2] / "validations" / "manual" / "mutants.json"
SHOWN_ESCAPES = 3  # escapes of one kind that are listed
Counts = dict[str, Any]


def summary(measured: Sequence[Measured]) -> Counts:
    """Return all counts. Keys are in the order in which they are printed, so that every run gives the same file."""
    outcomes = [outcome for each in measured for outcome in each.outcomes]
    return {
        "redundant": _caught([outcome for outcome in outcomes if outcome.broken]),
        "redundant_at_all": _caught([outcome for outcome in outcomes if outcome.redundant]),
        "clean": _clean(measured),
        "codes": _codes(measured, outcomes),
        "ways": _grouped(outcomes, lambda outcome: [outcome.way]),
        "relations": _grouped(outcomes, lambda outcome: sorted(outcome.broken)),
        "sources": {kind: _of_kind(kind, measured) for kind in dict.fromkeys(each.case.kind for each in measured)},
        "columns": _grouped([each for each in outcomes if not each.broken], lambda outcome: [outcome.column]),
        "escapes": _escapes(outcomes),
    }


def _caught(outcomes: Sequence[Outcome]) -> Counts:
    """Return how many alterations there are, how many a doubt catches, and how many only a note."""
    return {
        "altered": len(outcomes),
        "caught": sum(bool(outcome.caught) for outcome in outcomes),
        "noted": sum(bool(outcome.noted and not outcome.caught) for outcome in outcomes),
    }


def _grouped(outcomes: Iterable[Outcome], keys: Callable[[Outcome], Sequence[str]]) -> dict[str, Counts]:
    """Return the same counts by key, and those of the contradicted. An outcome counts under each of its keys."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for key in keys(outcome):
            groups.setdefault(key, []).append(outcome)
    return {key: _with_broken(groups[key]) for key in sorted(groups)}


def _with_broken(outcomes: Sequence[Outcome]) -> Counts:
    broken = [outcome for outcome in outcomes if outcome.broken]
    of = {"contradicted": len(broken), "contradicted_caught": sum(bool(outcome.caught) for outcome in broken)}
    return _caught(outcomes) | of


def _of_kind(kind: str, measured: Sequence[Measured]) -> Counts:
    own = [each for each in measured if each.case.kind == kind]
    tables = sum((each.tables for each in own), Counter[str]())
    outcomes = [outcome for each in own for outcome in each.outcomes]
    return {"made": own[0].case.is_made, "tables": tables.total()} | _with_broken(outcomes)


def _clean(measured: Sequence[Measured]) -> Counts:
    """Return the number of made tables, and on how many of them a doubt is a false alarm."""
    alarms = [codes for each in measured if each.case.is_made for codes in each.alarms.values()]
    return {"tables": len(alarms), "alarms": sum(map(bool, alarms))}


def _codes(measured: Sequence[Measured], outcomes: Sequence[Outcome]) -> dict[str, Counts]:
    """Return for each code: alterations that it catches, those that no other doubt catches, and its false alarms."""
    kills = Counter(code for outcome in outcomes for code in outcome.caught | outcome.noted)
    alone = Counter(code for outcome in outcomes if len(outcome.caught) == 1 for code in outcome.caught)
    made = [codes for each in measured if each.case.is_made for codes in each.alarms.values()]
    alarms = Counter(code for codes in made for code in codes)
    codes = [item for item in all_checks() if item.severity in (*DOUBTS, "note") or kills[item.code]]
    return {
        item.code: {"kills": kills[item.code], "alone": alone[item.code], "alarms": alarms[item.code]}
        for item in codes
        if item.family not in ("RDR", "VER")
    }


def _escapes(outcomes: Sequence[Outcome]) -> list[str]:
    """Describe contradicted alterations that no doubt catches: the first few of each set of broken relations."""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.broken and not outcome.caught:
            found.setdefault(", ".join(sorted(outcome.broken)), []).append(outcome.description)
    return [
        f"{broken} ({len(missed)}): {each}"
        for broken, missed in sorted(found.items())
        for each in missed[:SHOWN_ESCAPES]
    ]


def write(counts: Mapping[str, Any], path: Path = RESULTS) -> None:
    path.write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
