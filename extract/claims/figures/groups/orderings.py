"""Comparisons in words alone: "the response rate was higher in A than in B". They have no value but can be checked."""

import re
from collections.abc import Iterator, Sequence

from extract.claims.claim import Claim
from extract.claims.figures.clauses import trim_grammar
from extract.claims.figures.lexicon import Mention

_MORE = r"higher|longer|greater|larger|better|superior|more frequent|improved|prolonged"
_LESS = r"lower|shorter|smaller|worse|poorer|inferior|less frequent|fewer"
_NAME = r"[^,;:.()\d]{2,60}?"
_ORDERING = re.compile(
    rf"\b(?P<word>{_MORE}|{_LESS})\b(?: \w+){{0,3}}? (?:in|for|with|among|of) (?P<one>{_NAME}) "
    rf"(?:than|versus|vs\.?|compared (?:with|to)) (?:(?:in|for|with|among|of|that of|those of) )?"
    rf"(?P<other>{_NAME})(?=[,;:.()]|$)"
)
_RATES = ("orr", "dcr", "cbr")
_TIMES = ("pfs", "os", "dfs", "efs", "rfs", "ttp", "dor")
_REACH_WORDS = 14  # between the measure and the word that compares


def find_orderings(sentence: str, mentions: Sequence[Mention]) -> Iterator[tuple[Claim, int, int]]:
    """Yield a claim without a value for each comparison of a named measure, with its start and end in the sentence."""
    comparable = [m for m in mentions if m.name in (*_RATES, *_TIMES)]
    for match in _ORDERING.finditer(sentence):
        earlier = [m for m in comparable if m.end <= match.start()]
        before = [m for m in earlier if len(sentence[m.end : match.start()].split()) <= _REACH_WORDS]
        inside = [m for m in comparable if match.start() <= m.start < match.start("one")]
        mention = next(iter(inside or before[-1:]), None)
        subject, versus = (trim_grammar(match[name], first=True) for name in ("one", "other"))
        if mention is not None and subject and versus:
            sign = ">" if re.fullmatch(_MORE, match["word"]) else "<"
            notes = f"comparator:{match['word']}"
            claim = Claim("", "", _claim_measure(mention), subject, sign, versus=versus, notes=notes)
            yield claim, match.start(), match.end()


def _claim_measure(mention: Mention) -> str:
    """Return the measure of the claim: comparisons of times are those of medians."""
    return mention.name if mention.name in _RATES else f"{mention.name}_median"
