"""Figures in lists and comparisons: "28%, 20% and 11% with A, B and C, respectively", "7.0 vs. 2.9 months"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.claims.figures.clauses import trim_grammar
from extract.claims.figures.counts import LABEL_BETWEEN, are_listed_together
from extract.claims.figures.figures import Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import EFFECT_MEASURES, unit_kind_of
from extract.claims.figures.subjects import REST_OF_VALUE

_COMPARING = re.compile(r"\b(?:vs\.?|versus|against|compared (?:with|to)|as opposed to|than)\b")
_ITEM_ENDS = re.compile(
    r"(?:\s*,\s*(?:and|or|versus|vs\.?)\s+|\s*,\s+|\s+(?:and|or|versus|vs\.?|compared (?:with|to))\s+)"
    r"(?:(?:in|for|with|among|at|of)\s+)?"
)
# "or" may stay within an item
_ITEM_ENDS_WITHOUT_OR = re.compile(
    r"\s+(?:and|versus|vs\.?|compared (?:with|to))\s+(?:(?:in|for|with|among|at|of)\s+)?"
)
_ENUMERATION_BEGIN = re.compile(r"\b(?:in|for|with|among|of|by|between|to|under|were|was|had|achieved)\s+(?:the\s+)?")
_COMMON_NOUN = re.compile(r"\s+(?:groups?|arms?|cohorts?|patients)\s*$")
# Measures whose values have no unit: a percentage behind one is another figure
_WITHOUT_UNIT = ("hazard_ratio", "odds_ratio", "rate_ratio", "risk_ratio", "smd", "correlation", "statistic", "auc")
MAX_WORDS_BETWEEN = 14  # between two values that are compared


def find_lists(figures: Sequence[Figure], sentence: str) -> Iterator[tuple[Figure, ...]]:
    """Yield each list of two or more neighbouring figures of one kind and unit."""
    listed: list[Figure] = []
    for figure in figures:
        if listed and same_kind_and_unit(listed[-1], figure) and are_listed_together(listed[-1], figure, sentence):
            listed.append(figure)
            continue
        if len(listed) > 1:
            yield tuple(listed)
        listed = [figure]
    if len(listed) > 1:
        yield tuple(listed)


def same_kind_and_unit(first: Figure, second: Figure) -> bool:
    """Whether two figures have one kind and one unit; counts may count different nouns."""
    return first.kind == second.kind and (first.unit == second.unit or first.kind == "count")


def with_common_units(figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention] = ()) -> list[Figure]:
    """Return the figures; in a list, all take the unit that only the last has: "7.0 vs. 2.9 months", "26 and 6 %".

    A clause of its own gives no unit back: "OR 1.80 (1.10-2.95), and 30 %", "the HR was 0.72, and 12 of 51 (23.5 %)".
    """
    done = list(figures)
    for i in range(len(done) - 2, -1, -1):
        this, following = done[i], done[i + 1]
        if following.value == "0" and following.kind == "number" and not following.unit and this.kind == "percent":
            between = sentence[this.end : following.start]
            if LABEL_BETWEEN.fullmatch(between) or are_listed_together(this, following, sentence):
                done[i + 1] = replace(following, kind="percent", unit="%")  # "A, 12%; B, 0"
        if this.kind == "number" and not this.unit and are_listed_together(this, following, sentence):
            if this.value != "0" and not _may_share_unit(this, following, sentence, mentions):
                continue
            if following.unit == "%" and following.kind == "percent":
                done[i] = replace(this, kind="percent", unit="%")
            elif following.kind == "number" and following.unit:
                done[i] = replace(this, unit=following.unit)
            elif following.kind == "count" and this.value.isdecimal() and not (this.has_interval or this.sd):
                done[i] = replace(this, kind="count", unit=following.unit, noun=following.noun)
    return done


def _may_share_unit(this: Figure, following: Figure, sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether a number without a unit can have the unit of the figure behind it: both have the same companions, the
    unit follows the value directly, and the measure named before the number can have such a unit."""
    if following.kind == "count" or _COMPARING.search(sentence[this.end : following.start]):
        return True
    companions = [(bool(one.ci_low or one.low), bool(one.sd)) for one in (this, following)]
    counted = bool(following.n) and not sentence.startswith(following.value, following.start)
    if companions[0] != companions[1] or this.p or counted:
        return False
    before = [m for m in mentions if m.end <= this.start and not re.search(r"[\d;]", sentence[m.end : this.start])]
    return not before or before[-1].name not in _WITHOUT_UNIT or unit_kind_of(following) in before[-1].kinds


def compared_figures(figures: Sequence[Figure], measures: Sequence[str], sentence: str) -> dict[Figure, Figure]:
    """Return figure -> the figure that it is compared with, in both directions. Two neighbours are
    compared by a word ("versus"), or by a P value behind both."""
    pairs: dict[Figure, Figure] = {}
    for (first, one), (second, other) in pairwise(zip(figures, measures, strict=True)):
        gap = sentence[first.end : second.start]
        near = ";" not in gap and len(gap.split()) <= MAX_WORDS_BETWEEN and one == other and first not in pairs
        tested = second.p and not first.p and one not in EFFECT_MEASURES and one != "count"
        if near and (tested or (same_kind_and_unit(first, second) and _COMPARING.search(gap))):
            pairs |= {first: second, second: first}
    return pairs


def items_of_list(listed: Sequence[Figure], sentence: str) -> list[str]:
    """Return the items that the figures of a list are about, in order: the sentence enumerates as many behind or before
    the list. Empty if the sentence has no such enumeration."""
    rest = REST_OF_VALUE.sub("", sentence[listed[-1].value_end :], count=1)
    behind = re.split(r"[;(]|\.\s|, respectively|\brespectively\b|\.$", rest, maxsplit=1)[0]
    if len(listed) == 2:
        behind = re.split(r",\s+(?:and|with|while|but)\b", behind, maxsplit=1)[0]
    found = _items(behind, len(listed), first=True)
    if not found:
        before = re.split(r"[;:]|\.\s", sentence[: listed[0].start])[-1]
        found = _items(before, len(listed), first=False)
    return found


def _items(text: str, count: int, *, first: bool) -> list[str]:
    """Return the first or the last enumeration of `count` items in a text, behind a preposition or verb; else []."""
    starts = [match.end() for match in _ENUMERATION_BEGIN.finditer(text)] + ([0] if not first else [])
    for start in sorted(set(starts), reverse=not first):
        rest = text[start:]
        tail = re.split(r"\s+(?:was|were|is|are|had|reached|did|gave|came|occurred|responded)\b", rest, maxsplit=1)[0]
        parts = _ITEM_ENDS.split(tail.strip(" ,"))
        if len(parts) > count or count == 2:  # two items need a word between them, a comma is not enough
            parts = _ITEM_ENDS_WITHOUT_OR.split(tail.strip(" ,"))
        if len(parts) == count and all(part.strip() and not re.search(r"\d\.\d|%", part) for part in parts):
            return _without_common_noun([trim_grammar(part, first=True) for part in parts])
    return []


def _without_common_noun(parts: list[str]) -> list[str]:
    """Return the items without a common noun at the end that says nothing: "groups" in "the A and B groups"."""
    return [_COMMON_NOUN.sub("", part) or part for part in parts]
