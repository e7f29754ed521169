"""Labels and subjects as words for comparison: abbreviations spelt out, number words as digits."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from validations.inference.claims.synonyms import one_phrase, one_word

_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_SMALL_WORDS = """
a about above after all also among an and any are as at been before being below but by combination combo combined did do
each either for from given group had has have he her his if in including into is it its least made most namely no not of
on one or other others our out over per plus received receive seen she showed than that the their them then there these
they this those to together treated up used using versus vs was we were when where which while who whose with
"""
_REPORTING = """
arise arose arising began begin begun chosen chiefly entered enrolled followed found frequently gave give gives included
largest lay lying mainly mostly named often present prevailed recorded regimen reported represented undergone underwent
"""
_SMALL = frozenset(f"{_SMALL_WORDS} {_REPORTING}".split())
_GENERIC = frozenset(
    (
        "patient",
        "disease",
        "tumor",
        "case",
        "study",
        "trial",
        "subtype",
        "group",
        "arm",
        "subject",
        "status",
        "frequent",
        "common",
    )
)
_TOKEN = re.compile(r"[≥≤<>]?\s?\d+(?:\.\d+)?(?:\s?[-–/]\s?\d+)?|[^\W\d_][\w']*(?:-[^\W\d_][\w']*)*", re.UNICODE)
SAME_PREFIX_LETTERS = 5  # a word this long is the same as a longer word beginning with it ("chemo", "chemotherapy")
MEANING_SHARE = 2 / 3  # of an abbreviation's meaning must be present, as texts shorten meanings


@dataclass(frozen=True)
class Unit:
    """A word, or an abbreviation with the words of its meaning."""

    words: tuple[str, ...]

    def in_words(self, words: Collection[str]) -> bool:
        """Whether some words contain this unit: the word itself, or at least MEANING_SHARE of the meaning."""
        found = sum(any(same_word(word, other) for other in words) for word in self.words)
        return found >= MEANING_SHARE * len(self.words)


def units(text: str, abbreviations: Mapping[str, str]) -> list[Unit]:
    """The units of a text without small and generic words."""
    return list(_all_units(text, tuple(abbreviations.items())))


@lru_cache(maxsize=8192)
def _all_units(text: str, abbreviations: tuple[tuple[str, str], ...]) -> tuple[Unit, ...]:
    return tuple(_units(digits_for_words(text), dict(abbreviations)))


def _units(text: str, abbreviations: Mapping[str, str]) -> Iterator[Unit]:
    for match in _TOKEN.finditer(text):
        printed = match[0]
        meaning = abbreviations.get(printed) or abbreviations.get(printed.removesuffix("s"))
        if meaning:
            words = tuple(word for part in _TOKEN.findall(meaning) for word in folded(part))
            if words:  # an abbreviation of small words only says nothing either
                yield Unit(words)
        elif printed.isupper() and printed.casefold() in _SMALL and len(printed) > 1:
            yield Unit((printed.casefold(),))  # in capitals, AS is an abbreviation; "as" is a small word
        else:
            yield from (Unit((word,)) for word in folded(printed))


def digits_for_words(text: str) -> str:
    """The text with number words as digits: "the third line or later" as "≥3 line", "1st" as 1; dashes as hyphens."""
    text = one_phrase(text.replace("–", "-"))
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(
        r"\b(first|second|third|fourth|fifth)\b", lambda m: _ORDINALS[m[1].lower()], text, flags=re.IGNORECASE
    )
    text = re.sub(
        r"\b(\d+)((?:-|\s)lines?)?(?:\s(?:treatment|therapy))?\s+(?:or|and)\s+(?:later|beyond|more|greater|above|older)\b",
        r"≥\1\2",
        text,
    )
    return re.sub(r"([≥≤<>])\s+(?=\d)", r"\1", text)


def folded(printed: str) -> list[str]:
    """A printed word in small letters, singular, one spelling; split at hyphens; without small and generic words."""
    printed = printed.strip()
    if printed[:1] in "≥≤<>" or printed[:1].isdigit():
        return [re.sub(r"\s", "", printed)]
    parts = (one_word(part) for part in printed.casefold().split("-") if part not in _SMALL)
    singular = (re.sub(r"(?<=[a-z]{3})(?<![isu])s$", "", part) for part in parts)
    return [part for part in singular if part and part not in _GENERIC]


def same_word(one: str, other: str) -> bool:
    """Whether two folded words are the same: equal, or one a long enough beginning of the other."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= SAME_PREFIX_LETTERS and longer.startswith(shorter))


def all_words(some: Collection[Unit]) -> frozenset[str]:
    """The words of all units."""
    """The words of all units."""
    return frozenset(word for unit in some for word in unit.words)


def names_label(subject: Collection[Unit], label: Collection[Unit], harmless: Collection[str]) -> bool:
    """Whether a subject names exactly a label: it has all units of the label, and otherwise only harmless words."""
    words, wanted = all_words(subject), all_words(label)
    if not wanted or not all(unit.in_words(words) for unit in label):
        return False
    return all(unit.in_words(wanted) or unit.in_words(harmless) for unit in subject)
