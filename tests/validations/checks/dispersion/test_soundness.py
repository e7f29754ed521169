"""Bounds of SDs, GRIM and GRIMMER hold for all data; t tests are those of R."""

import shutil
import subprocess
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base.printed import Printed, parse_printed
from validations.checks.dispersion.ranges import sd_span
from validations.checks.dispersion.standard_errors import t_test_range
from validations.checks.dispersion.whole_numbers import some_whole_numbers_give, sums_that_give
from validations.inference.arms.summaries import Summary, variable_of
from validations.inference.arms.whole_numbers import counts_things
from validations.inputs.curated import table_from_frame
from validations.registry import find_check
from validations.runner import run_checks
from validations.tables import Paper, Record, Table


def summary(n: int | None, **numbers: str) -> Summary:
    return Summary("", n, {name: parse_printed(text) for name, text in numbers.items()}, {})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-40, 40), min_size=2, max_size=30), st.integers(0, 2), st.booleans(), st.integers(0, 1))
def test_the_sd_of_any_data_lies_in_the_span_of_its_range(data: list[int], places: int, known: bool, ddof: int) -> None:
    values = np.array(data) / 7
    printed = {"low": values.min(), "high": values.max(), "mean": values.mean()}
    named = {name: f"{value:.{places}f}" for name, value in printed.items() if known or name != "mean"}
    span = sd_span(summary(len(data), **named))
    assert span is not None
    assert span[0] - 1e-9 <= values.std(ddof=ddof) <= span[1] + 1e-9


def in_print(number: float, places: int) -> Printed:
    return parse_printed(f"{number:.{places}f}")


def test_grim_and_grimmer_allow_all_that_whole_numbers_give() -> None:
    for n in range(2, 7):
        for data in combinations_with_replacement(range(6), n):
            mean = in_print(float(np.mean(data)), 2)
            assert sums_that_give(mean, n)
            for ddof in (0, 1):
                assert some_whole_numbers_give(mean, in_print(float(np.std(data, ddof=ddof)), 2), n)


def test_grimmer_refuses_what_no_whole_numbers_give() -> None:
    """Of five whole numbers from 0 to 20 with the mean 3.40, all SDs with two decimals up to 4 are looked at."""
    data = [each for each in combinations_with_replacement(range(18), 5) if sum(each) == 17]
    real = {f"{np.std(each, ddof=ddof):.2f}" for each in data for ddof in (0, 1)}
    mean = parse_printed("3.40")
    allowed = {f"{sd / 100:.2f}" for sd in range(401) if some_whole_numbers_give(mean, in_print(sd / 100, 2), 5)}
    assert {sd for sd in real if float(sd) <= 4} <= allowed
    assert len(allowed) < 100


@pytest.mark.parametrize(
    "label",
    ["Number of prior regimens", "No. of lesions, median (IQR)", "Number of adverse events", "Parity, mean (SD)"],
)
def test_counts_of_things(label: str) -> None:
    assert counts_things(a_table(), Record("table1", {"row": "1", "outcome": label}))


@pytest.mark.parametrize(
    "label",
    [
        *("Age, years", "Median age (range)", "Duration of disease", "Pain score (VAS)", "Number of events per year"),
        *("Mean number of cells/mm3", "Days in hospital", "Seizure rate", "Platelet count", "log number of lesions"),
    ],
)
def test_measured_values_are_not_counts_beyond_doubt(label: str) -> None:
    assert not counts_things(a_table(), Record("table1", {"row": "1", "outcome": label}))


def a_table(*rows: dict[str, str]) -> Table:
    frame = pd.DataFrame(list(rows) or [{"row": "1", "cell": "2"}], dtype="str").fillna("").astype("str")
    return table_from_frame("table1", "results", frame)


@pytest.mark.parametrize(
    ("label", "name"),
    [("Age, mean (SD)", "Age"), ("Age (range)", "Age"), ("• IP-10", "IP-10"), ("Mean age (SD), years", "age, years")],
)
def test_a_variable_without_the_names_of_statistics(label: str, name: str) -> None:
    here, there = (Record("table1", {"row": "1", "outcome": text}) for text in (label, name))
    assert variable_of(here) == variable_of(there)


def test_the_median_ages_of_studies_are_no_counts() -> None:
    """PMC6364416, table 1: a median age of 63.9 with a range of whole years, and so in most reviews."""
    row = {"row": "1", "cell": "7", "outcome": "Li 2016", "arm": "Median age (Range)", "statistic": "median"}
    table = a_table({**row, "median": "63.9", "low": "45", "high": "96"})
    assert run_checks([find_check("GRM004")], Paper({"table1": table}))[0] == []


R = """
x <- as.numeric(strsplit(commandArgs(TRUE)[1], ",")[[1]]); y <- as.numeric(strsplit(commandArgs(TRUE)[2], ",")[[1]])
cat(t.test(x, y, var.equal = TRUE)$p.value, t.test(x, y)$p.value)
"""


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not there (Debian: r-base-core)")
@pytest.mark.parametrize("seed", range(6))
def test_the_p_values_of_t_tests_are_those_of_r(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, y = random.normal(10, 3, 12 + seed).round(6), random.normal(12, 4, 20 - seed).round(6)
    texts = [",".join(map(str, data)) for data in (x, y)]
    done = subprocess.run(["Rscript", "-e", R, *texts], check=True, capture_output=True, text=True, timeout=120)
    arms = [summary(len(data), mean=f"{data.mean():.6f}", sd=f"{data.std(ddof=1):.6f}") for data in (x, y)]
    for p, pooled in zip(map(float, done.stdout.split()), (True, False), strict=True):
        low, high = t_test_range((arms[0], arms[1]), as_se=False, pooled=pooled)
        assert low <= p <= high
