"""The subject of a figure in the words of its sentence: the rest of its clause without measure and verb."""

import re
from collections.abc import Sequence

from extract.claims.figures.clauses import clause_before, join_parts, own_part_of_gap, trim_grammar
from extract.claims.figures.figures import Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.numerals import NUMBER_WORDS
from extract.claims.figures.units import TIME_UNITS

_NOTHING_BEHIND = re.compile(r"[\s)\]]*(?:[,;]|(?:and|or|but|while|whereas|versus|vs)\b)")
REST_OF_VALUE = re.compile(
    rf"^\s*(?:(?:±|\+/-)\s*[\d.]+)?\s*(?:%|(?:{TIME_UNITS})\b)?\s*(?:[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]])?[\s)\]]*"
)
_PREPOSITION = re.compile(
    r"[\s)\]]*(?:in|for|among|with|of|to|by|on|after|at|under|because of|during)\s+(?!(?:the\s+)?(?:two|both)\b)"
)
_SUBJECT_END = re.compile(r"[;:(\[,]|\.\s|\.$|\b(?:versus|vs|while|whereas|but|which)\b")
# "none in A, B or C": the commas of the list belong to the subject
_SUBJECT_END_OF_ZERO = re.compile(r"[;:(\[]|,\s(?:and|but)\b|\.\s|\.$|\b(?:versus|vs|while|whereas|but|which)\b")
_PLACES_AND_STUDIES = re.compile(
    r"\b(?:cent(?:re|er)|clinic|hospital|institution|trial|site|unit|school|stud(?:y|ie)|countr(?:y|ie)|universit(?:y|ie))s?$"
)
_WHO = re.compile(r"\bwho\b")  # does not continue a place: "patients of one centre who had ..."
_TOPIC = re.compile(r"(?:(?:For|In|Among|As|Of)\s+|(?=(?:Without|Excluding)\s))([^,;:.()\d]{2,60}),\s")
_COUNTED = re.compile(rf"^(?:[\d,.]+|{NUMBER_WORDS})\s", re.IGNORECASE)
# "; and placebo, ", "HI: " before a figure in brackets, and what follows the first figure of such a list
_GROUP_LABEL = re.compile(
    r"[\s)\]]*[;,]?\s*(?:and\s+|or\s+)?(?P<name>[A-Za-z][\w/+-]*(?:\s[A-Za-z][\w/+-]*){0,2})\s*[,:]\s*"
)
_NEXT_GROUP = re.compile(r"[\s)\]]*;\s*(?:and\s+)?[A-Za-z][\w/+-]*(?:\s[A-Za-z][\w/+-]*){0,2}\s*[,:]")
_KEPT_MEASURES = ("score", "other_response")  # their words tell which score or response it is


def subjects_of(
    figures: Sequence[Figure], measured: Sequence[Mention | None], sentence: str, mentions: Sequence[Mention]
) -> dict[Figure, str]:
    """Return figure -> the subject of the figure, whom or what it is about.

    `measured`: the mention of each figure. Behind its first figure a sentence does not repeat a topic ("For LMS, ..."),
    the subject of a figure without a subject of its own, and the subject that "with ..." adds to; all are filled in.
    """
    found: dict[Figure, str] = {}
    lead, last, head = None, "", ""
    for figure, mention in zip(figures, measured, strict=True):
        bare = _without_measure(mention, mentions, sentence)
        counted = figure.kind in ("count", "date") or (mention is not None and mention.name == "statistic")
        if not counted and (labelled := _labelled_in_brackets(figure, figures, bare)):
            found[figure] = labelled
            continue
        own = _own_subject(figure, figures, mention, bare, sentence)
        if figure.kind in ("count", "p", "date") or (figure.kind == "percent" and is_category(mention)):
            own = _with_head(own, head, figure, figures, sentence)
        head = head or _head_of_parts(figure, own, figures, sentence)
        if figure.kind in ("count", "p", "date"):
            found[figure] = own
            continue
        lead = _lead_of_sentence(figure, bare) if lead is None else lead
        adds = _adds_to_lead(figure, figures, sentence, own, lead)
        added = ", ".join(filter(None, (own, lead))) if adds else _with_topic(own or last, sentence)
        found[figure] = last = added
    return found


def _labelled_in_brackets(figure: Figure, figures: Sequence[Figure], bare: str) -> str:
    """Return label and topic of a figure in a list of groups in brackets: "placebo, insomnia" of the second figure in
    "insomnia (drug, 7.0%; placebo, 8.0%)"; "" elsewhere."""
    opening = _opening_bracket(bare, figure.start)
    before = _end_of_figure_before(figure, figures)
    label = _GROUP_LABEL.fullmatch(bare, max(before, opening + 1), figure.start) if opening >= 0 else None
    in_list = label and (before > opening or _NEXT_GROUP.match(bare, figure.end))
    if label is None or not in_list or not label["name"].strip():
        return ""
    ends = [one.end for one in figures if one.end <= opening]
    topic = own_part_of_gap(bare[max(ends) : opening], True) if ends else bare[:opening]
    return ", ".join(filter(None, (label["name"].strip(), clause_before(topic))))


def _opening_bracket(text: str, place: int) -> int:
    """Return the place of the outermost bracket that is open at a place of a text; -1 if none is open."""
    open_at: list[int] = []
    for match in re.finditer(r"[()\[\]]", text[:place]):
        if match[0] in "([":
            open_at.append(match.start())
        elif open_at:
            open_at.pop()
    return open_at[0] if open_at else -1


def is_category(mention: Mention | None) -> bool:
    """Whether a percentage is the share of a kind of patients, such as those in remission, and no rate with a name."""
    return mention is None or mention.name.endswith(("_response", "_disease"))


def _head_of_parts(figure: Figure, own: str, figures: Sequence[Figure], sentence: str) -> str:
    """Return the subject of a count that a colon and the numbers of its parts follow, "57 stopped: 43 ..."; else ""."""
    colon = re.match(r"[^.;:\d]*:\s+", sentence[figure.value_end :])
    parted = colon is not None and any(other.start == figure.value_end + colon.end() for other in figures)
    return own if parted and figure.kind == "count" else ""


def _with_head(own: str, head: str, figure: Figure, figures: Sequence[Figure], sentence: str) -> str:
    """Return the subject of a part, extended by the subject of the count before the colon: "stopped: 43 for
    progression, 7 for toxicity"."""
    start = _end_of_figure_before(figure, figures)
    part = re.fullmatch(r"[^.;]*?(?:[:,;]|\band)\s+(?:and\s+)?", sentence[start : figure.start])
    return ", ".join(filter(None, (own, head))) if head and part and head not in own else own


def _lead_of_sentence(figure: Figure, bare: str) -> str:
    """Return the clause before the first figure of the sentence; `bare`: the sentence without the measure."""
    return clause_before(bare[: figure.start])


def _with_topic(subject: str, sentence: str) -> str:
    """Return a subject with the topic at the beginning of the sentence, "For LMS, ...", unless the subject has it."""
    match = _TOPIC.match(sentence)
    topic = trim_grammar(match[1], first=True) if match else ""
    return ", ".join(filter(None, (subject, topic))) if topic not in subject else subject


def _adds_to_lead(figure: Figure, figures: Sequence[Figure], sentence: str, own: str, lead: str) -> bool:
    """Whether a figure adds its own subject to the lead of the sentence: "LPS had 6 %, or 23 % with A"."""
    start = _end_of_figure_before(figure, figures)
    if not start or not lead or lead in own or re.match(r"\s*[Ww]ith\b", sentence):
        return False
    rest = sentence[figure.value_end :]
    end = REST_OF_VALUE.match(rest)
    behind_with = re.match(r"[\s)\]]*with\b", rest[end.end() :] if end else rest)
    return bool(behind_with or re.search(r"[,;]\s*(?:and\s+|or\s+)?with\b[^,;]*$", sentence[start : figure.start]))


def _own_subject(figure: Figure, figures: Sequence[Figure], mention: Mention | None, bare: str, sentence: str) -> str:
    """Return the subject that the sentence has for this figure alone; `bare`: the sentence without the measure."""
    start = _end_of_figure_before(figure, figures)
    stop = min((f.start for f in figures if f.start >= figure.end), default=len(sentence))
    bracketed = _is_in_brackets(sentence, figure)
    counted = mention is None and figure.kind in ("count", "percent")
    before = own_part_of_gap(bare[start : figure.start], bracketed and counted) if start else bare[: figure.start]
    parts = [clause_before(before, short=figure.kind in ("count", "p"))]
    if bracketed and figure.kind == "count":
        stop = _closing_bracket(sentence, figure, stop)
    if not (parts[0] and bracketed) or figure.kind == "count":
        parts.insert(0, _words_behind(figure, bare, stop))
    if figure.kind == "count":
        parts.insert(0, figure.noun)
    if mention is not None and is_category(mention) and mention.name not in _KEPT_MEASURES:
        parts.insert(0, sentence[mention.start : mention.end])
    if not any(parts) and figure.kind == "percent" and figure.n:
        parts.append(_words_within(figure, sentence))
    return join_parts(dict.fromkeys(part for part in parts if part))


def _end_of_figure_before(figure: Figure, figures: Sequence[Figure]) -> int:
    """Return where the figure before another one ends in the sentence; 0 without one."""
    return max((f.end for f in figures if f.end <= figure.start), default=0)


def _words_within(figure: Figure, sentence: str) -> str:
    """Return the words between a count and its percentage: "schools agreed" for "Ten schools agreed (77%)"."""
    words = _COUNTED.sub("", sentence[figure.start : figure.value_end])
    return trim_grammar(re.split(r"[\d(\[]", words, maxsplit=1)[0], first=True)


def _without_measure(mention: Mention | None, mentions: Sequence[Mention], sentence: str) -> str:
    """Return the sentence with blanks in place of each mention of the measure, so that places stay the same. Names of
    scores and of responses other than of tumours stay: they tell which one it is."""
    for other in mentions:
        if mention is not None and other.name == mention.name not in _KEPT_MEASURES:
            sentence = sentence[: other.start] + " " * (other.end - other.start) + sentence[other.end :]
    return sentence


def _is_in_brackets(sentence: str, figure: Figure) -> bool:
    before = sentence[: figure.start]
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))


def _closing_bracket(sentence: str, figure: Figure, stop: int) -> int:
    """Return where the brackets around a figure close, or `stop`, the start of the next figure, if earlier."""
    ends = [place for place in (sentence.find(sign, figure.value_end) for sign in ")]") if place >= 0]
    return min([*ends, stop])


def _words_behind(figure: Figure, sentence: str, stop: int) -> str:
    """Return the words behind a figure that belong to it: "41% in ASPS", "59.7% of patients received ..."."""
    rest = sentence[figure.value_end : stop]
    if figure.kind != "count":
        end = REST_OF_VALUE.match(rest)
        rest = rest[end.end() :] if end else rest
    leads = _PREPOSITION.match(rest)
    if _NOTHING_BEHIND.match(rest) or (leads is None and figure.kind not in ("count", "percent")):
        return ""
    if figure.kind == "count" and _PLACES_AND_STUDIES.search(figure.noun):
        rest = _WHO.split(rest, maxsplit=1)[0]
    text = rest[leads.end() :] if leads else rest
    ends = _SUBJECT_END_OF_ZERO if figure.value == "0" else _SUBJECT_END
    return trim_grammar(ends.split(text.lstrip(" )]"), maxsplit=1)[0], first=True)
