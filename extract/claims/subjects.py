"""Whom or what a figure is about, in the words of its sentence: the rest of its clause without measure and verb."""

import re
from collections.abc import Sequence

from extract.claims.figures import Figure
from extract.claims.measures import Mention, find_mentions
from extract.claims.units import TIME

_BOUND = re.compile(
    r"[;:]|, (?:and|but|while|whereas|with|which|who|as)\b|\b(?:while|whereas|but|because|although|compared)\b|\.\s"
)
_COMMA = re.compile(r"[;:,)\]]|\b(?:while|whereas|but|although|compared)\b|\.\s")
_VERBS = (
    "was were is are had have has been be reached gave amounted came stood ranged rose fell occurred did made make "
    "could would achieved showed attained obtained observed found seen recorded reported noted estimated calculated"
)
_SMALL = (
    "in of for with among at the a an and or to by on from that those it this these than one only as about "
    "respectively versus vs vs. namely i.e. up"
)
_FIRST = frozenset(
    f"{_VERBS} {_SMALL} who there while whereas all our its their also whom which total overall thus then group".split()
)
_LAST = frozenset(
    f"{_VERBS} {_SMALL} almost nearly approximately exceeding below over more less further another".split()
)
_MEASURE_WORDS = re.compile(
    r"\b(?:pooled|median|mean|overall|objective|estimated|rates?|proportions?|incidences?|95\s*%|CI|P|value|percent|n)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s)\]]*(?:[,;]|(?:and|or|but|while|whereas|versus|vs)\b)")
_VALUE_END = re.compile(rf"\s*(?:%|(?:{TIME})\b)?\s*(?:[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]])?[\s)\]]*")
_LEADS = re.compile(
    r"[\s)\]]*(?:in|for|among|with|of|to|by|on|after|at|under|because of|during)\s+(?!(?:the\s+)?(?:two|both)\b)"
)
_STOP = re.compile(r"[;:(\[,]|\.\s|\.$|\b(?:versus|vs|while|whereas|but|which)\b")
_STOP_OF_NONE = re.compile(
    r"[;:(\[]|,\s(?:and|but)\b|\.\s|\.$|\b(?:versus|vs|while|whereas|but|which)\b"
)  # "in A, B or C"
_TOPIC = re.compile(r"(?:(?:For|In|Among|As|Of)\s+|(?=(?:Without|Excluding)\s))([^,;:.()\d]{2,60}),\s")
_WITHOUT = ("without", "excluding", "except", "omitting")
WORDS = 8


def subjects_of(figures: Sequence[Figure], mentions: Sequence[Mention | None], sentence: str) -> dict[Figure, str]:
    """Whom or what each figure of a sentence is about. Behind the first one, a sentence leaves out what it has said: a
    topic ("For LMS, ..."), the subject of a figure without any of its own, and that to which "with ..." is added."""
    found: dict[Figure, str] = {}
    lead, last = "", ""
    for figure, mention in zip(figures, mentions, strict=True):
        own = subject_of(figure, figures, mention, sentence)
        if figure.kind in ("count", "p", "date"):
            found[figure] = own
            continue
        lead = lead if found and lead else leading(figure, mention, sentence)
        added = (
            with_topic(own or last, sentence) if not _adds(figure, figures, sentence, own, lead) else f"{own}, {lead}"
        )
        found[figure] = last = added
    return found


def leading(figure: Figure, mention: Mention | None, sentence: str) -> str:
    """What the sentence says before its first figure."""
    return clause_before(without(mention, sentence)[: figure.start])


def with_topic(subject: str, sentence: str) -> str:
    topic = _TOPIC.match(sentence)
    said = trimmed(topic[1], first=True) if topic else ""
    return ", ".join(filter(None, (subject, said))) if said not in subject else subject


def _adds(figure: Figure, figures: Sequence[Figure], sentence: str, own: str, lead: str) -> bool:
    """Whether what a figure has of its own is added to the lead: "LPS had 6 %, or 23 % with A"."""
    start = max((f.end for f in figures if f.end <= figure.start), default=0)
    if not start or not lead or lead in own or re.match(r"\s*[Ww]ith\b", sentence):
        return False
    rest = sentence[figure.until :]
    end = _VALUE_END.match(rest)
    behind_with = re.match(r"[\s)\]]*with\b", rest[end.end() :] if end else rest)
    return bool(behind_with or re.search(r"[,;]\s*(?:and\s+|or\s+)?with\b[^,;]*$", sentence[start : figure.start]))


def subject_of(figure: Figure, figures: Sequence[Figure], mention: Mention | None, sentence: str) -> str:
    """At most twice eight words that the sentence has for this figure alone."""
    plain = without(mention, sentence)
    start = max((f.end for f in figures if f.end <= figure.start), default=0)
    stop = min((f.start for f in figures if f.start >= figure.end), default=len(sentence))
    before = own_part(plain[start : figure.start]) if start else plain[: figure.start]
    parts = [clause_before(before, short=figure.kind in ("count", "p"))]
    if not (parts[0] and in_brackets(sentence, figure)):
        parts.insert(0, behind(figure, plain, stop))
    if figure.kind == "count":
        parts.insert(0, figure.noun)
    if mention is not None and mention.name.endswith(("_response", "_disease")):
        parts.insert(0, sentence[mention.start : mention.end])
    return joined(dict.fromkeys(part for part in parts if part))


def without(mention: Mention | None, sentence: str) -> str:
    """The sentence with blanks where the measure is named, however often."""
    for other in find_mentions(sentence) if mention else ():
        if mention is not None and other.name == mention.name:
            sentence = sentence[: other.start] + " " * (other.end - other.start) + sentence[other.end :]
    return sentence


def in_brackets(sentence: str, figure: Figure) -> bool:
    before = sentence[: figure.start]
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))


def own_part(gap: str) -> str:
    """What of the text between two figures belongs to the second: what stands behind the last comma, or where there is
    none behind "and"."""
    parts = re.split(r"[,;:](?!\d)", gap)
    if len(parts) == 1:
        parts = re.split(r"\b(?:and|or|versus|vs\.?)\b", gap)
        return parts[-1] if len(parts) > 1 else ""
    return parts[-1]


def behind(figure: Figure, sentence: str, stop: int) -> str:
    """What stands behind the figure and belongs to it: "41% in ASPS", "59.7% of patients received ..."."""
    rest = sentence[figure.until : stop]
    if figure.kind != "count":
        end = _VALUE_END.match(rest)
        rest = rest[end.end() :] if end else rest
    leads = _LEADS.match(rest)
    if _NEXT.match(rest) or (leads is None and figure.kind not in ("count", "percent")):
        return ""
    text = rest[leads.end() :] if leads else rest
    ends = _STOP_OF_NONE if figure.value == "0" else _STOP
    return trimmed(ends.split(text.lstrip(" )]"), maxsplit=1)[0], first=True)


def clause_before(text: str, *, short: bool = False) -> str:
    """The end of the clause before a figure: "the ORR of ICI monotherapy was" leaves "ICI monotherapy", and "LMS did
    worse, with" leaves "LMS did worse". `short`: from the last comma or bracket on."""
    clauses = (_COMMA if short else _BOUND).split(text)
    own = trimmed(clauses[-1], first=False)
    return own if own or short or len(clauses) < 2 else trimmed(clauses[-2], first=False)


def trimmed(text: str, *, first: bool) -> str:
    """Without words of grammar at both ends and without names of measures; the first or the last eight words."""
    words = _MEASURE_WORDS.sub(" ", text).split()
    while words and is_grammar(words[0], _FIRST):
        words = words[1:]
    while words and is_grammar(words[-1], _LAST):
        words = words[:-1]
    kept = words[:WORDS] if first else words[-WORDS:]
    denied = [word for word in words[: -len(kept)] if word.casefold() in _WITHOUT]
    if denied and not first:  # that some are left out must not be lost
        kept = [denied[0], *kept[1:]]
    return " ".join(kept).strip(" ,.;:()[]=")


def is_grammar(word: str, small: frozenset[str]) -> bool:
    """Whether a word is a small one, however its sentence begins with it (AS is none), or nothing but signs."""
    bare = word.strip(",.;:()[]=\"'")
    return (bare[:1].lower() + bare[1:]) in small or not any(letter.isalnum() or letter in "≥≤<>" for letter in bare)


def joined(parts: dict[str, None]) -> str:
    """The parts in one text of at most twice eight words, none that another one holds."""
    kept = [part for part in parts if not any(part != other and part in other for other in parts)]
    return ", ".join(kept)
