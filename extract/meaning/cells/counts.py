"""Counts with their denominators and percentages; two numbers of which the second stands in brackets."""

import re
from collections.abc import Sequence

from extract.meaning.cells.centres import SPREAD_COLUMNS, centre_of
from extract.meaning.cells.context import CellStatement, Context, Source, evidence_of, is_printed_count
from schemas.base.printed import Printed, is_printed, parse_printed

_WHOLE = 100  # percent
TWO_NAMES = re.compile(r"(?<![nN]/)(\b[^\W\d_]+)\s?/\s?([^\W\d_]+)\b(?:\s?\(?(?:n|no\.?)\)?)?[)\]]*\s*$")
"""Two groups at the end of a label whose cells print two counts: "Sex, male/female", "Gender (m/f)"."""
COUNT_SHAPES = {
    "N(N%)": ("n", "percent"),
    "N%(N)": ("percent", "n"),
    "N/N": ("n", "total"),
    "N/N(N)": ("n", "total", "percent"),
    "N/N(N%)": ("n", "total", "percent"),
    "N%(N/N)": ("percent", "n", "total"),
    "N(N/N)": ("percent", "n", "total"),
}


def counts_in(shape: str, numbers: Sequence[str], context: Context) -> list[CellStatement]:
    values = dict(zip(COUNT_SHAPES[shape], numbers, strict=True))
    if not all(is_printed_count(values[name]) for name in ("n", "total") if name in values):
        return pair_of_numbers(numbers, context) if len(numbers) == 2 and "/" not in shape else []
    if shape == "N/N" and (slashed := _two_names(context)):
        return [CellStatement("count", {"n": number}, evidence_of(slashed)) for number in numbers]
    return [CellStatement("count", values, f"cell: {shape.replace('N', 'n').replace('n/n', 'n/N')}")]


def _two_names(context: Context) -> Source | None:
    """The label that names two groups: "Sex, male/female"."""
    near = (source for source in context.sources if source.place in ("label", "head"))
    return next((source for source in near if TWO_NAMES.search(source.text)), None)


def pair_of_numbers(numbers: Sequence[str], context: Context) -> list[CellStatement]:
    """ "54.2 (11.3)" or "12 (23.5)"."""
    first, second = numbers
    counts = count_fits(first, second, context.size)
    for source in context.sources:
        said = source.said
        spread = next((name for name in said.spreads if name in SPREAD_COLUMNS), "")
        of_counts = said.count or said.percent
        if spread and of_counts and counts:
            return [CellStatement("count", {"n": first, "percent": second}, f"arithmetic: {first} of {context.size}")]
        if spread and not (of_counts and counts):
            statistic, centre = centre_of(first, context, spread) or ("mean", {"mean": first})
            return [CellStatement(statistic, {**centre, spread: second}, evidence_of(source))]
        if of_counts and is_printed_count(first) and not spread:
            return [CellStatement("count", {"n": first, "percent": second}, evidence_of(source))]
        if said.percent and is_printed_count(second) and not spread and not is_printed_count(first):
            return [CellStatement("count", {"percent": first, "n": second}, evidence_of(source))]
    if counts:
        return [CellStatement("count", {"n": first, "percent": second}, f"arithmetic: {first} of {context.size}")]
    if context.among_counts and is_printed_count(first):
        return [CellStatement("count", {"n": first, "percent": second}, "column: counts with percentages")]
    return []


def count_fits(count: str, percent: str, size: str) -> bool:
    """Whether `percent` is that of `count` among `size`, as printed."""
    if not (size and is_printed_count(count) and is_printed(percent)):
        return False
    n, total, printed = parse_printed(count).count, parse_printed(size).count, parse_printed(percent)
    return 0 < total >= n and _rounds_to(printed, _WHOLE * n / total)


def _rounds_to(printed: Printed, true: float) -> bool:
    width = float(printed.high - printed.low)
    return float(printed.low) - width * 0.02 <= true <= float(printed.high) + width * 0.02
