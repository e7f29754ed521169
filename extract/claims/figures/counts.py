"""Which numbers of a sentence count something, and whether that states anything."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.claims.figures.figures import Figure
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import fits
from extract.claims.figures.numerals import WORDS
from extract.claims.figures.units import is_time, noun_behind, unit_behind

_JOINT = re.compile(
    r"\s*(?:%|months?|years?|days?|weeks?)?[\s)\]]*(?:,\s*and|,|and|or|vs\.?|versus|against|compared (?:with|to)|/)\s+"
    r"(?:(?:about|only|with|the)\s+)?[(\[]?"
)
_DEED = re.compile(
    r"\s+(?:(?:of (?:them|these|whom|the \w+)|others?|more)\s+)?(?:\w+ly\s+)?(?:were|had|have|was|received|died|did"
    r"|achieved"
    r"|responded|discontinued|stopped|underwent|completed|showed|experienced|came|ended|could|remained|progressed|got"
    r"|used|reported)\b|\s+(?:in|for|with|on|at|into)\b"
)
_PART_DONE = re.compile(r"\s+(?:\w+ly\s+)?(?:[a-z]+[a-z]ed|chose|chosen|lost|withdrew|left|given|taken|drawn)\b")
_PARTED = re.compile(r"\s*[(\[](?P<parts>\d[\d,]*\s[^()\[\]\d;,]+(?:[;,]\s*(?:and\s+)?\d[\d,]*\s[^()\[\]\d;,]+)+)[)\]]")
_NUMBER_OF = re.compile(
    r"(?<!mean )(?<!median )(?<!average )(?<!Mean )(?<!Median )(?<!Average )"
    r"\b[Nn]umbers? of(?P<rest>(?! .*\bneeded to)[^.;:\d]{3,120})\b(?:was|were|is|are|reached|rose to|fell to)\s+"
    r"(?:(?:about|approximately|only|almost|nearly)\s+)?$"
)
_LISTING = re.compile(r"\s*(?::|\(|,?\s*(?:namely|i\.e\.,?)|\bof)\s+")
_ITEMS = re.compile(r",\s*(?:and|or)\s+|,\s+|\s+(?:and|or)\s+")
LABELLED = re.compile(r"[\])\s]*[;,]\s*(?:and\s+|or\s+)?(?:[A-Za-z][\w/+-]*[\s,:=]+){1,4}[\[(]?")  # "; placebo, "
_ARMS = re.compile(r"(?:groups?|arms?|cohorts?|sides?|sexes)$")
_OR_SO = re.compile(rf"\b(?:{WORDS})\s+(?:to|or)\s+$", re.IGNORECASE)  # "two or three"
_OR_MORE = re.compile(rf"\s+(?:to|or)\s+(?:{WORDS})\b", re.IGNORECASE)
_LIVED = re.compile(r"(?:patient|person|wom[ae]n|calendar)$", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
CRITERION = re.compile(r"[<>≤≥]\s*$")
NEAR = 120  # letters before a figure that say what it is
MOST_WORDS = 6  # of one thing in a list


def is_whole(figure: Figure) -> bool:
    return figure.value.replace(",", "").isdecimal()


def with_nouns(figures: Sequence[Figure], sentence: str, mentions: Sequence[Mention]) -> list[Figure]:
    """Numbers that count what the sentence says before them: "the number of women was 48 and 51, respectively", and
    what an earlier one counts: "51 patients ...; 12 had ..."."""
    done: list[Figure] = []
    noun = numbered = ""
    within = (0, 0)  # the brackets that part what was counted
    for figure in figures:
        plain = figure.kind == "number" and is_whole(figure) and not (figure.unit or figure.has_interval or figure.sd)
        listed = numbered if done and is_joint(done[-1], figure, sentence) else ""
        numbered = (number_of(figure, sentence) or listed) if plain else ""
        part = within[0] <= figure.start < within[1]
        if numbered or (plain and (part or acts(figure, sentence, noun, mentions))):
            of = numbered or noun
            figure = replace(figure, kind="count", noun=of, unit=of.split()[-1] if of else "")
        if figure.kind == "count" and not figure.total:
            noun = figure.noun
            parted = None if part else _PARTED.match(sentence, noun_behind(sentence, figure.until)[1])
            within = parted.span("parts") if parted else within
        done.append(figure)
    return done


def acts(figure: Figure, sentence: str, noun: str, mentions: Sequence[Mention]) -> bool:
    """Whether those whom a number counts do or have something: "12 had ...", and behind another count "12 in ..."."""
    deed = _DEED.match(sentence, figure.until) or (_PART_DONE.match(sentence, figure.until) if noun else None)
    if deed is None or (YEAR.fullmatch(figure.value) and not noun):
        return False
    plain = deed[0].split()[0] in ("in", "for", "with", "on", "at", "into")
    unsure = plain or figure.notes == "value:one"
    return not (unsure and not noun) and not (plain and figure.notes) and not named(figure, sentence, mentions)


def number_of(figure: Figure, sentence: str) -> str:
    """What a number counts behind "the number of ... was", "" elsewhere."""
    match = _NUMBER_OF.search(sentence, 0, figure.start)
    return noun_behind(sentence, match.start("rest"))[0] if match else ""


def enumerates(figure: Figure, sentence: str) -> bool:
    """Whether as many things are listed behind a count as it says: "the three scales of pain, sleep and mood"; arms are
    named so often that this states nothing."""
    if _ARMS.search(figure.noun):
        return False
    match = _LISTING.match(sentence, noun_behind(sentence, figure.until)[1])
    items = _ITEMS.split(re.split(r"[.;)]", sentence[match.end() :], maxsplit=1)[0]) if match else []
    return len(items) == int(figure.value.replace(",", "")) and all(
        len(item.split()) <= MOST_WORDS for item in items[:-1]
    )


def is_joint(first: Figure, second: Figure, sentence: str) -> bool:
    """Whether two figures stand beside one another in a list, with nothing said of the first but its P value."""
    if first.p and re.search(r"[a-z]{2}", sentence[unit_behind(sentence, first.until)[1] : first.p_at]):
        return False
    return _JOINT.fullmatch(sentence[first.end : second.start]) is not None


def count_states(figure: Figure, sentence: str) -> bool:
    """Whether a count says something of the study: "in 2012 patients ..." may name a year, "the two groups" states
    nothing, and "three separate days" are a time."""
    if figure.total:
        return True
    before, words = sentence[max(0, figure.start - NEAR) : figure.start], figure.noun.split()
    if words and is_time(words[-1]) and not _LIVED.match(words[-2] if len(words) > 1 else ""):
        return False
    year = YEAR.fullmatch(figure.value) and re.search(r"(?:©|\b(?:in|since|during|from|until))\s+$", before)
    mentioned = bool(figure.notes) and re.search(r"\b(?:the|these|those|both|our|either|each|every)\s+$", before)
    if mentioned and enumerates(figure, sentence):
        return True
    vague = bool(figure.notes) and (_OR_SO.search(before) or _OR_MORE.match(sentence, figure.until))
    return not (year or mentioned or vague or CRITERION.search(before))


def named(figure: Figure, sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names a measure shortly before the figure."""
    lead = sentence[: figure.start]
    gaps = (lead[m.end :] for m in mentions if m.end <= figure.start and fits(m, figure))
    return any(len(gap) < NEAR and len(gap.split()) <= 6 and not re.search(r"\d", gap) for gap in gaps)
