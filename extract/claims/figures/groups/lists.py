"""Figures in lists and comparisons: "28%, 20% and 11% with A, B and C, respectively", "7.0 vs. 2.9 months"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.claims.figures.counts import is_joint
from extract.claims.figures.figures import Figure
from extract.claims.figures.measures import STRONG as RATIOS
from extract.claims.figures.subjects import VALUE_END, trimmed

_COMPARED = re.compile(r"\b(?:vs\.?|versus|against|compared (?:with|to)|as opposed to|than)\b")
_PARTS = re.compile(
    r"(?:\s*,\s*(?:and|or|versus|vs\.?)\s+|\s*,\s+|\s+(?:and|or|versus|vs\.?|compared (?:with|to))\s+)"
    r"(?:(?:in|for|with|among|at|of)\s+)?"
)
_STRICT = re.compile(r"\s+(?:and|versus|vs\.?|compared (?:with|to))\s+(?:(?:in|for|with|among|at|of)\s+)?")  # "or" kept
_LEAD = re.compile(r"\b(?:in|for|with|among|of|by|between|to|under|were|was|had|achieved|had)\s+(?:the\s+)?")
_GROUPS = re.compile(r"\s+(?:groups?|arms?|cohorts?|patients)\s*$")
MOST_BETWEEN = 14  # words between two values that are compared


def runs(figures: Sequence[Figure], sentence: str) -> Iterator[tuple[Figure, ...]]:
    """Figures that stand side by side, lists of two and more."""
    run: list[Figure] = []
    for figure in figures:
        if run and alike(run[-1], figure) and is_joint(run[-1], figure, sentence):
            run.append(figure)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [figure]
    if len(run) > 1:
        yield tuple(run)


def alike(first: Figure, second: Figure) -> bool:
    return first.kind == second.kind and (first.unit == second.unit or first.kind == "count")


def compared(figures: Sequence[Figure], measures: Sequence[str], sentence: str) -> dict[Figure, Figure]:
    """Figure -> the one with which it is compared, both ways round: by a word, or by the P value behind both."""
    pairs: dict[Figure, Figure] = {}
    for (first, one), (second, other) in pairwise(zip(figures, measures, strict=True)):
        gap = sentence[first.end : second.start]
        near = ";" not in gap and len(gap.split()) <= MOST_BETWEEN and one == other and first not in pairs
        tested = second.p and not first.p and one not in RATIOS and one != "count"
        if near and (tested or (alike(first, second) and _COMPARED.search(gap))):
            pairs |= {first: second, second: first}
    return pairs


def items_of(run: Sequence[Figure], sentence: str) -> list[str]:
    """The things that the figures of a list are about, in its order, where the sentence lists as many behind or before
    it; none otherwise."""
    rest = VALUE_END.sub("", sentence[run[-1].until :], count=1)
    behind = re.split(r"[;(]|\.\s|, respectively|\brespectively\b|\.$", rest, maxsplit=1)[0]
    if len(run) == 2:
        behind = re.split(r",\s+(?:and|with|while|but)\b", behind, maxsplit=1)[0]
    found = _items(behind, len(run), first=True)
    if not found:
        before = re.split(r"[;:]|\.\s", sentence[: run[0].start])[-1]
        found = _items(before, len(run), first=False)
    return found


def _items(text: str, count: int, *, first: bool) -> list[str]:
    """The first or the last enumeration of so many things in a text, each behind a preposition or verb."""
    starts = [match.end() for match in _LEAD.finditer(text)] + ([0] if not first else [])
    for start in sorted(set(starts), reverse=not first):
        rest = text[start:]
        tail = re.split(r"\s+(?:was|were|is|are|had|reached|did|gave|came|occurred|responded)\b", rest, maxsplit=1)[0]
        parts = _PARTS.split(tail.strip(" ,"))
        if len(parts) > count or count == 2:  # a comma alone joins no two
            parts = _STRICT.split(tail.strip(" ,"))
        if len(parts) == count and all(part.strip() and not re.search(r"\d\.\d|%", part) for part in parts):
            return _with_common_noun([trimmed(part, first=True) for part in parts])
    return []


def _with_common_noun(parts: list[str]) -> list[str]:
    """ "the A and B groups": the noun of the last belongs to all, and says nothing."""
    return [_GROUPS.sub("", part) or part for part in parts]
