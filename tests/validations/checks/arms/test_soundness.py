"""No check of arms calls a true trial wrong: patients are made up, summarised and rounded as papers do, some have no
data, and nothing may fire; and what is altered is found."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validations.checks.arms.totals import sd_of_all, weighted_extreme
from validations.inference.arms.wholes import is_all
from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table

FAMILIES = ("PCT", "GRM", "ARM", "DSP", "SUM")
ARMS = ("Alder", "Birch", "Total")
_Rows = list[dict[str, str]]


def rounded(number: float, decimals: int, rule: str = ROUND_HALF_UP) -> str:
    return f"{Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), rule):f}"


def doubts(*tables: Table, notes: bool = False) -> list[str]:
    checks = [item for item in all_checks() if item.family in FAMILIES]
    findings, _ = run_checks(checks, Paper({table.name: table for table in tables}))
    return [
        f"{found.code} {found.exhibit} {found.row} {found.message}"
        for found in findings
        if notes or found.severity != "note"
    ]


def table_of(rows: _Rows, name: str = "table1") -> Table:
    frame = pd.DataFrame(rows, dtype="str").fillna("").astype("str")
    return table_from_frame(name, "results", frame)


class Trial:
    """A made-up trial: two arms and the column of all patients."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.sizes = [int(self.random.integers(20, 300)) for _ in ARMS[:2]]
        self.rule = str(self.random.choice([ROUND_HALF_UP, ROUND_HALF_EVEN]))
        self.rows: _Rows = []
        self.row = 0

    def of_arms(self, least: float = 0.85) -> list[int]:
        """The patients with data."""
        return [int(self.random.integers(max(2, int(least * n)), n + 1)) for n in self.sizes]

    def add(self, outcome: str, level: str, cells: Sequence[dict[str, str]], statistic: str) -> None:
        self.row += 1
        sizes = [*self.sizes, sum(self.sizes)]
        for place, (arm, n, cell) in enumerate(zip(ARMS, sizes, cells, strict=True), start=2):
            label = {"row": str(self.row), "cell": str(place), "outcome": outcome, "level": level}
            self.rows.append({**label, "arm": arm, "arm_n": str(n), "statistic": statistic, **cell})

    def add_categories(self, outcome: str, levels: int, missing: bool) -> None:
        data = self.of_arms() if missing else self.sizes
        shares = self.random.dirichlet(np.ones(levels))
        counts = [self.random.multinomial(n, shares) for n in data]
        decimals = int(self.random.integers(0, 2))
        counts, totals = [*counts, sum(counts)], [*data, sum(data)]
        for level in range(levels):
            cells = [
                {"n": str(each[level]), "percent": rounded(100 * each[level] / total, decimals, self.rule)}
                for each, total in zip(counts, totals, strict=True)
            ]
            self.add(outcome, f"{outcome} {level}", cells, "count")

    def add_measured(self, outcome: str) -> None:
        middle, spread = self.random.uniform(1, 200), self.random.uniform(0.05, 0.4)
        data = [self.random.normal(middle, middle * spread, n) for n in self.of_arms()]
        data.append(np.concatenate(data))
        cells = [{"mean": rounded(x.mean(), 2, self.rule), "sd": rounded(x.std(ddof=1), 2, self.rule)} for x in data]
        self.add(f"{outcome}, mean (SD)", "", cells, "mean")
        ends = [{"low": rounded(x.min(), 1, self.rule), "high": rounded(x.max(), 1, self.rule)} for x in data]
        self.add(f"{outcome} (range)", "", ends, "range")

    def add_counted(self, outcome: str) -> None:
        data = [self.random.poisson(self.random.uniform(0.3, 6), n) for n in self.sizes]
        data.append(np.concatenate(data))
        divisor = int(self.random.integers(0, 2))
        cells = [
            {"mean": rounded(x.mean(), 2, self.rule), "sd": rounded(x.std(ddof=divisor), 2, self.rule)} for x in data
        ]
        self.add(f"Number of {outcome}, mean (SD)", "", cells, "mean")
        quartiles = [np.quantile(x, [0.25, 0.5, 0.75]) for x in data]
        spread = [{"q1": f"{q[0]:g}", "median": f"{q[1]:g}", "q3": f"{q[2]:g}"} for q in quartiles]
        self.add(f"Number of {outcome} before, median (IQR)", "", spread, "median")


def trial(seed: int) -> Trial:
    made = Trial(seed)
    made.add_categories("Sex", 2, missing=False)
    for number, name in enumerate(("Stage", "Site", "Race")):
        made.add_categories(name, 2 + number, missing=bool(made.random.integers(0, 2)))
    for name in ("Age", "Weight", "Height"):
        made.add_measured(name)
    for name in ("relapses", "visits"):
        made.add_counted(name)
    return made


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_true_trial_raises_no_doubt(seed: int) -> None:
    assert doubts(table_of(trial(seed).rows)) == []


def altered(rows: _Rows, row: str, cell: str, change: Callable[[dict[str, str]], dict[str, str]]) -> _Rows:
    return [change(each) if (each["row"], each["cell"]) == (row, cell) else each for each in rows]


@pytest.mark.parametrize("seed", range(12))
def test_a_count_of_all_patients_that_is_one_more_is_found(seed: int) -> None:
    rows = altered(trial(seed).rows, "2", "4", lambda cell: {**cell, "n": str(int(cell["n"]) + 1)})
    assert any(line.startswith("ARM001 table1 2") for line in doubts(table_of(rows)))


@pytest.mark.parametrize("seed", range(12))
def test_a_mean_of_all_patients_above_the_arms_is_found(seed: int) -> None:
    made = trial(seed).rows
    place = next(each["row"] for each in made if each["statistic"] == "mean")
    rows = altered(made, place, "4", lambda cell: {**cell, "mean": str(Decimal(cell["mean"]) * 2)})
    assert any(line.startswith(f"ARM002 table1 {place}") for line in doubts(table_of(rows)))


@pytest.mark.parametrize("seed", range(12))
def test_an_sd_ten_times_too_large_is_found(seed: int) -> None:
    made = trial(seed).rows
    place = next(each["row"] for each in made if each["statistic"] == "mean")
    rows = altered(made, place, "3", lambda cell: {**cell, "sd": str(Decimal(cell["sd"]) * 10)})
    assert any(line.startswith(f"DSP002 table1 {place}") for line in doubts(table_of(rows)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_mean_and_sd_of_all_lie_in_their_spans_whoever_is_missing(seed: int, groups: int) -> None:
    random = np.random.default_rng(seed)
    sizes = [int(random.integers(5, 80)) for _ in range(groups)]
    data = [random.normal(random.uniform(0, 9), 2, int(random.integers(-(-4 * n // 5), n + 1))) for n in sizes]
    means, sds = [x.mean() for x in data], [x.std(ddof=1) for x in data]
    everyone = np.concatenate(data)
    assert weighted_extreme(means, sizes, least=True) <= everyone.mean() + 1e-9
    assert everyone.mean() <= weighted_extreme(means, sizes, least=False) + 1e-9
    low, high = sd_of_all([(m, m) for m in means], [(s, s) for s in sds], sizes)
    assert low - 1e-9 <= everyone.std(ddof=1) <= high + 1e-9


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("cell", "factor"), [("4", "1.4"), ("4", "0.6"), ("2", "2"), ("3", "2")])
def test_an_sd_that_is_no_mixture_is_found(seed: int, cell: str, factor: str) -> None:
    """With all patients, or four of five, in each arm: the SD of all follows from the arms within a tenth or so."""
    made = trial(seed)
    place = next(each["row"] for each in made.rows if each["statistic"] == "mean")
    wrong = altered(made.rows, place, cell, lambda each: {**each, "sd": str(Decimal(each["sd"]) * Decimal(factor))})
    assert any(line.startswith(("ARM003", "DSP002")) for line in doubts(table_of(wrong)))


@pytest.mark.parametrize("name", ["Total", "All patients", "Overall", "Both groups", "Entire study population"])
def test_heads_of_all_patients(name: str) -> None:
    assert is_all(name)


@pytest.mark.parametrize("name", ["Pooled empagliflozin", "All-cause death", "Total knee replacement", "Others", ""])
def test_heads_of_other_columns(name: str) -> None:
    assert not is_all(name)


def test_a_row_whose_reading_is_in_doubt_is_not_held_against_the_arms() -> None:
    made = trial(3)
    rows = altered(made.rows, "2", "4", lambda cell: {**cell, "n": str(int(cell["n"]) + 1)})
    table = table_of(rows)
    doubtful = type(table)(table.name, table.schema, table.frame, doubtful=frozenset({"2"}))
    assert not any(line.startswith("ARM001") for line in doubts(doubtful))


def cells(outcome: str, counts: Sequence[int], percents: Sequence[str], row: int) -> _Rows:
    sizes = ("47", "45", "92")
    return [
        {"row": str(row), "cell": str(place), "outcome": outcome, "arm": arm, "arm_n": n, "statistic": "count"}
        | {"n": str(count), "percent": percent}
        for place, (arm, n, count, percent) in enumerate(zip(ARMS, sizes, counts, percents, strict=True), start=2)
    ]


def test_percentages_of_the_row_raise_no_doubt() -> None:
    rows = [
        *cells("Men", (39, 36, 75), ("52", "48", "100"), 1),
        *cells("Women", (8, 9, 17), ("47", "53", "100"), 2),
        *cells("Smoker", (18, 20, 38), ("47", "53", "100"), 3),
    ]
    assert doubts(table_of(rows), notes=True) == []


def test_categories_of_a_part_of_the_patients_do_not_make_their_n_wrong() -> None:
    label = {"outcome": "Histology", "arm": "Alder", "arm_n": "100", "statistic": "count", "cell": "2"}
    rows = [
        {**label, "row": "1", "level": "Adenoma", "n": "21", "percent": "52.5"},
        {**label, "row": "2", "level": "Other", "n": "19", "percent": "47.5"},
    ]
    assert doubts(table_of(rows)) == []


def test_the_patients_without_data_are_printed_in_a_note() -> None:
    """PMC4486927, table 1: the genotype is of 88 and 84 patients, as the caption says."""
    label = {"outcome": "Genotype", "statistic": "count"}
    shares = {("2", "94"): (("65", "74"), ("23", "26")), ("3", "93"): (("60", "71"), ("24", "29"))}
    rows = [
        {**label, "row": str(row), "cell": cell, "level": level, "arm": f"arm {cell}", "arm_n": n}
        | dict(zip(("n", "percent"), printed[row - 1], strict=True))
        for (cell, n), printed in shares.items()
        for row, level in ((1, "TT"), (2, "GT"))
    ]
    table = table_of(rows)
    said = Table(table.name, table.schema, table.frame, words="Available for analysis: 88 and 84 patients")
    assert [line[:6] for line in doubts(table, notes=True)] == ["PCT009"]
    assert doubts(said, notes=True) == []
