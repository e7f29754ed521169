"""Effects, pooling and intervals against R's metafor: its results are kept beside (metafor 3.8-1, R 4.2.2), and made
anew where Rscript and metafor are there.

    Rscript metafor.R metafor_cases.csv metafor_results.csv
"""

import csv
import shutil
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from validations.statistics import effects, pooling, transforms
from validations.statistics.effects import Arms, Means, arms_from_totals
from validations.statistics.mantel_haenszel import MANTEL_HAENSZEL, pool_mantel_haenszel
from validations.statistics.pooling import Pooled, pool
from validations.statistics.proportions import INTERVAL_METHODS
from validations.statistics.transforms import Effects, FloatArray

HERE = Path(__file__).parent
PROPORTIONS = {"PR": "raw", "PLN": "log", "PLO": "logit", "PAS": "arcsine", "PFT": "Freeman-Tukey"}
OF_ARMS = {"OR": "OR", "RR": "RR", "RD": "RD", "PETO": "Peto OR"}
OF_MEANS = {"MD": "MD", "SMD": "SMD (Hedges, exact)"}
TAU2 = {"FE": "fixed effect", "DL": "DerSimonian-Laird", "PM": "Paule-Mandel", "REML": "REML"}
Key = tuple[str, str, str, str, int]
Results = dict[Key, float]


@cache
def columns() -> dict[str, dict[str, FloatArray]]:
    """The cases by name: their columns of numbers."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (HERE / "metafor_cases.csv").open() as file:
        for row in csv.DictReader(file):
            found[row["case"]].append(row)
    names = ("a", "n", "c", "m", "mean", "sd", "mean2", "sd2")
    return {
        case: {name: np.array([float(row[name]) for row in rows]) for name in names if rows[0][name]}
        for case, rows in found.items()
    }


def results_in(path: Path) -> Results:
    with path.open() as file:
        return {
            (row["case"], row["measure"], row["method"], row["quantity"], int(row["study"] or 0)): float(row["value"])
            for row in csv.DictReader(file)
            if row["value"] != "NA"
        }


KEPT = results_in(HERE / "metafor_results.csv")


def effects_of(case: str, measure: str) -> Effects:
    data = columns()[case]
    if measure in PROPORTIONS:
        effect, variance = transforms.PROPORTION_SCALES[PROPORTIONS[measure]].forward(data["a"], data["n"])
        return (effect / 2, variance / 4) if measure == "PFT" else (effect, variance)
    if measure in OF_ARMS:
        return effects.EFFECTS_OF_COUNTS[OF_ARMS[measure]](arms(case))
    return effects.EFFECTS_OF_MEANS[OF_MEANS[measure]](means(case))


def arms(case: str) -> Arms:
    return arms_from_totals(*(columns()[case][name] for name in ("a", "n", "c", "m")))


def means(case: str) -> Means:
    return Means(*(columns()[case][name] for name in ("mean", "sd", "n", "mean2", "sd2", "m")))


def near(value: object, expected: object, error: float = 1e-7) -> None:
    assert value == pytest.approx(expected, rel=error, abs=error)


POOLED = sorted({key[:3] for key in KEPT if key[3] == "effect" and key[2] in TAU2})


@pytest.mark.parametrize(("case", "measure"), sorted({key[:2] for key in KEPT if key[3] == "yi"}))
def test_effects_and_their_variances(case: str, measure: str) -> None:
    effect, variance = effects_of(case, measure)
    for study in range(1, len(effect) + 1):
        near((effect[study - 1], variance[study - 1]), tuple(KEPT[case, measure, "", q, study] for q in ("yi", "vi")))


def compare(pooled: Pooled, case: str, measure: str, method: str) -> None:
    names = ["effect", "error", "low", "high", "q", "p"]
    if (measure, method) == ("RD", "MH"):  # metafor has Sato's variance, RevMan and we that of Greenland and Robins
        names = ["effect"]
    for name in names:
        value = getattr(pooled, name)
        near(value, KEPT[case, measure, method, name, 0], 1e-5 if method in ("PM", "REML") else 1e-7)


@pytest.mark.parametrize(("case", "measure", "method"), POOLED)
def test_pooled_by_inverse_variance(case: str, measure: str, method: str) -> None:
    effect, variance = effects_of(case, measure)
    tau2 = pooling.TAU2[TAU2[method]](effect, variance)
    pooled = pool(effect, variance, tau2)
    compare(pooled, case, measure, method)
    for study, weight in enumerate(pooled.weights, start=1):
        near(weight, KEPT[case, measure, method, "weight", study], 1e-4)
    near(tau2, KEPT[case, measure, method, "tau2", 0], 1e-5)
    i2 = pooling.i_squared(pooled.q, pooled.df) if method == "FE" else pooling.i_squared_of_tau2(tau2, variance)
    near(i2, KEPT[case, measure, method, "i2 of tau2", 0], 1e-4)


@pytest.mark.parametrize(("case", "measure"), sorted({key[:2] for key in KEPT if key[2] == "DL HK"}))
def test_pooled_with_hartung_and_knapp(case: str, measure: str) -> None:
    effect, variance = effects_of(case, measure)
    pooled = pool(effect, variance, pooling.dersimonian_laird(effect, variance), hartung_knapp=True)
    compare(pooled, case, measure, "DL HK")


@pytest.mark.parametrize(("case", "measure"), sorted({key[:2] for key in KEPT if key[2] == "MH"}))
def test_pooled_after_mantel_and_haenszel(case: str, measure: str) -> None:
    told = arms(case)
    effect, variance = effects.EFFECTS_OF_COUNTS[measure](told)
    pooled = pool_mantel_haenszel(MANTEL_HAENSZEL[measure], told, effect, variance)
    compare(pooled, case, measure, "MH")
    for study, weight in enumerate(pooled.weights, start=1):
        near(weight, KEPT[case, measure, "MH", "weight", study])


@pytest.mark.parametrize("case", sorted({key[0] for key in KEPT if key[2] == "Peto"}))
def test_pooled_after_peto(case: str) -> None:
    effect, variance = effects.peto_odds_ratio(arms(case))
    compare(pool(effect, variance, pooling.no_tau2(effect, variance)), case, "PETO", "Peto")


@pytest.mark.parametrize("case", sorted({key[0] for key in KEPT if key[3] == "back effect"}))
def test_back_from_freeman_and_tukey(case: str) -> None:
    data = columns()[case]
    effect, variance = transforms.freeman_tukey(data["a"], data["n"])
    pooled = pool(effect, variance, pooling.dersimonian_laird(effect, variance))
    n = transforms.INVERSION_SIZES["harmonic mean"](data["n"], pooled.error**2)
    for name in ("effect", "low", "high"):
        near(transforms.miller(getattr(pooled, name), n), KEPT[case, "PFT", "DL", f"back {name}", 0])


@pytest.mark.parametrize(("case", "method"), sorted({(key[0], key[2]) for key in KEPT if key[1] == "interval"}))
def test_intervals_of_proportions(case: str, method: str) -> None:
    data = columns()[case]
    for study, (events, total) in enumerate(zip(data["a"], data["n"], strict=True), start=1):
        low, high = INTERVAL_METHODS[method](int(events), int(total), 0.95)
        if (case, "interval", method, "low", study) in KEPT:
            near((low, high), tuple(KEPT[case, "interval", method, end, study] for end in ("low", "high")), 1e-8)


def has_metafor() -> bool:
    rscript = shutil.which("Rscript")
    return (
        rscript is not None and subprocess.run([rscript, "-e", "library(metafor)"], capture_output=True).returncode == 0
    )


def test_metafor_gives_today_what_is_kept(tmp_path: Path) -> None:
    if not has_metafor():
        pytest.skip("Rscript with metafor is not there (Debian: r-base-core, r-cran-metafor)")
    out = tmp_path / "results.csv"
    subprocess.run(["Rscript", HERE / "metafor.R", HERE / "metafor_cases.csv", out], check=True, timeout=120)
    today = results_in(out)
    assert today.keys() == KEPT.keys()
    for key, value in today.items():
        near(value, KEPT[key], 1e-6)
