"""The relations between the numbers of a forest plot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby, product

import numpy as np
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

from schemas.base.printed import Printed
from tests.mutants.relations import Relation, Texts, adds_up, number, ratios, whole
from validations.statistics import effects, pooling
from validations.statistics.effects import arms_from_totals
from validations.statistics.mantel_haenszel import MANTEL_HAENSZEL, pool_mantel_haenszel
from validations.statistics.pooling import Pooled, pool
from validations.statistics.transforms import PROPORTION_SCALES, FloatArray, miller
from validations.tables import Table

INTERVAL_METHODS = ("beta", "wilson", "normal", "agresti_coull", "jeffreys")  # as statsmodels calls them
COUNTS = (("events", "total"), ("cr", "pr", "total"))
ARMS = ("arm1_events", "arm1_total", "arm2_events", "arm2_total")
SUMMED = ("total", "events", *ARMS)
LINE = ("estimate", "ci_low", "ci_high", "i2", "q", "p")
Rows = list[int]


def of_plot(plot: Table) -> Iterator[Relation]:
    """Yield the relations that do not depend on the methods of the plot."""
    rows = single(plot)
    for row in rows:
        yield from _of_study(plot, row)
    if not plot.column("total")[rows[0]]:
        yield from ratios(plot, ("estimate", "ci_low", "ci_high"), "")
    for studies, lines in blocks(plot):
        yield Relation("weights of a group", tuple((plot.name, row, "weight") for row in studies), add_to_100)
        for row, column in product(lines, SUMMED):
            cells = tuple((plot.name, each, column) for each in (row, *studies))
            yield Relation("sums of a plot", cells, partial(adds_up, [-1] + [1] * len(studies), 0))


def single(plot: Table) -> Rows:
    """Return the rows that count the patients of one study."""
    kinds, studies = plot.column("kind"), plot.column("n_studies")
    return [row for row, kind in enumerate(kinds) if kind == "study" or (kind == "subgroup" and studies[row] == "1")]


def of_interval_method(plot: Table, method: str) -> Iterator[Relation]:
    """Yield the relations of counts with the limits of their interval by one method."""
    for row, columns, (place, column) in product(single(plot), COUNTS, enumerate(("ci_low", "ci_high"))):
        cells = tuple((plot.name, row, name) for name in (*columns, column))
        yield Relation("exact interval", cells, partial(is_limit, method, place))


def _of_study(plot: Table, row: int) -> Iterator[Relation]:
    """Yield the relations of a study: counts and proportion; counts of two arms, odds ratio and its interval."""
    for columns in COUNTS:
        counts = tuple((plot.name, row, column) for column in columns)
        yield Relation("events / total", (*counts, (plot.name, row, "estimate")), is_proportion)
    arms = tuple((plot.name, row, column) for column in ARMS)
    for place, column in enumerate(("estimate", "ci_low", "ci_high")):
        yield Relation("odds ratio of arms", (*arms, (plot.name, row, column)), partial(is_odds_ratio, place))


def _split(texts: Texts) -> tuple[int, int, Printed]:
    """Return events, total, and the number that is printed for them."""
    *parts, total, printed = texts
    return sum(map(whole, parts)), whole(total), number(printed)


def is_proportion(texts: Texts) -> bool:
    events, total, printed = _split(texts)
    return total > 0 and printed.low * total <= events <= printed.high * total


@lru_cache(maxsize=65536)
def interval(method: str, events: int, total: int) -> tuple[float, float]:
    low, high = proportion_confint(events, total, 0.05, method)
    return float(low), float(high)


def is_limit(method: str, place: int, texts: Texts) -> bool:
    events, total, printed = _split(texts)
    return 0 <= events <= total and total > 0 and rounds_to(interval(method, events, total)[place], printed)


def rounds_to(value: float, printed: Printed) -> bool:
    return float(printed.low) - 1e-9 <= value <= float(printed.high) + 1e-9


def is_odds_ratio(place: int, texts: Texts) -> bool:
    a, n, c, m = map(whole, texts[:4])
    if not (0 <= a <= n and 0 <= c <= m):
        return False
    effect, variance = effects.odds_ratio(arms_from_totals(*(np.array([float(count)]) for count in (a, n, c, m))))
    reach = 1.959963985 * float(np.sqrt(variance[0])) * (0, -1, 1)[place]
    return rounds_to(float(np.exp(effect[0] + reach)), number(texts[4]))


def add_to_100(texts: Texts) -> bool:
    weights = [number(text) for text in texts]
    return sum(weight.low for weight in weights) <= 100 <= sum(weight.high for weight in weights)


def blocks(plot: Table) -> Iterator[tuple[Rows, Rows]]:
    """Yield the rows of the studies of each group with its pooled lines, then all studies with the overall line."""
    kinds, groups = plot.column("kind"), plot.column("group")
    studies = [row for row, kind in enumerate(kinds) if kind == "study"]
    for group, rows in groupby(studies, key=lambda row: groups[row]):
        lines = [row for row, kind in enumerate(kinds) if kind == "subtotal" and groups[row] == group]
        yield list(rows), lines
    if studies and any(kind == "overall" for kind in kinds):
        yield studies, [row for row, kind in enumerate(kinds) if kind == "overall"]


def freeman_tukey(counts: FloatArray) -> tuple[Pooled, FloatArray]:
    """Pool proportions as Stata's metaprop does; also return the estimate and its limits as proportions."""
    events, total = counts[:, :-1].sum(axis=1), counts[:, -1]
    angle, variance = PROPORTION_SCALES["Freeman-Tukey"].forward(events, total)
    found = pool(angle, variance, (pooling.dersimonian_laird if len(total) > 2 else pooling.no_tau2)(angle, variance))
    return found, miller(np.array([found.effect, found.low, found.high]), 1 / np.mean(1 / total))


def odds_ratios(model: str, counts: FloatArray) -> tuple[Pooled, FloatArray]:
    arms = arms_from_totals(*counts.T)
    effect, variance = effects.odds_ratio(arms)
    if model in pooling.TAU2:
        found = pool(effect, variance, pooling.TAU2[model](effect, variance))
    else:
        found = pool_mantel_haenszel(MANTEL_HAENSZEL["OR"], arms, effect, variance)
    return found, np.exp([found.effect, found.low, found.high])


PoolingMethod = Callable[[FloatArray], tuple[Pooled, FloatArray]]
POOLING_METHODS: Sequence[tuple[tuple[str, ...], PoolingMethod]] = (
    *((columns, freeman_tukey) for columns in COUNTS),
    *((ARMS, partial(odds_ratios, model)) for model in ("Mantel-Haenszel", "fixed effect", "DerSimonian-Laird")),
)


def of_pooling_method(plot: Table, columns: tuple[str, ...], pool_counts: PoolingMethod) -> Iterator[Relation]:
    """Yield the relations of counts with weights, pooled lines and heterogeneity by one method of pooling."""
    for studies, lines in blocks(plot):
        counts = tuple((plot.name, row, column) for row in studies for column in columns)
        for place, row in enumerate(studies):
            holds = partial(is_given, "weight", place, len(columns), pool_counts)
            yield Relation("weight of a study", (*counts, (plot.name, row, "weight")), holds)
        for row, column in product(lines, LINE):
            kind = "pooled line" if column in LINE[:3] else "heterogeneity"
            holds = partial(is_given, column, 0, len(columns), pool_counts)
            yield Relation(kind, (*counts, (plot.name, row, column)), holds)


def is_given(column: str, place: int, width: int, pool_counts: PoolingMethod, texts: Texts) -> bool:
    """Tell whether the method gives the last number from the counts before it."""
    numbers = _given(pool_counts, width, tuple(texts[:-1]))
    return numbers is not None and rounds_to(numbers[column][place], number(texts[-1]))


@lru_cache(maxsize=4096)
def _given(pool_counts: PoolingMethod, width: int, texts: tuple[str, ...]) -> Mapping[str, list[float]] | None:
    counts = np.array([whole(text) for text in texts], dtype=np.float64).reshape(-1, width)
    totals = [counts[:, -1]] if width < 4 else [counts[:, 1], counts[:, 3]]
    parts = [counts[:, :-1].sum(axis=1)] if width < 4 else [counts[:, 0], counts[:, 2]]
    if any(
        (part < 0).any() or (part > total).any() or (total < 1).any() for part, total in zip(parts, totals, strict=True)
    ):
        return None
    with np.errstate(all="ignore"):
        found, ends = pool_counts(counts)
    line = {name: [float(end)] for name, end in zip(LINE[:3], ends, strict=True)}
    about = {"i2": [float(found.i2)], "q": [float(found.q)], "p": [float(found.p)]}
    return {"weight": found.weights.tolist(), **line, **about}
