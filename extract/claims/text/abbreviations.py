"""The abbreviations that the notes under an exhibit define, and those that running text defines."""

import re
from collections.abc import Iterable, Iterator

_PREFACE = re.compile(r"^\s*(?:list of )?abbreviations?\s*[:.]?\s*", re.IGNORECASE)
# A term has no spaces, may be lower-case ("combo") but not a single small letter, which marks a note ("a: Three ...").
_TERM = r"(?![a-z]\s*[:=])[^\s:;=,]{1,15}"
# Semicolons separate definitions; one pair in Table 4 of kokkali2025 has a comma between them.
_PARTS = re.compile(rf";\s*|,\s+(?={_TERM}\s*[:=]\s)")
_SENTENCES = re.compile(rf"(?<=[.;])\s+(?={_TERM}\s*[:=]\s)|(?<=[a-z)]\.)\s+(?=[A-Z])")
_IN_BRACKETS = re.compile(
    r"(?<=\w)\s+[(\[](?P<term>(?=[\w/+-]*[A-Z][\w/+-]*[A-Z0-9])[A-Za-z][\w/+-]{1,9}?)s?(?=[)\];,])"
)
_BOUND = re.compile(r"[.;:()\[\]]\s")
_EXTRA_WORDS = 5  # a meaning has at most so many words more than its term has letters,
_WORDS_PER_LETTER = 2  # and at most twice as many words as letters
_MEANING_LETTERS = 200  # before the brackets that are searched for the meaning
_DEFINITION = re.compile(rf"({_TERM})\s*[:=]\s*(\S.*)|([A-Z][^\s:;=,]{{0,14}}),\s+(\S.*)")


def definitions_in(caption: str) -> list[str]:
    """Return the parts of a caption that define terms: the second part of "Rates. CR: complete response. Others are
    left out"."""
    return [part for part in _SENTENCES.split(caption) if _DEFINITION.match(part)]


def parse_abbreviations(footnotes: Iterable[str]) -> dict[str, str]:
    """Return term -> meaning as notes define them: "ECOG: Eastern ...; HR = hazard ratio; CI, confidence interval." The
    first meaning of a term counts."""
    found: dict[str, str] = {}
    for note in footnotes:
        for part in _PARTS.split(_PREFACE.sub("", note)):
            if match := _DEFINITION.fullmatch(part.strip()):
                term, meaning = (match[1], match[2]) if match[1] else (match[3], match[4])
                found.setdefault(term, meaning.rstrip(" .;,"))
    return found


def terms_spelt_out(text: str) -> Iterator[tuple[str, str]]:
    """Yield each term that running text defines behind its meaning, "overall response rate (ORR)", with the meaning:
    the fewest words before the brackets that contain the letters of the term in order and begin with the first."""
    for match in _IN_BRACKETS.finditer(text):
        term = match["term"]
        most = min(len(term) + _EXTRA_WORDS, _WORDS_PER_LETTER * len(term))
        words = _BOUND.split(text[max(0, match.start() - _MEANING_LETTERS) : match.start()])[-1].split()[-most:]
        meaning = next((" ".join(words[-n:]) for n in range(1, len(words) + 1) if _stands_for(term, words[-n:])), None)
        if meaning:
            yield term, meaning


def _stands_for(term: str, words: list[str]) -> bool:
    """Whether words contain the letters of a term in order and begin with the first."""
    letters = [letter for letter in term.casefold() if letter.isalnum()]
    text = " ".join(words).casefold()
    if not text.startswith(letters[0]):
        return False
    at = len(text)
    for letter in letters[:0:-1]:
        at = text.rfind(letter, 1, at)
        if at < 0:
            return False
    return True
