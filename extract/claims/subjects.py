"""Whom or what a figure is about, in the words of its sentence: the rest of its clause without measure and verb."""

import re
from collections.abc import Sequence

from extract.claims.figures import Figure
from extract.claims.measures import Mention

_BOUND = re.compile(
    r"[;:]|, (?:and|but|while|whereas|with|which|who|as)\b|\b(?:while|whereas|but|because|although|compared)\b|\.\s"
)
_COMMA = re.compile(r"[;:,)\]]|\b(?:while|whereas|but|although|compared)\b|\.\s")
_VERB = (
    r"(?:was|were|is|are|had|have|has|been|be|reached|gave|amounted|came|stood|ranged|rose|fell|occurred|did|made|make"
    r"|could|would|achieved|showed|attained|obtained|observed|found|seen|recorded|reported|noted|estimated|calculated)"
)
_EDGE = re.compile(
    rf"^(?:(?:{_VERB}|in|of|for|with|among|at|the|an?|and|or|to|by|on|from|that|those|it|this|these|who|respectively|there|versus|vs"
    r"|than|only|as|all|our|its|their|also|about|whom|which|a total of|overall|thus|then|group of|out)\b[\s,]*|[\W_]+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:[\s,(\[=:]+|\b(?:{_VERB}|in|of|for|with|among|at|the|an?|and|or|to|by|from|that|those|than|as|only|on|about|almost|nearly"
    r"|approximately|exceeding|below|over|more|less|respectively|further|another|i\.e|namely|versus|vs))+$",
    re.IGNORECASE,
)
_MEASURE_WORDS = re.compile(
    r"\b(?:pooled|median|mean|overall|objective|estimated|rates?|proportions?|incidences?|95\s*%|CI|P|value|percent|n)\b"
)
_BEHIND = re.compile(
    r"\s*(?:%|[a-z]+)?\s*[)\]]?\s*(?:in|for|among|with|of|to|by|on|after|at|under)\s+(?!(?:the\s+)?(?:two|both)\b)"
)
WORDS = 8


def subject_of(figure: Figure, figures: Sequence[Figure], mention: Mention | None, sentence: str) -> str:
    """At most eight words that say whom or what the figure is about."""
    start = max((f.end for f in figures if f.end <= figure.start), default=0)
    stop = min((f.start for f in figures if f.start >= figure.end), default=len(sentence))
    before = sentence[start : figure.start]
    if mention is not None and start <= mention.start < figure.start:
        before = sentence[start : mention.start] + " | " + sentence[mention.end : figure.start]
    parts = [behind(figure, mention, sentence, stop), clause_before(before, short=figure.kind in ("count", "p"))]
    if figure.kind == "count":
        parts.insert(0, figure.noun)
    return joined(dict.fromkeys(part for part in parts if part))


def behind(figure: Figure, mention: Mention | None, sentence: str, stop: int) -> str:
    """What stands behind the figure and belongs to it: "41% in ASPS", "59.7% of patients received ..."."""
    begin = max(figure.until, figure.end)
    if mention is not None and begin <= mention.start < stop:
        begin = mention.end
    text = sentence[begin:stop]
    leads = _BEHIND.match(text)
    if leads is None and figure.kind not in ("count", "percent", "p"):
        return ""
    text = text[leads.end() :] if leads else text
    text = re.split(
        r"[;:(\[]|\.\s|\.$|,\s+(?:and|but|with|which|while|whereas)\b|,|\bversus\b|\bvs\b",
        text.lstrip(" )]"),
        maxsplit=1,
    )[0]
    return trimmed(text, first=True)


def clause_before(text: str, *, short: bool = False) -> str:
    """The end of the clause before a figure: "the ORR of ICI monotherapy was" leaves "ICI monotherapy". `short`: from the
    last comma or bracket on."""
    bounds = list((_COMMA if short else _BOUND).finditer(text))
    return trimmed(text[bounds[-1].end() :] if bounds else text, first=False)


def trimmed(text: str, *, first: bool) -> str:
    """Without words of grammar at both ends and without names of measures; the first or the last eight words."""
    text = _MEASURE_WORDS.sub(" ", text)
    previous = None
    while previous != text:
        previous = text
        text = _TRAILING.sub("", _EDGE.sub("", text.strip()).strip(" |,(")).strip(" |")
    words = re.sub(r"\s*\|\s*", " ", text).split()
    kept = words[:WORDS] if first else words[-WORDS:]
    return " ".join(kept).strip(" ,.;:()[]")


def joined(parts: dict[str, None]) -> str:
    """The parts in one text of at most twice eight words, none that another one holds."""
    kept = [part for part in parts if not any(part != other and part in other for other in parts)]
    return ", ".join(kept)
