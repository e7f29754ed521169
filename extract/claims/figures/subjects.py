"""Whom or what a figure is about, in the words of its sentence: the rest of its clause without measure and verb."""

import re
from collections.abc import Sequence

from extract.claims.figures.figures import Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.numerals import WORDS as WORDS_OF_NUMBERS
from extract.claims.figures.units import TIME

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
VALUE_END = re.compile(
    rf"^\s*(?:(?:±|\+/-)\s*[\d.]+)?\s*(?:%|(?:{TIME})\b)?\s*(?:[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]])?[\s)\]]*"
)
_LEADS = re.compile(
    r"[\s)\]]*(?:in|for|among|with|of|to|by|on|after|at|under|because of|during)\s+(?!(?:the\s+)?(?:two|both)\b)"
)
_STOP = re.compile(r"[;:(\[,]|\.\s|\.$|\b(?:versus|vs|while|whereas|but|which)\b")
_STOP_OF_NONE = re.compile(
    r"[;:(\[]|,\s(?:and|but)\b|\.\s|\.$|\b(?:versus|vs|while|whereas|but|which)\b"
)  # "in A, B or C"
_THINGS = re.compile(
    r"\b(?:cent(?:re|er)|clinic|hospital|institution|trial|site|unit|school|stud(?:y|ie)|countr(?:y|ie)|universit(?:y|ie))s?$"
)
_WHO = re.compile(r"\bwho\b")  # no thing is meant: "patients of one centre who had ..."
_TOPIC = re.compile(r"(?:(?:For|In|Among|As|Of)\s+|(?=(?:Without|Excluding)\s))([^,;:.()\d]{2,60}),\s")
_COUNTED = re.compile(rf"^(?:[\d,.]+|{WORDS_OF_NUMBERS})\s", re.IGNORECASE)
_WITHOUT = ("without", "excluding", "except", "omitting")
KEPT = ("score", "other_response")  # measures whose words say which one it is
WORDS = 8


def subjects_of(
    figures: Sequence[Figure], measured: Sequence[Mention | None], sentence: str, mentions: Sequence[Mention]
) -> dict[Figure, str]:
    """Whom or what each figure of a sentence is about. Behind the first one, a sentence leaves out what it has said: a
    topic ("For LMS, ..."), the subject of a figure without any of its own, and that to which "with ..." is added."""
    found: dict[Figure, str] = {}
    lead, last, head = "", "", ""
    for figure, mention in zip(figures, measured, strict=True):
        plain = without(mention, mentions, sentence)
        own = subject_of(figure, figures, mention, plain, sentence)
        if figure.kind in ("count", "p", "date") or (figure.kind == "percent" and is_category(mention)):
            own = with_head(own, head, figure, figures, sentence)
        head = head or said_of(figure, own, figures, sentence)
        if figure.kind in ("count", "p", "date"):
            found[figure] = own
            continue
        lead = lead if found and lead else leading(figure, plain)
        adds = _adds(figure, figures, sentence, own, lead)
        added = ", ".join(filter(None, (own, lead))) if adds else with_topic(own or last, sentence)
        found[figure] = last = added
    return found


def is_category(mention: Mention | None) -> bool:
    """Whether a percentage is one of patients of a kind, not a rate with a name of its own."""
    return mention is None or mention.name.endswith(("_response", "_disease"))


def said_of(figure: Figure, own: str, figures: Sequence[Figure], sentence: str) -> str:
    """What is said of those whom a figure counts, where numbers of them follow behind a colon: "57 stopped: 43 ..." """
    colon = re.match(r"[^.;:\d]*:\s+", sentence[figure.until :])
    parted = colon is not None and any(other.start == figure.until + colon.end() for other in figures)
    return own if parted and figure.kind == "count" else ""


def with_head(own: str, head: str, figure: Figure, figures: Sequence[Figure], sentence: str) -> str:
    """The subject of a part of those who were counted before a colon, with what was said of them all: "stopped: 43 for
    progression, 7 for toxicity"."""
    start = max((f.end for f in figures if f.end <= figure.start), default=0)
    part = re.fullmatch(r"[^.;]*?(?:[:,;]|\band)\s+(?:and\s+)?", sentence[start : figure.start])
    return ", ".join(filter(None, (own, head))) if head and part and head not in own else own


def leading(figure: Figure, plain: str) -> str:
    """What the sentence says before its first figure."""
    return clause_before(plain[: figure.start])


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
    end = VALUE_END.match(rest)
    behind_with = re.match(r"[\s)\]]*with\b", rest[end.end() :] if end else rest)
    return bool(behind_with or re.search(r"[,;]\s*(?:and\s+|or\s+)?with\b[^,;]*$", sentence[start : figure.start]))


def subject_of(figure: Figure, figures: Sequence[Figure], mention: Mention | None, plain: str, sentence: str) -> str:
    """At most twice eight words that the sentence has for this figure alone; `plain`: without the measure."""
    start = max((f.end for f in figures if f.end <= figure.start), default=0)
    stop = min((f.start for f in figures if f.start >= figure.end), default=len(sentence))
    bracketed = in_brackets(sentence, figure)
    counted = mention is None and figure.kind in ("count", "percent")
    before = own_part(plain[start : figure.start], bracketed and counted) if start else plain[: figure.start]
    parts = [clause_before(before, short=figure.kind in ("count", "p"))]
    if bracketed and figure.kind == "count":
        stop = closing(sentence, figure, stop)
    if not (parts[0] and bracketed) or figure.kind == "count":
        parts.insert(0, behind(figure, plain, stop))
    if figure.kind == "count":
        parts.insert(0, figure.noun)
    if mention is not None and is_category(mention) and mention.name not in KEPT:
        parts.insert(0, sentence[mention.start : mention.end])
    if not any(parts) and figure.kind == "percent" and figure.n:
        parts.append(within(figure, sentence))
    return joined(dict.fromkeys(part for part in parts if part))


def within(figure: Figure, sentence: str) -> str:
    """What stands between a count and its percentage: "Ten schools agreed (77%)"."""
    words = _COUNTED.sub("", sentence[figure.start : figure.until])
    return trimmed(re.split(r"[\d(\[]", words, maxsplit=1)[0], first=True)


def without(mention: Mention | None, mentions: Sequence[Mention], sentence: str) -> str:
    """The sentence with blanks where the measure is named, however often; which score it is must be said."""
    for other in mentions:
        if mention is not None and other.name == mention.name not in KEPT:
            sentence = sentence[: other.start] + " " * (other.end - other.start) + sentence[other.end :]
    return sentence


def in_brackets(sentence: str, figure: Figure) -> bool:
    before = sentence[: figure.start]
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))


def closing(sentence: str, figure: Figure, stop: int) -> int:
    """Where the brackets around a figure are closed, or another figure stops what belongs to it."""
    ends = [place for place in (sentence.find(sign, figure.until) for sign in ")]") if place >= 0]
    return min([*ends, stop])


def own_part(gap: str, bracketed: bool = False) -> str:
    """What of the text between two figures belongs to the second: what stands behind the last comma, or where there is
    none behind "and"; all of it before the brackets of the second."""
    parts = re.split(r"[,;:](?!\d)", gap)
    if len(parts) == 1:
        parts = re.split(r"\b(?:and|or|either|versus|vs\.?)\b", gap)
        return parts[-1] if len(parts) > 1 or (bracketed and ")" not in gap) else ""
    return parts[-1]


def behind(figure: Figure, sentence: str, stop: int) -> str:
    """What stands behind the figure and belongs to it: "41% in ASPS", "59.7% of patients received ..."."""
    rest = sentence[figure.until : stop]
    if figure.kind != "count":
        end = VALUE_END.match(rest)
        rest = rest[end.end() :] if end else rest
    leads = _LEADS.match(rest)
    if _NEXT.match(rest) or (leads is None and figure.kind not in ("count", "percent")):
        return ""
    if figure.kind == "count" and _THINGS.search(figure.noun):
        rest = _WHO.split(rest, maxsplit=1)[0]
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
    return balanced(", ".join(kept))


def balanced(text: str) -> str:
    """A text without brackets that are not closed, or not opened: a comma stands for them."""
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", lambda match: " " * len(match[0]), text)
    lone = {place for place, letter in enumerate(bare) if letter in "()[]"}
    parts = "".join("\0" if place in lone else letter for place, letter in enumerate(text)).split("\0")
    return ", ".join(part.strip(" ,;") for part in parts if part.strip(" ,;"))
