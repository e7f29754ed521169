"""How Q, I² and P of heterogeneity (or of a difference between groups) follow from one another and from df."""

from collections.abc import Iterable
from math import inf

from scipy.special import chdtri  # type: ignore[import-untyped]

from schemas.base.printed import Printed
from validations.statistics.rounding import FLOAT_ERROR, FloatSpan, float_span


def q_of_q(q: Printed, df: int) -> FloatSpan:
    """The unrounded Q."""
    return float_span(q)


def q_of_i2(i2: Printed, df: int) -> FloatSpan:
    """The values of Q with this I² = 100 (Q - df) / Q; I² is 0 for Q up to df."""
    low, high = (bound / 100 for bound in float_span(i2))
    least = df / (1 - low) if 0 < low < 1 else 0.0 if low <= 0 else inf
    return least, df / (1 - high) if high < 1 else inf


def q_of_p(p: Printed, df: int) -> FloatSpan:
    """The values of Q with this P as the upper tail of chi-squared."""
    low, high = float_span(p)
    least = 0.0 if high >= 1 else inf if high <= 0 else float(chdtri(df, high))
    return least, inf if low <= 0 else 0.0 if low >= 1 else float(chdtri(df, low))


Q_SPANS = {"q": q_of_q, "i2": q_of_i2, "p": q_of_p}


def some_q_gives_all(printed: dict[str, Printed], dfs: Iterable[int]) -> bool:
    """Whether, for one of the df, a single Q explains all of the printed Q, I² and P."""
    return any(spans_meet([Q_SPANS[name](number, df) for name, number in printed.items()]) for df in dfs)


def spans_meet(spans: Iterable[FloatSpan]) -> bool:
    """Whether all spans share a number."""
    lows, highs = zip(*spans, strict=True)
    return bool(max(lows) <= min(highs) + FLOAT_ERROR * max(1.0, abs(min(highs))))
