"""What words say about the numbers beside them: "Age, median (IQR)", "n (%)", "HR (95% CI)", "P for interaction"."""

import re
from dataclasses import dataclass, fields
from functools import lru_cache

# Words of a centre. "M (SD)" is a mean, a lone "m" may be men or metres.
_GEOMETRIC = re.compile(r"\bgeometric means?\b|\bGMs?\b(?![-–])")
_MEAN = re.compile(r"(?i:\bmeans?\b|\baverages?\b)|\b[Mm](?=,?\s*[(\[±]\s*(?:±\s*)?(?:SD|SEM?|sd)\b)|(?i:±)")
_MEDIAN = re.compile(r"(?i)\bmedians?\b|\bMdn\b")
_SPREADS = (
    ("iqr", re.compile(r"(?i)\bIQRs?\b|interquartile|inter-quartile|\bquartiles?\b|percentiles?\b|\bQ1\b|\b25th\b")),
    ("range", re.compile(r"(?i)\branges?\b|\bmin(?:imum|\.)?\s*[-–—,/;]\s*max|\blowest\b.*\bhighest\b")),
    ("sd", re.compile(r"\bS\.?D\.?s?(?![\w.])|\bs\.d\.|\bsd\b|(?i:\bstandard deviations?\b|\bstd\.? dev)")),
    ("se", re.compile(r"\bS\.?E\.?(?:M|\.M\.)?s?(?![\w.])|\bs\.e\.|(?i:\bstandard errors?\b)")),
    ("ci", re.compile(r"\bC\.?I\.?s?(?![\w.])|\bCrI\b|(?i:\b(?:confidence|credible) (?:intervals?|limits?)\b)")),
)
_LEVEL = re.compile(r"(\d{2}(?:\.\d+)?)\s?%\s*(?:Wald\s*)?(?:C\.?I|Cr\.?I|confidence|credible)", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:^|[\s,(\[/:;])(?:[nN]|[Nn]o\.?|[Nn]os\.|#)(?=$|[\s,)\]/;(*%])(?!\s*=)"
    r"|(?i:\bnumbers?(?: of)?\b|\bfrequenc(?:y|ies)\b|\bcounts?\b|^total #)"
)
_PERCENT = re.compile(
    r"%(?!\s*(?:Wald\s*)?(?:C\.?I|Cr\.?I|confidence|credible|limits))"
    r"|(?i:\bper ?cent(?:age)?s?\b|\bproportions?\b)"
)
_P = re.compile(
    r"(?:^|[\s,(/])(?:P|p)(?:[-\s]?values?|[-\s]?val\.?)?(?=$|[\s*,;:()\d]|$)(?![-\s]?PD)"
    r"|(?i:\bp[-\s]values?\b|\bsignificance\b|\bsig\.)"
)
_MEASURES = (  # name, abbreviations (in this case), words (in any case)
    ("HR", r"\b[as]?HRs?\b", r"\bhazards? ratios?\b"),
    ("IRR", r"\ba?IRRs?\b", r"\b(?:incidence )?rate ratios?\b"),
    ("OR", r"\ba?ORs?\b", r"\bodds ratios?\b"),
    ("RR", r"\ba?RRs?\b", r"\b(?:relative risks?|risk ratios?)\b"),
    ("PR", r"\ba?PR(?= ?\()", r"\bprevalence ratios?\b"),
    ("RD", r"\bA?RDs?\b|\bARR\b", r"\brisk (?:differences?|reductions?)\b"),
    ("SMD", r"\bSMDs?\b", r"\bstandardi[sz]ed mean differences?\b|\bhedges'? ?g\b|\bcohen['’]?s d\b"),
    ("difference/ratio", r"(?!)", r"\bdifferences? or (?:\w+ )?ratios?\b"),
    ("median difference", r"(?!)", r"\bmedian differences?\b|\bdifferences? (?:in|between) (?:\w+ )?medians?\b"),
    (
        "MD",
        r"\bW?MDs?\b",
        r"\bmean diff ?erences?\b|\bdifferences? (?:in|between) (?:\w+ )?means?\b",
    ),
    ("difference", r"Δ", r"\bdiff ?erences?\b|\bdelta\b"),
    ("beta", r"β|\bB(?= \((?:SE|9\d|CI))", r"\bbeta\b|\bcoefficients?\b|\bcoef\."),
    ("effect size", r"η2", r"\beffect sizes?\b"),
    ("estimate", r"\bEst\.", r"\bestimates?\b"),
    ("correlation", r"(?!)", r"\bcorrelations?\b|\bpearson['’]?s r\b|\bspearman\b|\brho\b"),
    (
        "incidence",
        r"\bIR\b",
        r"\bincidence\b|\battack rates?\b|\brates?\b.*\bper [\d,]+|\bper [\d,]+ (?:person|patient|\w+[- ](?:year|day))",
    ),
    ("ratio", r"(?!)", r"\bratios?\b"),
)
NAMED_MEASURES = frozenset({"HR", "IRR", "OR", "RR", "PR", "RD", "SMD", "MD"})
DIFFERENCES = frozenset({"RD", "SMD", "MD", "difference", "median difference"})
_COMPILED = tuple((name, re.compile(short), re.compile(long, re.IGNORECASE)) for name, short, long in _MEASURES)
_TESTS = re.compile(
    r"(?:\bANOVA,?\s+)?\b[Ff]\s?\(?\d+\s?,\s?\d+\)?|χ\s?2|χ²|\b[Cc]hi[-\s]?(?:2|²|squared?)|\bANOVA\b|\bFriedman|\bKruskal"
    r"|\b[tz](?:[-\s]?(?:test|value|statistic|score)s?)?$|\bMann[-–\s]Whitney|\bWilcoxon\b|\bFisher|\blog-?rank\b"
    r"|\b[Ss]tatistical differences?\b|\b[Ff][-\s]?(?:value|statistic|ratio)s?\b"
)
_ADJUSTED = re.compile(
    r"\b(?:adjusted|unadjusted|crude|multivaria(?:te|ble)|univaria(?:te|ble)|full model|bivariate)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """What words say of a number. `centre`: mean, median, geometric_mean, "" also where they name two; `spreads`: of
    iqr, range, sd, se, ci, in the order of print; `pairs`: each spread with the centre named before it; `level`: of a
    confidence interval; `measure`: of an effect or difference; `test`, `adjusted`: as printed; "" or False where the
    words do not say it."""

    centre: str = ""
    spreads: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    level: str = ""
    count: bool = False
    percent: bool = False
    p: bool = False
    measure: str = ""
    test: str = ""
    adjusted: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) for item in fields(self) if item.name not in ("level", "adjusted"))

    @property
    def spread(self) -> str:
        return self.spreads[0] if self.spreads else ""


@lru_cache(maxsize=16384)
def said_in(text: str) -> Said:
    """Return what a head, label, caption or note says about the numbers it belongs to."""
    if not text:
        return Said()
    level = _LEVEL.search(text)
    test, adjusted = _TESTS.search(text), _ADJUSTED.search(text)
    return Said(
        centre=_centre(text),
        spreads=_spreads(text),
        pairs=_pairs(text),
        level=level[1] if level else "",
        count=bool(_COUNT.search(text)),
        percent=bool(_PERCENT.search(text)),
        p=bool(_P.search(text)),
        measure=_measure(text),
        test=test[0] if test else "",
        adjusted=adjusted[0] if adjusted else "",
    )


def _centre(text: str) -> str:
    if _GEOMETRIC.search(text):
        return "geometric_mean"
    mean, median = _MEAN.search(text), _MEDIAN.search(text)
    if mean and median:  # "mean or median (IQR)" does not tell
        return ""
    return "mean" if mean else "median" if median else ""


def _spreads(text: str) -> tuple[str, ...]:
    found = {name: match.start() for name, form in _SPREADS if (match := form.search(text))}
    if "iqr" in found:  # an interquartile range is no range
        found = {name: at for name, at in found.items() if name != "range"}
    return tuple(sorted(found, key=found.__getitem__))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Each spread with the last centre before it, as in "mean (SD) or median (IQR)"."""
    forms = (("geometric_mean", _GEOMETRIC), ("mean", _MEAN), ("median", _MEDIAN))
    centres = sorted((match.start(), name) for name, form in forms for match in form.finditer(text))
    found = []
    for name in _spreads(text):
        at = next(form.search(text).start() for kind, form in _SPREADS if kind == name)  # type: ignore[union-attr]
        before = [centre for place, centre in centres if place < at]
        found += [(name, before[-1])] if before else []
    return tuple(found)


def _measure(text: str) -> str:
    return next((name for name, short, long in _COMPILED if short.search(text) or long.search(text)), "")
