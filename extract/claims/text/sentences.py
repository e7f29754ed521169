"""Sentences of a paragraph."""

import re
from collections.abc import Iterator

_MAX_LETTERS = 1500  # of a sentence; a list without full stops is cut so that the patterns stay fast
_LETTERS_OF_ABBREVIATION = 12  # before a full stop that are searched for an abbreviation
_ABBREVIATED = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|et al|al|cf|ca|approx|resp|incl|Fig|Figs|Tab|Ref|Refs|No|Nos|Dr|Prof|St|Inc|Ltd|Co|Eq|Suppl"
    r"|Vol"
    r"|[A-Z]|p|n|yr|mo|wk)|\d+)\.$"
)
_END = re.compile(r"[.?!][)\]”\"']*(?=\s+[\"“(\[]?[A-Z0-9])|\n\n+")


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a text."""
    start = 0
    for match in _END.finditer(text):
        if match[0].isspace() or not _goes_on(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence goes on after a full stop: behind an abbreviation, or a number that no capital follows."""
    short = _ABBREVIATED.search(text, max(0, match.start() - _LETTERS_OF_ABBREVIATION), match.start() + 1)
    if short is None or match[0][0] != ".":
        return False
    return not (short[0][0].isdigit() and re.match(r"\s+[A-Z]", text[match.end() :]))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the place of a sentence without blanks around it; a sentence that is too long comes in pieces."""
    while end - start > _MAX_LETTERS:
        cut = text.rfind(" ", start + 1, start + _MAX_LETTERS)
        cut = cut if cut > start else start + _MAX_LETTERS
        yield from _trimmed(text, start, cut)
        start = cut
    part = text[start:end]
    if part.strip():
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
