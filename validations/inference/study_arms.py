"""Matches rows of a forest plot with arms in the table of studies: by the name of the study, then by drugs, group and
number of patients."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from validations.labels import fold
from validations.tables import Paper, Record, Table, once

MOST_ARMS = 5  # of one study: rows are tried in every order, and 6 arms have 720
_DRUGS = re.compile(r"[+/,;&]| and | plus ")


@dataclass(frozen=True)
class ArmPair:
    """A row of a plot and its arm; None if the table has no such study, or if several arms fit (`ambiguous`)."""

    row: Record
    arm: Record | None
    ambiguous: bool = False


def arms_table(paper: Paper) -> Table | None:
    """The table of studies; None if the paper has none."""
    return next(iter(paper.of("study_arms")), None)


def studies_in(plot: Table) -> list[Record]:
    """The rows of a plot that are named studies."""
    return [record for record in plot.records if record["kind"] == "study" and record["label"]]


@once
def arm_pairs(arms: Table, plot: Table) -> tuple[ArmPair, ...]:
    """The study rows of a plot with their arms, study by study."""
    by_study = defaultdict(list)
    for arm in arms.records:
        by_study[fold(arm["study"])].append(arm)
    rows = defaultdict(list)
    for row in studies_in(plot):
        rows[fold(row["label"])].append(row)
    return tuple(pair for study, own in rows.items() for pair in pair_up(own, by_study.get(study, [])))


def pair_up(rows: Sequence[Record], arms: Sequence[Record]) -> Iterator[ArmPair]:
    """Match the rows of one study with its arms, each with another arm, in the order that fits best."""
    if not arms:
        yield from (ArmPair(row, None) for row in rows)
    elif len(arms) == len(rows) == 1:
        yield ArmPair(rows[0], arms[0])
    elif len(rows) > len(arms) or len(arms) > MOST_ARMS:
        yield from (ArmPair(row, None, ambiguous=True) for row in rows)
    else:
        orders = sorted(permutations(arms, len(rows)), key=lambda order: arm_likeness(rows, order), reverse=True)
        sure = len(orders) == 1 or arm_likeness(rows, orders[0]) > arm_likeness(rows, orders[1])
        yield from (ArmPair(row, arm if sure else None, not sure) for row, arm in zip(rows, orders[0], strict=True))


def arm_likeness(rows: Sequence[Record], arms: Sequence[Record]) -> tuple[float, ...]:
    """How well rows fit arms, greater is better: by drugs and group, then numbers of patients, then rates."""
    both = list(zip(rows, arms, strict=True))
    return (
        sum(shared_drugs(row, arm) + same_group(row, arm) for row, arm in both),
        sum(not exceeds(row, arm) for row, arm in both),
        sum(rate_agrees(row, arm) for row, arm in both),
        -sum(abs((arm.count("sample_size") or 0) - (row.count("total") or 0)) for row, arm in both),
    )


def drugs(text: str) -> list[str]:
    """The drugs in a text, in small letters."""
    return [name for part in _DRUGS.split(text.casefold()) if (name := part.strip())]


def shared_drugs(row: Record, arm: Record) -> float:
    """The share of the row's drugs that the arm's treatment names."""
    named = drugs(row["treatment"])
    return sum(name in arm["treatment"].casefold() for name in named) / len(named) if named else 0.0


def same_group(row: Record, arm: Record) -> float:
    """1 if the arm's group is the group or the treatment of the row, else 0."""
    return float(bool(arm["group"]) and fold(arm["group"]) in (fold(row["group"]), fold(row["treatment"])))


def exceeds(row: Record, arm: Record) -> bool:
    """Whether the row has more patients than the arm."""
    total, size = row.count("total"), arm.count("sample_size")
    return total is not None and size is not None and total > size


def responders(row: Record) -> int | None:
    """Complete and partial responses together; None if the plot does not print both."""
    counts = [row.count("cr"), row.count("pr")]
    return None if None in counts else sum(count or 0 for count in counts)


def rate_agrees(row: Record, arm: Record) -> bool:
    """Whether the row's response rate can be the arm's printed rate."""
    found, total, rate = responders(row), row.count("total"), arm.number("orr_percent")
    if found is None or not total or rate is None:
        return False
    return any(
        reading.low * total <= 100 * found <= reading.high * total for reading in (rate, rate.coarser) if reading
    )
