"""No true meta-analysis is called wrong: studies are made up, pooled in each way, printed with few digits, and no CIN
or MET check may fire."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validations.inference.pooling.conftest import run, table_of
from validations.inference.pooling.methods import MH, MH_CORRECTED
from validations.statistics import effects, pooling
from validations.statistics.effects import Arms, Means, arms_from_totals, corrected
from validations.statistics.mantel_haenszel import MANTEL_HAENSZEL, pool_mantel_haenszel
from validations.statistics.pooling import TAU2, Pooled, between_groups, pool
from validations.statistics.proportions import INTERVAL_METHODS, normal_quantile
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES, Effects, FloatArray

RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])
Row = dict[str, str]


class Press:
    """Prints numbers, all with the same decimals and rule."""

    def __init__(self, decimals: int, rule: str) -> None:
        self.decimals, self.rule = decimals, rule

    def __call__(self, value: object, decimals: int | None = None) -> str:
        exact = Decimal(repr(float(value)))  # type: ignore[arg-type]
        places = self.decimals if decimals is None else decimals
        return f"{exact.quantize(Decimal(1).scaleb(-places), self.rule) + 0:f}"


presses = st.builds(Press, st.sampled_from([2, 3]), RULES)


def line(press: Press, pooled: Pooled, limits: FloatArray, kind: str, group: str = "") -> Row:
    row = {"kind": kind, "group": group, "label": kind.title()}
    row |= {name: press(value) for name, value in zip(("estimate", "ci_low", "ci_high"), limits, strict=True)}
    if pooled.df:
        row |= {"i2": press(pooled.i2, 1), "p": press(pooled.p), "q": press(pooled.q), "df": str(pooled.df)}
    return row


def findings_of(rows: list[Row]) -> list[tuple[str, str, str]]:
    return run(table_of(pd.DataFrame(rows, dtype="str").fillna("").astype("str")))[0]


@st.composite
def proportions(draw: st.DrawFn) -> list[Row]:
    """A plot of proportions in one to three groups, with weights within each, by any scale, model and interval."""
    press, scale, model = (
        draw(presses),
        PROPORTION_SCALES[draw(st.sampled_from(list(PROPORTION_SCALES)))],
        TAU2[draw(st.sampled_from(list(TAU2)))],
    )
    middle, method = (
        INVERSION_SIZES[draw(st.sampled_from(list(INVERSION_SIZES)))],
        INTERVAL_METHODS[draw(st.sampled_from(list(INTERVAL_METHODS)))],
    )
    per = draw(st.sampled_from([1, 100]))
    rows, results, counts = [], [], []
    for group in "ABC"[: draw(st.integers(1, 3))]:
        totals = np.array(draw(st.lists(st.integers(3, 150), min_size=1, max_size=9)), dtype=np.float64)
        shares = [draw(st.floats(0, 1)) for _ in totals]
        events = np.array([round(share * total) for share, total in zip(shares, totals, strict=True)], dtype=np.float64)
        pooled = pooled_of(scale.forward(events, totals), model)
        for x, n, weight in zip(events, totals, pooled.weights, strict=True):
            low, high = method(int(x), int(n), 0.95)
            study = {
                "kind": "study",
                "group": group,
                "label": f"S{len(rows)}",
                "events": f"{x:.0f}",
                "total": f"{n:.0f}",
            }
            limits = {"estimate": press(per * x / n), "ci_low": press(per * low), "ci_high": press(per * high)}
            rows.append({**study, **limits, "weight": press(weight)})
        limits = np.array(pooled[:1] + pooled[2:4])
        n = middle(totals, pooled.error**2)
        rows.append(line(press, pooled, per * scale.back(limits, n), "subtotal", group))
        results.append(pooled)
        counts.append((events, totals))
    events, totals = (np.concatenate(part) for part in zip(*counts, strict=True))
    whole = pooled_of(scale.forward(events, totals), model)
    if len(results) > 1:
        limits = per * scale.back(np.array(whole[:1] + whole[2:4]), middle(totals, whole.error**2))
        rows.append(line(press, whole, limits, "overall"))
        _, _, p = between_groups(
            *(np.array([float(getattr(each, name)) for each in results]) for name in ("effect", "error"))
        )
        rows.append({"kind": "heterogeneity", "label": "between groups", "p": press(p)})
    return rows


def pooled_of(found: Effects, model: object) -> Pooled:
    return pool(*found, model(*found))  # type: ignore[operator]


@settings(max_examples=30, deadline=None)
@given(proportions())
def test_true_proportions_raise_no_doubt(rows: list[Row]) -> None:
    doubts = findings_of(rows)
    allowed = {"CIN006", "MET006"}  # normal intervals reach beyond 0; Freeman and Tukey's scale leaves the range
    assert [doubt for doubt in doubts if doubt[0] not in allowed] == []


@st.composite
def two_arms(draw: st.DrawFn) -> list[Row]:
    """A plot of two-armed studies by counts: OR, RR or RD, by inverse variance, Mantel-Haenszel or Peto."""
    press, measure = draw(presses), draw(st.sampled_from(["OR", "RR", "RD", "Peto OR"]))
    sizes = st.lists(st.tuples(st.integers(8, 200), st.integers(8, 200)), min_size=2, max_size=9)
    cells = []
    for n, m in draw(sizes):
        a, c = round(n * draw(st.floats(0.02, 0.9))), round(m * draw(st.floats(0.02, 0.9)))
        cells.append((a, n, max(c, 1 if a in (0, n) else 0), m))
    arms = arms_from_totals(*np.array(cells, dtype=np.float64).T)
    found = effects.EFFECTS_OF_COUNTS[measure](arms)
    models = [*TAU2] + ([MH, MH_CORRECTED] if measure in MANTEL_HAENSZEL else [])
    model = draw(st.sampled_from(models))
    pooled = mantel_haenszel(measure, model, arms, found) if model not in TAU2 else pooled_of(found, TAU2[model])
    leave = (lambda effect: effect) if measure == "RD" else np.exp
    names = ("arm1_events", "arm1_total", "arm2_events", "arm2_total")
    printed = [dict(zip(names, map(str, row), strict=True)) for row in cells]
    return study_rows(press, printed, found, pooled, leave)


def mantel_haenszel(measure: str, model: str, arms: Arms, found: Effects) -> Pooled:
    return pool_mantel_haenszel(MANTEL_HAENSZEL[measure], arms if model == MH else corrected(arms), *found)


def study_rows(press: Press, printed: list[Row], found: Effects, pooled: Pooled, leave: object) -> list[Row]:
    effect, variance = found
    reach = normal_quantile(0.95) * np.sqrt(variance)
    ends = [leave(end) for end in (effect, effect - reach, effect + reach)]  # type: ignore[operator]
    rows = []
    for place, cells in enumerate(printed):
        limits = zip(("estimate", "ci_low", "ci_high"), (press(end[place]) for end in ends), strict=True)
        study = {
            "kind": "study",
            "label": f"S{place}",
            **cells,
            **dict(limits),
            "weight": press(pooled.weights[place], 1),
        }
        rows.append(study)
    limits = leave(np.array(pooled[:1] + pooled[2:4]))  # type: ignore[operator]
    return [*rows, line(press, pooled, limits, "overall")]


@settings(max_examples=30, deadline=None)
@given(two_arms())
def test_true_ratios_of_counts_raise_no_doubt(rows: list[Row]) -> None:
    assert [doubt for doubt in findings_of(rows) if doubt[0] != "MET006"] == []


@settings(max_examples=20, deadline=None)
@given(two_arms())
def test_true_ratios_without_counts_raise_no_doubt(rows: list[Row]) -> None:
    bare = [{name: text for name, text in row.items() if not name.startswith("arm")} for row in rows]
    assert [doubt for doubt in findings_of(bare) if doubt[0] != "MET006"] == []


def test_weights_by_counts_that_are_not_printed_are_not_held_against_intervals() -> None:
    """Risk differences after Mantel and Haenszel: 4 and 4 of 8 events against 8 patients four times, then 4 and 2."""
    study = {"kind": "study", "estimate": "0.00", "ci_low": "-0.49", "ci_high": "0.49", "weight": "20.0"}
    last = {**study, "estimate": "0.25", "ci_low": "-0.21", "ci_high": "0.71"}
    rows = [{**row, "label": f"S{place}"} for place, row in enumerate([*[study] * 4, last])]
    pooled = {"kind": "overall", "label": "Overall", "estimate": "0.05", "ci_low": "-0.17", "ci_high": "0.27"}
    assert findings_of([*rows, pooled]) == []
    slip = [*rows[:4], {**rows[4], "weight": "26.0"}]
    assert [code for code, *_ in findings_of([*slip, pooled])] == ["MET001", "MET003"]


@st.composite
def differences(draw: st.DrawFn) -> list[Row]:
    """A plot of means: MD or SMD, whose printed means and deviations are rounded."""
    press, measure = draw(presses), draw(st.sampled_from(list(effects.EFFECTS_OF_MEANS)))
    arm = st.tuples(st.floats(1, 99), st.floats(0.5, 30), st.integers(5, 200))
    drawn = draw(st.lists(st.tuples(arm, arm), min_size=2, max_size=9))
    means = Means(*np.array([(*first, *second) for first, second in drawn], dtype=np.float64).T)
    found = effects.EFFECTS_OF_MEANS[measure](means)
    names = ("arm1_mean", "arm1_sd", "arm1_total", "arm2_mean", "arm2_sd", "arm2_total")
    decimals = (1, 1, 0, 1, 1, 0)
    printed = [
        {name: press(value, places) for name, value, places in zip(names, row, decimals, strict=True)}
        for row in zip(*means, strict=True)
    ]
    pooled = pooled_of(found, TAU2[draw(st.sampled_from(list(TAU2)))])
    return study_rows(press, printed, found, pooled, lambda effect: effect)


@settings(max_examples=30, deadline=None)
@given(differences())
def test_true_differences_raise_no_doubt(rows: list[Row]) -> None:
    assert findings_of(rows) == []


def test_the_estimators_agree_where_there_is_no_heterogeneity() -> None:
    effect, variance = np.array([0.5, 0.5, 0.5]), np.array([0.1, 0.2, 0.3])
    assert [float(tau2(effect, variance)) for tau2 in pooling.TAU2.values()] == [0, 0, 0, 0]
