"""Rows pooled of studies that are not printed, where none of their patients had an event: the ways in which the
patients can have been shared among groups are few enough to be tried."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from validations.statistics.pooling import i_squared, no_tau2, pool
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES, FloatArray

MOST_SHARINGS = 20_000  # sharings that are tried


def sharings(total: int, parts: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """The ways to share `total` among exactly so many parts, each of at least `least`, the smallest first."""
    if parts == 1:
        if total >= least:
            yield (total,)
        return
    for first in range(least, total // parts + 1):
        yield from ((first, *rest) for rest in sharings(total - first, parts - 1, first))


@lru_cache(maxsize=1024)
def number_of_sharings(total: int, parts: int) -> int:
    """How many there are, by the recurrence p(n, k) = p(n - 1, k - 1) + p(n - k, k)."""
    if total <= 0 or parts <= 0:
        return int(total == 0 and parts == 0)
    return number_of_sharings(total - 1, parts - 1) + number_of_sharings(total - parts, parts)


def sharings_up_to(total: int, groups: int) -> int:
    """How many sharings among up to so many groups there are."""
    return sum(number_of_sharings(total, parts) for parts in range(1, groups + 1))


@lru_cache(maxsize=1024)
def without_events(total: int, groups: int) -> tuple[dict[str, FloatArray], ...]:
    """What `total` patients without an event give when they are shared among up to so many groups and pooled, on each
    scale: estimate, limits (fractions of 1), I2 (percent) and P of heterogeneity of every sharing."""
    found = []
    for parts in range(1, groups + 1):
        sizes = np.array(list(sharings(total, parts)), dtype=np.float64)
        if sizes.size:
            found += [_pooled(name, middle, sizes) for name, middle in _scales()]
    return tuple(found)


def _scales() -> list[tuple[str, str]]:
    return [
        (name, middle)
        for name, scale in PROPORTION_SCALES.items()
        for middle in (INVERSION_SIZES if scale.needs_n else [""])
    ]


def _pooled(name: str, middle: str, sizes: FloatArray) -> dict[str, FloatArray]:
    scale = PROPORTION_SCALES[name]
    effect, variance = scale.forward(np.zeros_like(sizes), sizes)
    pooled = pool(effect, variance, no_tau2(effect, variance))
    n = INVERSION_SIZES[middle](sizes, pooled.error**2) if middle else pooled.effect
    limits = {"estimate": pooled.effect, "ci_low": pooled.low, "ci_high": pooled.high}
    shares = {column: scale.back(limit, n) for column, limit in limits.items()}
    return shares | {"i2": i_squared(pooled.q, pooled.df), "p": pooled.p}
