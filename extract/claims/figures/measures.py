"""What a figure measures: the measure that the sentence names nearest to it and that its unit allows."""

import re
from collections.abc import Sequence

from extract.claims.figures.figures import FOLD, Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.units import is_time

_RATED = ("pfs", "os", "dfs", "efs", "rfs")
_TIMED = (*_RATED, "ttp", "dor", "followup", "age")
_GENERIC = re.compile(
    r"\s*\(?[^()]{0,30}\)?\s+of (?:the |all |our |these )?(?:\d+ |\w+ )?(?:patients|participants|cases)\b"
    r"|\s*\)?\s+(?:had|discontinued|died|received|experienced|developed|withdrew|underwent|were (?!ob|se))\b"
)
_MEDIAN, _MEAN = re.compile(r"\b[Mm]edians?\b|\bm(?:PFS|OS|DOR)\b"), re.compile(r"\b(?:[Mm]eans?|average)\b")
STRONG = (
    "mean_difference",
    "median_difference",
    "smd",
    "hazard_ratio",
    "odds_ratio",
    "rate_ratio",
    "risk_ratio",
    "risk_difference",
)
_STANDS_FOR = re.compile(
    r"\b(?:it|that|this) (?:was|is|reached|amounted to)\s+$|\bone of\s+$"
)  # the measure named before
_OF_PERCENT = re.compile(
    r"%\s*\)?\s*(?:(?:patients|of them|had|for|because of|due to|owing to|with|in|as|the|an?)\s+){0,3}$"
)
OLDEST = 120  # years
REACH = 45  # words from the name of a measure to its figure
BEHIND = re.compile(r"\s*\)?\s*(?:(?:in|of|as|the|a|an|pooled|median|overall|for)\s+){0,3}$")


def kind_of(figure: Figure) -> str:
    """% for a percentage, t for a time, r for a plain number with a fraction, x for another number."""
    if figure.kind == "percent" or figure.unit == "%":
        return "%"
    if figure.kind == "absent" or is_time(figure.unit):
        return "t"
    return "r" if "." in f"{figure.value}{figure.low}{figure.ci_low}" else "x"


def mention_for(figure: Figure, mentions: Sequence[Mention], sentence: str) -> Mention | None:
    """The mention nearest before a figure that fits it, else one directly behind it; None where it is of something
    else, or the sentence names none."""
    fitting = [m for m in mentions if fits(m, figure)]
    behind = next((m for m in fitting if m.start >= figure.until and _directly(sentence, figure, m)), None)
    earlier = [m for m in fitting if m.end <= figure.start]
    stands_for_it = _STANDS_FOR.search(sentence[: figure.start]) is not None
    reaching = [m for m in earlier if stands_for_it or _reaches(sentence[m.end : figure.start])]
    before = _nearest([m for m in reaching if not _is_taken(m, figure, sentence)], sentence)
    if behind is not None and (before is None or not _leads(sentence[before.end : figure.start])):
        return behind
    counts_patients = kind_of(figure) == "%" and _GENERIC.match(sentence, figure.until)
    if before is None or (counts_patients and not _leads(sentence[before.end : figure.start])):
        return None
    return before


def _is_taken(mention: Mention, figure: Figure, sentence: str) -> bool:
    """Whether a mention has its figure already: a difference of risks, behind which percentages are those that differ;
    a kind of response behind a percentage ("43 (60 %) for progressive disease, 7 (10 %) for toxicity")."""
    if kind_of(figure) != "%" or figure.has_interval:
        return False
    if mention.name.endswith(("_response", "_disease")):
        return _OF_PERCENT.search(sentence, 0, mention.start) is not None
    return mention.name == "risk_difference" and "%" in sentence[mention.end : figure.start]


def _nearest(before: Sequence[Mention], sentence: str) -> Mention | None:
    """The last of the mentions, unless it is of a score and a difference or ratio is named before it; none where it is
    of a score on which there is an effect."""
    comparing = [m for m in before if m.kinds != "rx" or m.name != "score"]
    last = before[-1] if before else None
    if last is not None and last.name == "score" and comparing and comparing[-1].name in STRONG:
        return comparing[-1]
    if last is not None and last.name == "score" and re.search(r"\beffects?\b", sentence[: last.start]):
        return None
    return last


def fits(mention: Mention, figure: Figure) -> bool:
    kind = kind_of(figure)
    if figure.sd and mention.kinds == "%" and not figure.unit:
        return False
    if kind == "r" and mention.name == "age":
        return figure.kind == "number" and not figure.ci_low and 1 <= float(figure.value.replace(",", "")) < OLDEST
    if kind == "r" and mention.kinds == "%" and not figure.unit:
        number = figure.value or figure.low or figure.ci_low
        return 0 <= float(number.replace(",", "")) <= 1
    return kind in mention.kinds


def _directly(sentence: str, figure: Figure, mention: Mention) -> bool:
    return BEHIND.match(sentence[figure.until : mention.start]) is not None


def _leads(gap: str) -> bool:
    """Whether a measure is named right before its figure: "ORR of", "ORR was", "ORR ("."""
    return len(re.findall(r"\w+", gap)) <= 2


def _reaches(gap: str) -> bool:
    return ";" not in re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", gap) and len(gap.split()) <= REACH


def measure_of(figure: Figure, mention: Mention | None, sentence: str) -> str:
    """The name of the measure of a figure in the schema `claims`."""
    if figure.kind in ("p", "i2", "count", "date"):
        return figure.kind
    kind = kind_of(figure)
    lead = sentence[max(0, figure.start - 160) : figure.start]
    center = _center(lead, sentence, figure)
    if figure.unit in FOLD:
        return mention.name if mention is not None and mention.name.endswith("_ratio") else "ratio"
    if figure.kind == "range" and figure.ci_low and figure.p and (mention is None or mention.name not in STRONG):
        return "p"  # the interval of an estimate that is not stated
    if mention is None:
        return _unnamed(figure, kind, center)
    if figure.kind == "range":
        return "range"
    if mention.name in _RATED and kind == "%":
        return f"{mention.name}_rate"
    if mention.name in _TIMED:
        return f"{mention.name}_{center or ('median' if mention.name in _RATED else 'mean' if figure.sd else 'median')}"
    if mention.name in ("score", "cost", "proportion") and (center or figure.sd):
        return center or "mean"
    return "percent" if mention.name.endswith(("_response", "_disease")) else mention.name


def _center(lead: str, sentence: str, figure: Figure) -> str:
    """Whether a median or a mean is named, the nearest of them before the figure, else within it."""
    medians = [(match.end(), "median") for match in _MEDIAN.finditer(lead)]
    means = [(match.end(), "mean") for match in _MEAN.finditer(lead)]
    if medians or means:
        return max(medians + means)[1]
    behind = sentence[figure.until : figure.end + 12]
    return "median" if _MEDIAN.search(behind) else "mean" if _MEAN.search(behind) else ""


def _unnamed(figure: Figure, kind: str, center: str) -> str:
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
