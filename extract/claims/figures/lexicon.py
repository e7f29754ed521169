"""What measures are called: the lexicon, what a paper calls them itself, and those that a sentence names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.claim import Paragraph
from extract.claims.text.abbreviations import spelt_out
from extract.claims.text.normalized import plain_signs

_SPREAD = (
    r"(?:\s*(?:\((?:[^()]|\([^()]*\)){1,40}\)|\[(?:[^\[\]]|\[[^\[\]]*\]){1,40}\]))?"  # "mean [95% CI]", "median (IQR)"
)
_NO_TUMOUR = (
    r"(?:vir(?:al|ologic(?:al)?)|antibody|immun(?:e|ologic(?:al)?)|humou?ral|cellular|serologic(?:al)?|survey"
    r"|questionnaire|h(?:a|ae|e)modynamic|biochemical|metabolic|molecular|cytogenetic|patholog(?:ic|ical)"
    r"|histolog(?:ic|ical)|placebo|symptom(?:atic)?|functional|motor|pain|ovarian)"
)
# name, what it is called in print, kinds of figures: % percentage or proportion, t time, r ratio, x any other number
_LEXICON = (
    ("orr", r"\bORRs?\b|(?:(?:objective|overall|best overall|tumou?r)\s+)?(?:response|remission) rates?\b"
     r"|rates? of (?:objective |overall )?response|objective responses?\b|(?<!duration of )overall response\b"
     r"|(?:objectively )?responded\b", "%"),
    ("other_response", rf"\b{_NO_TUMOUR}\s+(?:response|remission)s?(?: rates?)?\b"
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
    ("age", r"(?<!estational )(?<!bone )(?<!mental )\b[Aa]ges?\b|\baged\b|years old", "trx"),
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
    ("mean_difference", r"differences? (?:between|of|in|from)", "rx"),
    ("median_difference", rf"[Mm]edian{_SPREAD} (?:\w+ )?(?:differences?|changes?)(?: (?:between|of|in|from))?\b"
     r"|differences? (?:between|of|in) (?:the )?medians?\b"
     r"|[Hh]odges[- ]Lehmann(?: \w+){0,3}?(?: differences?)?", "trx"),
    ("correlation", r"\b[rR]\s*(?==)|correlat\w+|\brho\b", "rx"),
    ("statistic", r"(?<![A-Za-z])(?:[tzFQUH]|χ2?|chi-?square\w*)(?:\s?\(?\d+(?:,\s?\d+)?\)?)?\s*(?==)", "rx"),
    ("auc", r"\bAUCs?\b|\bAUROC\b|area under", "rx"),
    ("proportion", r"proportions?|incidences?|frequency|prevalence|(?:event|occurrence) rates?|\brates?\b"
     r"|TR?AEs?\b", "r"),
    ("score", r"\bscores?\b|\bindex\b|\bscale\b", "rx"),
    ("cost", r"\bcosts?\b", "x"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern), kinds) for name, pattern, kinds in _LEXICON]
# A word that the meaning of the abbreviation of a measure must have: HR is no hazard ratio where it is a heart rate.
_ROOTS = {
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
_QUALIFIED = re.compile(
    r"(?:(?:summary|pooled|combined|overall|common|median|mean|average|estimated|objective|best|crude|raw|absolute"
    r"|(?:un|multivariabl[ey]-|multivariate-|age-)?adjusted|(?:un)?weighted|corrected|annual|the|an?)[\s-]+)*",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:^|[(\[]|: )[A-Z](?=[a-z]{2})")
_TUMOURS = re.compile(
    r"\b(?i:objective|overall|tumou?r|complete|partial)\s+(?i:tumou?r\s+)?(?i:response|remission)|\bRECIST\b|\bORRs?\b"
)


@dataclass(frozen=True)
class Mention:
    """A measure that a sentence names, and where. `kinds`: what its figures can be."""

    name: str
    start: int
    end: int
    kinds: str


@dataclass(frozen=True)
class Terms:
    """What a paper calls measures. `own`: its abbreviations of measures, with their names and kinds; `other`: those
    that stand for something else in it; `tumours`: whether its response rates are those of tumours."""

    own: tuple[tuple[str, str, str], ...] = ()
    other: frozenset[str] = frozenset()
    tumours: bool = True


USUAL = Terms()


def terms_of(paragraphs: Iterable[Paragraph]) -> Terms:
    """What the running text of a paper defines, "summary odds ratio (SOR)"; the first meaning of a term counts."""
    texts = [plain_signs(paragraph.text) for paragraph in paragraphs]
    meanings: dict[str, str] = {}
    for text in texts:
        for term, meaning in spelt_out(text):
            meanings.setdefault(term, meaning)
    own = {term: found for term, meaning in meanings.items() if (found := _measure_called(meaning)) is not None}
    other = frozenset(term for term, meaning in meanings.items() if term not in own and _is_other(term, meaning))
    tumours = any(_TUMOURS.search(text) for text in texts)
    return Terms(tuple((term, *found) for term, found in own.items()), other, tumours)


def _measure_called(meaning: str) -> tuple[str, str] | None:
    """Name and kinds of the measure that a text is, but for words such as pooled."""
    last = [mention for mention in find_mentions(meaning) if mention.end == len(meaning)]
    fits = last and _QUALIFIED.fullmatch(meaning[: last[0].start])
    return (
        (last[0].name, last[0].kinds) if fits and last[0].name not in ("age", "score", "cost", "proportion") else None
    )


def _is_other(term: str, meaning: str) -> bool:
    """Whether a term that is a measure elsewhere has a meaning without the word that makes it one."""
    named = {name for name, pattern, _ in _PATTERNS if pattern.fullmatch(term)}
    return any(name in _ROOTS and not re.search(_ROOTS[name], meaning, re.IGNORECASE) for name in named)


@lru_cache(maxsize=256)
def find_mentions(sentence: str, terms: Terms = USUAL) -> tuple[Mention, ...]:
    """The measures that a sentence names, from left to right; of names that overlap the longest."""
    found = list(_mentions(sentence, terms))
    longest = [m for m in found if not any(_gives_way(m, other) for other in found)]
    return tuple(sorted(longest, key=lambda mention: mention.start))


def _mentions(sentence: str, terms: Terms) -> Iterator[Mention]:
    own = {term for term, _, _ in terms.own}
    sentence = _BEGINNING.sub(lambda match: match[0].lower(), sentence)
    for name, pattern, kinds in _PATTERNS:
        name = "other_response" if name == "orr" and not terms.tumours else name
        for match in pattern.finditer(sentence):
            called = match[0].removesuffix("s")
            if called not in own and called not in terms.other:
                yield Mention(name, match.start(), match.end(), kinds)
    for term, name, kinds in terms.own:
        name = "other_response" if name == "orr" and not terms.tumours else name
        for match in re.finditer(rf"(?<![\w-]){re.escape(term)}s?(?![\w-])", sentence):
            yield Mention(name, match.start(), match.end(), kinds)


def _gives_way(mention: Mention, other: Mention) -> bool:
    """Whether another mention takes some of the same words, and more of them in all."""
    shared = other.start < mention.end and mention.start < other.end
    return shared and other.end - other.start > mention.end - mention.start
