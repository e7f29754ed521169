"""Means, medians, effects and differences with their spread or limits."""

from collections.abc import Sequence

from extract.meaning.cells.context import CellStatement, Context, evidence_of, lone_value
from extract.meaning.lexicon.said import DIFFERENCES, Said

_LIMITS = {"iqr": ("q1", "q3"), "range": ("low", "high"), "ci": ("ci_low", "ci_high")}
SPREAD_COLUMNS = frozenset({"sd", "se"})
UNKNOWN_MEASURES = frozenset({"", "estimate", "ratio"})


def centre_of(number: str, context: Context, spread: str = "") -> tuple[str, dict[str, str]] | None:
    """The statistic of a number with a spread or limits, and its column: an effect, a difference, a mean, a median."""
    for source in context.sources:
        said = source.said
        if not said.centre and (paired := dict(said.pairs).get(spread)):
            return paired, {"mean" if paired == "geometric_mean" else paired: number}
        if said.measure not in UNKNOWN_MEASURES and not (said.measure == "incidence" and said.centre):
            return effect_of(number, said)
        if said.centre:
            column = "mean" if said.centre == "geometric_mean" else said.centre
            return said.centre, {column: number}
        if said.measure:
            return effect_of(number, said)
    return None


def effect_of(number: str, said: Said) -> tuple[str, dict[str, str]]:
    measure = "" if said.measure == "difference" else said.measure
    values = {"measure": measure, "estimate": number} if measure else {"estimate": number}
    return ("difference" if said.measure in DIFFERENCES else "effect"), values


def with_spread(numbers: Sequence[str], context: Context, limits: Sequence[str] = ()) -> list[CellStatement]:
    """ "54.2 ± 11.3": a mean, or an estimate; the second number is what the words say."""
    spread = context.first(lambda said: set(said.spreads) & SPREAD_COLUMNS)
    kind = next((name for name in spread.said.spreads if name in SPREAD_COLUMNS), "") if spread else ""
    statistic, centre = centre_of(numbers[0], context, kind) or ("mean", {"mean": numbers[0]})
    behind = context.first(lambda said: set(said.spreads) & set(_LIMITS))
    values = dict(centre)
    rest = []
    if kind:
        values[kind] = numbers[1]
    else:
        rest.append(lone_value(numbers[1]))
    if limits:
        names = _LIMITS[next(name for name in behind.said.spreads if name in _LIMITS)] if behind else ()
        values |= dict(zip(names, limits, strict=False))
        rest += [] if names else [lone_value(number) for number in limits]
    return [CellStatement(statistic, values, evidence_of(spread) if spread else "cell: ±"), *rest]


def with_limits(numbers: Sequence[str], context: Context) -> list[CellStatement]:
    """ "54 (19-83)": a centre with its range, quartiles or interval."""
    spread = context.first(lambda said: set(said.spreads) & set(_LIMITS))
    kind = next((name for name in spread.said.spreads if name in _LIMITS), "") if spread else ""
    centre = centre_of(numbers[0], context, kind)
    if not kind and centre is not None and centre[0] in ("effect", "difference"):
        kind = "ci"  # the limits of an effect are those of its interval
    if not kind:
        rest = [lone_value(number) for number in numbers[1:]]
        return [] if centre is None else [CellStatement(*centre, _centre_evidence(context)), *rest]
    limits = dict(zip(_LIMITS[kind], numbers[1:], strict=True))
    evidence = evidence_of(spread) if spread else _centre_evidence(context)
    if centre is None and kind != "ci":
        return [lone_value(numbers[0]), CellStatement("median" if kind == "iqr" else "range", limits, evidence)]
    statistic, values = centre or ("effect", {"estimate": numbers[0]})
    level = {"ci_level": spread.said.level} if spread and kind == "ci" and spread.said.level else {}
    return [CellStatement(statistic, {**values, **limits, **level}, evidence)]


def _centre_evidence(context: Context) -> str:
    source = context.first(lambda said: said.centre or said.measure)
    return evidence_of(source) if source else ""


def lone_limits(numbers: Sequence[str], context: Context) -> list[CellStatement]:
    """ "0.67, 1.21" under "95% CI": the limits of the value to the left; or a lone range."""
    spread = context.first(lambda said: set(said.spreads) & set(_LIMITS))
    if spread is None:
        return []
    kind = next(name for name in spread.said.spreads if name in _LIMITS)
    values = dict(zip(_LIMITS[kind], numbers, strict=True))
    if kind == "ci":
        left = Context(context.left)
        centre = centre_of("", left)
        of_means = any(set(source.said.spreads) & SPREAD_COLUMNS for source in context.left)
        statistic = centre[0] if centre else "mean" if of_means else "effect"
        measure = {"measure": centre[1]["measure"]} if centre and "measure" in centre[1] else {}
        level = {"ci_level": spread.said.level} if spread.said.level else {}
        return [CellStatement(statistic, {**measure, **values, **level}, evidence_of(spread))]
    return [CellStatement("range" if kind == "range" else "median", values, evidence_of(spread))]
