"""How papers name studies: author, year and reference number, in many spellings."""

import re
from dataclasses import dataclass
from functools import lru_cache

_REFERENCE = re.compile(
    r"\[\s*(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\s*\]|\((\d{1,3})\)|(?:(?<=\d{4}[\s,])|(?<=al\.)|(?<=al))(\d{1,3})$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?([a-z]?)(?![\da-z])")
_ET_AL = re.compile(r",?\s*\bet\.?\s?al\b\.?|\s+(?:&|and) (?:colleagues|co-?workers|others)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"[^\W\d_][\w’'.\-‐–\s,&]*")
_PARTICLE = re.compile(r"(?:van|von|de|der|den|del|della|da|di|dos|du|el|al|la|le|ten|ter|bin)\b")
_MOST_WORDS = 6  # of the names of authors before "et al", the year or the reference
_NO_AUTHOR = re.compile(
    r"(?:years?|total|all|overall|pooled|subtotal|before|after|since|until|from|in|up|to|by|week|day|month|census|cohort"
    r"|phase|table|fig(?:ure)?|group|period|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*"
    r"|nov\w*|dec\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class StudyName:
    """A study as a label names it. `author`: the names before "et al", the year or the reference, in lower case, the
    first one alone where several are named; `year`: with its letter ("2015a"); `reference`: its number in the list of
    references. Year and reference are "" where the label does not have them."""

    author: str
    year: str = ""
    reference: str = ""


@lru_cache(maxsize=1 << 14)
def study_name(label: str) -> StudyName | None:
    """Return the study that a label names: "Zhao 2015", "Zhao et al. (2015)", "Zhao [20]", "Zhao et al"; None for a
    label that has an author's name only, or none."""
    plain = " ".join(label.split())
    year, reference, et_al = (pattern.search(plain) for pattern in (_YEAR, _REFERENCE, _ET_AL))
    found = [match.start() for match in (year, reference, et_al) if match]
    before = plain[: min(found)].strip(" ,(;:") if found else ""
    if not _AUTHOR.fullmatch(before) or _NO_AUTHOR.match(before) or len(before.split()) > _MOST_WORDS:
        return None
    named = before[0].isupper() or _PARTICLE.match(before)
    if not et_al and (not named or not (year or plain.endswith("]"))):
        return None
    first = re.split(r",|&|\band\b", before)[0]
    number = next(filter(None, reference.groups()), "") if reference else ""
    return StudyName(first.strip(" .").casefold(), "".join(year.groups()) if year else "", number)


def without_reference(label: str) -> str:
    """Return the label of a study without the number in the list of references."""
    return " ".join(_REFERENCE.sub(" ", label).split()) if study_name(label) else label
