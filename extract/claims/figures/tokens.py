"""The smallest pieces of a sentence that state a number, each with its parts: "95% CI 0.41-0.83", "P = .03", "4 of 7".

Patterns work on text with plain signs (extract/claims/text/normalized.py). The first one that fits at a place is taken,
so that their order matters; what they name is in `Atom.parts`.
"""

import re
from dataclasses import dataclass, field

from extract.claims.figures.labels import NAMES
from extract.claims.figures.numerals import NUMBER, SHARE, SIGNED, WHOLE, WORDS, plain
from extract.claims.figures.units import PER, POWER, TIME

START = r"(?<![\w./-])(?<!\w ,)"
END = r"(?![\w/^])(?!-[A-Za-z])(?!\.\d)"
BETWEEN = r"\s*%?\s*(?:[-~]|to|and|through|[,;:])\s*"
INTERVAL = rf"(?P<low>{SIGNED}){BETWEEN}(?P<high>{SIGNED})(?:\s*(?P<of_percent>%))?"
INTRODUCED = r"(?:[\s,:=(]|of|was|were|is|from|between|\[)*"
_SIGN = r"(?P<sign>=|<=|>=|<|>|≤|≥|~|¼|,|o|\$)"
_P_KIND = (
    r"(?:[\s_-]*(?:values?|difference|log-?rank|[Bb]onferroni|(?:for\s+)?(?P<of>heterogeneity|het|trend|interaction|int)"
    r"|for\s+(?P<test>[a-z][a-z -]{2,40}?)(?=\s*[=<>≤≥])|for))*"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}} {_MONTH} (?:19|20)\d\d|{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?,?)? (?:19|20)\d\d)"
_COUNT = rf"(?:{WHOLE}|\b(?i:{WORDS})\b)"
_MORE = r"(?:higher|greater|more|larger|longer|lower|less|fewer|increas|decreas|reduc|elevated|likely|risks?|odds|rise)"
_OF = (
    rf"\s+(?!(?:{TIME})\b)(?:(?:\w+\s+)?\w+\s+)?(?:out\s+)?of\s+"
    r"(?:the\s+|all\s+|our\s+|these\s+|those\s+|a\s+total\s+of\s+)*"
)

# kind, pattern. What must be told apart from a figure (labels, versions, citations) comes first and is thrown away.
PATTERNS = (
    ("label", r"\[\d[\d,;\s-]*\](?!\s*(?:to|-)\s*\d)"),  # a citation
    *(("label", pattern) for pattern in NAMES),
    ("label", r"\baged\s(?:[<>≤≥]\s*)?\d+|\bages?\s*[<>≤≥]\s*\d+"),
    ("label", r"(?<![A-Za-z])(?:ECOG|WHO|NYHA|ASA|Karnofsky|Zubrod|Child-Pugh|TNM|APACHE)(?: [\w-]+){0,3}? "
     r"(?:[<>≤≥] ?)?\d+(?:\s*(?:-|/|or|and|to)\s*\d+)*(?![\d.%])"),
    ("label", r"\b[Pp][ -]?(?:values?)?\s*(?:of )?(?:<|≤|below|less than)\s*(?:\d?\.\d+|\d+\s?%) (?:values? )?"
     r"(?:(?:was|were|is|are|being)\s)?(?:considered|regarded|taken|accepted|deemed)"),
    ("label", r"(?<![\w'-])(?<!ach's )(?<!ach )(?:α|[Aa]lpha|β|[Bb]eta|[Ss]ignificance)"
     r"(?:[\s-]+(?:level|error|risk|rate))?\s*(?:=|\b(?:of|was|is|set|at|to)\s)(?:(?:of|was|is|set|at|to)\s|\s|<|≤)*(?:\d?\.\d+|\d+\s*%)"),
    ("label", r"(?:\d+(?:\.\d+)?\s*%|0?\.\d+)\s+(?:statistical\s+)?power\b"
     r"|\bpower\s(?:(?:of|was|is|at|least|set|to)\s|=\s?)+(?:\d+(?:\.\d+)?\s*%|0?\.\d+)"),
    ("label", r"\bone of (?=\d)|\b(?:anti-?)?PD[- ]?(?:L\s?)?[12]\b"),
    ("label", r"(?:(?<=[mlsgLM])|(?<=[\s/][mlsgLM] )|(?<=[km][gm] )|(?<=[md][lL] ))-\s?[123]\b(?!\.\d)"),  # an exponent
    ("label", POWER),
    ("label", rf"\b{PER}"),
    ("date", rf"(?P<date>{_DATE}(?:\s*(?:-|to|and|until|through)\s*{_DATE})?)"),
    ("date", rf"(?P<date>(?:\d{{1,2}} )?{_MONTH} (?:to|and|-) {_DATE})"),
    ("p", rf"(?<![A-Za-z])[Pp]{_P_KIND}[\s()]*(?:was|were|is|of|at)?\s*{_SIGN}?\s*(?P<p>(?:[01](?:\.\d+)?|\.\d+)"
     rf"(?:\s*[x×*]\s*10\s?-\s?\d+)?|\d(?:\.\d+)?\s*[x×*]\s*10\s?-\s?\d+){END}"),
    ("ci", r"(?:\d\d(?:\.\d)?\s*%?\s*-?\s*)?\(?(?:\b(?:confidence|credible|credibility)\s+(?:intervals?|limits?)"
     r"|\bC\.?I\.?s?\b|\bCrI\b)(?:\s*[(\[](?:confidence|credible)\s+intervals?[)\]])?(?:[\s,(]*\d\d\s*%)?"
     rf"(?:[\s,(]*CIs?\b)?[)\]]?{INTRODUCED}{INTERVAL}"),
    ("label", r"\d\d(?:\.\d)?\s*%\s*-?\s*(?:CIs?\b|confidence|credible)|\b\d+\s?:\s?\d+\b(?!\.)"),
    ("iqr", r"\b(?:inter-?\s?quartile(?:\s+range)?|IQRs?|25th\s*(?:-|to|and)\s*75th\s+percentiles?)"
     rf"(?:[\s,(]*IQR\b)?[)\]]?{INTRODUCED}{INTERVAL}"),
    ("range", rf"\b(?:ranges?|ranged|ranging|min(?:imum)?\s*-\s*max(?:imum)?)\b{INTRODUCED}{INTERVAL}"),
    ("sd", r"(?:±|\+/-|\b(?:standard\s+deviations?|SDs?|s\.d\."
     r"|(?P<error>SEM?|standard\s+errors?(?:\s+of\s+the\s+means?)?))\b)(?:[\s,(]*(?:SD|SEM?)\b)?[\s,:=()]*"
     rf"(?P<sd>{NUMBER})"),
    ("i2", r"\bI(?:\s?\^?2\b|[\s-]?squared?\b|(?=\s?[=¼]\s?\d+(?:\.\d+)?\s*%))"
     r"(?:[\s-]*(?:statistics?|index|values?|test))?"
     rf"(?:[\s,:=¼()]|of|was|is)*(?P<value>{NUMBER})(?:\s*(?P<percent>%))?(?![\w.])"),
    ("count", rf"\b[nNk]\s*[=¼]\s*(?P<value>{WHOLE})(?:\s*(?:/|of)\s*(?P<total>{WHOLE}))?"),
    ("share", rf"{START}(?P<n>\d+)\s*/\s*(?P<total>\d+)(?![\d/]){END}"),
    ("share", rf"{START}(?P<n>{_COUNT})(?P<noun>{_OF})(?P<total>{_COUNT})(?!\s*%){END}"),
    ("interval", rf"{START}(?P<low>{SIGNED})\s*%?\s*(?:[-~]|to)\s*(?P<high>{SIGNED})(?:\s*(?P<percent>%))?{END}"),
    ("interval", rf"(?<=[\[(])(?P<low>{SIGNED})\s*[,;]\s*(?P<high>{SIGNED})(?=\s*%?\s*[,;)\]])"
     r"(?!\s*,\s*(?:(?:and|or)\s+)?\d+\s*[,)\]])"),  # three numbers and more are a list
    ("fold", rf"{START}(?P<value>{NUMBER})\s?-?\s?(?P<unit>fold)\b(?!\s+(?:serial|dilut|cross|symmetr))"),
    ("fold", rf"(?<![\w-])(?P<value>(?i:{WORDS}))[\s-]?(?P<unit>fold)\b(?=\s+(?:\w+\s+)?{_MORE})"),
    ("fold", rf"(?:{START}(?P<value>{NUMBER})|(?<![\w-])(?P<word>(?i:{WORDS})))\s+(?P<unit>times)\b"
     rf"(?=\s+(?:as\s+|the\s+)?(?:\w+\s+)?{_MORE})"),
    ("percent", rf"{START}(?P<value>-?{NUMBER})\s*(?:%|per\s?cent\b)"),
    ("absent", r"\b(?P<value>not (?:yet )?(?:been )?(?:reached|estimable|attained))\b"),
    ("fraction", rf"\b(?P<share>{SHARE})(?=\s+(?:of|had|were|was))"),
    ("none", r"\b(?P<value>[Nn]o(?:ne)?)(?=\s+(?:of the\s+)?(?:[\w-]+\s+){0,3}(?:deaths?|responses|responders|patients?"
     r"|relapses?|discontinuations)\b)"),
    ("number", rf"{START}(?P<value>-?{NUMBER}){END}"),
    ("number", rf"(?<![\w-])(?i:{WORDS})\s+\((?P<value>{WHOLE})\)"),
    ("number", rf"(?<![\w-])(?P<spelt>(?i:{WORDS}))\s+\[(?P<value>{WHOLE})\]"),  # no citation, if it is the same
    ("number", rf"(?<![\w-])(?i:(?P<value>{WORDS}))(?![\w-])"),
)  # fmt: skip
_ALL = [(kind, re.compile(pattern)) for kind, pattern in PATTERNS]
_BEGIN = re.compile(r"\d|[A-Za-zαβ×±\[.+(-]")


@dataclass(frozen=True)
class Atom:
    """A piece of a sentence from `start` to `end`; `parts`: its named parts as printed."""

    kind: str
    start: int
    end: int
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def is_value(self) -> bool:
        return self.kind in ("percent", "number", "count", "share", "i2", "absent", "fraction", "none")


def find_atoms(sentence: str) -> list[Atom]:
    """The atoms of a sentence with plain signs, from left to right; labels are left out."""
    found, at = [], 0
    while at < len(sentence):
        if (atom := _atom_at(sentence, at)) is None:
            at += 1
            continue
        at = atom.end
        if atom.kind != "label":
            found.append(atom)
    return found


def _atom_at(sentence: str, at: int) -> Atom | None:
    if not _BEGIN.match(sentence, at):
        return None
    for kind, pattern in _ALL:
        if match := pattern.match(sentence, at):
            parts = {name: text for name, text in match.groupdict().items() if text}
            if "spelt" in parts and plain(parts["spelt"]) != plain(parts["value"]):
                continue
            return Atom(kind, at, match.end(), parts)
    return None
