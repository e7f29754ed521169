"""Which arm of the table of studies a row of a forest plot stands for: by its study's name, then by its drugs, the name
of its group and its number of patients."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from validations.labels import fold
from validations.tables import Paper, Record, Table, once

MOST_ARMS = 5  # of one study: their rows are matched in every order
_DRUGS = re.compile(r"[+/,;&]| and | plus ")


@dataclass(frozen=True)
class ArmPair:
    """A row of a plot and its arm; None where the table has no such study, or it is not known which of several."""

    row: Record
    arm: Record | None
    ambiguous: bool = False


def arms_table(paper: Paper) -> Table | None:
    """The table of the studies, where the paper has one."""
    return next(iter(paper.of("study_arms")), None)


def studies_in(plot: Table) -> list[Record]:
    return [record for record in plot.records if record["kind"] == "study" and record["label"]]


@once
def arm_pairs(arms: Table, plot: Table) -> tuple[ArmPair, ...]:
    """The rows of studies of a plot with their arms, study by study."""
    by_study = defaultdict(list)
    for arm in arms.records:
        by_study[fold(arm["study"])].append(arm)
    rows = defaultdict(list)
    for row in studies_in(plot):
        rows[fold(row["label"])].append(row)
    return tuple(pair for study, own in rows.items() for pair in pair_up(own, by_study.get(study, [])))


def pair_up(rows: Sequence[Record], arms: Sequence[Record]) -> Iterator[ArmPair]:
    """The rows of one study, each with another of its arms, in the order that fits best."""
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
    """How well rows go with arms: by drugs and group, by numbers of patients, by rates."""
    both = list(zip(rows, arms, strict=True))
    return (
        sum(shared_drugs(row, arm) + same_group(row, arm) for row, arm in both),
        sum(not exceeds(row, arm) for row, arm in both),
        sum(rate_agrees(row, arm) for row, arm in both),
        -sum(abs((arm.count("sample_size") or 0) - (row.count("total") or 0)) for row, arm in both),
    )


def drugs(text: str) -> list[str]:
    return [name for part in _DRUGS.split(text.casefold()) if (name := part.strip())]


def shared_drugs(row: Record, arm: Record) -> float:
    """The share of the drugs beside a row that the arm's treatment names."""
    named = drugs(row["treatment"])
    return sum(name in arm["treatment"].casefold() for name in named) / len(named) if named else 0.0


def same_group(row: Record, arm: Record) -> float:
    """Whether the arm's group is the row's heading or stands beside the row."""
    return float(bool(arm["group"]) and fold(arm["group"]) in (fold(row["group"]), fold(row["treatment"])))


def exceeds(row: Record, arm: Record) -> bool:
    total, size = row.count("total"), arm.count("sample_size")
    return total is not None and size is not None and total > size


def responders(row: Record) -> int | None:
    """Complete and partial responses together; None where the plot does not show both."""
    counts = [row.count("cr"), row.count("pr")]
    return None if None in counts else sum(count or 0 for count in counts)


def rate_agrees(row: Record, arm: Record) -> bool:
    found, total, rate = responders(row), row.count("total"), arm.number("orr_percent")
    if found is None or not total or rate is None:
        return False
    return any(
        reading.low * total <= 100 * found <= reading.high * total for reading in (rate, rate.coarser) if reading
    )
