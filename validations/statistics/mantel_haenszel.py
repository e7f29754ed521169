"""Pooling after Mantel and Haenszel: the counts of all studies are combined before the ratio is taken.

Arrays with the studies along the last axis. Sources: Mantel and Haenszel, J Natl Cancer Inst 1959;22:719. Robins,
Breslow and Greenland, Biometrics 1986;42:311. Greenland and Robins, Biometrics 1985;41:55.
"""

from collections.abc import Callable, Mapping

import numpy as np

from validations.statistics.effects import Arms
from validations.statistics.pooling import Pooled, q_about, summarize
from validations.statistics.proportions import normal_quantile
from validations.statistics.transforms import FloatArray

Combined = tuple[FloatArray, FloatArray, FloatArray]


def mantel_haenszel_or(arms: Arms) -> Combined:
    """The log odds ratio, its variance (Robins, Breslow and Greenland 1986), and the weights bc / N."""
    a, b, c, d = arms
    both = arms.sizes[2]
    r, s = a * d / both, b * c / both
    p, q = (a + d) / both, (b + c) / both
    top, bottom = r.sum(-1), s.sum(-1)
    mixed = (p * s + q * r).sum(-1) / (top * bottom)
    variance = ((p * r).sum(-1) / top**2 + mixed + (q * s).sum(-1) / bottom**2) / 2
    return np.log(top / bottom), variance, s


def mantel_haenszel_rr(arms: Arms) -> Combined:
    """The log risk ratio, its variance (Greenland and Robins 1985), and the weights cn / N."""
    n, m, both = arms.sizes
    r, s = arms.a * m / both, arms.c * n / both
    p = (n * m * (arms.a + arms.c) - arms.a * arms.c * both) / both**2
    return np.log(r.sum(-1) / s.sum(-1)), p.sum(-1) / (r.sum(-1) * s.sum(-1)), s


def mantel_haenszel_rd(arms: Arms) -> Combined:
    """The risk difference, its variance (Greenland and Robins 1985), and the weights nm / N."""
    n, m, both = arms.sizes
    weight = n * m / both
    j = (arms.a * arms.b * m**3 + arms.c * arms.d * n**3) / (n * m * both**2)
    difference = ((arms.a * m - arms.c * n) / both).sum(-1) / weight.sum(-1)
    return difference, j.sum(-1) / weight.sum(-1) ** 2, weight


MANTEL_HAENSZEL: Mapping[str, Callable[[Arms], Combined]] = {
    "OR": mantel_haenszel_or,
    "RR": mantel_haenszel_rr,
    "RR (half an event added)": mantel_haenszel_rr,
    "RD": mantel_haenszel_rd,
}


def pool_mantel_haenszel(
    combine: Callable[[Arms], Combined], arms: Arms, effect: FloatArray, variance: FloatArray, level: float = 0.95
) -> Pooled:
    """The combined effect, with Q of the studies' effects about the combined one."""
    middle, squared, weight = combine(arms)
    shares = 100 * weight / weight.sum(-1)[..., None]
    q = q_about(effect, variance, middle)
    none = np.zeros_like(middle)
    return summarize(middle, np.sqrt(squared), normal_quantile(level), shares, none, q, effect.shape[-1] - 1)
