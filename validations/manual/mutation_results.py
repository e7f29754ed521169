"""How good the checks are, as a chapter of the manual: made from what `make mutants` measured and wrote.

`mutants.json` holds counts only: alterations of one number, row or label by the relations between printed numbers that
they break, by way of erring, by column and by code; new findings on them; findings on true tables.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from validations.registry import Check

RESULTS = Path(__file__).parent / "mutants.json"
Counts = Mapping[str, Any]
TEXT = """\
## How good the checks are

`make mutants` measures it: the tables of the papers in `curated/`, and true tables that are made up from a seed, are
altered in one place at a time in the ways in which people err, and every check is run again. An alteration is *caught*
when a finding of severity impossible or unlikely appears at a place where that check found nothing before; one that
leads to notes only is counted apart. An alteration is none, and is not counted, where old and new number can be one
number rounded differently.

A number is *redundant* where it stands in a relation that the unaltered paper keeps: a count with its percentage and
N, categories that add to N, a total row, the sums of tumour responses, events / total, an exact interval, a weight, a
pooled line, a ratio in the middle of its interval, P with its interval, a number printed twice. The relations are
written for this measurement alone (`tests/mutants/relations.py`, `plot_relations.py`; pooling is by the statistics of
the checks, which are compared with R metafor) and allow every rounding. An alteration that breaks one is *contradicted*
by the paper's own numbers and should be caught. One that breaks none leaves the paper as consistent as it was (P 0.412
made 0.413 beside a ratio of two decimals): no arithmetic on these relations can tell.
"""
COLUMNS_TEXT = """\
### What no arithmetic can catch

Alterations that break no relation: of numbers that nothing else in the paper repeats (ages, sample sizes, medians),
small ones of numbers that others only bound, and labels. These are the columns in which fewer than half are caught,
by an order (a median within its range), a percentage that no count makes, a name beside others.
"""
SHARES = ("altered", "caught", "caught, %", "by notes only")


def chapter(checks: Sequence[Check], path: Path = RESULTS) -> str:
    """The chapter; codes that are younger than the measurement have dashes."""
    counts = json.loads(path.read_text(encoding="utf-8"))
    blocks = [
        TEXT,
        _heads(counts),
        _table(("contradicted by", *SHARES), [(name, *_caught(of)) for name, of in counts["relations"].items()]),
        _table(("way of erring", *SHARES, *CONTRADICTED), [_both(*item) for item in counts["ways"].items()]),
        _table(("paper", "tables", *SHARES, *CONTRADICTED), [_of_paper(*item) for item in counts["sources"].items()]),
        CODES_TEXT,
        _table(("code", "severity", "kills", "alone", "false alarms"), _codes(counts["codes"], checks)),
        COLUMNS_TEXT,
        _table(("column", *SHARES), _blind(counts["columns"])),
        _escapes(counts["escapes"]),
    ]
    return "\n".join(blocks)


CONTRADICTED = ("contradicted", "of these caught")
CODES_TEXT = """\
By code: alterations on which it makes a new finding (kills), those on which no other check of severity impossible or
unlikely does (alone), true tables on which it fires (false alarms). A check without kills is about errors of another
kind than these: names and abbreviations, drawings, comparisons that the made-up papers do not have. Those with dashes
look at readings and rulings, which an altered table does not have, or are younger than the measurement.
"""


def share_text(part: int, whole: int) -> str:
    """A share in percent, rounded down, so that 100 means all: "99.9"."""
    return f"{1000 * part // whole / 10:.1f}" if whole else "-"


def _table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A table of Markdown."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in (head, rule, *lines)) + "\n"


def _caught(of: Counts) -> tuple[object, ...]:
    return of["altered"], of["caught"], share_text(of["caught"], of["altered"]), of["noted"]


def _both(name: str, of: Counts) -> tuple[object, ...]:
    return name, *_caught(of), of["contradicted"], of["contradicted_caught"]


def _of_paper(name: str, of: Counts) -> tuple[object, ...]:
    return f"{name}, made up" if of["made"] else name, of["tables"], *_both("", of)[1:]


def _heads(counts: Counts) -> str:
    clean = counts["clean"]
    kinds = {"contradicted": counts["redundant"], "all of redundant numbers": counts["redundant_at_all"]}
    lines = [(f"alterations: {name}", of["altered"], *_caught(of)[1:3], 0) for name, of in kinds.items()]
    alarms = (
        "true tables: false alarms",
        clean["tables"],
        clean["alarms"],
        share_text(clean["alarms"], clean["tables"]),
        0,
    )
    return _table(("", "number", "with a finding", "%", "by doing nothing"), [*lines, alarms])


def _codes(counts: Counts, checks: Sequence[Check]) -> Iterable[tuple[object, ...]]:
    for item in checks:
        found = counts.get(item.code, dict.fromkeys(("kills", "alone", "alarms"), "-"))
        yield item.code, item.severity, found["kills"], found["alone"], found["alarms"]


def _blind(columns: Counts) -> Iterable[tuple[object, ...]]:
    """The columns in which fewer than half of what breaks no relation is caught, the blindest first."""
    found = {name: of for name, of in columns.items() if 2 * of["caught"] < of["altered"]}
    for name in sorted(found, key=lambda name: found[name]["caught"] / found[name]["altered"]):
        yield f"`{name}`", *_caught(found[name])


def _escapes(told: Sequence[str]) -> str:
    """The contradicted alterations that were not caught, as far as they were kept."""
    lines = [f"- {each}" for each in told] or ["- none"]
    return "\n".join(["Contradicted and not caught, at most three of a kind:", "", *lines, ""])
