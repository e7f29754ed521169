"""Tokens: the smallest pieces of a sentence that state a number, such as "95% CI 0.41-0.83", "P = .03", "4 of 7".

The patterns expect normalized signs (extract/claims/text/normalized.py). At each place the first pattern that fits
makes the token, so the order of the patterns matters; their named groups become `Token.parts`.
"""

import re
from dataclasses import dataclass, field

from extract.claims.figures.labels import LABEL_PATTERNS
from extract.claims.figures.numerals import (
    NUMBER_WORDS,
    SHARE_WORDS,
    SIGNED_NUMBER,
    UNSIGNED_NUMBER,
    WHOLE_NUMBER,
    number_text,
)
from extract.claims.figures.units import PER_PERSONS, POWER_OF_TEN, TIME_UNITS

_START = r"(?<![\w./-])(?<!\w ,)"
_END = r"(?![\w/^])(?!-[A-Za-z])(?!\.\d)"
_BETWEEN_LIMITS = r"\s*%?\s*(?:[-~]|to|and|through|[,;:])\s*"
_INTERVAL = rf"(?P<low>{SIGNED_NUMBER}){_BETWEEN_LIMITS}(?P<high>{SIGNED_NUMBER})(?:\s*(?P<of_percent>%))?"
_INTRODUCED = r"(?:[\s,:=(]|of|was|were|is|in the range|from|between|\[)*"
_SIGN = r"(?P<sign>=|<=|>=|<|>|≤|≥|~|¼|,|o|\$)"
_P_KIND = (
    r"(?:[\s_-]*(?:values?|difference|log-?rank|[Bb]onferroni|(?:for\s+)?(?P<of>heterogeneity|het|trend|interaction|int)"
    r"|for\s+(?P<test>[a-z][a-z -]{2,40}?)(?=\s*[=<>≤≥])|for))*"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}} {_MONTH} (?:19|20)\d\d|{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?,?)? (?:19|20)\d\d)"
_COUNT = rf"(?:{WHOLE_NUMBER}|\b(?i:{NUMBER_WORDS})\b)"
_COMPARISON = (
    r"(?:higher|greater|more|larger|longer|lower|less|fewer|increas|decreas|reduc|elevated|likely|risks?|odds|rise)"
)
_OF_TOTAL = (
    rf"\s+(?!(?:{TIME_UNITS})\b)(?:(?:\w+\s+)?\w+\s+)?(?:out\s+)?of\s+"
    r"(?:the\s+|all\s+|our\s+|these\s+|those\s+|a\s+total\s+of\s+)*"
)

_NO_LIMIT = (  # what is printed for a limit that cannot be estimated
    r"(?:N\.?[RECA]\.?(?![A-Za-z])|not\s+(?:yet\s+)?(?:reached|estimable|evaluable|available|calculable)|∞|infinity)"
)
_CI = (
    r"(?:(?P<level>\d\d(?:\.\d)?)\s*%?\s*-?\s*)?\(?(?:\b(?:confidence|credible|credibility)\s+(?:intervals?|limits?)"
    r"|\bC\.?I\.?s?(?:\b|(?=9\d\s?%))|\bCrI\b)(?:\s*[(\[](?:confidence|credible)\s+intervals?[)\]])?"
    r"(?:[\s,(]*(?P<level_behind>\d\d(?:\.\d)?)\s*%)?(?:[\s,(]*CIs?\b)?[)\]]?"
)

# (kind, pattern). Labels, versions and citations look like figures: they come first, and their tokens are dropped.
_PATTERNS = (
    ("label", r"\[\d[\d,;\s-]*\](?!\s*(?:to|-)\s*\d)"),  # a citation
    *(("label", pattern) for pattern in LABEL_PATTERNS),
    ("label", r"\baged\s(?:[<>≤≥]\s*)?\d+|\bages?\s*[<>≤≥]\s*\d+"),
    ("label", r"(?<![A-Za-z])(?:ECOG|WHO|NYHA|ASA|Karnofsky|Zubrod|Child-Pugh|TNM|APACHE)(?: [\w-]+){0,3}? "
     r"(?:[<>≤≥] ?)?\d+(?:\s*(?:-|/|or|and|to)\s*\d+)*(?![\d.%])"),
    ("label", r"\b[Pp][ -]?(?:values?)?\s*(?:of )?(?:<|≤|below|less than)\s*(?:\d?\.\d+|\d+\s?%) (?:values? )?"
     r"(?:(?:was|were|is|are|being)\s)?(?:considered|regarded|taken|accepted|deemed)"),
    ("label", r"(?<![\w'-])(?<!ach's )(?<!ach )(?:α|[Aa]lpha|β|[Bb]eta|[Ss]ignificance)"
     r"(?:[\s-]+(?:level|error|risk|rate))?\s*(?:=|\b(?:of|was|is|set|at|to)\s)(?:(?:of|was|is|set|at|to)\s|\s|<|≤)*(?:\d?\.\d+|\d+\s*%)"),
    ("label", r"(?:\d+(?:\.\d+)?\s*%|0?\.\d+)\s+(?:statistical\s+)?power\b"
     r"|\bpower\s(?:(?:of|was|is|at|least|set|to)\s|=\s?)+(?:\d+(?:\.\d+)?\s*%|0?\.\d+)"),
    ("label", r"(?:\d\d\s*%\s*)?\bCIs?\b[\s:,=]*[(\[]"  # an interval of three limits
     rf"(?:{SIGNED_NUMBER}\s*[,;]\s*){{2,}}{SIGNED_NUMBER}\s*[)\]]"),
    ("label", r"\bone of (?=\d)|\b(?:anti-?)?PD[- ]?(?:L\s?)?[12]\b"),
    ("label", r"(?:(?<=[mlsgLM])|(?<=[\s/][mlsgLM] )|(?<=[km][gm] )|(?<=[md][lL] ))-\s?[123]\b(?!\.\d)"),  # an exponent
    ("label", POWER_OF_TEN),
    ("label", rf"\b{PER_PERSONS}"),
    ("label", r"\d\d(?:\.\d)?\s*%\s*-?\s*(?:limits? of agreement|LoA\b|PI\b"
     r"|(?:prediction|tolerance|reference) (?:interval|range|limit)s?)"),
    ("date", rf"(?P<date>{_DATE}(?:\s*(?:-|to|and|until|through)\s*{_DATE})?)"),
    ("date", rf"(?P<date>(?:\d{{1,2}} )?{_MONTH} (?:to|and|-) {_DATE})"),
    ("p", rf"(?<![A-Za-z])[Pp]{_P_KIND}[\s()]*(?:was|were|is|of|at)?\s*{_SIGN}?\s*(?P<p>(?:[01](?:\.\d+)?|\.\d+)"
     rf"(?:\s*[x×*]\s*10\s?-\s?\d+)?|\d(?:\.\d+)?\s*[x×*]\s*10\s?-\s?\d+){_END}"),
    ("ci", rf"{_CI}{_INTRODUCED}{_INTERVAL}(?!\d|\s*,\s*-\s?[\d.]+\s*[)\]])"),
    ("open", rf"{_CI}{_INTRODUCED}(?P<low>{SIGNED_NUMBER}){_BETWEEN_LIMITS}(?P<open>{_NO_LIMIT})"),
    ("open", rf"{_CI}{_INTRODUCED}(?P<open>{_NO_LIMIT}){_BETWEEN_LIMITS}(?P<high>{SIGNED_NUMBER})"),
    ("open", rf"(?<=[\[(])(?P<low>{SIGNED_NUMBER}){_BETWEEN_LIMITS}(?P<open>{_NO_LIMIT})(?=\s*[\])])"),
    ("label", r"\d\d(?:\.\d)?\s*%\s*-?\s*(?:CIs?\b|confidence|credible)|\b\d+\s?:\s?\d+\b(?!\.)"),
    ("iqr", r"\b(?:inter-?\s?quartile(?:\s+range)?|IQRs?|25th\s*(?:-|to|and)\s*75th\s+percentiles?)"
     rf"(?:[\s,(]*IQR\b)?[)\]]?{_INTRODUCED}{_INTERVAL}"),
    ("label", rf"\bIQR[\s,:=]+{UNSIGNED_NUMBER}(?![\d.])(?!\s*%?\s*(?:[-~,;]|to\b|and\b)\s*-?\d)"),  # its width
    ("range", rf"\b[Mm]in(?:imum)?\.?[\s,:=]+(?P<low>{SIGNED_NUMBER})\s*%?[\s;,]+(?:and\s+)?max(?:imum)?\.?[\s,:=]+"
     rf"(?P<high>{SIGNED_NUMBER})(?:\s*(?P<of_percent>%))?"),
    ("range", rf"\b(?:ranges?|ranged|ranging|min(?:imum)?\s*-\s*max(?:imum)?)\b{_INTRODUCED}{_INTERVAL}"),
    ("sd", r"(?:±|\+/-|\b(?:standard\s+deviations?|SDs?|sd|s\.d\."
     r"|(?P<error>SEM?|standard\s+errors?(?:\s+of\s+the\s+means?)?))\b)(?:[\s,(]*(?:SD|SEM?)\b)?[\s,:=()]*"
     rf"(?P<sd>{UNSIGNED_NUMBER})"),
    ("i2", r"\bI(?:\s?\^?2\b|[\s-]?squared?\b|(?=\s?[=¼]\s?\d+(?:\.\d+)?\s*%))"
     r"(?:[\s-]*(?:statistics?|index|values?|test))?"
     rf"(?:[\s,:=¼()]|of|was|is)*(?P<value>{UNSIGNED_NUMBER})(?:\s*(?P<percent>%))?(?![\w.])"),
    ("count", rf"\b[nNk]\s*[=¼]\s*(?P<value>{WHOLE_NUMBER})(?:\s*(?:/|of)\s*(?P<total>{WHOLE_NUMBER}))?"),
    ("share", rf"{_START}(?P<n>\d+)\s*/\s*(?P<total>\d+)(?![\d/]){_END}"),
    ("share", rf"{_START}(?P<n>{_COUNT})(?P<noun>{_OF_TOTAL})(?P<total>{_COUNT})(?!\s*%){_END}"),
    ("interval", rf"{_START}(?P<low>{SIGNED_NUMBER})\s*%?\s*(?:[-~]|to)\s*(?P<high>{SIGNED_NUMBER})"
     rf"(?:\s*(?P<percent>%))?{_END}"),
    ("interval", rf"(?:(?<=[\[(])|(?<=[\[(] ))(?P<low>{SIGNED_NUMBER})\s*[,;]\s*(?P<high>{SIGNED_NUMBER})"
     r"(?=\s*%?\s*[,;)\]])"
     r"(?!\s*,\s*(?:(?:(?:and|or)\s+)?\d+|-\s?[\d.]+)\s*[,)\]])"),  # three numbers and more are a list
    ("fold", rf"{_START}(?P<value>{UNSIGNED_NUMBER})\s?-?\s?(?P<unit>fold)\b(?!\s+(?:serial|dilut|cross|symmetr))"),
    ("fold", rf"(?<![\w-])(?P<value>(?i:{NUMBER_WORDS}))[\s-]?(?P<unit>fold)\b(?=\s+(?:\w+\s+)?{_COMPARISON})"),
    ("fold", rf"(?:{_START}(?P<value>{UNSIGNED_NUMBER})|(?<![\w-])(?P<word>(?i:{NUMBER_WORDS})))\s+(?P<unit>times)\b"
     rf"(?=\s+(?:as\s+|the\s+)?(?:\w+\s+)?{_COMPARISON})"),
    ("percent", rf"{_START}(?P<value>-?{UNSIGNED_NUMBER})\s*(?:%|per\s?cent\b)"),
    ("absent", r"\b(?P<value>not (?:yet )?(?:been )?(?:reached|estimable|attained))\b"),
    ("fraction", rf"\b(?P<share>{SHARE_WORDS})(?=\s+(?:of|had|were|was))"),
    ("none", r"\b(?P<value>[Nn]o(?:ne)?)(?=\s+(?:of the\s+)?(?:[\w-]+\s+){0,3}(?:deaths?|responses|responders|patients?"
     r"|relapses?|discontinuations)\b)"),
    ("number", rf"{_START}(?P<value>-?{UNSIGNED_NUMBER}){_END}"),
    ("number", rf"(?<![\w-])(?i:{NUMBER_WORDS})\s+\((?P<value>{WHOLE_NUMBER})\)"),
    ("number", rf"(?<![\w-])(?P<spelt>(?i:{NUMBER_WORDS}))\s+\[(?P<value>{WHOLE_NUMBER})\]"),  # "nine [9]"
    ("number", rf"(?<![\w-])(?i:(?P<value>{NUMBER_WORDS}))(?![\w-])"),
)  # fmt: skip
_TOO_LONG = re.compile(r"(?<![.\d])\d{16}|\d{21}|\d(?:[, ]\d{3}){5}")  # more digits than numbers have: of a register
_COMPILED = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]
# A place where a pattern may begin: no pattern but those of powers of ten and of months begins within a word.
_FIRST_SIGN = re.compile(r"\d|(?<![A-Za-z])[A-Za-z]|x|[ADFJMNOS](?=[a-z]{2})|[αβ×±\[.+(-]")


@dataclass(frozen=True)
class Token:
    """A piece of a sentence that states a number.

    `kind`: the kind of the pattern that fits ("p", "ci", "share", ...). `start`, `end`: its place in the sentence.
    `parts`: the text of the named groups of the pattern, as printed, without groups that matched nothing.
    """

    kind: str
    start: int
    end: int
    parts: dict[str, str] = field(default_factory=dict)


def find_tokens(sentence: str) -> list[Token]:
    """Return the tokens of a sentence with normalized signs, from left to right, without labels."""
    found, at = [], 0
    while at < len(sentence):
        if (token := _token_at(sentence, at)) is None:
            at += 1
            continue
        at = token.end
        if token.kind != "label":
            found.append(token)
    return found


def _token_at(sentence: str, at: int) -> Token | None:
    if not _FIRST_SIGN.match(sentence, at):
        return None
    for kind, pattern in _COMPILED:
        if match := pattern.match(sentence, at):
            parts = {name: text for name, text in match.groupdict().items() if text}
            if "spelt" in parts and number_text(parts["spelt"]) != number_text(parts["value"]):
                continue
            kind = "label" if any(map(_TOO_LONG.search, parts.values())) else kind
            return Token(kind, at, match.end(), parts)
    return None
