"""Clauses of a sentence and their words without grammar, from which the subjects of figures are made."""

import re

_CLAUSE_END = re.compile(
    r"[;:]|, (?:and|but|while|whereas|with|which|who|as)\b|\b(?:while|whereas|but|because|although|compared)\b|\.\s"
)
_PART_END = re.compile(r"[;:,)\]]|\b(?:while|whereas|but|although|compared)\b|\.\s")
_VERBS = (
    "was were is are had have has been be reached gave amounted came stood ranged rose fell occurred did made make "
    "could would achieved showed attained obtained observed found seen recorded reported noted estimated calculated"
)
_SMALL_WORDS = (
    "in of for with among at the a an and or to by on from that those it this these than one only as about "
    "respectively versus vs vs. namely i.e. up"
)
# Words that a part of a subject does not begin with, and those that it does not end with
_NOT_FIRST = frozenset(
    f"{_VERBS} {_SMALL_WORDS} who there while whereas all our its their also whom which total overall thus then "
    "group".split()
)
_NOT_LAST = frozenset(
    f"{_VERBS} {_SMALL_WORDS} almost nearly approximately exceeding below over more less further another".split()
)
_MEASURE_WORDS = re.compile(
    r"\b(?:pooled|median|mean|overall|objective|estimated|rates?|proportions?|incidences?|95\s*%|CI|P|value|percent|n)\b",
    re.IGNORECASE,
)
_EXCLUDING = ("without", "excluding", "except", "omitting")
_MAX_WORDS = 8  # of one part of a subject


def own_part_of_gap(gap: str, bracketed: bool = False) -> str:
    """Return the part of the text between two figures that belongs to the second: the text behind the last comma, or if
    there is none behind "and"; without both, all of the text if the second figure is in brackets, else ""."""
    parts = re.split(r"[,;:](?!\d)", gap)
    if len(parts) == 1:
        parts = re.split(r"\b(?:and|or|either|versus|vs\.?|compared (?:with|to)|than (?:with|in|for))\b", gap)
        return parts[-1] if len(parts) > 1 or (bracketed and ")" not in gap) else ""
    return parts[-1]


def clause_before(text: str, *, short: bool = False) -> str:
    """Return the end of the clause before a figure: "ICI monotherapy" for "the ORR of ICI monotherapy was", "LMS did
    worse" for "LMS did worse, with". `short`: only the part behind the last comma or bracket."""
    clauses = (_PART_END if short else _CLAUSE_END).split(text)
    own = trim_grammar(clauses[-1], first=False)
    return own if own or short or len(clauses) < 2 else trim_grammar(clauses[-2], first=False)


def trim_grammar(text: str, *, first: bool) -> str:
    """Return the first or the last eight words of a text without names of measures and words of grammar at its ends."""
    words = _MEASURE_WORDS.sub(" ", text).split()
    while words and _is_grammar(words[0], _NOT_FIRST):
        words = words[1:]
    while words and _is_grammar(words[-1], _NOT_LAST):
        words = words[:-1]
    kept = words[:_MAX_WORDS] if first else words[-_MAX_WORDS:]
    denied = [word for word in words[: -len(kept)] if word.casefold() in _EXCLUDING]
    if denied and not first:  # the subject must not lose that some are excluded
        kept = [denied[0], *kept[1:]]
    return " ".join(kept).strip(" ,.;:()[]=")


def _is_grammar(word: str, small: frozenset[str]) -> bool:
    """Whether a word is a small one, also with a capital first letter (but not AS), or consists of signs."""
    bare = word.strip(",.;:()[]=\"'")
    return (bare[:1].lower() + bare[1:]) in small or not any(letter.isalnum() or letter in "≥≤<>" for letter in bare)


def join_parts(parts: dict[str, None]) -> str:
    """Return the parts as one text, without parts that another part contains."""
    kept = [part for part in parts if not any(part != other and part in other for other in parts)]
    return _without_lone_brackets(", ".join(kept))


def _without_lone_brackets(text: str) -> str:
    """Return a text with a comma in place of each bracket that is not closed or not opened."""
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", lambda match: " " * len(match[0]), text)
    lone = {place for place, letter in enumerate(bare) if letter in "()[]"}
    parts = "".join("\0" if place in lone else letter for place, letter in enumerate(text)).split("\0")
    return ", ".join(part.strip(" ,;") for part in parts if part.strip(" ,;"))
