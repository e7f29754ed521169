"""What the estimates of a plot are, and whether their axis is logarithmic."""

import re
from collections.abc import Iterable, Mapping
from math import log

MEASURES = (  # abbreviations as they are written, words in whatever case
    ("SMD", r"\bSMD\b|(?i:standardi[sz]ed\s+mean|std\.?\s*mean|hedges|cohen)"),
    ("MD", r"\bW?MD\b|(?i:mean\s+diff)"),
    ("HR", r"\ba?HRs?\b|(?i:hazards?\s+ratio)"),
    ("OR", r"\ba?ORs?\b|(?i:odds\s+ratio)"),
    ("RR", r"\b(?:a?RRs?|IRR)\b|(?i:risk\s+ratio|relative\s+risk|rate\s+ratio)"),
    ("RD", r"\bRD\b|(?i:risk\s+diff)"),
    ("proportion", r"\b(?:ORR|DCR)\b|(?i:\bproportions?\b|\bprevalence\b|\brates?\b|\bincidence\b)"),
    ("correlation", r"\bCOR\b|(?i:\bcorrelation|fisher)"),
    ("ES", r"\bES\b|(?i:effect\s+size|\beffect\b|\bestimate\b)"),
)
RATIOS = ("HR", "OR", "RR")
LINEAR = ("MD", "SMD", "RD", "proportion", "correlation")


def measure_of(*texts: str) -> str:
    """The measure that is named first in the first of some texts that names any; "" where none does."""
    for text in texts:
        found = [(match.start(), name) for name, pattern in MEASURES if (match := re.search(pattern, text))]
        if found:
            return min(found, key=lambda place: place[0])[1]
    return ""


def scale_of(measure: str, rows: Iterable[Mapping[str, str]]) -> str:
    """ "log" or "linear": as the measure has it, else as the intervals lie about their estimates. Numbers that are not
    above 0 have no logarithm, and those that are all at most 1 may be proportions."""
    if measure in RATIOS:
        return "log"
    limits = [tuple(float(row[name]) for name in ("estimate", "ci_low", "ci_high")) for row in rows if whole(row)]
    if measure in LINEAR or not limits or min(low for _, low, _ in limits) <= 0:
        return "log" if measure not in LINEAR and skewed(limits) else "linear"
    return "log" if max(high for _, _, high in limits) > 1 and skewed(limits) else "linear"


def whole(row: Mapping[str, str]) -> bool:
    return all(row.get(name) for name in ("estimate", "ci_low", "ci_high"))


def skewed(limits: Iterable[tuple[float, ...]]) -> bool:
    """Whether most intervals are more even about their estimate as logarithms than as they stand. A negative number
    says no at once; a lower limit that was rounded to 0 says nothing."""
    limits = list(limits)
    if any(low < 0 or estimate <= 0 for estimate, low, _ in limits):
        return False
    votes = [is_even_as_log(*triple) for triple in limits if 0 < triple[1] < triple[0] < triple[2]]
    return sum(votes) > len(votes) / 2


def is_even_as_log(estimate: float, low: float, high: float) -> bool:
    as_log = log(high / estimate) / log(estimate / low)
    plain = (high - estimate) / (estimate - low)
    return abs(log(as_log)) < abs(log(plain))
