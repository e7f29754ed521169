"""TST: P values with the counts or the means, SDs and numbers of patients of the arms that they compare."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import product

import numpy as np
from scipy import stats

from schemas.base.printed import is_printed, parse_printed
from tests.mutants.trials.arms import Corners, lines_of_arms, mean_of, pairs_of, texts_of
from tests.mutants.trials.equations import Equation, Place, Span, Texts, count, meet, span
from validations.tables import Record, Table

MOST_TABLES = 64  # of counts and totals that a row may stand for
LEAST_WHOLE = 0.95  # of the patients of an arm in the categories of one variable
MOST_ROWS = 10  # of one variable

Counts = tuple[tuple[int, ...], ...]
"""A row for each category, a number for each arm."""
Tests = Callable[[Table, list[int], list[list[int]], Texts], Iterator[Span]]
"""The P values of the tests of arms, from their lines and those in the other rows of the variable."""


def equations(table: Table) -> Iterator[Equation]:
    """One for each P value of which every arm prints a count or a mean in the row."""
    for line, record in enumerate(table.records):
        if is_printed(record["p"]) and record["versus"] and not record["adjusted"]:
            for statistic, tested in (("count", _of_counts), ("mean", _of_means)):
                arms = lines_of_arms(table, record, record.row, statistic)
                if arms is not None:
                    others = list(_categories(table, record, arms)) if statistic == "count" else []
                    column = (statistic, record["cell"].partition(".")[0], record["versus"], _marks(record))
                    texts = {(line, "p"): record["p"], **texts_of(table, arms)}
                    holds = partial(_holds, table, (line, "p"), arms, others, tested)
                    yield Equation(texts, holds, column)


def _marks(record: Record) -> str:
    """The note marks at a P value: they may say which test it is of."""
    return ";".join(note for note in record["notes"].split(";") if note.startswith("p:"))


def _holds(table: Table, place: Place, arms: list[int], others: list[list[int]], tested: Tests, texts: Texts) -> bool:
    if not is_printed(texts[place]):
        return False
    printed = span(parse_printed(texts[place]))
    whole = {**{place: text for lines in others for place, text in texts_of(table, lines).items()}, **texts}
    return any(meet(each, printed) for each in tested(table, arms, others, whole))


def _categories(table: Table, record: Record, arms: Sequence[int]) -> Iterator[list[int]]:
    """The lines of the arms in the other rows of the variable, row by row."""
    key = _variable(record)
    rows = dict.fromkeys(each.row for each in table.records if any(key) and _variable(each) == key)
    for row in rows if 1 < len(rows) <= MOST_ROWS else ():
        if row != record.row and (lines := lines_of_arms(table, record, row, "count")) and len(lines) == len(arms):
            yield lines


def _variable(record: Record) -> tuple[str, str]:
    return record["section"], record["outcome"] if record["level"] else ""


def _of_counts(table: Table, arms: list[int], others: list[list[int]], texts: Texts) -> Iterator[Span]:
    own = [pairs_of(table, line, texts) for line in arms]
    spans: dict[str, list[float]] = {}
    for pairs in list(product(*own))[:MOST_TABLES]:
        for name, p in p_of_counts(tuple(zip(*((n, total - n) for n, total in pairs), strict=True))).items():
            spans.setdefault(name, []).append(p)
    yield from ((min(found), max(found)) for found in spans.values())
    rows = [[count(texts.get((line, "n"), "")) for line in lines] for lines in (arms, *others)]
    if len(rows) > 1 and all(n is not None for row in rows for n in row):
        counts = tuple(tuple(row) for row in rows)
        sums, totals = (
            [sum(column) for column in zip(*counts, strict=True)],
            [max((t for _, t in each), default=0) for each in own],
        )
        if all(sums) and all(LEAST_WHOLE * total <= each <= total for each, total in zip(sums, totals, strict=True)):
            yield from ((p, p) for p in p_of_counts(counts).values())


@lru_cache(maxsize=100_000)
def p_of_counts(counts: Counts) -> dict[str, float]:
    """P by each test; empty where an arm has no patients."""
    table = np.array([row for row in counts if any(row)])
    if len(table) < 2 or not table.sum(axis=0).all():
        return {"any": 1.0} if table.size and table.sum(axis=0).all() else {}
    found = {
        "chi-square": stats.chi2_contingency(table, correction=False).pvalue,
        "Yates": stats.chi2_contingency(table, correction=True).pvalue,
        "likelihood ratio": stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").pvalue,
    }
    total, freedom = table.sum(), (table.shape[0] - 1) * (table.shape[1] - 1)
    found["N - 1"] = stats.chi2.sf(stats.chi2.isf(found["chi-square"], freedom) * (total - 1) / total, freedom)
    if table.shape == (2, 2):
        (a, b), (c, d) = table
        fisher = stats.fisher_exact(table).pvalue
        found |= {"Fisher": fisher, "mid-P": fisher - stats.hypergeom.pmf(a, total, a + b, a + c) / 2}
        p, q, n, m = a / (a + c), b / (b + d), a + c, b + d
        error = (p * (1 - p) / n + q * (1 - q) / m) ** 0.5
        found |= {"z": 2 * stats.norm.sf(abs(p - q) / error)} if error else {}
    elif len(table) > 2 and table.shape[1] == 2:
        groups = [np.repeat(np.arange(len(table)), column) for column in table.T]
        found["ranks"] = stats.mannwhitneyu(*groups).pvalue
    return {name: float(p) for name, p in found.items()}


def _of_means(table: Table, arms: list[int], _: list[list[int]], texts: Texts) -> Iterator[Span]:
    corners = [mean_of(table, line, texts) for line in arms]
    if len(arms) == 2 and all(corners):
        spans: dict[str, list[float]] = {}
        crossing = _cross(corners)
        for one, other in product(*corners):
            for name, p in _t_tests(one, other):
                spans.setdefault(name, []).append(p)
        yield from ((min(found), 1.0 if crossing else max(found)) for found in spans.values())
    elif all(corners):
        found = [_anova(means) for means in _anova_corners(corners)]
        yield min(found), 1.0 if _cross(corners) else max(found)


def _cross(corners: Sequence[Corners]) -> bool:
    """Whether the unrounded means of all arms can be equal."""
    return max(min(each)[0] for each in corners) <= min(max(each)[0] for each in corners)


def _t_tests(one: tuple[float, float, int], other: tuple[float, float, int]) -> Iterator[tuple[str, float]]:
    for name, pooled in (("pooled", True), ("Welch", False)):
        if one[1] or other[1]:
            yield name, float(stats.ttest_ind_from_stats(*one, *other, equal_var=pooled).pvalue)
    error = (one[1] ** 2 / one[2] + other[1] ** 2 / other[2]) ** 0.5
    if error:
        yield "z", float(2 * stats.norm.sf(abs(one[0] - other[0]) / error))


def _anova_corners(corners: Sequence[Corners]) -> Iterator[Corners]:
    """The means at their ends with all SDs least or all SDs greatest, and all numbers of patients least or greatest."""
    spreads = [sorted({s for _, s, _ in each}) for each in corners]
    sizes = [sorted({n for _, _, n in each}) for each in corners]
    means = [sorted({m for m, _, _ in each}) for each in corners]
    for ends, at, many in product(product(*means), (0, -1), (0, -1)):
        yield [(m, s[at], n[many]) for m, s, n in zip(ends, spreads, sizes, strict=True)]


def _anova(arms: Corners) -> float:
    total, groups = sum(n for _, _, n in arms), len(arms)
    middle = sum(n * m for m, _, n in arms) / total
    between = sum(n * (m - middle) ** 2 for m, _, n in arms) / (groups - 1)
    within = sum((n - 1) * s**2 for _, s, n in arms) / (total - groups)
    return float(stats.f.sf(between / within, groups - 1, total - groups)) if within else 0.0
