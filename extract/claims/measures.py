"""What a figure measures: the measure that the sentence names nearest to it and that its unit allows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.figures import Figure
from extract.claims.units import is_time

# name, what it is called in print, kinds of figures: % percentage or proportion, t time, r ratio, x any other number
_LEXICON = (
    ("orr", r"\bORRs?\b|(?:(?:objective|overall|best overall|tumou?r)\s+)?(?:response|remission) rates?\b"
     r"|rates? of (?:objective |overall )?response|objective responses?\b|(?<!duration of )overall response\b"
     r"|(?:objectively )?responded\b", "%"),
    ("dcr", r"\bDCRs?\b|disease[- ]control(?: rates?)?\b|control of (?:the )?disease", "%"),
    ("cbr", r"\bCBRs?\b|clinical benefit(?: rates?)?\b", "%"),
    ("pfs", r"\bm?PFS\b|progression[- ]free survival(?: time)?\b", "%t"),
    ("os", r"\bm?OS\b|overall survival(?: time)?\b", "%t"),
    ("dfs", r"\bDFS\b|disease[- ]free survival\b", "%t"),
    ("efs", r"\bEFS\b|event[- ]free survival\b", "%t"),
    ("rfs", r"\bRFS\b|(?:relapse|recurrence)[- ]free survival\b", "%t"),
    ("ttp", r"\bTTP\b|time to (?:tumou?r )?progression\b", "t"),
    ("dor", r"\bm?DO?R\b|duration of (?:the )?response\b", "t"),
    ("followup", r"follow(?:ed)?[- ]?(?:up)\b|observation (?:time|period)", "t"),
    ("age", r"\b[Aa]ges?\b|\baged\b|years old", "tx"),
    ("complete_response", r"\bCRs?\b|complete (?:response|remission)s?", "%"),
    ("partial_response", r"\bPRs?\b|partial (?:response|remission)s?", "%"),
    ("stable_disease", r"\bSD\b|stable disease|disease stabili[sz]ation", "%"),
    ("progressive_disease", r"(?<!-)\bPD\b(?![- ]?L?-?\s?[12]\b)|progressive disease|disease progression", "%"),
    ("hazard_ratio", r"\b[as]?HRs?\b|hazard ratios?", "rx"),
    ("odds_ratio", r"\ba?ORs?\b|odds ratios?", "rx"),
    ("rate_ratio", r"\bIRRs?\b|rate ratios?", "rx"),
    ("risk_ratio", r"\ba?RRs?\b|(?:risk ratios?|relative risks?)", "rx"),
    ("risk_difference", r"\bRDs?\b|(?:absolute )?risk differences?", "%rx"),
    ("smd", r"\bSMDs?\b|standardi[sz]ed mean differences?|effect sizes?|Cohen's d\b", "rx"),
    ("mean_difference", r"\bW?MDs?\b|(?:mean|median|adjusted|between[- ]group|group|treatment) (?:\w+ )?differences?"
     r"|delta changes", "trx"),
    ("mean_difference", r"differences? (?:between|of|in|from)", "rx"),
    ("correlation", r"\b[rR]\s*(?==)|correlat\w+|\brho\b", "rx"),
    ("statistic", r"(?<![A-Za-z])(?:[tzFQUH]|χ2?|chi-?square\w*)(?:\s?\(?\d+(?:,\s?\d+)?\)?)?\s*(?==)", "rx"),
    ("auc", r"\bAUCs?\b|\bAUROC\b|area under", "rx"),
    ("proportion", r"proportions?|incidences?|frequency|prevalence|(?:event|occurrence) rates?|\brates?\b"
     r"|TR?AEs?\b", "r"),
    ("score", r"\bscores?\b|\bindex\b|\bscale\b", "rx"),
    ("cost", r"\bcosts?\b", "x"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern), kinds) for name, pattern, kinds in _LEXICON]
_RATED = ("pfs", "os", "dfs", "efs", "rfs")
_TIMED = (*_RATED, "ttp", "dor", "followup", "age")
_GENERIC = re.compile(
    r"\s*\(?[^()]{0,30}\)?\s+of (?:the |all |our |these )?(?:\d+ |\w+ )?(?:patients|participants|cases)\b"
    r"|\s*\)?\s+(?:had|discontinued|died|received|experienced|developed|withdrew|underwent|were (?!ob|se))\b"
)
_MEDIAN, _MEAN = re.compile(r"\b[Mm]edians?\b|\bm(?:PFS|OS|DOR)\b"), re.compile(r"\b(?:[Mm]eans?|average)\b")
STRONG = ("mean_difference", "smd", "hazard_ratio", "odds_ratio", "rate_ratio", "risk_ratio", "risk_difference")
_STANDS_FOR = re.compile(
    r"\b(?:it|that|this) (?:was|is|reached|amounted to)\s+$|\bone of\s+$"
)  # the measure named before
REACH = 45  # words from the name of a measure to its figure
BEHIND = re.compile(r"\s*\)?\s*(?:(?:in|of|as|the|a|an|pooled|median|overall|for)\s+){0,3}$")


@dataclass(frozen=True)
class Mention:
    """A measure that a sentence names, and where. `kinds`: what its figures can be."""

    name: str
    start: int
    end: int
    kinds: str


@lru_cache(maxsize=256)
def find_mentions(sentence: str) -> tuple[Mention, ...]:
    """The measures that a sentence names, from left to right; of names that overlap the longest."""
    found = [
        Mention(name, match.start(), match.end(), kinds)
        for name, pattern, kinds in _PATTERNS
        for match in pattern.finditer(sentence)
    ]
    longest = [m for m in found if not any(_is_within(m, other) for other in found)]
    return tuple(sorted(longest, key=lambda mention: mention.start))


def _is_within(mention: Mention, other: Mention) -> bool:
    inside = other.start <= mention.start and mention.end <= other.end
    return inside and other.end - other.start > mention.end - mention.start


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
    before = _nearest([m for m in earlier if stands_for_it or _reaches(sentence[m.end : figure.start])])
    if behind is not None and (before is None or not _leads(sentence[before.end : figure.start])):
        return behind
    counts_patients = kind_of(figure) == "%" and _GENERIC.match(sentence, figure.until)
    if before is None or (counts_patients and not _leads(sentence[before.end : figure.start])):
        return None
    return before


def _nearest(before: Sequence[Mention]) -> Mention | None:
    """The last of the mentions, unless it is of a score and a difference or ratio is named before it."""
    comparing = [m for m in before if m.kinds != "rx" or m.name != "score"]
    last = before[-1] if before else None
    if last is not None and last.name == "score" and comparing and comparing[-1].name in STRONG:
        return comparing[-1]
    return last


def fits(mention: Mention, figure: Figure) -> bool:
    kind = kind_of(figure)
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
    if mention is None:
        return _unnamed(figure, kind, center)
    if figure.kind == "range":
        return "range"
    if mention.name in _RATED and kind == "%":
        return f"{mention.name}_rate"
    if mention.name in _TIMED:
        return f"{mention.name}_{center or ('median' if mention.name in _RATED else 'mean' if figure.sd else 'median')}"
    if mention.name in ("score", "cost", "proportion") and center:
        return center
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
