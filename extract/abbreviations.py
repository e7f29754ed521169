"""The abbreviations that the notes under an exhibit define."""

import re
from collections.abc import Iterable

_PREFACE = re.compile(r"^\s*(?:list of )?abbreviations?\s*[:.]?\s*", re.IGNORECASE)
# A term has no spaces, may be lower-case ("combo") but not a single small letter, which marks a note ("a: Three ...").
_TERM = r"(?![a-z]\s*[:=])[^\s:;=,]{1,15}"
# kokkali2025 Table 4 parts two definitions by a comma where all others are parted by semicolons.
_PARTS = re.compile(rf";\s*|,\s+(?={_TERM}\s*[:=]\s)")
_SENTENCES = re.compile(rf"(?<=[.;])\s+(?={_TERM}\s*[:=]\s)|(?<=[a-z)]\.)\s+(?=[A-Z])")
_DEFINITION = re.compile(rf"({_TERM})\s*[:=]\s*(\S.*)|([A-Z][^\s:;=,]{{0,14}}),\s+(\S.*)")


def definitions_in(caption: str) -> list[str]:
    """The parts of a caption that define terms: the second of "Rates. CR: complete response. Others are left out"."""
    return [part for part in _SENTENCES.split(caption) if _DEFINITION.match(part)]


def parse_abbreviations(footnotes: Iterable[str]) -> dict[str, str]:
    """Term -> meaning, as defined by "ECOG: Eastern ...; HR = hazard ratio; CI, confidence interval." in the notes; the
    first meaning of a term that is defined twice."""
    found: dict[str, str] = {}
    for note in footnotes:
        for part in _PARTS.split(_PREFACE.sub("", note)):
            if match := _DEFINITION.fullmatch(part.strip()):
                term, meaning = (match[1], match[2]) if match[1] else (match[3], match[4])
                found.setdefault(term, meaning.rstrip(" .;,"))
    return found
