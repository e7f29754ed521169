"""The effect measure of a plot, and whether its axis is logarithmic."""

import re
from collections.abc import Iterable, Mapping
from math import log

from extract.forests.plot import INTERVAL_COLUMNS
from schemas.base.printed import parse_printed

MEASURE_PATTERNS = (  # abbreviations in their own case, words in any case
    ("SMD", r"\bSMD\b|(?i:standardi[sz]ed\s+(?:mean|diff)|std\.?\s*(?:mean|diff)|hedges|cohen)"),
    ("MD", r"\bW?MD\b|(?i:mean\s+diff|diff(?:erence)?\s+in\s+means?\b)"),
    ("HR", r"\ba?HRs?\b|(?i:hazards?\s+ratio)"),
    ("OR", r"\ba?ORs?\b|(?i:odds\s+ratio)"),
    ("RR", r"\b(?:a?RRs?|IRR)\b|(?i:risk\s+ratio|relative\s+risk|rate\s+ratio)"),
    ("RD", r"\bRD\b|(?i:risk\s+diff)"),
    ("proportion", r"\b(?:ORR|DCR)\b|(?i:\bproportions?\b|\bprevalence\b|\brates?\b|\bincidence\b)"),
    ("correlation", r"\bCOR\b|(?i:\bcorrelation|fisher)"),
    ("ES", r"\bES\b|(?i:effect\s+size)"),
)
_UNNAMED = re.compile(r"\beffect\b|\bestimate\b", re.IGNORECASE)  # such a head leaves the measure to axis or caption
_RATIOS = ("HR", "OR", "RR")  # their axes are logarithmic
_DIFFERENCES_AND_SHARES = ("MD", "SMD", "RD", "proportion", "correlation")  # their axes are linear


def measure_of(*texts: str) -> str:
    """The first measure in the first of these texts that names a measure; ES where they speak of a mere estimate; ""
    where no text names one."""
    for text in texts:
        found = [(match.start(), name) for name, pattern in MEASURE_PATTERNS if (match := re.search(pattern, text))]
        if found:
            return min(found, key=lambda place: place[0])[1]
    return "ES" if any(map(_UNNAMED.search, texts)) else ""


def usual_scale(measure: str) -> str:
    """The scale that axes of a measure mostly have; "" for an unknown measure."""
    return "log" if measure in _RATIOS else "linear" if measure in _DIFFERENCES_AND_SHARES else ""


def scale_of(measure: str, rows: Iterable[Mapping[str, str]]) -> str:
    """ "log" or "linear": the scale of the measure or, for an unknown measure, the scale on which most estimates are in
    the middle of their intervals. Numbers up to 0 have no logarithm; numbers that are all at most 1 may be
    proportions."""
    if measure in _RATIOS:
        return "log"
    limits = [
        tuple(float(parse_printed(row[name]).value) for name in INTERVAL_COLUMNS) for row in rows if has_interval(row)
    ]
    if measure in _DIFFERENCES_AND_SHARES or not limits or min(low for _, low, _ in limits) <= 0:
        return "log" if measure not in _DIFFERENCES_AND_SHARES and are_even_as_log(limits) else "linear"
    return "log" if max(high for _, _, high in limits) > 1 and are_even_as_log(limits) else "linear"


def has_interval(row: Mapping[str, str]) -> bool:
    return all(row.get(name) for name in INTERVAL_COLUMNS)


def are_even_as_log(limits: Iterable[tuple[float, ...]]) -> bool:
    """Whether the logarithms of most intervals are more even about their estimate than the numbers themselves. With a
    negative number the answer is no; a lower limit that was rounded to 0 does not vote."""
    limits = list(limits)
    if any(low < 0 or estimate <= 0 for estimate, low, _ in limits):
        return False
    votes = [is_even_as_log(*triple) for triple in limits if 0 < triple[1] < triple[0] < triple[2]]
    return sum(votes) > len(votes) / 2


def is_even_as_log(estimate: float, low: float, high: float) -> bool:
    """Whether the ratio of upper to lower half of an interval is nearer to 1 for logarithms."""
    log_ratio = log(high / estimate) / log(estimate / low)
    linear_ratio = (high - estimate) / (estimate - low)
    return abs(log(log_ratio)) < abs(log(linear_ratio))
