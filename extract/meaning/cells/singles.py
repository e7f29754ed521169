"""Cells with one number."""

import re
from collections.abc import Sequence

from extract.meaning.cells.centres import SPREAD_COLUMNS, UNKNOWN_MEASURES, effect_of
from extract.meaning.cells.context import (
    GENERAL,
    CellStatement,
    Context,
    Source,
    evidence_of,
    is_printed_count,
    is_probability,
)

_P_OF = re.compile(r"\b(?:interaction|trend|heterogeneity)\b", re.IGNORECASE)  # a P value that compares no two arms


def single_number(number: str, percent: bool, context: Context) -> list[CellStatement]:
    near = [source for source in context.sources if source.place not in GENERAL]
    general = [source for source in context.sources if source.place in GENERAL]
    if told := _told_single(number, percent, near):
        return [told]
    if percent:
        return [CellStatement("count", {"percent": number}, "cell: %")]
    if context.among_counts and is_printed_count(number):
        return [CellStatement("count", {"n": number}, "column: counts")]
    told = _told_single(number, percent, general)
    return [told] if told else []


def _told_single(number: str, percent: bool, sources: Sequence[Source]) -> CellStatement | None:
    """What the sources say of one number, the nearest first; None where they say nothing that fits."""
    return next((told for source in sources if (told := _said_of_single(number, percent, source))), None)


def _said_of_single(number: str, percent: bool, source: Source) -> CellStatement | None:
    said, evidence = source.said, evidence_of(source)
    if said.p and is_probability(number) and not percent and not said.centre:
        kind = _P_OF.search(source.text)
        return CellStatement("p", {"p": number, **({"test": kind[0]} if kind else {})}, evidence)
    if said.measure not in UNKNOWN_MEASURES and not (said.measure == "incidence" and said.centre):
        return CellStatement(*effect_of(number, said), evidence)
    if said.centre:
        return CellStatement(
            said.centre, {"mean" if said.centre == "geometric_mean" else said.centre: number}, evidence
        )
    if (said.count or percent) and (percent or is_printed_count(number)):
        return CellStatement("count", {"percent" if percent else "n": number}, evidence)
    if said.percent:
        return CellStatement("count", {"percent": number}, evidence)
    if said.test:
        return CellStatement("test", {"value": number, "test": said.test}, evidence)
    if said.spread in SPREAD_COLUMNS:
        return CellStatement("mean", {said.spread: number}, evidence)
    return CellStatement(*effect_of(number, said), evidence) if said.measure else None
