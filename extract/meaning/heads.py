"""The head of a column taken apart: whose values it holds, how many patients these are, and when they were measured."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.meaning.lexicon.said import Said, said_in
from extract.meaning.lexicon.times import time_in

_SIZE = re.compile(r"[(\[]?\s*\b[nN]\s?=\s?(\d{1,3}(?:[, ]\d{3})+|\d+)\s*(?:patients|subjects|participants)?\s*[)\]]?")
_BARE_SIZE = re.compile(r"\(\s*(?!(?:19|20)\d\d\s*\))(\d{1,3}(?:,\d{3})+|\d+)\s*\)$")  # "Placebo (40)"; no year
_BRACKETED = (
    r"SDs?|SEM?s?|s\.d\.|s\.e\.|S\.D\.|IQR|range|%\s*|n|N|no\.|n\s?\(%\)|CI|\d{2}\s?% ?CI"
    r"|\d{2}\s?% confidence intervals?|min\.?\s?[,-]\s?max\.?|Q1\s?[-,–]\s?Q3|25th[^)]*"
    r"|standard deviation|standard error|interquartile range"
)
_BEFORE_BRACKET = r"mean|median|average|geometric mean|frequency|number|no\.?|n/N|n|N|m|M|LS|least squares"
_LONE = r"mean|median|geometric mean|average|SD|SEM?|SE|IQR|range|n/N|percent(?:age)?"
_LONE += r"|95\s?% CI|95\s?% confidence intervals?"
# What tells only the kind of the values: it is no part of the name of an arm.
_STATISTICS = re.compile(
    rf"(?:\b(?:{_BEFORE_BRACKET})\b\s*[,:]?\s*)?[(\[]\s*(?:±\s*)?(?:{_BRACKETED})\s*[)\]]"
    rf"|±\s*(?:SDs?|SEM?|standard deviations?)|\b(?:{_LONE})\b(?!\s(?!and\b|or\b)\w)"
    r"|(?<![\w-])(?:n|N|No\.|%)(?![\w-])|\b(?:mean|median)\s+(?:±|\+/-)"
)
_MERE_WORDS = re.compile(
    r"(?:characteristics?|variables?|parameters?|outcomes?|values?|data|items?|measures?|results?|patients|subjects|"
    r"participants|mean|median|range|sd|iqr|in|of|at|the|for|and|or|m|adjusted|unadjusted)*",
    re.IGNORECASE,
)
_OF_PATIENTS = r"(?: (?:patients|participants|subjects|groups?|sample|cohort|population))?"
_TOTAL = re.compile(
    rf"(?:all|total|overall|whole|entire|combined){_OF_PATIENTS}|(?:whole|entire) \w+|both (?:groups|arms)",
    re.IGNORECASE,
)
CONTROL = re.compile(
    r"\b(?:placebo|controls?|sham|usual care|TAU|treatment as usual|standard(?: of)? care|standard treatment"
    r"|no(?:n[-\s]?|\s)(?:treat|interven|expos)\w+|no intervention|waiting[- ]list|comparator|vehicle|untreated)\b",
    re.IGNORECASE,
)
_EDGE = " ,;:-–/*†‡"


@dataclass(frozen=True)
class HeadLevel:
    """A level of a head. `name`: its words without size, statistic and time; `size`: the N that it prints."""

    text: str
    name: str
    size: str
    time: str
    said: Said

    @property
    def compares(self) -> bool:
        """Whether the level names a P value, a test, a ratio or a difference rather than an arm."""
        return self.said.p or bool(self.said.test) or self.said.measure not in _OF_ONE_ARM


_OF_ONE_ARM = frozenset({"", "incidence", "ratio"})


@dataclass(frozen=True)
class ColumnHead:
    """The head of a column, from its top level to its lowest. `follows_comparison`: it holds the limits of a comparison
    to its left."""

    levels: tuple[HeadLevel, ...]
    follows_comparison: bool = False

    @property
    def is_limits(self) -> bool:
        """Whether the column holds only the limits of the values to its left: "95% CI"."""
        said = self.levels[-1].said if self.levels else Said()
        return "ci" in said.spreads and not (said.centre or said.measure or said.p)

    @property
    def text(self) -> str:
        return " / ".join(level.text for level in self.levels)

    @property
    def lowest(self) -> HeadLevel | None:
        return self.levels[-1] if self.levels else None

    @property
    def names(self) -> list[str]:
        return [level.name for level in self.levels if level.name]

    @property
    def size(self) -> str:
        return next((level.size for level in reversed(self.levels) if level.size), "")

    @property
    def time(self) -> str:
        return " ".join(dict.fromkeys(level.time for level in self.levels if level.time))

    @property
    def said(self) -> list[Said]:
        return [level.said for level in reversed(self.levels) if level.said]

    @property
    def is_comparison(self) -> bool:
        """Whether the column compares arms: headed by a P value, a difference, a ratio or a test."""
        lowest = self.lowest
        if lowest is None:
            return False
        measured = any(level.said.measure not in _OF_ONE_ARM for level in self.levels)
        return self.follows_comparison or lowest.compares or measured or bool(_VERSUS.search(lowest.text))


_VERSUS = re.compile(r"\b(?:vs\.?|versus)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:(?:mean |median |adjusted )?diff ?erences? (?:between|of)\s+)?(?P<arm>.+?)"
    r"\s+(?:vs\.?|versus|compared (?:with|to)|and)\s+(?P<versus>.+)",
    re.IGNORECASE,
)

_MINUS_DIFFERENCE = re.compile(
    r"(?P<arm>[^\W\d_][\w ]{2,}?)\s?[-–−]\s?(?P<versus>[^\W\d_][\w ]{2,}?)\s+diff ?erences?\b", re.IGNORECASE
)
"""A difference of two arms in a head: "Intervention–Control difference in change"."""


def column_head(levels: Sequence[str]) -> ColumnHead:
    """Return the head of a column with these texts from top to bottom; blank levels are left out."""
    return ColumnHead(tuple(head_level(text) for text in levels if text))


def head_level(text: str) -> HeadLevel:
    size = _SIZE.search(text) or _BARE_SIZE.search(text)
    bare = f"{text[: size.start()]} {text[size.end() :]}" if size else text
    time, rest = time_in(_STATISTICS.sub(" ", bare))
    name = _name(re.sub(r"\btotal$", "", rest) if time else rest)
    return HeadLevel(text, name, re.sub(r"\s", "", size[1]) if size else "", time, said_in(text))


def sizes_in(text: str) -> list[str]:
    """Every N that a text prints as n = 51."""
    return [re.sub(r"\s", "", size) for size in _SIZE.findall(text)]


def _name(text: str) -> str:
    text = " ".join(re.sub(r"\(\s*\)|\[\s*\]", " ", text).split()).strip(_EDGE)
    if re.fullmatch(_MERE_WORDS, re.sub(r"[\s()\[\],%]+", "", text)) or not re.search(r"[^\W\d_]", text):
        return ""
    return text


def means_all_patients(name: str) -> bool:
    """Whether a name means all patients rather than an arm."""
    return bool(_TOTAL.fullmatch(name))


def compared_in(text: str) -> tuple[str, str]:
    """Return the two sides that a head or label compares ("A vs. B", "difference between A and B"); "" where it
    compares none."""
    if minus := _MINUS_DIFFERENCE.match(text):
        return minus["arm"].strip(), minus["versus"].strip()
    if not (_VERSUS.search(text) or re.search(r"\bdiff ?erences? between\b|\bcompared\b", text, re.IGNORECASE)):
        return "", ""
    bare = _STATISTICS.sub(" ", _SIZE.sub(" ", text))
    match = _COMPARED.search(" ".join(bare.split()).strip(_EDGE))
    return (match["arm"].strip(_EDGE + "()"), match["versus"].strip(_EDGE + "()")) if match else ("", "")
