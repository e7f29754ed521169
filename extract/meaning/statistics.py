"""Which statistic a cell prints: found from the cell, the head, the label, the notes and the arithmetic, never assumed.

A number that nothing explains is a `value`; two of them are two statements.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.meaning.cell_shapes import ShapedCell, plain_number
from extract.meaning.words import DIFFERENCES, Said, said_in
from schemas.base.printed import Printed, is_printed, parse_printed

GENERAL = ("caption", "note")  # what they say is about the whole table
_LIMITS = {"iqr": ("q1", "q3"), "range": ("low", "high"), "ci": ("ci_low", "ci_high")}
_SPREAD_COLUMNS = frozenset({"sd", "se"})
_WHOLE = 100  # percent
TWO_NAMES = re.compile(r"(?<![nN]/)(\b[^\W\d_]+)\s?/\s?([^\W\d_]+)\b(?:\s?\(?(?:n|no\.?)\)?)?[)\]]*\s*$")
"""Two groups at the end of a label whose cells print two counts: "Sex, male/female", "Gender (m/f)"."""
_UNKNOWN_MEASURES = frozenset({"", "estimate", "ratio"})


class Source(NamedTuple):
    """Words that say something about a cell, and where they stand: head, label, heading, caption, note..."""

    place: str
    text: str
    said: Said


class Statement(NamedTuple):
    """What a cell, or a part of one, says: a statistic of the schema `results`, its values by column as text, and the
    evidence for it."""

    statistic: str
    values: Mapping[str, str]
    evidence: str


@dataclass(frozen=True)
class Context:
    """What is known about a cell. `sources`: the nearest first; `size`: the N of its patients, "" where unknown;
    `among_counts`: most cells of its column are counts; `left`: what the column to the left says, for limits of its
    values."""

    sources: tuple[Source, ...]
    size: str = ""
    among_counts: bool = False
    left: tuple[Source, ...] = ()

    def first(self, wanted: Callable[[Said], object]) -> Source | None:
        return next((source for source in self.sources if wanted(source.said)), None)


def statements_of(cell: ShapedCell, context: Context) -> list[Statement]:
    """Return what the cell says: every number of it is in exactly one statement; () where it prints none."""
    if not cell.numbers:
        return []
    if test := _TEST_RESULT.fullmatch(cell.text):
        rest = {"p": cell.numbers[-1]} if "p" in cell.shape else {}
        return [Statement("test", {"test": test[1], "value": _number(test[2]), **rest}, f"cell: {cell.text}")]
    context = _with_own_words(cell, context)
    shape, numbers, tail = _without_tail(cell, context)
    found = _read(shape, numbers, context) or [_value(number) for number in numbers]
    if not found:  # only a tail: the number of patients
        return [Statement("count", tail, "cell")]
    first = found[0]
    return [Statement(first.statistic, {**first.values, **tail}, first.evidence), *found[1:]]


_TEST_RESULT = re.compile(
    r"((?:F|t|z|χ\s?2|χ²|[Cc]hi[-\s]?(?:2|²|squared?)|H|U|W)\s?(?:\(?\d+(?:\.\d+)?(?:\s?,\s?\d+(?:\.\d+)?)?\)?)?)"
    r"\s?([=<>≤≥]\s?[-−–]?[\d.·]+)(?:[\s,;]*(?:n\.?s\.?|\(?[Pp]\s?[=<>]\s?[\d.·]+\)?))?\s?[*†‡]*"
)
"""The result of a test in a cell: "F(2,54) = 1.04 n.s.", "χ2 = 5.1, p = 0.02"."""


def _number(text: str) -> str:
    return plain_number(text.lstrip("= "))


def _with_own_words(cell: ShapedCell, context: Context) -> Context:
    """The context with the words of the cell itself as the nearest source: "HR 2.05 (1.51-2.77)"."""
    said = said_in(cell.text) if cell.words else Said()
    if not said:
        return context
    return Context((Source("cell", cell.text, said), *context.sources), context.size, context.among_counts, context.left)


_INTERVALS = ("N(N~N)", "N~N", "N±N(N~N)", "N")


def _without_tail(cell: ShapedCell, context: Context) -> tuple[str, list[str], dict[str, str]]:
    """The shape and numbers of a cell without a P value or a number of patients behind, and these by column."""
    shape, numbers, tail = cell.shape.strip("w"), list(cell.numbers), dict[str, str]()
    while True:
        if shape.endswith("(wN)") and cell.words and cell.words[-1].casefold() == "n":
            shape, tail["n"] = shape.removesuffix("(wN)"), numbers.pop()
        elif len(numbers) > 1 and (base := _before_p(shape, numbers[-1], context)) is not None:
            shape, tail["p"] = base, numbers.pop()
        elif shape == "N(N)(N)" and (context.sources and _says_size_last(context.sources)):
            shape, tail["n"] = "N(N)", numbers.pop()
        elif shape in ("N(w)", "N%(w)", "N(N~N)(w)"):
            shape = shape.removesuffix("(w)")
        else:
            return shape, numbers, tail


def _before_p(shape: str, last: str, context: Context) -> str | None:
    """The shape before a P value that ends the cell; None where it does not end so."""
    for ending in ("(pN)", "/pN", "pN", "/N", "N"):
        base = shape.removesuffix(ending).rstrip("w")
        if shape.endswith(ending) and base in _INTERVALS:
            told = "p" in ending or (base != "N" and "w" not in shape and context.first(lambda said: said.p))
            if (told or (last.startswith("<") and "w" not in shape) or base == "N(N~N)") and _is_probability(last):
                return base
    return None


def _says_size_last(sources: Sequence[Source]) -> bool:
    return any(source.text.rstrip().endswith(("[n]", "(n)")) for source in sources)


def _is_probability(text: str) -> bool:
    return is_printed(text) and 0 <= parse_printed(text).value <= 1


def _read(shape: str, numbers: Sequence[str], context: Context) -> list[Statement]:
    if shape in _COUNT_SHAPES and not _is_mean_of_percents(shape, context):
        return _counts(shape, numbers, context)
    if shape in _SPREAD_SHAPES:
        return _with_spread(numbers, context)
    if shape == "N±N(N~N)":
        return _with_spread(numbers[:2], context, numbers[2:])
    if shape in ("N(N)", "N%(N%)", "N%(N)"):
        return _pair(numbers, context)
    if shape in ("N(N~N)", "N%(N~N)", "N%(N%~N%)", "NN~N", "N(N%~N%)", "N~N~N"):
        return _with_limits(numbers, context)
    if shape in ("N~N", "(N~N)", "N%~N%", "N~N%"):
        return _limits(numbers, context)
    if shape in ("N", "N%", "(N)", "(N%)"):
        return _single(numbers[0], "%" in shape, context)
    if shape == "pN":
        return [Statement("p", {"p": numbers[0]}, "cell: P")]
    test = context.first(lambda said: said.test)
    if test and len(numbers) == 1:
        return [Statement("test", {"value": numbers[0], "test": test.said.test}, _evidence(test))]
    return []


def _evidence(source: Source) -> str:
    return f"{source.place}: {source.text}"


def _value(number: str) -> Statement:
    return Statement("value", {"value": number}, "nothing tells")


_COUNT_SHAPES = {
    "N(N%)": ("n", "percent"),
    "N%(N)": ("percent", "n"),
    "N/N": ("n", "total"),
    "N/N(N)": ("n", "total", "percent"),
    "N/N(N%)": ("n", "total", "percent"),
    "N%(N/N)": ("percent", "n", "total"),
    "N(N/N)": ("percent", "n", "total"),
}
_SPREAD_SHAPES = ("N±N", "N(±N)", "N%±N%", "N±N%", "NN")


def _is_mean_of_percents(shape: str, context: Context) -> bool:
    return shape == "N%(N)" and context.first(lambda said: said.spread in _SPREAD_COLUMNS) is not None


def _counts(shape: str, numbers: Sequence[str], context: Context) -> list[Statement]:
    values = dict(zip(_COUNT_SHAPES[shape], numbers, strict=True))
    if not all(_is_whole(values[name]) for name in ("n", "total") if name in values):
        return _pair(numbers, context) if len(numbers) == 2 and "/" not in shape else []  # noqa: PLR2004
    if shape == "N/N" and (slashed := _two_names(context)):
        return [Statement("count", {"n": number}, _evidence(slashed)) for number in numbers]
    return [Statement("count", values, f"cell: {shape.replace('N', 'n').replace('n/n', 'n/N')}")]


def _two_names(context: Context) -> Source | None:
    """The label that names two groups: "Sex, male/female"."""
    return next((source for source in context.sources if source.place in ("label", "head") and TWO_NAMES.search(source.text)), None)


def _is_whole(text: str) -> bool:
    return is_printed(text) and parse_printed(text).is_whole


def _with_spread(numbers: Sequence[str], context: Context, limits: Sequence[str] = ()) -> list[Statement]:
    """ "54.2 ± 11.3": a mean, or an estimate; the second number is what the words say."""
    spread = context.first(lambda said: set(said.spreads) & _SPREAD_COLUMNS)
    kind = next((name for name in spread.said.spreads if name in _SPREAD_COLUMNS), "") if spread else ""
    statistic, centre = _centre_of(numbers[0], context, kind) or ("mean", {"mean": numbers[0]})
    behind = context.first(lambda said: set(said.spreads) & set(_LIMITS))
    values = dict(centre)
    rest = []
    if kind:
        values[kind] = numbers[1]
    else:
        rest.append(_value(numbers[1]))
    if limits:
        names = _LIMITS[next(name for name in behind.said.spreads if name in _LIMITS)] if behind else ()
        values |= dict(zip(names, limits, strict=False))
        rest += [] if names else [_value(number) for number in limits]
    return [Statement(statistic, values, _evidence(spread) if spread else "cell: ±"), *rest]


def _centre_of(number: str, context: Context, spread: str = "") -> tuple[str, dict[str, str]] | None:
    """The statistic of a number with a spread or limits, and its column: an effect, a difference, a mean, a median."""
    for source in context.sources:
        said = source.said
        if not said.centre and (paired := dict(said.pairs).get(spread)):
            return paired, {"mean" if paired == "geometric_mean" else paired: number}
        if said.measure not in _UNKNOWN_MEASURES and not (said.measure == "incidence" and said.centre):
            return _effect(number, said)
        if said.centre:
            column = "mean" if said.centre == "geometric_mean" else said.centre
            return said.centre, {column: number}
        if said.measure:
            return _effect(number, said)
    return None


def _effect(number: str, said: Said) -> tuple[str, dict[str, str]]:
    measure = "" if said.measure == "difference" else said.measure
    values = {"measure": measure, "estimate": number} if measure else {"estimate": number}
    return ("difference" if said.measure in DIFFERENCES else "effect"), values


def _pair(numbers: Sequence[str], context: Context) -> list[Statement]:
    """ "54.2 (11.3)" or "12 (23.5)"."""
    first, second = numbers
    counts = count_fits(first, second, context.size)
    for source in context.sources:
        said = source.said
        spread = next((name for name in said.spreads if name in _SPREAD_COLUMNS), "")
        of_counts = said.count or said.percent
        if spread and of_counts and counts:
            return [Statement("count", {"n": first, "percent": second}, f"arithmetic: {first} of {context.size}")]
        if spread and not (of_counts and counts):
            statistic, centre = _centre_of(first, context, spread) or ("mean", {"mean": first})
            return [Statement(statistic, {**centre, spread: second}, _evidence(source))]
        if of_counts and _is_whole(first) and not spread:
            return [Statement("count", {"n": first, "percent": second}, _evidence(source))]
        if said.percent and _is_whole(second) and not spread and not _is_whole(first):
            return [Statement("count", {"percent": first, "n": second}, _evidence(source))]
    if counts:
        return [Statement("count", {"n": first, "percent": second}, f"arithmetic: {first} of {context.size}")]
    if context.among_counts and _is_whole(first):
        return [Statement("count", {"n": first, "percent": second}, "column: counts with percentages")]
    return []


def count_fits(count: str, percent: str, size: str) -> bool:
    """Whether `percent` is that of `count` among `size`, as printed."""
    if not (size and _is_whole(count) and is_printed(percent)):
        return False
    n, total, printed = parse_printed(count).count, parse_printed(size).count, parse_printed(percent)
    return 0 < total >= n and _rounds_to(printed, _WHOLE * n / total)


def _rounds_to(printed: Printed, true: float) -> bool:
    width = float(printed.high - printed.low)
    return float(printed.low) - width * 0.02 <= true <= float(printed.high) + width * 0.02


def _with_limits(numbers: Sequence[str], context: Context) -> list[Statement]:
    """ "54 (19-83)": a centre with its range, quartiles or interval."""
    spread = context.first(lambda said: set(said.spreads) & set(_LIMITS))
    kind = next((name for name in spread.said.spreads if name in _LIMITS), "") if spread else ""
    centre = _centre_of(numbers[0], context, kind)
    if spread is None and centre is not None and centre[0] in ("effect", "difference"):
        kind = "ci"  # the limits of an effect are those of its interval
    elif spread is None:
        return [] if centre is None else [Statement(centre[0], centre[1], _centre_evidence(context)), *map(_value, numbers[1:])]
    names = _LIMITS[kind]
    if centre is None and names == _LIMITS["ci"]:
        centre = "effect", {"estimate": numbers[0]}
    if centre is None:
        return [_value(numbers[0]), Statement("median" if names[0] == "q1" else "range", dict(zip(names, numbers[1:], strict=True)), _evidence(spread))]
    level = {"ci_level": spread.said.level} if spread and names[0] == "ci_low" and spread.said.level else {}
    evidence = _evidence(spread) if spread else _centre_evidence(context)
    return [Statement(centre[0], {**centre[1], **dict(zip(names, numbers[1:], strict=True)), **level}, evidence)]


def _centre_evidence(context: Context) -> str:
    source = context.first(lambda said: said.centre or said.measure)
    return _evidence(source) if source else ""


def _limits(numbers: Sequence[str], context: Context) -> list[Statement]:
    """ "0.67, 1.21" under "95% CI": the limits of the value to the left; or a lone range."""
    spread = context.first(lambda said: set(said.spreads) & set(_LIMITS))
    if spread is None:
        return []
    kind = next(name for name in spread.said.spreads if name in _LIMITS)
    values = dict(zip(_LIMITS[kind], numbers, strict=True))
    if kind == "ci":
        left = Context(context.left)
        centre = _centre_of("", left)
        of_means = any(set(source.said.spreads) & _SPREAD_COLUMNS for source in context.left)
        statistic = centre[0] if centre else "mean" if of_means else "effect"
        measure = {"measure": centre[1]["measure"]} if centre and "measure" in centre[1] else {}
        level = {"ci_level": spread.said.level} if spread.said.level else {}
        return [Statement(statistic, {**measure, **values, **level}, _evidence(spread))]
    return [Statement("range" if kind == "range" else "median", values, _evidence(spread))]


def _single(number: str, percent: bool, context: Context) -> list[Statement]:
    near = [source for source in context.sources if source.place not in GENERAL]
    general = [source for source in context.sources if source.place in GENERAL]
    if told := _told_single(number, percent, near):
        return [told]
    if percent:
        return [Statement("count", {"percent": number}, "cell: %")]
    if context.among_counts and _is_whole(number):
        return [Statement("count", {"n": number}, "column: counts")]
    told = _told_single(number, percent, general)
    return [told] if told else []


def _told_single(number: str, percent: bool, sources: Sequence[Source]) -> Statement | None:
    """What the sources say of one number, the nearest first; None where they say nothing that fits."""
    return next((told for source in sources if (told := _said_of_single(number, percent, source))), None)


def _said_of_single(number: str, percent: bool, source: Source) -> Statement | None:
    said, evidence = source.said, _evidence(source)
    if said.p and _is_probability(number) and not percent and not said.centre:
        return Statement("p", {"p": number}, evidence)
    if said.measure not in _UNKNOWN_MEASURES and not (said.measure == "incidence" and said.centre):
        return Statement(*_effect(number, said), evidence)
    if said.centre:
        return Statement(said.centre, {"mean" if said.centre == "geometric_mean" else said.centre: number}, evidence)
    if (said.count or percent) and (percent or _is_whole(number)):
        return Statement("count", {"percent" if percent else "n": number}, evidence)
    if said.percent:
        return Statement("count", {"percent": number}, evidence)
    if said.test:
        return Statement("test", {"value": number, "test": said.test}, evidence)
    if said.spread in _SPREAD_COLUMNS:
        return Statement("mean", {said.spread: number}, evidence)
    return Statement(*_effect(number, said), evidence) if said.measure else None
