"""Labels as names: which labels are spellings of one name, and which labels name a total."""

import re
from collections.abc import Sequence
from functools import lru_cache

_TOTAL = re.compile(r"(?:grand |sub-?)?total\b|overall\b|all\b(?! others?\b)|sum\b", re.IGNORECASE)
_EVENTS = re.compile(
    r"\b(?:events|episodes|occurrences|lesions|attacks|exacerbations|hospitali[sz]ations|admissions|visits|courses"
    r"|cycles|infusions|doses|injections|biopsies|samples|specimens|falls|(?:person|patient)[- ](?:years|months))\b"
    r"|\b(?:numbers?|no\.|counts?) of (?!(?:the )?(?:patients|subjects|participants|people|persons|women|men|cases"
    r"|adults|children|individuals)\b)",
    re.IGNORECASE,
)
_OF_PATIENTS = re.compile(
    r"\b(?:patients|subjects|participants) (?:with|having|who)\b|\b(?:any|at least|one or more|≥ ?1)\b", re.IGNORECASE
)
_MISSING = re.compile(
    r"missing|unknown|not (?:known|available|reported|recorded|stated)|no data|\bN/?A\b", re.IGNORECASE
)
_JOINTS = re.compile(r"[\s\-‐‑–.]+")
_DIGIT = re.compile(r"[\d²³¹]")
_PLURAL = re.compile(r"(?<=[a-z]{3})s\b")


def is_total(label: str) -> bool:
    """Whether the label names a row that sums the other rows."""
    return _TOTAL.match(label.strip()) is not None


def is_missing(label: str) -> bool:
    """Whether a category counts the patients without data."""
    return _MISSING.search(label) is not None


def counts_events(label: str) -> bool:
    """Whether a label says that its row counts events or things, of which a patient may have several."""
    return _EVENTS.search(label) is not None and _OF_PATIENTS.search(label) is None


@lru_cache(maxsize=1 << 18)
def fold(label: str) -> str:
    """The label without case, hyphens, spaces and the plural s of a word in lower case: equal for
    spellings of one name. A label with digits keeps its hyphens and spaces, since 1-2 is not 12."""
    if _DIGIT.search(label):
        return " ".join(label.split()).casefold()
    return _JOINTS.sub("", _PLURAL.sub("", label).casefold())


def without_case(texts: Sequence[str]) -> list[str]:
    """The texts in lower case, with single spaces between words."""
    plain = {text: " ".join(text.split()).casefold() for text in set(texts)}
    return [plain[text] for text in texts]


def one_letter_apart(first: str, second: str) -> bool:
    """Whether the labels differ by one letter (changed, added or left out) or by two neighbours exchanged."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    start = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    here, there = shorter[start:], longer[start:]
    if len(shorter) < len(longer):
        return here == there[1:]
    return here[1:] == there[1:] or (here[:2] == there[1::-1] and here[2:] == there[2:])
