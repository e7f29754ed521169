"""Makes up error-free forest plots and pools them: proportions, counts of two arms, effects with their intervals."""

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from tests.mutants.printing import Cells, Press, some_press, table_of
from validations.statistics import effects, pooling
from validations.statistics.effects import arms_from_totals
from validations.statistics.mantel_haenszel import MANTEL_HAENSZEL, pool_mantel_haenszel
from validations.statistics.pooling import Pooled, between_groups, pool
from validations.statistics.proportions import INTERVAL_METHODS
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES, FloatArray
from validations.tables import Table

NAMES = (
    *("Adams", "Baker", "Chung", "Dubois", "Eriksen", "Fontana", "Greco", "Hofmann", "Ito", "Jansen", "Kowalski"),
    *("Larsen", "Moreau", "Novak", "Okafor", "Petrov", "Quispe", "Rossi", "Suzuki", "Tanaka", "Ullmann", "Visser"),
    *("Weber", "Xu", "Yamada", "Zhang"),
)
LIMITS = ("estimate", "ci_low", "ci_high")
Z_95 = 1.959963984540054  # half the width of a 95 % interval, in standard errors


def studies(rng: Random, number: int) -> list[str]:
    return [f"{name} {rng.randint(2005, 2024)}" for name in rng.sample(NAMES, number)]


def proportion(press: Press, events: int, total: int, method: str = "Clopper-Pearson") -> Cells:
    """Return the estimate and the interval of a study."""
    ends = (events / total, *INTERVAL_METHODS[method](events, total, 0.95))
    return {name: press(end) for name, end in zip(LIMITS, ends, strict=True)}


def freeman_tukey(events: FloatArray, total: FloatArray) -> Pooled:
    """Pool by random effects, or by a fixed effect if there are fewer than three studies."""
    found = PROPORTION_SCALES["Freeman-Tukey"].forward(events, total)
    return pool(*found, (pooling.dersimonian_laird if len(total) > 2 else pooling.no_tau2)(*found))


def pooled_line(press: Press, kind: str, group: str, events: FloatArray, total: FloatArray) -> Cells:
    """Return the line of a pooled proportion. I² and P are given from four studies on, as some programs print them."""
    pooled = freeman_tukey(events, total)
    n = INVERSION_SIZES["harmonic mean"](total, pooled.error**2)
    ends = PROPORTION_SCALES["Freeman-Tukey"].back(np.array([pooled.effect, pooled.low, pooled.high]), n)
    line = {"kind": kind, "group": group, "label": kind.title(), "measure": "ES"}
    line |= {name: press(end) for name, end in zip(LIMITS, ends, strict=True)}
    return line | ({"i2": press(pooled.i2), "p": press(pooled.p)} if len(total) > 3 else {})


def proportions(rng: Random) -> list[Table]:
    """Make proportions in one to three groups, each with weights and a subtotal, then an overall line."""
    press, split = some_press(rng, (2,)), rng.random() < 0.5
    rows, blocks = [], []
    names = iter(studies(rng, 24))
    for group in ("Monotherapy", "Dual blockade", "With chemotherapy")[: rng.randint(1, 3)]:
        total = np.array([rng.randint(6, 120) for _ in range(rng.randint(3, 8))], dtype=np.float64)
        events = np.round(total * np.array([rng.betavariate(1.2, 4) for _ in total]))
        for x, n, weight in zip(events, total, freeman_tukey(events, total).weights, strict=True):
            cr = rng.randint(0, min(3, int(x)))
            counts = {"cr": f"{cr}", "pr": f"{x - cr:.0f}"} if split else {"events": f"{x:.0f}"}
            about = {"kind": "study", "group": group, "label": next(names), "measure": "ES", "total": f"{n:.0f}"}
            rows.append({**about, **counts, **proportion(press, int(x), int(n)), "weight": press(weight)})
        rows.append({**pooled_line(press, "subtotal", group, events, total), "weight": "100.00"})
        blocks.append((events, total))
    return [table_of("fig2", "forest", [*rows, *_over_all(press, blocks)])]


def _over_all(press: Press, blocks: Sequence[tuple[FloatArray, FloatArray]]) -> Iterator[Cells]:
    if len(blocks) > 1:
        each = [freeman_tukey(*block) for block in blocks]
        found = (np.array([float(getattr(pooled, name)) for pooled in each]) for name in ("effect", "error"))
        _, _, p = between_groups(*found)
        yield {"kind": "heterogeneity", "label": "between groups", "measure": "ES", "p": press(float(p), 3)}
        events, total = (np.concatenate(part) for part in zip(*blocks, strict=True))
        yield pooled_line(press, "overall", "", events, total)


def two_arms(rng: Random) -> list[Table]:
    """Make odds ratios from the counts of two arms, pooled by Mantel-Haenszel or by inverse variance."""
    press, model = some_press(rng, (2,)), rng.choice(("Mantel-Haenszel", "fixed effect", "DerSimonian-Laird"))
    cells = [_arms(rng) for _ in range(rng.randint(3, 10))]
    arms = arms_from_totals(*np.array(cells, dtype=np.float64).T)
    effect, variance = effects.odds_ratio(arms)
    if model == "Mantel-Haenszel":
        pooled = pool_mantel_haenszel(MANTEL_HAENSZEL["OR"], arms, effect, variance)
    else:
        pooled = pool(effect, variance, pooling.TAU2[model](effect, variance))
    names = ("arm1_events", "arm1_total", "arm2_events", "arm2_total")
    counts = [dict(zip(names, map(str, row), strict=True)) for row in cells]
    rows = _studies(press, studies(rng, len(cells)), counts, effect, np.sqrt(variance), pooled)
    sums = {name: str(sum(column)) for name, column in zip(names, zip(*cells, strict=True), strict=True)}
    return [table_of("fig2", "forest", [*rows, {**_ratio_line(press, pooled), **sums}])]


def _arms(rng: Random) -> tuple[int, int, int, int]:
    n, m = rng.randint(15, 180), rng.randint(15, 180)
    return max(1, round(n * rng.uniform(0.05, 0.7))), n, max(1, round(m * rng.uniform(0.05, 0.7))), m


def generic(rng: Random) -> list[Table]:
    """Make hazard ratios as studies report them, pooled by a fixed effect or by random effects."""
    press, number = some_press(rng, (2,)), rng.randint(3, 12)
    error = np.array([rng.uniform(0.1, 0.6) for _ in range(number)])
    effect = np.array([rng.gauss(-0.2, 0.3 + each / 2) for each in error])
    tau2 = rng.choice((pooling.no_tau2, pooling.dersimonian_laird))(effect, error**2)
    pooled = pool(effect, error**2, tau2)
    rows = _studies(press, studies(rng, number), [{}] * number, effect, error, pooled)
    return [table_of("fig2", "forest", [{**row, "measure": "HR"} for row in (*rows, _ratio_line(press, pooled))])]


def _studies(
    press: Press, names: Sequence[str], counts: Sequence[Cells], effect: FloatArray, error: FloatArray, pooled: Pooled
) -> Iterator[Cells]:
    ends = np.exp([effect, effect - Z_95 * error, effect + Z_95 * error])
    for place, (name, cells) in enumerate(zip(names, counts, strict=True)):
        limits = {column: press(end[place]) for column, end in zip(LIMITS, ends, strict=True)}
        weight = press(pooled.weights[place], 1)
        yield {"kind": "study", "label": name, "measure": "OR", **cells, **limits, "weight": weight}


def _ratio_line(press: Press, pooled: Pooled) -> Cells:
    ends = np.exp([pooled.effect, pooled.low, pooled.high])
    line = {"kind": "overall", "label": "Total", "measure": "OR", "weight": "100.0"}
    line |= {column: press(end) for column, end in zip(LIMITS, ends, strict=True)}
    return line | {"q": press(pooled.q), "df": f"{pooled.df}", "i2": press(pooled.i2, 0), "p": press(pooled.p, 3)}
