"""Pools studies that are not printed and have no events, by trying all divisions of their patients among studies."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from validations.statistics.pooling import i_squared, no_tau2, pool
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES, FloatArray

MOST_SHARINGS = 20_000  # divisions to try, to bound the time


def sharings(total: int, parts: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """Yield the ways to divide `total` into this many parts, each at least `least`, in ascending order."""
    if parts == 1:
        if total >= least:
            yield (total,)
        return
    for first in range(least, total // parts + 1):
        yield from ((first, *rest) for rest in sharings(total - first, parts - 1, first))


@lru_cache(maxsize=1024)
def number_of_sharings(total: int, parts: int) -> int:
    """The number of ways to divide `total` into `parts`, by the recurrence p(n, k) = p(n - 1, k - 1) + p(n - k, k)."""
    if total <= 0 or parts <= 0:
        return int(total == 0 and parts == 0)
    return number_of_sharings(total - 1, parts - 1) + number_of_sharings(total - parts, parts)


def sharings_up_to(total: int, groups: int) -> int:
    """The number of ways to divide `total` into up to `groups` parts."""
    return sum(number_of_sharings(total, parts) for parts in range(1, groups + 1))


@lru_cache(maxsize=1024)
def without_events(total: int, groups: int) -> tuple[dict[str, FloatArray], ...]:
    """Pool `total` patients without events, divided among up to `groups` studies, on each scale.

    Each result holds, for every division: estimate and limits (fractions of 1), I2 (percent), P of heterogeneity.
    """
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
