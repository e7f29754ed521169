"""The commands whose runs are killed, each with a small project on which it works. A new command adds its line to
COMMANDS.

The project is a folder with `trial.pdf`, `cards/`, `curated/`, `verdicts/` and `tmp/`, for temporary files.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typst

PAGE = """
#set page(width: 500pt, height: 400pt, margin: 40pt)
#set text(size: 9pt)
#text(size: 15pt)[A trial of a drug]

Of 51 patients, 24 (47.1%) were male.

Table 1. Baseline characteristics.
#table(columns: (150pt, 100pt, 100pt, 60pt), stroke: none, table.hline(),
  [Characteristic], [Placebo (n = 51)], [Drug (n = 53)], [P], table.hline(),
  [Male, n (%)], [24 (47.1)], [25 (47.2)], [0.99],
  [Smoker, n (%)], [12 (33.5)], [11 (20.8)], [0.74], table.hline())
"""
SECOND = """
Table 2. Outcomes.
#table(columns: (150pt, 100pt, 100pt, 60pt), stroke: none, table.hline(),
  [Outcome], [Placebo (n = 51)], [Drug (n = 53)], [P], table.hline(),
  [Relapse, n (%)], [21 (41.2)], [12 (22.6)], [0.04],
  [Death, n (%)], [3 (5.9)], [2 (4.8)], [0.62], table.hline())
"""
CURATED = ("--curated", "curated", "--verdicts", "verdicts")
EXTRACT = ("extract", "trial", "--cards", "cards", "--pdf", "trial=trial.pdf", "--out", "curated")
EXTRACT_BEFORE = (*EXTRACT[:3], "cards_before", *EXTRACT[4:])
VALIDATE = ("validate", *CURATED, "--pdf", "trial=trial.pdf")
RULING = ("verdict", "trial", "PCT001", "--exhibit", "table1", "--row", "2", *CURATED)
RULE = (*RULING, "--says", "paper_error", "--by", "Ann", "--why", "12 of 51 are 23.5 %")

Run = Callable[..., None]
"""Runs a command of doubletake in the project, which is the working folder."""


@dataclass(frozen=True)
class KilledCommand:
    """A command of which each run is killed. `prepare`: makes the project on which it works, in the working folder.
    `back`: a command that undoes it, so that both together leave nothing. `done`: its exit code where it has been done
    already."""

    arguments: tuple[str, ...]
    prepare: Callable[[Run], None]
    back: tuple[str, ...] = ()
    done: int = 0


def _typeset(text: str) -> None:
    Path("trial.pdf").write_bytes(typst.compile(text.encode(), ignore_system_fonts=True, timestamp=0))


def _drafted(run: Run) -> None:
    _typeset(PAGE + SECOND)
    run("new", "trial", "trial.pdf", "--cards", "cards")


def _published(run: Run) -> None:
    _drafted(run)
    run(*EXTRACT)


def _with_another_card(run: Run) -> None:
    """One table is to be published under another name, and the other one differently."""
    _published(run)
    card = Path("cards/trial.toml")
    text = card.read_text(encoding="utf-8")
    Path("cards_before").mkdir()
    Path("cards_before/trial.toml").write_text(text, encoding="utf-8")
    text = text.replace("[exhibits.table2]", "[exhibits.outcomes]").replace('arm = "Drug"', 'arm = "The drug"')
    card.write_text(text, encoding="utf-8")


def _validated(run: Run) -> None:
    """Since the last validation there is one ruling more."""
    _published(run)
    run(*VALIDATE)
    run(*RULE)


def _ruled(run: Run) -> None:
    _published(run)
    Path("verdicts").mkdir()
    Path("verdicts/trial.toml").write_text("# by two persons\n", encoding="utf-8")
    run(*RULE[:-1], "a slip")


def _ruled_in_history(run: Run) -> None:
    """The history holds a ruling that the file lacks."""
    _ruled(run)
    on = {
        "code": "PCT001",
        "exhibit": "table1",
        "row": "2",
        "part": "2",
        "column": "percent",
        "printed": "n=12; percent=33.5",
    }
    after = {"verdict": "paper_error", "why": "12 of 51 are 23.5 %", "by": "Ann", "on": "2026-11-30"}
    entry = {"who": "Ann", "what": "rule", "on": on, "after": after, "when": "2026-11-30T10:00:00Z"}
    Path("verdicts/trial.log.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    Path("verdicts/trial.toml").write_text("# by two persons\n", encoding="utf-8")


def _checked(run: Run) -> None:
    """The PDF that was checked had one table more."""
    _typeset(PAGE + SECOND)
    run("check", "trial.pdf", "--out", "out")
    _typeset(PAGE)


def _analysed(run: Run) -> None:
    """Since the last analysis, one table was published under another name."""
    _with_another_card(run)
    run("analysis", *CURATED)
    run(*EXTRACT)


COMMANDS = {
    "extract": KilledCommand(EXTRACT, _with_another_card, EXTRACT_BEFORE),
    "first extract": KilledCommand(EXTRACT, _drafted),
    "validate": KilledCommand(VALIDATE, _validated),
    "verdict": KilledCommand(RULE, _ruled),
    "verdict --withdraw": KilledCommand((*RULING, "--withdraw"), _ruled, done=2),
    "review --replay": KilledCommand(("review", "trial", "--replay", *CURATED, "--cards", "cards"), _ruled_in_history),
    "check": KilledCommand(("check", "trial.pdf", "--out", "out"), _checked),
    "analysis": KilledCommand(("analysis", *CURATED), _analysed),
    "new": KilledCommand(("new", "other", "trial.pdf", "--cards", "cards"), _drafted, done=2),
    "tables": KilledCommand(("tables", "trial.pdf", "--csv", "csv"), _drafted),
}
