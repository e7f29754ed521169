"""The measure of a figure: the nearest one that its sentence names and its unit allows."""

import re
from collections.abc import Sequence

from extract.claims.figures.figures import FOLD_UNITS, Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.numerals import number_value
from extract.claims.figures.units import is_time

_SURVIVALS = ("pfs", "os", "dfs", "efs", "rfs")
_TIMES = (*_SURVIVALS, "ttp", "dor", "followup", "age")
# Behind a percentage: the percentage counts patients ("of the 51 patients", "had ...") and is no rate with a name
_COUNTS_PATIENTS = re.compile(
    r"\s*\(?[^()]{0,30}\)?\s+of (?:the |all |our |these )?(?:\d+ |\w+ )?(?:patients|participants|cases)\b"
    r"|\s*\)?\s+(?:had|discontinued|died|received|experienced|developed|withdrew|underwent|were (?!ob|se))\b"
)
_MEDIAN, _MEAN = re.compile(r"\b[Mm]edians?\b|\bm(?:PFS|OS|DOR)\b"), re.compile(r"\b(?:[Mm]eans?|average)\b")
EFFECT_MEASURES = (  # ratios and differences between groups
    "mean_difference",
    "median_difference",
    "smd",
    "hazard_ratio",
    "odds_ratio",
    "rate_ratio",
    "risk_ratio",
    "risk_difference",
)
# Words that stand for the measure named before
_STANDS_FOR = re.compile(r"\b(?:it|that|this) (?:was|is|reached|amounted to)\s+$|\bone of\s+$")
# Before a mention: the mention belongs to the percentage before it
_OF_PERCENT = re.compile(
    r"%\s*\)?\s*(?:(?:patients|of them|had|for|because of|due to|owing to|with|in|as|the|an?)\s+){0,3}$"
)
# Behind a percentage of patients: they lived, so it is a survival rate
_ALIVE = re.compile(
    r"\s*\)?\s*(?:of (?:the |all |our |these )?(?:\w+ ){0,2}\w+ )?(?:(?:were|was|are|remained|still) ){0,2}"
    r"alive (?:at|after)\b"
)
# A clause with a verb of its own, behind a semicolon
_NEW_CLAUSE = re.compile(r";[^;()]*\b(?:was|were|is|are|had|changed|rose|fell|increased|decreased|improved)\b[^;()]*$")
_OLDEST_YEARS = 120  # no mean or median age is greater
_REACH_WORDS = 45  # from the name of a measure to its figure
_MAX_WORDS_LED = 2  # between a measure and the figure that it leads to directly
_CENTER_LETTERS = 160  # before a figure that are searched for "median" or "mean"
_CENTER_LETTERS_BEHIND = 12  # the same behind a figure
_MENTION_BEHIND = re.compile(r"\s*\)?\s*(?:(?:in|of|as|the|a|an|pooled|median|overall|for)\s+){0,3}$")


def unit_kind_of(figure: Figure) -> str:
    """Return the kind of a figure, as in the lexicon: % percentage, t time, r number with decimals, x other number."""
    if figure.kind == "percent" or figure.unit == "%":
        return "%"
    if figure.kind == "absent" or is_time(figure.unit):
        return "t"
    return "r" if "." in f"{figure.value}{figure.low}{figure.ci_low}" else "x"


def mention_for(figure: Figure, mentions: Sequence[Mention], sentence: str) -> Mention | None:
    """Return the mention that a figure belongs to: the nearest fitting one before the figure, or one directly behind
    it; None if the sentence names no fitting measure or the figure counts patients."""
    fitting = [m for m in mentions if mention_fits(m, figure)]
    later = [m for m in fitting if m.start >= figure.value_end]
    behind = next((m for m in later if _is_directly_behind(sentence, figure, m)), None)
    earlier = [m for m in fitting if m.end <= figure.start]
    stands_for_it = _STANDS_FOR.search(sentence[: figure.start]) is not None
    reaching = [m for m in earlier if stands_for_it or _reaches(sentence[m.end : figure.start])]
    before = _nearest([m for m in reaching if not _is_taken(m, figure, sentence)], sentence)
    if behind is not None and (before is None or not _leads(sentence[before.end : figure.start])):
        return behind
    counts_patients = unit_kind_of(figure) == "%" and _COUNTS_PATIENTS.match(sentence, figure.value_end)
    if before is None or (counts_patients and not _leads(sentence[before.end : figure.start])):
        return None
    return before


def _is_taken(mention: Mention, figure: Figure, sentence: str) -> bool:
    """Whether a mention already has its figure. Percentages behind a risk difference are the risks that differ; a kind
    of response may belong to a percentage before it ("43 (60 %) for progressive disease, 7 (10 %) for toxicity")."""
    if unit_kind_of(figure) != "%" or figure.has_interval:
        return False
    if mention.name.endswith(("_response", "_disease")):
        return _OF_PERCENT.search(sentence, 0, mention.start) is not None
    return mention.name == "risk_difference" and "%" in sentence[mention.end : figure.start]


def _nearest(before: Sequence[Mention], sentence: str) -> Mention | None:
    """Return the last mention. If that is a score, a difference or ratio named before it goes first; None for a score
    behind the word "effect"."""
    comparing = [m for m in before if m.name != "score"]
    last = before[-1] if before else None
    if last is not None and last.name == "score" and comparing and comparing[-1].name in EFFECT_MEASURES:
        return comparing[-1]
    if last is not None and last.name == "score" and re.search(r"\beffects?\b", sentence[: last.start]):
        return None
    return last


def mention_fits(mention: Mention, figure: Figure) -> bool:
    """Whether a figure can be one of the measure that a mention names, by its unit, decimals and companions."""
    kind = unit_kind_of(figure)
    if figure.sd and mention.kinds == "%" and not figure.unit:
        return False
    if kind == "r" and mention.name == "age":
        plain = figure.kind == "number" and not figure.ci_low
        return plain and 1 <= number_value(figure.value) < _OLDEST_YEARS
    if kind == "r" and mention.kinds == "%" and not figure.unit:
        number = figure.value or figure.low or figure.ci_low
        return 0 <= number_value(number) <= 1
    return kind in mention.kinds


def _is_directly_behind(sentence: str, figure: Figure, mention: Mention) -> bool:
    """Whether only small words stand between a figure and a mention behind it: "a 12 % ORR"."""
    return _MENTION_BEHIND.match(sentence[figure.value_end : mention.start]) is not None


def _leads(gap: str) -> bool:
    """Whether the gap between a measure and its figure is short: "ORR of", "ORR was", "ORR ("."""
    return len(re.findall(r"\w+", gap)) <= _MAX_WORDS_LED


def _reaches(gap: str) -> bool:
    """Whether a measure reaches over a gap to its figure: no semicolon outside brackets, and not too many words."""
    return ";" not in re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", gap) and len(gap.split()) <= _REACH_WORDS


def measure_of_figure(figure: Figure, mention: Mention | None, sentence: str) -> str:
    """Return the measure of a figure as in the schema `claims`, from its kind, unit and mention."""
    if figure.kind in ("p", "i2", "count", "date"):
        return figure.kind
    if figure.statistic:
        return "correlation" if figure.statistic.startswith("r") else "statistic"
    kind = unit_kind_of(figure)
    lead = sentence[max(0, figure.start - _CENTER_LETTERS) : figure.start]
    new_clause = _NEW_CLAUSE.search(lead)
    center = _center(lead[new_clause.start() :] if new_clause else lead, sentence, figure)
    if figure.unit in FOLD_UNITS:
        return mention.name if mention is not None and mention.name.endswith("_ratio") else "ratio"
    is_effect = mention is not None and mention.name in EFFECT_MEASURES
    if figure.kind == "range" and figure.ci_low and figure.p and not is_effect:
        return "interval"  # interval and P value of an estimate that the sentence does not state
    if mention is None:
        alive = kind == "%" and figure.kind == "percent" and _ALIVE.match(sentence, figure.value_end)
        return "os_rate" if alive else _measure_without_name(figure, kind, center)
    if figure.kind == "range":
        return "range"
    if mention.name in _SURVIVALS and kind == "%":
        return f"{mention.name}_rate"
    if mention.name in _TIMES:
        default = "mean" if figure.sd and mention.name not in _SURVIVALS else "median"
        return f"{mention.name}_{center or default}"
    if mention.name in ("score", "cost", "proportion") and (center or figure.sd):
        return center or "mean"
    return "percent" if mention.name.endswith(("_response", "_disease")) else mention.name


def _center(lead: str, sentence: str, figure: Figure) -> str:
    """Return "median" or "mean", the one named nearest before the figure, else within or right behind it; else ""."""
    medians = [(match.end(), "median") for match in _MEDIAN.finditer(lead)]
    means = [(match.end(), "mean") for match in _MEAN.finditer(lead)]
    if medians or means:
        return max(medians + means)[1]
    behind = sentence[figure.value_end : figure.end + _CENTER_LETTERS_BEHIND]
    return "median" if _MEDIAN.search(behind) else "mean" if _MEAN.search(behind) else ""


def _measure_without_name(figure: Figure, kind: str, center: str) -> str:
    """Return the measure of a figure without a mention: from its unit and companions, and a median or mean nearby."""
    if figure.kind == "range":
        return "range"
    if kind == "%":
        return "median" if center == "median" and figure.low else "percent"
    if figure.kind == "absent":
        return "median"
    if figure.sd:
        return "mean"
    if center:
        return center
    return "duration" if kind == "t" else "value"
