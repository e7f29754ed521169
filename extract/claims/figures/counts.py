"""Which numbers of a sentence count something, and which of these counts are statements."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.claims.figures.figures import Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import mention_fits
from extract.claims.figures.numerals import NUMBER_WORDS, number_value
from extract.claims.figures.units import is_time, noun_behind, unit_behind

_LIST_GAP = re.compile(
    r"\s*(?:%|months?|years?|days?|weeks?)?[\s)\]]*(?:,\s*and|,|and|or|vs\.?|versus|against|compared (?:with|to)|/)\s+"
    r"(?:(?:about|only|with|the)\s+)?[(\[]?"
)
# Verbs and prepositions behind a count: "12 had ...", "12 in ..."
_DEED = re.compile(
    r"\s+(?:(?:of (?:them|these|whom|the \w+)|others?|more)\s+)?(?:\w+ly\s+)?(?:were|had|have|was|received|died|did"
    r"|achieved"
    r"|responded|discontinued|stopped|underwent|completed|showed|experienced|came|ended|could|remained|progressed|got"
    r"|used|reported)\b|\s+(?:in|for|with|on|at|into)\b"
)
_PART_DONE = re.compile(r"\s+(?:\w+ly\s+)?(?:[a-z]+[a-z]ed|chose|chosen|lost|withdrew|left|given|taken|drawn)\b")
_PARTS_IN_BRACKETS = re.compile(
    r"\s*[(\[](?P<parts>\d[\d,]*\s[^()\[\]\d;,]+(?:[;,]\s*(?:and\s+)?\d[\d,]*\s[^()\[\]\d;,]+)+)[)\]]"
)
_NUMBER_OF = re.compile(
    r"(?<!mean )(?<!median )(?<!average )(?<!Mean )(?<!Median )(?<!Average )"
    r"\b[Nn]umbers? of(?P<rest>(?! .*\bneeded to)[^.;:\d]{3,120})\b(?:was|were|is|are|reached|rose to|fell to)\s+"
    r"(?:(?:about|approximately|only|almost|nearly)\s+)?$"
)
_OF_WHOLE = re.compile(r"(?:^|[.;]\s)\s*(?:Of|Among|Amongst|Out of)\s+(?:the|all|our|a total of|these|those|\s)*$")
_FROM_WHOLE = re.compile(
    r"(?:\s*[A-Za-z][\w'/-]*)*\s*,\s*(?:(?:only|about|approximately|a total of|almost|nearly)\s+)?"
)
_OF_OTHERS = re.compile(r"[\s)\]]*(?:\w+\s+)?of\b")
_LIST_BEGIN = re.compile(r"\s*(?::|\(|,?\s*(?:namely|i\.e\.,?)|\bof)\s+")
_ITEM_ENDS = re.compile(r",\s*(?:and|or)\s+|,\s+|\s+(?:and|or)\s+")
LABEL_BETWEEN = re.compile(r"[\])\s]*[;,]\s*(?:and\s+|or\s+)?(?:[A-Za-z][\w/+-]*[\s,:=]+){1,4}[\[(]?")  # "; placebo, "
_ARMS = re.compile(r"(?:groups?|arms?|cohorts?|sides?|sexes)$")
_OR_SO = re.compile(rf"\b(?:{NUMBER_WORDS})\s+(?:to|or)\s+$", re.IGNORECASE)  # "two or three"
_OR_MORE = re.compile(rf"\s+(?:to|or)\s+(?:{NUMBER_WORDS})\b", re.IGNORECASE)
_PERSON_TIME = re.compile(r"(?:patient|person|wom[ae]n|calendar)$", re.IGNORECASE)
CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")
CRITERION_SIGN = re.compile(r"[<>≤≥]\s*$")
LEAD_LETTERS = 120  # letters before a figure that are searched for the words that say what it is
_MAX_ITEM_WORDS = 6  # of one item in a list
_MAX_WORDS_TO_MEASURE = 6  # between the name of a measure and its figure


def has_whole_value(figure: Figure) -> bool:
    """Whether the value of a figure is a whole number."""
    return figure.value.replace(",", "").isdecimal()


def with_counted_nouns(figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]) -> list[Figure]:
    """Return the figures; plain numbers whose counted noun stands earlier become counts: "the number of women was 48
    and 51, respectively", "51 patients ...; 12 had ..."."""
    done: list[Figure] = []
    noun = numbered = ""
    within = (0, 0)  # the brackets that divide the last count into parts: "90 patients (50 TKI, 40 ICI)"
    for figure in figures:
        bare = not (figure.unit or figure.has_interval or figure.sd)
        plain = figure.kind == "number" and has_whole_value(figure) and bare
        listed = numbered if done and are_listed_together(done[-1], figure, sentence) else ""
        numbered = (_noun_of_number(figure, sentence) or listed) if plain else ""
        part = within[0] <= figure.start < within[1]
        if numbered or (plain and (part or _does_or_has(figure, sentence, noun, mentions))):
            of = numbered or noun
            figure = replace(figure, kind="count", noun=of, unit=of.split()[-1] if of else "")
        if figure.kind == "count" and not figure.total:
            noun = figure.noun
            parted = None if part else _PARTS_IN_BRACKETS.match(sentence, noun_behind(sentence, figure.value_end)[1])
            within = parted.span("parts") if parted else within
        done.append(figure)
    return done


def _does_or_has(figure: Figure, sentence: str, noun: str, mentions: Sequence[Mention]) -> bool:
    """Whether the words behind a number say what those counted do or have: "12 had ...", or, behind another count,
    "12 in ..."."""
    deed = _DEED.match(sentence, figure.value_end) or (_PART_DONE.match(sentence, figure.value_end) if noun else None)
    if deed is None or (CALENDAR_YEAR.fullmatch(figure.value) and not noun):
        return False
    preposition = deed[0].split()[0] in ("in", "for", "with", "on", "at", "into")
    unsure = preposition or figure.notes == "value:one"
    if (unsure and not noun) or (preposition and figure.notes):
        return False
    return not measure_is_named(figure, sentence, mentions)


def _noun_of_number(figure: Figure, sentence: str) -> str:
    """Return the counted noun of a number behind "the number of <noun> was", "" elsewhere."""
    match = _NUMBER_OF.search(sentence, 0, figure.start)
    return noun_behind(sentence, match.start("rest"))[0] if match else ""


def _announces_list(figure: Figure, sentence: str) -> bool:
    """Whether a list of as many items follows a count: "the three scales of pain, sleep and mood". Never for
    arms, which papers list so often that the list states nothing."""
    if _ARMS.search(figure.noun):
        return False
    match = _LIST_BEGIN.match(sentence, noun_behind(sentence, figure.value_end)[1])
    items = _ITEM_ENDS.split(re.split(r"[.;)]", sentence[match.end() :], maxsplit=1)[0]) if match else []
    short = all(len(item.split()) <= _MAX_ITEM_WORDS for item in items[:-1])
    return short and len(items) == number_value(figure.value)


def are_listed_together(first: Figure, second: Figure, sentence: str) -> bool:
    """Whether two figures are neighbours in a list, with only the P value of the first between them."""
    if first.p and re.search(r"[a-z]{2}", sentence[unit_behind(sentence, first.value_end)[1] : first.p_start]):
        return False
    return _LIST_GAP.fullmatch(sentence[first.end : second.start]) is not None


def with_wholes(figures: Sequence[Figure], sentence: str) -> list[Figure]:
    """Return the figures; a count with its percentage right behind the whole that the sentence names takes that whole
    as its total: "Of the 312 patients enrolled, 201 (64.4%) were men". Not where another number stands between, or
    another group: "Of the 312 patients, among the women, 45 (50%)"."""
    done = list(figures)
    for place, (whole, part) in enumerate(pairwise(figures), start=1):
        named = whole.kind == "count" and not whole.total and _OF_WHOLE.search(sentence[: whole.start])
        counted = part.kind == "percent" and part.n and not part.total and not _OF_OTHERS.match(sentence, part.end)
        behind = noun_behind(sentence, whole.value_end)[1]
        joined = named and counted and _FROM_WHOLE.fullmatch(sentence, behind, part.start)
        if joined and number_value(part.n) <= number_value(whole.value):
            done[place] = replace(part, total=whole.value)
    return done


def count_is_statement(figure: Figure, sentence: str) -> bool:
    """Whether a count states something about the study. "In 2012 patients ..." may name a year, "the two groups" only
    mentions them, and "three separate days" are a time."""
    if figure.total:
        return True
    before, words = sentence[max(0, figure.start - LEAD_LETTERS) : figure.start], figure.noun.split()
    if words and is_time(words[-1]) and not _PERSON_TIME.match(words[-2] if len(words) > 1 else ""):
        return False
    year = CALENDAR_YEAR.fullmatch(figure.value) and re.search(r"(?:©|\b(?:in|since|during|from|until))\s+$", before)
    mentioned = bool(figure.notes) and re.search(r"\b(?:the|these|those|both|our|either|each|every)\s+$", before)
    if mentioned and _announces_list(figure, sentence):
        return True
    vague = bool(figure.notes) and (_OR_SO.search(before) or _OR_MORE.match(sentence, figure.value_end))
    return not (year or mentioned or vague or CRITERION_SIGN.search(before))


def measure_is_named(figure: Figure, sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names a measure that fits the figure shortly before it."""
    lead = sentence[: figure.start]
    gaps = [lead[m.end :] for m in mentions if m.end <= figure.start and mention_fits(m, figure)]
    near = [gap for gap in gaps if len(gap) < LEAD_LETTERS and len(gap.split()) <= _MAX_WORDS_TO_MEASURE]
    return any(not re.search(r"\d", gap) for gap in near)
