"""DSP: quartiles, ranges, SDs within their range, and means of things that are counted."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from math import ceil, floor

from tests.mutants.trials.equations import Equation, Texts, count, number
from validations.tables import Table

_ORDERS = (("low", "high"), ("low", "mean", "high"), ("low", "median", "high"), ("q1", "q3"), ("q1", "median", "q3"))
_COUNTED = re.compile(
    r"\b(?:number|no\.?) of (?:\w+ )?(?:events|relapses|visits|lesions|episodes|infections|drugs)\b", re.I
)


def equations(table: Table) -> Iterator[Equation]:
    """One for each order that the numbers of a cell have, for an SD with its range, and for a mean of counts."""
    for line, record in enumerate(table.records):
        if record["versus"]:
            continue
        for order in _ORDERS:
            texts = {(line, name): record[name] for name in order}
            if all(number(text) for text in texts.values()):
                yield Equation(texts, partial(_in_order, line, order))
        texts = {(line, name): record[name] for name in ("sd", "low", "high")}
        if all(number(text) for text in texts.values()):
            yield Equation(texts, partial(_sd_fits, line))
        n = count(record["arm_n"])
        if _COUNTED.search(record["outcome"]) and (mean := number(record["mean"])) and n and n < 10**mean.decimals:
            yield Equation({(line, "mean"): record["mean"]}, partial(_mean_fits, line, n))


def _in_order(line: int, order: tuple[str, ...], texts: Texts) -> bool:
    numbers = [number(texts[line, name]) for name in order]
    known = [each for each in numbers if each is not None]
    return all(one.low <= other.high for one, other in pairwise(known))


def _sd_fits(line: int, texts: Texts) -> bool:
    """The SD of two patients or more is at most the range by the root of two."""
    sd, low, high = (number(texts[line, name]) for name in ("sd", "low", "high"))
    return sd is None or low is None or high is None or float(sd.low) <= float(high.high - low.low) / 2**0.5


def _mean_fits(line: int, n: int, texts: Texts) -> bool:
    mean = number(texts[line, "mean"])
    sizes = range(max(1, ceil(0.95 * n)), n + 1)
    return mean is not None and any(
        floor(float(mean.high) * m + 1e-9) >= ceil(float(mean.low) * m - 1e-9) for m in sizes
    )
