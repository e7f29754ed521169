"""Names of measures: the lexicon, the abbreviations that a paper defines, and the measures that a sentence names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.claim import Paragraph
from extract.claims.text.abbreviations import terms_spelt_out
from extract.claims.text.normalized import normalize_signs, writes_decimal_commas

_SPREAD = (
    r"(?:\s*(?:\((?:[^()]|\([^()]*\)){1,40}\)|\[(?:[^\[\]]|\[[^\[\]]*\]){1,40}\]))?"  # "mean [95% CI]", "median (IQR)"
)
_NOT_OF_TUMOURS = (
    r"(?:vir(?:al|ologic(?:al)?)|antibody|immun(?:e|ologic(?:al)?)|humou?ral|cellular|serologic(?:al)?|survey"
    r"|questionnaire|h(?:a|ae|e)modynamic|biochemical|metabolic|molecular|cytogenetic|patholog(?:ic|ical)"
    r"|histolog(?:ic|ical)|placebo|symptom(?:atic)?|functional|motor|pain|ovarian)"
)
# (name, pattern of the printed names, kinds of figures). Kinds: % percentage or proportion, t time, r number with
# decimals, x any other number. `measure_of_figure` in measures.py makes the measure of a claim from name and figure.
_LEXICON = (
    ("orr", r"\bORRs?\b|(?:(?:objective|overall|best overall|tumou?r)\s+)?(?:response|remission) rates?\b"
     r"|rates? of (?:objective |overall )?response|objective responses?\b|(?<!duration of )overall response\b"
     r"|(?:objectively )?responded\b", "%"),
    ("other_response", rf"\b{_NOT_OF_TUMOURS}\s+(?:response|remission)s?(?: rates?)?\b"
     r"|\bresponded to the (?:survey|question)", "%"),
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
    ("age", r"(?<!estational )(?<!bone )(?<!mental )\b[Aa]ges?\b(?!\s*[<>≤≥])|\baged\b(?!\s*[<>≤≥\d])"
     r"|years old", "trx"),
    ("complete_response", r"\bCRs?\b|complete (?:response|remission)s?", "%"),
    ("partial_response", r"\bPRs?\b|partial (?:response|remission)s?", "%"),
    ("stable_disease", r"(?<![Mm]ean \()(?<![±-] )(?<![±-])\bSD\b(?!\s*[=:,(]?\s*\d*\.\d+(?![\d.]*\s*%))"
     r"|stable disease|disease stabili[sz]ation", "%"),
    ("progressive_disease", r"(?<!-)\bPD\b(?![- ]?L?-?\s?[12]\b)|progressive disease|disease progression", "%"),
    ("hazard_ratio", r"\b[as]?HRs?\b|hazards? ratios?", "rx"),
    ("odds_ratio", r"\ba?ORs?\b|odds ratios?", "rx"),
    ("rate_ratio", r"\bIRRs?\b|rate ratios?", "rx"),
    ("risk_ratio", r"\ba?RRs?\b|(?:risk ratios?|relative risks?)", "rx"),
    ("risk_difference", r"\bRDs?\b|(?:absolute )?risk differences?", "%rx"),
    ("smd", r"\bSMDs?\b|standardi[sz]ed mean (?:differences?|changes?)|effect sizes?"
     r"|[Cc]ohen'?s? d_?(?:s|z|av|rm|p)?\b|[Hh]edges'?s? ?g\b|(?<![A-Za-z'])d\s?(?==\s?-?\d?\.\d)", "rx"),
    ("mean_difference", r"\bW?MDs?\b|delta changes"
     rf"|(?:[Mm]ean|[Aa]djusted|[Bb]etween[- ]group|[Gg]roup|[Tt]reatment){_SPREAD} (?:\w+ )?differences?"
     rf"|(?:[Mm]ean|LSM?|[Aa]djusted){_SPREAD} (?:\w+ )?changes?\b", "trx"),
    ("mean_difference", r"differences? (?:between|of|in|from)"
     r"(?! (?:the )?(?:\w+ )?(?:risks?|odds|rates?|hazards?|incidence|mortality|survival)\b)", "rx"),
    ("median_difference", rf"[Mm]edian{_SPREAD} (?:\w+ )?(?:differences?|changes?)(?: (?:between|of|in|from))?\b"
     r"|differences? (?:between|of|in) (?:the )?medians?\b"
     r"|[Hh]odges[- ]Lehmann(?: \w+){0,3}?(?: differences?)?", "trx"),
    ("correlation", r"\b[rR]_?s?\s*(?==)|correlat\w+|\brho\b", "rx"),
    ("statistic", r"(?<![A-Za-z])(?:[tzFQUH]|χ2?|chi-?square\w*)(?:\s?\(?\d+(?:,\s?\d+)?\)?)?\s*(?==)", "rx"),
    ("auc", r"\bAUCs?\b|\bAUROC\b|area under", "rx"),
    ("proportion", r"proportions?|incidences?|frequency|prevalence|(?:event|occurrence) rates?|\brates?\b"
     r"|TR?AEs?\b", "r"),
    ("score", r"\bscores?\b|\bindex\b|\bscale\b", "rx"),
    ("cost", r"\bcosts?\b", "x"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern), kinds) for name, pattern, kinds in _LEXICON]
# A stem that the spelt-out form of an abbreviated measure must contain: HR is no hazard ratio if it is a heart rate.
_STEMS = {
    "hazard_ratio": "hazard",
    "odds_ratio": "odds",
    "rate_ratio": "rate",
    "risk_ratio": "risk|rate ratio",
    "risk_difference": "risk|differ",
    "mean_difference": "differ|chang",
    "smd": "differ|effect|chang",
    "orr": "respon|remission",
    "dcr": "control",
    "cbr": "benefit",
    "dor": "duration|respon",
    "complete_response": "complet",
    "partial_response": "partial",
    "stable_disease": "stab",
    "progressive_disease": "progress",
    "auc": "area",
    **dict.fromkeys(("pfs", "os", "dfs", "efs", "rfs"), "surviv"),
}
# Words that may stand before the name of a measure without making another measure of it.
_QUALIFIED = re.compile(
    r"(?:(?:summary|pooled|combined|overall|common|median|mean|average|estimated|objective|best|crude|raw|absolute"
    r"|(?:un|multivariabl[ey]-|multivariate-|age-)?adjusted|(?:un)?weighted|corrected|annual|the|an?)[\s-]+)*",
    re.IGNORECASE,
)
# A word with a capital only because it begins a sentence, a bracket or a clause behind a colon
_CAPITALIZED_WORD = re.compile(r"(?:^|[(\[]|: )[A-Z](?=[a-z]{2})")
# Words that only papers on tumours have; in other papers a response rate may be that of a survey
_TUMOURS = re.compile(
    r"\b(?i:objective|overall|tumou?r|complete|partial)\s+(?i:tumou?r\s+)?(?i:response|remission)|\bRECIST\b|\bORRs?\b"
)


@dataclass(frozen=True)
class Mention:
    """A measure named at `start` to `end` of a sentence. `kinds`: the kinds of its figures, as in the lexicon."""

    name: str
    start: int
    end: int
    kinds: str


@dataclass(frozen=True)
class Terms:
    """The abbreviations that a paper defines.

    `own`: (abbreviation, name, kinds) of each measure with an abbreviation of its own, such as SOR for an odds ratio.
    `foreign`: usual abbreviations of measures that mean something else in this paper.
    `tumours`: whether the response rates of the paper are those of tumours.
    `decimal_commas`: whether the paper writes 14,2 for 14.2.
    """

    own: tuple[tuple[str, str, str], ...] = ()
    foreign: frozenset[str] = frozenset()
    tumours: bool = True
    decimal_commas: bool = False


NO_OWN_TERMS = Terms()
_TOO_GENERAL = ("age", "score", "cost", "proportion")  # measures that no abbreviation of a paper stands for


def terms_of(paragraphs: Iterable[Paragraph]) -> Terms:
    """Return the terms that running text defines: "summary odds ratio (SOR)". The first meaning of a term counts."""
    printed = [paragraph.text for paragraph in paragraphs]
    decimal_commas = writes_decimal_commas(printed)
    texts = [normalize_signs(text, decimal_commas=decimal_commas) for text in printed]
    meanings: dict[str, str] = {}
    for text in texts:
        for term, meaning in terms_spelt_out(text):
            meanings.setdefault(term, meaning)
    own = {term: found for term, meaning in meanings.items() if (found := _measure_called(meaning)) is not None}
    foreign = frozenset(term for term, meaning in meanings.items() if term not in own and _is_foreign(term, meaning))
    tumours = any(_TUMOURS.search(text) for text in texts)
    return Terms(tuple((term, *found) for term, found in own.items()), foreign, tumours, decimal_commas)


def _measure_called(meaning: str) -> tuple[str, str] | None:
    """Return name and kinds of the measure that a text names, apart from qualifiers such as "pooled"; else None."""
    last = [mention for mention in find_mentions(meaning) if mention.end == len(meaning)]
    if not last or not _QUALIFIED.fullmatch(meaning[: last[0].start]) or last[0].name in _TOO_GENERAL:
        return None
    return last[0].name, last[0].kinds


def _is_foreign(term: str, meaning: str) -> bool:
    """Whether a usual abbreviation of a measure has a meaning without the stem of that measure."""
    named = {name for name, pattern, _ in _PATTERNS if pattern.fullmatch(term)}
    return any(name in _STEMS and not re.search(_STEMS[name], meaning, re.IGNORECASE) for name in named)


@lru_cache(maxsize=256)
def find_mentions(sentence: str, terms: Terms = NO_OWN_TERMS) -> tuple[Mention, ...]:
    """Return the measures that a sentence names, from left to right; of overlapping names the longest."""
    found = list(_mentions(sentence, terms))
    longest = [m for m in found if not any(_gives_way(m, other) for other in found)]
    return tuple(sorted(longest, key=lambda mention: mention.start))


def _mentions(sentence: str, terms: Terms) -> Iterator[Mention]:
    """Yield the mentions of a sentence, also overlapping ones: by the lexicon, then by the terms of the paper."""
    own = {term for term, _, _ in terms.own}
    sentence = _CAPITALIZED_WORD.sub(lambda match: match[0].lower(), sentence)
    for name, pattern, kinds in _PATTERNS:
        name = "other_response" if name == "orr" and not terms.tumours else name
        for match in pattern.finditer(sentence):
            called = match[0].removesuffix("s")
            if called not in own and called not in terms.foreign:
                yield Mention(name, match.start(), match.end(), kinds)
    for term, name, kinds in terms.own:
        name = "other_response" if name == "orr" and not terms.tumours else name
        for match in re.finditer(rf"(?<![\w-]){re.escape(term)}s?(?![\w-])", sentence):
            yield Mention(name, match.start(), match.end(), kinds)


def _gives_way(mention: Mention, other: Mention) -> bool:
    """Whether another mention overlaps this one and is longer."""
    shared = other.start < mention.end and mention.start < other.end
    return shared and other.end - other.start > mention.end - mention.start
