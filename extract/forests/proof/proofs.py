"""Proofs of a number by the other numbers of its row: events of a total, exact intervals, symmetry, the drawing; and by
the weights of its group, which add up to 100. Only confirmations are proofs; contradictions are left to the checks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log

from scipy.special import chdtrc  # type: ignore[import-untyped]

from extract.forests.plot import INTERVAL_COLUMNS, PlotRow
from schemas.base.printed import Printed, is_printed, parse_printed
from validations.statistics.proportions import clopper_pearson
from validations.statistics.rounding import can_print, covers, float_span

RowNumbers = Mapping[str, Printed]  # the numbers of a row by their columns
Proof = tuple[str, frozenset[str]]  # the arithmetic that confirms, and the columns that it confirms

DRAWN_TOLERANCE_UNITS = 0.75  # units of the last printed place: rounding takes half a unit, the drawing is as inexact
COUNTS_PROVED_COUNT = 2  # printed values that events / total must give: one alone may agree by chance
PERCENT = 100
RESPONSE_COLUMNS = ("cr", "pr")  # complete and partial responses: together they are the events


def numbers_in(values: Mapping[str, str]) -> dict[str, Printed]:
    """The values of a row that are numbers."""
    return {name: parse_printed(text) for name, text in values.items() if is_printed(text)}


def proofs(numbers: RowNumbers, scale: str) -> Iterator[Proof]:
    """The proofs of the numbers of one row. `scale`: "log" or "linear"."""
    yield from proofs_by_counts(numbers)
    yield from proofs_by_symmetry(numbers, scale)
    yield from proofs_by_drawing(numbers)
    yield from proofs_by_heterogeneity(numbers)
    yield from proofs_by_means(numbers)


def proofs_by_counts(numbers: RowNumbers) -> Iterator[Proof]:
    """Events / total gives the estimate, and its exact interval the limits; as a fraction or in percent."""
    parts = [name for name in (("events",), RESPONSE_COLUMNS) if all(part in numbers for part in name)]
    if not parts or "total" not in numbers or not all(numbers[name].is_whole for name in (*parts[0], "total")):
        return
    events, total = sum(numbers[name].count for name in parts[0]), numbers["total"].count
    if not 0 <= events <= total or not total:
        return
    low, high = clopper_pearson(events, total)
    for unit in (1, PERCENT):
        right = {"estimate": events / total, "ci_low": low, "ci_high": high}
        same = [name for name, value in right.items() if name in numbers and can_print(unit * value, numbers[name])]
        if len(same) >= COUNTS_PROVED_COUNT:
            columns = frozenset((*parts[0], "total", *same))
            yield f"{events}/{total} gives {' and '.join(numbers[name].text for name in same)}", columns


def proofs_by_symmetry(numbers: RowNumbers, scale: str) -> Iterator[Proof]:
    """The estimate is the middle of its interval, on the scale of the plot. OCR may read a limit of a ratio as
    negative: such a limit has no logarithm and proves nothing."""
    if not all(name in numbers for name in INTERVAL_COLUMNS):
        return
    estimate, (low, low_end), (high, high_end) = (
        numbers["estimate"],
        *(float_span(numbers[name]) for name in INTERVAL_COLUMNS[1:]),
    )
    if scale == "linear":
        middle = ((low + high) / 2, (low_end + high_end) / 2)
    elif min(low, low_end, high, high_end) > 0:
        middle = (exp((log(low) + log(high)) / 2), exp((log(low_end) + log(high_end)) / 2))
    else:
        return
    if low_end < high and covers(*middle, estimate):
        yield "the estimate is in the middle of its interval", frozenset(INTERVAL_COLUMNS)


def proofs_by_drawing(numbers: RowNumbers) -> Iterator[Proof]:
    """A number is drawn at its place, nearer than at the places of its neighbours."""
    for name in INTERVAL_COLUMNS:
        drawn = numbers.get(f"drawn_{name}")
        if name in numbers and drawn is not None:
            unit = 10.0 ** -numbers[name].decimals
            if abs(float(numbers[name].value - drawn.value)) <= DRAWN_TOLERANCE_UNITS * unit:
                yield f"drawn at {drawn.text}", frozenset((name,))


def proofs_by_heterogeneity(numbers: RowNumbers) -> Iterator[Proof]:
    """Q and its degrees of freedom give P, and I²: the share of the variation that is between the studies."""
    if "q" not in numbers or "df" not in numbers or not numbers["df"].is_whole or not numbers["df"].count:
        return
    (low, high), df = float_span(numbers["q"]), numbers["df"].count
    if "p" in numbers and covers(float(chdtrc(df, high)), float(chdtrc(df, max(low, 0))), numbers["p"]):
        yield f"Q {numbers['q'].text} with df {df} gives P {numbers['p'].text}", frozenset(("p", "q", "df"))
    shares = [PERCENT * max(0.0, 1 - df / q) if q > 0 else 0.0 for q in (low, high)]
    if "i2" in numbers and shares[1] > 0 and covers(shares[0], shares[1], numbers["i2"]):
        yield f"Q {numbers['q'].text} with df {df} gives I² {numbers['i2'].text}", frozenset(("i2", "q", "df"))


def proofs_by_means(numbers: RowNumbers) -> Iterator[Proof]:
    """The difference of the means of two arms is the estimate. A standard deviation that is printed as finely as its
    mean is as sure: points are not lost in both."""
    names = ("arm1_mean", "arm2_mean", "estimate")
    if not all(name in numbers for name in names):
        return
    (low1, high1), (low2, high2) = float_span(numbers["arm1_mean"]), float_span(numbers["arm2_mean"])
    if covers(low1 - high2, high1 - low2, numbers["estimate"]):
        arms = [arm for arm in ("arm1", "arm2") if f"{arm}_sd" in numbers]
        alike = [f"{arm}_sd" for arm in arms if numbers[f"{arm}_sd"].decimals == numbers[f"{arm}_mean"].decimals]
        yield "the difference of the means is the estimate", frozenset((*names, *alike))


def rows_with_proved_weights(rows: Sequence[PlotRow]) -> frozenset[int]:
    """The places of the studies whose weights add up to 100: in their group, or over all studies."""
    studies = [i for i, row in enumerate(rows) if row.values["kind"] == "study"]
    by_group: dict[str, list[int]] = {}
    for i in studies:
        by_group.setdefault(rows[i].values.get("group", ""), []).append(i)
    sums = [places for places in (*by_group.values(), studies) if weights_add_up(rows[i] for i in places)]
    return frozenset(i for places in sums for i in places)


def weights_add_up(studies: Iterable[PlotRow]) -> bool:
    """Whether several studies all have a weight, and the weights, within their rounding, give 100."""
    texts = [row.values.get("weight", "") for row in studies]
    if len(texts) < 2 or not all(map(is_printed, texts)):
        return False
    weights = [parse_printed(text) for text in texts]
    return sum(weight.low for weight in weights) <= PERCENT <= sum(weight.high for weight in weights)
