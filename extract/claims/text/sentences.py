"""A paragraph taken apart into sentences."""

import re
from collections.abc import Iterator

LONGEST = 1500  # letters
_ABBREVIATED = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|et al|al|cf|ca|approx|resp|incl|Fig|Figs|Tab|Ref|Refs|No|Nos|Dr|Prof|St|Inc|Ltd|Co|Eq|Suppl"
    r"|Vol"
    r"|[A-Z]|p|n|yr|mo|wk)|\d+)\.$"
)
_END = re.compile(r"[.?!][)\]”\"']*(?=\s+[\"“(\[]?[A-Z0-9])|\n\n+")


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text."""
    start = 0
    for match in _END.finditer(text):
        if match[0].isspace() or not _goes_on(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends an abbreviation, no sentence; a number ends a sentence where a capital follows."""
    short = _ABBREVIATED.search(text, max(0, match.start() - 12), match.start() + 1)
    if short is None or match[0][0] != ".":
        return False
    return not (short[0][0].isdigit() and re.match(r"\s+[A-Z]", text[match.end() :]))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence without blanks around it; what is too long for one, a list without full stops, say, in pieces."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    part = text[start:end]
    if part.strip():
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
