"""Which figures of a sentence state something: units are found, lists get their common unit, labels are left out.

A number states something where it has a percent sign, an interval, a noun that is counted or a word that leads to it;
a dose, a point in time or a criterion does not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.claims.figures.assembly import CLAUSE, MOST_WORDS_TO_P, join_atoms
from extract.claims.figures.counts import (
    CRITERION,
    LABELLED,
    NEAR,
    YEAR,
    count_states,
    is_joint,
    is_whole,
    named,
    with_nouns,
)
from extract.claims.figures.figures import FOLD, Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import fits
from extract.claims.figures.units import is_rate, is_time, noun_behind, unit_behind

_LED_TO = re.compile(
    r"(?:\b(?:was|were|is|are|of|to|by|reached|from|than|mean|median|only|averaged|with|exceeding|exceeded|below|about"
    r"|at|and|vs\.?|versus|for)|[=:(,;\[])\s*(?:(?:about|only|approximately|almost|nearly)\s+)?$"
)
_CENTER = re.compile(r"\b(?:[Mm]edian|[Mm]ean|average|mPFS|mOS)\b")
_CHANGED = re.compile(
    r"\b(?:increas|decreas|declin|dropp|fell|fall|rose|rising|risen|improv|reduc|chang|went|grew|lower)\w*\b[^;]{0,60}\bfrom\s*$"
)
_LEVEL = re.compile(
    r"\bsignifican(?:t|ce)\b[^.;()]{0,60}\b(?:when|if|set|defined|level|considered|accepted|declared|assumed|established"
    r"|taken|denoted|indicated|tested)\b[^.;()]{0,30}$"
)
_NAMED_BY = re.compile(r"\b(?:the|an?|each|every|this|that|our|their|per)\s+$")
_NOUN_NEXT = re.compile(
    r"\s+(?!(?:of|was|were|is|are|and|or|for|in|after|to|before|with|at|from|on|as|by|later|ago|prior|until|when|than"
    r"|versus|vs|more|less|longer|shorter|earlier)\b)[a-z]{3}"
)
_MEDIAN_OF = re.compile(r"\b(?:median|mean|average)(?: number)? of\s+$")
_CENTER_IS = re.compile(r"\b(?:[Mm]edian|[Mm]ean|average)(?:\s*[,:=])\s*$")
_POINT = re.compile(r"\b(?:at|after|until|within|before|every|for|baseline to|baseline,)\s+(?:the\s+)?$")
_SAID = re.compile(r"(?:\b(?:was|were|is|by|lasted|took|averaged|mean|median)\s*(?:of\s*)?|[=]\s*)$")
_BETWEEN = re.compile(r"\b(?:from|between|was|were)\s*$")
_VERSUS = re.compile(r"\b(?:vs|versus|against|compared)\b")
_SINGLE = re.compile(r"\s+([A-Z]{2,})(?=\s+(?:was|had|has|did|[a-z]+ed)\b)")  # "1 GP answered"
_ABBREVIATED = re.compile(r"\b[A-Z]{2,}s$")
_SCALED = re.compile(r"(?:thousand|million|billion)\b")
_BRACKETS = re.compile(r"[\s)\]]*")


def find_stated(sentence: str, mentions: Sequence[Mention]) -> list[Figure]:
    """The figures that a sentence with plain signs states, from left to right."""
    figures = [with_unit(figure, sentence) for figure in _parted(join_atoms(sentence), sentence)]
    whole = with_nouns(with_common_units(figures, sentence), sentence, mentions)
    kept: list[Figure] = []
    dropped = False  # the figure before
    for figure in whole:
        stands = states(figure, whole, sentence, mentions)
        if stands and not (figure.kind == "p" and dropped):
            kept.append(figure)
        elif figure.kind == "p" and not stands:
            continue
        elif figure.p and kept and not kept[-1].p and may_bear_p(kept[-1], figure, sentence):
            kept[-1] = replace(kept[-1], p=figure.p, p_at=figure.p_at, end=figure.end)
        elif figure.p:
            kept.append(lone_p(figure))
        dropped = not stands
    return kept


def lone_p(figure: Figure) -> Figure:
    """The P value of a figure that states nothing itself."""
    return Figure("p", figure.p_at, figure.end, figure.p, p=figure.p, until=figure.end)


def may_bear_p(last: Figure, figure: Figure, sentence: str) -> bool:
    """Whether the P value of a figure that states nothing is that of the one before: "7.2% and 11.2% for the two
    periods (P = 0.17)"."""
    gap = sentence[last.end : figure.p_at]
    return last.kind in ("percent", "number") and len(gap.split()) <= MOST_WORDS_TO_P and not CLAUSE.search(gap)


def _parted(figures: Sequence[Figure], sentence: str) -> list[Figure]:
    """ "rose from 7.8 to 17.1 %" states two values, no range."""
    found: list[Figure] = []
    for figure in figures:
        if (
            figure.kind == "range"
            and figure.bare
            and _CHANGED.search(sentence[max(0, figure.start - NEAR) : figure.start])
        ):
            kind = "percent" if figure.unit == "%" else "number"
            one = replace(figure, kind=kind, low="", high="", bare=False)
            middle = sentence.find(figure.high.lstrip("-"), figure.start + 1, figure.until)
            found += [
                replace(one, value=figure.low, until=middle - 1, end=middle - 1, p=""),
                replace(one, value=figure.high, start=middle),
            ]
        else:
            found.append(figure)
    return found


def with_unit(figure: Figure, sentence: str) -> Figure:
    """A number with its unit, or with the noun that it counts."""
    if figure.kind == "count":
        noun = noun_behind(sentence, figure.until)[0] or figure.noun
        return replace(figure, noun=noun, unit=noun.split()[-1] if noun else "")
    if figure.kind not in ("number", "range") or figure.unit:
        return figure
    unit, end = unit_behind(sentence, figure.until)
    if not unit and (figure.has_interval or figure.sd):
        unit, end = unit_behind(sentence, _BRACKETS.match(sentence, figure.end).end())  # type: ignore[union-attr]
    if unit:
        return replace(figure, unit=unit, end=max(figure.end, end))
    if figure.value == "1" and not figure.notes and (single := _SINGLE.match(sentence, figure.until)):
        return replace(figure, kind="count", noun=single[1], unit=single[1])
    noun, _ = noun_behind(sentence, figure.until)
    if figure.notes and _ABBREVIATED.search(noun):
        return figure  # "two RCTs" only mentions them
    if (figure.notes == "value:one" and len(noun.split()) > 2) or _MEDIAN_OF.search(sentence[: figure.start]):
        return figure
    if noun and figure.kind == "number" and is_whole(figure) and not figure.bare and not figure.sd:
        return replace(figure, kind="count", noun=noun, unit=noun if _SCALED.match(noun) else noun.split()[-1])
    return figure


def with_common_units(figures: Sequence[Figure], sentence: str) -> list[Figure]:
    """Figures of a list with the unit that only its last one has: "7.0 vs. 2.9 months", "26, 11 and 6 %"."""
    done = list(figures)
    for i in range(len(done) - 2, -1, -1):
        this, following = done[i], done[i + 1]
        if following.value == "0" and following.kind == "number" and not following.unit and this.kind == "percent":
            between = sentence[this.end : following.start]
            if LABELLED.fullmatch(between) or is_joint(this, following, sentence):
                done[i + 1] = replace(following, kind="percent", unit="%")  # "A, 12%; B, 0"
        if this.kind == "number" and not this.unit and is_joint(this, following, sentence):
            if following.unit == "%" and following.kind == "percent":
                done[i] = replace(this, kind="percent", unit="%")
            elif following.kind == "number" and following.unit:
                done[i] = replace(this, unit=following.unit)
            elif following.kind == "count" and this.value.isdecimal() and not (this.has_interval or this.sd):
                done[i] = replace(this, kind="count", unit=following.unit, noun=following.noun)
    return done


def states(figure: Figure, figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether a figure says something of the study."""
    before = sentence[max(0, figure.start - NEAR) : figure.start]
    match figure.kind:
        case "p":
            return not (figure.p[:1] in ("<", "≤") and _LEVEL.search(before))
        case "i2" | "absent" | "date":
            return True
        case "range":
            if YEAR.fullmatch(figure.low) and YEAR.fullmatch(figure.high):
                return False
            introduced = not figure.bare or figure.unit == "%" or _BETWEEN.search(before)
            return bool(figure.ci_low or introduced or named(figure, sentence, mentions))
        case "percent":
            return bool(figure.has_interval or not CRITERION.search(before) or named(figure, sentence, mentions))
        case "count":
            return count_states(figure, sentence)
    return bool(figure.has_interval or figure.sd) or number_states(figure, figures, sentence, mentions)


def number_states(figure: Figure, figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]) -> bool:
    """The same for a number without anything that says what it is but its unit."""
    before = sentence[max(0, figure.start - NEAR) : figure.start]
    listed = any(
        is_joint(a, b, sentence)
        for a, b in pairwise(figures)
        if figure in (a, b) and _VERSUS.search(sentence[a.end : b.start])
    )
    if is_time(figure.unit):
        if is_attribute(figure, sentence):
            return False
        if follows := [
            a for a, b in pairwise(figures) if b is figure and is_joint(a, b, sentence) and a.kind == "number"
        ]:
            return listed or states(follows[0], figures, sentence, mentions)
        measured = named(figure, sentence, mentions) and not CRITERION.search(before)
        center = (_CENTER.search(before[-70:]) or measured) and not _POINT.search(before)
        return bool(center or listed or _SAID.search(before))
    if figure.unit in FOLD:
        return True
    if figure.unit and not is_rate(figure.unit):
        return bool(listed or _SAID.search(before))
    if _MEDIAN_OF.search(before) or _CENTER_IS.search(before):
        return True
    if figure.value.replace(",", "").isdecimal() and not named(figure, sentence, mentions):
        return bool(listed or re.search(r"[=:]\s*$", before)) and not figure.notes
    led_to = _LED_TO.search(before) or any(
        m.end <= figure.start and not sentence[m.end : figure.start].strip() and fits(m, figure) for m in mentions
    )  # "mean age 51.5"
    return bool(listed or led_to) and not figure.notes and not CRITERION.search(before)


def is_attribute(figure: Figure, sentence: str) -> bool:
    """Whether a time only names something: "the 3 h group", "a 12 month course"."""
    named_by = _NAMED_BY.search(sentence, 0, figure.start)
    return bool(named_by and _NOUN_NEXT.match(sentence, unit_behind(sentence, figure.until)[1]))
