"""The figures of a sentence that state something about the study, with their units.

A number is a statement if it has a percent sign, an interval, a counted noun or a word that leads to it. A dose, a
point in time, a criterion and a label are no statements.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.claims.figures.assembly import CLAUSE_BREAK, MAX_WORDS_TO_P, assemble_figures
from extract.claims.figures.counts import (
    CALENDAR_YEAR,
    CRITERION_SIGN,
    LEAD_LETTERS,
    are_listed_together,
    count_is_statement,
    has_whole_value,
    measure_is_named,
    with_counted_nouns,
)
from extract.claims.figures.figures import FOLD_UNITS, Figure
from extract.claims.figures.groups.lists import with_common_units
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import mention_fits
from extract.claims.figures.units import is_rate, is_time, noun_behind, unit_behind

_LED_TO = re.compile(
    r"(?:\b(?:was|were|is|are|of|to|by|reached|from|than|mean|median|only|averaged|with|exceeding|exceeded|below|about"
    r"|at|and|vs\.?|versus|for)|[=:(,;\[])\s*(?:(?:about|only|approximately|almost|nearly)\s+)?$"
)
_CENTER = re.compile(r"\b(?:[Mm]edian|[Mm]ean|average|mPFS|mOS)\b")
_CHANGED = re.compile(
    r"\b(?:increas|decreas|declin|dropp|fell|fall|rose|rising|risen|improv|reduc|chang|went|grew|lower)\w*\b[^;]{0,60}\bfrom\s*$"
)
_SIGNIFICANCE_LEVEL = re.compile(
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
_POINT_IN_TIME = re.compile(r"\b(?:at|after|until|within|before|every|for|baseline to|baseline,)\s+(?:the\s+)?$")
_VALUE_LEAD = re.compile(r"(?:\b(?:was|were|is|by|lasted|took|averaged|mean|median)\s*(?:of\s*)?|[=]\s*)$")
_BETWEEN = re.compile(r"\b(?:from|between|was|were)\s*$")
_VERSUS = re.compile(r"\b(?:vs|versus|against|compared)\b")
_SINGLE = re.compile(r"\s+([A-Z]{2,})(?=\s+(?:was|had|has|did|[a-z]+ed)\b)")  # "1 GP answered"
_ABBREVIATED = re.compile(r"\b[A-Z]{2,}s$")
_SCALED = re.compile(r"(?:thousand|million|billion)\b")
_IN_ONE_ARM_AND = re.compile(  # between "7.4 months" and "5.1 months with placebo"
    r"[\s)\]]*(?:with|in|for|among|on|under|at|after)\s[^\d,;:.()]{1,60}?,?\s(?:and|but|vs\.?|versus)\s+(?:(?:by|of|to|only)\s+)*"
)
_CENTER_LETTERS = 70  # letters before a time that are searched for "median" or "mean"
_BRACKETS = re.compile(r"[\s)\]]*")


def find_stated_figures(sentence: str, mentions: Sequence[Mention]) -> list[Figure]:
    """Return the figures that a sentence with normalized signs states, from left to right.

    The P value of a figure that states nothing goes to the figure before, or becomes a figure of its own.
    """
    figures = [_with_unit(figure, sentence) for figure in _split_changes(assemble_figures(sentence), sentence)]
    whole = with_counted_nouns(with_common_units(figures, sentence, mentions), sentence, mentions)
    kept: list[Figure] = []
    dropped = False  # whether the figure before is no statement
    for figure in whole:
        is_statement = _is_statement(figure, whole, sentence, mentions)
        if is_statement and not (figure.kind == "p" and dropped):
            kept.append(figure)
        elif figure.kind == "p" and not is_statement:
            continue
        elif figure.p and kept and not kept[-1].p and _takes_p_value(kept[-1], figure, sentence):
            kept[-1] = replace(kept[-1], p=figure.p, p_start=figure.p_start, end=figure.end)
        elif figure.p:
            kept.append(_lone_p_value(figure))
        dropped = not is_statement
    return kept


def _lone_p_value(figure: Figure) -> Figure:
    """Return the P value of a figure as a figure of its own."""
    return Figure("p", figure.p_start, figure.end, figure.p, p=figure.p, value_end=figure.end)


def _takes_p_value(last: Figure, figure: Figure, sentence: str) -> bool:
    """Whether the P value of a figure that states nothing belongs to the figure before: "7.2% and 11.2% for the two
    periods (P = 0.17)"."""
    gap = sentence[last.end : figure.p_start]
    return last.kind in ("percent", "number") and len(gap.split()) <= MAX_WORDS_TO_P and not CLAUSE_BREAK.search(gap)


def _split_changes(figures: Sequence[Figure], sentence: str) -> list[Figure]:
    """Return the figures, with each range that is a change split: "rose from 7.8 to 17.1 %" states two values."""
    found: list[Figure] = []
    for figure in figures:
        before = sentence[max(0, figure.start - LEAD_LETTERS) : figure.start]
        if not (figure.kind == "range" and figure.unlabelled and _CHANGED.search(before)):
            found.append(figure)
            continue
        kind = "percent" if figure.unit == "%" else "number"
        one = replace(figure, kind=kind, low="", high="", unlabelled=False)
        middle = sentence.find(figure.high.lstrip("-"), figure.start + 1, figure.value_end)
        found += [
            replace(one, value=figure.low, value_end=middle - 1, end=middle - 1, p=""),
            replace(one, value=figure.high, start=middle),
        ]
    return found


def _with_unit(figure: Figure, sentence: str) -> Figure:
    """Return a number with its unit, or as a count with its counted noun."""
    if figure.kind == "count":
        noun = noun_behind(sentence, figure.value_end)[0] or figure.noun
        return replace(figure, noun=noun, unit=noun.split()[-1] if noun else "")
    if figure.kind not in ("number", "range") or figure.unit:
        return figure
    unit, end = unit_behind(sentence, figure.value_end)
    if not unit and (figure.has_interval or figure.sd):
        unit, end = unit_behind(sentence, _BRACKETS.match(sentence, figure.end).end())  # type: ignore[union-attr]
    if unit:
        return replace(figure, unit=unit, end=max(figure.end, end))
    if figure.value == "1" and not figure.notes and (single := _SINGLE.match(sentence, figure.value_end)):
        return replace(figure, kind="count", noun=single[1], unit=single[1])
    noun, _ = noun_behind(sentence, figure.value_end)
    if figure.notes and _ABBREVIATED.search(noun):
        return figure  # "two RCTs" counts nothing
    if (figure.notes == "value:one" and len(noun.split()) > 2) or _MEDIAN_OF.search(sentence[: figure.start]):
        return figure
    if noun and figure.kind == "number" and has_whole_value(figure) and not figure.unlabelled and not figure.sd:
        return replace(figure, kind="count", noun=noun, unit=noun if _SCALED.match(noun) else noun.split()[-1])
    return figure


def _is_statement(figure: Figure, figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether a figure states something about the study."""
    before = sentence[max(0, figure.start - LEAD_LETTERS) : figure.start]
    match figure.kind:
        case "p":
            return not (figure.p[:1] in ("<", "≤") and _SIGNIFICANCE_LEVEL.search(before))
        case "i2" | "absent" | "date":
            return True
        case "range":
            if CALENDAR_YEAR.fullmatch(figure.low) and CALENDAR_YEAR.fullmatch(figure.high):
                return False
            introduced = not figure.unlabelled or figure.unit == "%" or _BETWEEN.search(before)
            return bool(figure.ci_low or introduced or measure_is_named(figure, sentence, mentions))
        case "percent":
            lone_criterion = CRITERION_SIGN.search(before) and not figure.has_interval
            return not lone_criterion or measure_is_named(figure, sentence, mentions)
        case "count":
            return count_is_statement(figure, sentence)
    return bool(figure.has_interval or figure.sd) or _number_is_statement(figure, figures, sentence, mentions)


def _number_is_statement(figure: Figure, figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether a number without interval and spread, so with nothing but a unit, states something about the study."""
    before = sentence[max(0, figure.start - LEAD_LETTERS) : figure.start]
    compared = any(
        are_listed_together(a, b, sentence)
        for a, b in pairwise(figures)
        if figure in (a, b) and _VERSUS.search(sentence[a.end : b.start])
    )
    if _repeats_for_another_arm(figure, figures, sentence, mentions):
        return True
    if is_time(figure.unit):
        return _time_is_statement(figure, figures, sentence, mentions, compared=compared)
    if figure.unit in FOLD_UNITS:
        return True
    if figure.unit and not is_rate(figure.unit):
        return bool(compared or _VALUE_LEAD.search(before))
    if _MEDIAN_OF.search(before) or _CENTER_IS.search(before):
        return True
    if figure.value.replace(",", "").isdecimal() and not measure_is_named(figure, sentence, mentions):
        return bool(compared or re.search(r"[=:]\s*$", before)) and not figure.notes
    led_to = _LED_TO.search(before) or _follows_measure(figure, sentence, mentions)
    return bool(compared or led_to) and not figure.notes and not CRITERION_SIGN.search(before)


def _repeats_for_another_arm(
    figure: Figure, figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]
) -> bool:
    """Whether a figure says of another arm what a statement before it says of one, in the same unit: "7.4 months (95%
    CI, 5.2 to 9.9) with the drug and 5.1 months with placebo"."""
    earlier = next((first for first, second in pairwise(figures) if second is figure), None)
    if earlier is None or earlier.kind != figure.kind or not figure.unit or earlier.unit != figure.unit:
        return False
    between = _IN_ONE_ARM_AND.fullmatch(sentence, earlier.end, figure.start)
    return between is not None and _is_statement(earlier, figures, sentence, mentions)


def _time_is_statement(
    figure: Figure, figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention], *, compared: bool
) -> bool:
    """Whether a time states something, rather than a name ("the 3 h group") or a point in time ("at 12 weeks"). In a
    list the first number decides for the others."""
    if _names_a_thing(figure, sentence):
        return False
    for earlier, later in pairwise(figures):
        if later is figure and earlier.kind == "number" and are_listed_together(earlier, later, sentence):
            return compared or _is_statement(earlier, figures, sentence, mentions)
    before = sentence[max(0, figure.start - LEAD_LETTERS) : figure.start]
    measured = measure_is_named(figure, sentence, mentions) and not CRITERION_SIGN.search(before)
    center = (_CENTER.search(before[-_CENTER_LETTERS:]) or measured) and not _POINT_IN_TIME.search(before)
    return bool(center or compared or _VALUE_LEAD.search(before))


def _follows_measure(figure: Figure, sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether the name of a fitting measure stands directly before a figure: "mean age 51.5"."""
    earlier = [m for m in mentions if m.end <= figure.start and mention_fits(m, figure)]
    return any(not sentence[m.end : figure.start].strip() for m in earlier)


def _names_a_thing(figure: Figure, sentence: str) -> bool:
    """Whether a time is part of a name: "the 3 h group", "a 12 month course"."""
    named_by = _NAMED_BY.search(sentence, 0, figure.start)
    return bool(named_by and _NOUN_NEXT.match(sentence, unit_behind(sentence, figure.value_end)[1]))
