"""What the other numbers of a row say of one: events of a total, exact intervals, symmetry, the drawing; weights that
give 100. Only what confirms is told; that a number contradicts is for the checks to say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log

from scipy.special import chdtrc  # type: ignore[import-untyped]

from extract.forests.plot import PlotRow
from schemas.printed import Printed, is_printed, parse_printed
from validations.statistics.proportions import clopper_pearson
from validations.statistics.rounding import can_print, covers, float_span

Numbers = Mapping[str, Printed]
Proof = tuple[str, frozenset[str]]  # what confirms, and the columns that it confirms

INTERVAL = ("estimate", "ci_low", "ci_high")
NEARER = 0.75  # of a unit of the last place: a drawing is hardly more exact
RESPONSES = ("cr", "pr")


def numbers_in(values: Mapping[str, str]) -> dict[str, Printed]:
    return {name: parse_printed(text) for name, text in values.items() if is_printed(text)}


def proofs(numbers: Numbers, scale: str) -> Iterator[Proof]:
    """What confirms numbers of one row."""
    yield from of_counts(numbers)
    yield from of_symmetry(numbers, scale)
    yield from of_drawing(numbers)
    yield from of_heterogeneity(numbers)


def of_counts(numbers: Numbers) -> Iterator[Proof]:
    """Events / total = estimate, or its exact interval; as a fraction or in percent."""
    parts = [name for name in (("events",), RESPONSES) if all(part in numbers for part in name)]
    if not parts or "total" not in numbers or not all(numbers[name].is_whole for name in (*parts[0], "total")):
        return
    events, total = sum(numbers[name].count for name in parts[0]), numbers["total"].count
    if not 0 <= events <= total or not total:
        return
    low, high = clopper_pearson(events, total)
    for unit in (1, 100):
        right = {"estimate": events / total, "ci_low": low, "ci_high": high}
        same = [name for name, value in right.items() if name in numbers and can_print(unit * value, numbers[name])]
        if len(same) > 1:
            columns = frozenset((*parts[0], "total", *same))
            yield f"{events}/{total} gives {' and '.join(numbers[name].text for name in same)}", columns


def of_symmetry(numbers: Numbers, scale: str) -> Iterator[Proof]:
    """The estimate is in the middle of its interval, on the scale of the plot."""
    if not all(name in numbers for name in INTERVAL):
        return
    estimate, (low, low_end), (high, high_end) = (
        numbers["estimate"],
        *(float_span(numbers[name]) for name in INTERVAL[1:]),
    )
    if scale == "linear":
        middle = ((low + high) / 2, (low_end + high_end) / 2)
    elif low > 0:
        middle = (exp((log(low) + log(high)) / 2), exp((log(low_end) + log(high_end)) / 2))
    else:
        return
    if low_end < high and covers(*middle, estimate):
        yield "the estimate is in the middle of its interval", frozenset(INTERVAL)


def of_drawing(numbers: Numbers) -> Iterator[Proof]:
    """A number stands where it is drawn, nearer than to its neighbours."""
    for name in INTERVAL:
        drawn = numbers.get(f"drawn_{name}")
        if name in numbers and drawn is not None:
            unit = 10.0 ** -numbers[name].decimals
            if abs(float(numbers[name].value - drawn.value)) <= NEARER * unit:
                yield f"it is drawn at {drawn.text}", frozenset((name,))


def of_heterogeneity(numbers: Numbers) -> Iterator[Proof]:
    """Q and its degrees of freedom give P, and how much of the variation is between the studies."""
    if "q" not in numbers or "df" not in numbers or not numbers["df"].is_whole or not numbers["df"].count:
        return
    (low, high), df = float_span(numbers["q"]), numbers["df"].count
    if "p" in numbers and covers(float(chdtrc(df, high)), float(chdtrc(df, max(low, 0))), numbers["p"]):
        yield f"Q {numbers['q'].text} with df {df} gives it", frozenset(("p", "q", "df"))
    shares = [100 * max(0.0, 1 - df / q) if q > 0 else 0.0 for q in (low, high)]
    if "i2" in numbers and shares[1] > 0 and covers(shares[0], shares[1], numbers["i2"]):
        yield f"Q {numbers['q'].text} with df {df} gives it", frozenset(("i2", "q", "df"))


def weights_proved(rows: Sequence[PlotRow]) -> frozenset[int]:
    """The places of the rows whose weights are a group that gives 100."""
    found: set[int] = set()
    for group in {row.values.get("group", "") for row in rows}:
        places = [
            i for i, row in enumerate(rows) if row.values["kind"] == "study" and row.values.get("group", "") == group
        ]
        found |= set(places) if give_hundred(rows[i].values.get("weight", "") for i in places) else set()
    studies = [i for i, row in enumerate(rows) if row.values["kind"] == "study"]
    return frozenset(
        found | (set(studies) if give_hundred(rows[i].values.get("weight", "") for i in studies) else set())
    )


def give_hundred(texts: Iterable[str]) -> bool:
    weights = [parse_printed(text) if is_printed(text) else None for text in texts]
    if len(weights) < 2 or None in weights:
        return False
    known = [weight for weight in weights if weight is not None]
    return sum(w.low for w in known) <= 100 <= sum(w.high for w in known)
