"""Labels as names: when two of them are one name spelt in two ways, and which name a sum."""

import re
from collections.abc import Sequence
from functools import lru_cache

_TOTAL = re.compile(r"(?:grand |sub-?)?total\b|overall\b|all\b(?! others?\b)|sum\b", re.IGNORECASE)
_JOINTS = re.compile(r"[\s\-‐‑–.]+")
_DIGIT = re.compile(r"[\d²³¹]")
_PLURAL = re.compile(r"(?<=[a-z]{3})s\b")


def is_total(label: str) -> bool:
    """Whether the label is that of a row that sums the others."""
    return _TOTAL.match(label.strip()) is not None


@lru_cache(maxsize=1 << 18)
def fold(label: str) -> str:
    """The label without what does not change its meaning: case, hyphens and spaces, the plural of a word in lower
    case. A label with a number keeps its signs: 1-2 is not 12."""
    if _DIGIT.search(label):
        return " ".join(label.split()).casefold()
    return _JOINTS.sub("", _PLURAL.sub("", label).casefold())


def without_case(texts: Sequence[str]) -> list[str]:
    """The texts without what does not tell names apart: case and spaces."""
    plain = {text: " ".join(text.split()).casefold() for text in set(texts)}
    return [plain[text] for text in texts]


def one_letter_apart(first: str, second: str) -> bool:
    """Whether one letter changed, added, left out, or two neighbours exchanged make one label the other."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    start = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    here, there = shorter[start:], longer[start:]
    if len(shorter) < len(longer):
        return here == there[1:]
    return here[1:] == there[1:] or (here[:2] == there[1::-1] and here[2:] == there[2:])
