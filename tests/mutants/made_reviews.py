"""Makes up error-free reviews: the table of studies, its subtypes, and two forest plots that agree with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from tests.mutants.made_cohorts import cut
from tests.mutants.made_plots import freeman_tukey, pooled_line, proportion, studies
from tests.mutants.printing import Cells, Press, some_press, table_of
from validations.tables import Table

GROUPS = ("Monotherapy", "Dual blockade", "With chemotherapy")
DRUGS = {"Monotherapy": "nivolumab", "Dual blockade": "nivolumab + ipilimumab", "With chemotherapy": "doxorubicin"}
LINES = ("first-line", "≥second line", "unknown")
SUBTYPES = ("leiomyosarcoma", "liposarcoma", "angiosarcoma", "chordoma", "synovial sarcoma", "others")


@dataclass(frozen=True)
class Arm:
    """An arm of a study with `size` patients. `total`: how many are evaluable; `controlled`: with disease control."""

    study: str
    group: str
    line: str
    size: int
    total: int
    cr: int
    pr: int
    controlled: int


def reviews(rng: Random) -> list[Table]:
    press = some_press(rng, (2,))
    arms = [_arm(rng, study) for study in studies(rng, rng.randint(7, 16))]
    arms.sort(key=lambda arm: GROUPS.index(arm.group))
    table = table_of("table1", "study_arms", [_printed(rng, press, arm) for arm in arms])
    subtypes = [cells for row, arm in enumerate(arms, start=1) for cells in _subtypes(rng, f"{row}", arm)]
    by_group = table_of("fig2", "forest", _plot(press, arms, [arm.group for arm in arms], GROUPS))
    by_line = table_of("fig3", "forest", _plot(press, arms, [arm.line for arm in arms], LINES[:2]))
    return [table, table_of("table1_histology", "histology", subtypes), by_group, by_line]


def _arm(rng: Random, study: str) -> Arm:
    size = rng.randint(8, 110)
    total = rng.randint(3 * size // 4, size)
    responders = round(total * rng.betavariate(1.2, 4))
    cr = rng.randint(0, min(3, responders))
    controlled = rng.randint(responders, total)
    return Arm(study, rng.choice(GROUPS), rng.choice(LINES), size, total, cr, responders - cr, controlled)


def _printed(rng: Random, press: Press, arm: Arm) -> Cells:
    low, median, high = sorted(rng.randint(18, 88) for _ in range(3))
    about = {"group": arm.group, "study": arm.study, "design": "phase II", "treatment": DRUGS[arm.group]}
    ages = {"median_age": f"{median}", "age_low": f"{low}", "age_high": f"{high}"}
    female = Press(1).percent(rng.randint(0, arm.size), arm.size)
    rates = {"orr_percent": press.percent(arm.cr + arm.pr, arm.total)}
    rates |= {"dcr_percent": press.percent(arm.controlled, arm.total)}
    size = {"sample_size": f"{arm.size}", "female_percent": female, "treatment_line": arm.line}
    return {**about, **ages, **size, "primary_endpoint": "ORR", **rates}


def _subtypes(rng: Random, row: str, arm: Arm) -> Iterator[Cells]:
    counts = [n for n in cut(rng, arm.size, rng.randint(2, 6)) if n]
    names = rng.sample(SUBTYPES, len(counts))
    for place, (name, n) in enumerate(zip(names, counts, strict=True), start=1):
        key = {"row": row, "position": f"{place}", "study": arm.study, "treatment": DRUGS[arm.group]}
        yield {**key, "subtype": name, "n": f"{n}", "total": f"{arm.size}"}


def _plot(press: Press, arms: Sequence[Arm], headings: Sequence[str], groups: Sequence[str]) -> Iterator[Cells]:
    """Yield the rows of a plot of the response rates; `headings`: the group of each arm."""
    for group in groups:
        own = [arm for arm, heading in zip(arms, headings, strict=True) if heading == group]
        if own:
            events = np.array([arm.cr + arm.pr for arm in own], dtype=np.float64)
            total = np.array([arm.total for arm in own], dtype=np.float64)
            for arm, weight in zip(own, freeman_tukey(events, total).weights, strict=True):
                yield {**_row(press, arm, group), "weight": press(weight)}
            yield {**pooled_line(press, "subtotal", group, events, total), "weight": "100.00"}


def _row(press: Press, arm: Arm, group: str) -> Cells:
    treatment = DRUGS[arm.group] if group in GROUPS else arm.group
    about = {"kind": "study", "group": group, "label": arm.study, "treatment": treatment, "measure": "ES"}
    counts = {"total": f"{arm.total}", "cr": f"{arm.cr}", "pr": f"{arm.pr}"}
    return {**about, **counts, **proportion(press, arm.cr + arm.pr, arm.total)}
