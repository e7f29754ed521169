"""From a paragraph to its claims."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.claims.claim import Claim, Paragraph
from extract.claims.figures import Figure
from extract.claims.lists import MOST_BETWEEN, alike, compared, items_of, runs
from extract.claims.measures import STRONG, Mention, find_mentions, kind_of, measure_of, mention_for
from extract.claims.orderings import find_orderings
from extract.claims.sentences import find_sentences
from extract.claims.signs import plain_signs
from extract.claims.stated import find_stated
from extract.claims.subjects import subjects_of

WORDS_BEFORE, WORDS_BEHIND = 4, 3
_RANGED = ("age_median", "median", "followup_median")
_STUDIES = re.compile(r"\b(?:stud(?:y|ies)|trials?)$")
_BEGUN = re.compile(r"\b(?:[Ii]n|[Aa]cross|[Ff]rom|[Oo]ver|[Ww]ith)\s+(?:the\s+)?$")


@dataclass(frozen=True)
class Statement:
    """A figure with what it measures."""

    figure: Figure
    measure: str
    mention: Mention | None


def claims_in(paragraph: Paragraph) -> Iterator[Claim]:
    """The claims of a paragraph in reading order."""
    plain = plain_signs(paragraph.text)
    last: Mention | None = None
    for start, end in find_sentences(plain):
        sentence = plain[start:end]
        figures = find_stated(sentence)
        statements = [stated(figure, find_mentions(sentence), sentence, last, plain) for figure in figures]
        last = next((s.mention for s in reversed(statements) if s.mention is not None), last if not figures else None)
        statements = with_common_measures(statements, sentence)
        found = [(claim, figure.start, figure_end(figure)) for claim, figure in claims_of(statements, sentence)]
        ordered = sorted([*found, *find_orderings(sentence)], key=lambda item: item[1])
        yield from (placed(claim, paragraph, start + begin, start + stop) for claim, begin, stop in ordered)


def figure_end(figure: Figure) -> int:
    """Where the value of a figure ends, which has at least one letter."""
    return max(figure.until, figure.start + 1)


def stated(figure: Figure, mentions: Sequence[Mention], sentence: str, last: Mention | None, context: str) -> Statement:
    """A figure with its measure; one that the sentence does not name is that of the sentence before."""
    mention = mention_for(figure, mentions, sentence)
    weak = mention is None or (mention.name == "score" and figure.bare)
    if weak and last is not None and _goes_on(figure, last, sentence):
        mention = last
    measure = measure_of(figure, mention, sentence)
    return Statement(settled(figure, measure, sentence, context), measure, mention)


def with_common_measures(statements: Sequence[Statement], sentence: str) -> list[Statement]:
    """Figures of a list with the measure of its first, where only that is named."""
    found = {statement.figure: statement for statement in statements}
    for run in runs(list(found), sentence):
        first = found[run[0]]
        for figure in run[1:]:
            if found[figure].mention is None and first.mention is not None:
                found[figure] = replace(found[figure], measure=first.measure, mention=first.mention)
    for one, other in pairwise(statements):
        if (
            found[other.figure].mention is None
            and found[one.figure].mention is not None
            and _goes_with(one, other, sentence)
        ):
            leader = found[one.figure]
            found[other.figure] = replace(other, measure=leader.measure, mention=leader.mention)
    return list(found.values())


def _goes_with(one: Statement, other: Statement, sentence: str) -> bool:
    """Whether a figure is one of the same measure for another group: "60 % with A and 50 % with B"."""
    gap = sentence[one.figure.until : other.figure.start]
    near = (
        len(gap.split()) <= MOST_BETWEEN and ";" not in gap and re.search(r"(?:,|\band|\bor|,\s*(?:and|or))\s+$", gap)
    )
    behind = re.match(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])?\s*(?:with|in|for|among)\b", sentence[other.figure.until :])
    return bool(alike(one.figure, other.figure) and near and behind and one.figure.kind != "count")


def _goes_on(figure: Figure, last: Mention, sentence: str) -> bool:
    """Whether a sentence that names no measure goes on with that of the one before."""
    said_of_it = re.search(r"\b(?:[Ii]t|[Tt]his|[Tt]hat|[Tt]hey|[Tt]hese|[Tt]hose)\b", sentence[: figure.start])
    fitting = kind_of(figure) in last.kinds and (kind_of(figure) == "t" or last.name in STRONG)
    return fitting and figure.kind not in ("p", "count", "range") and bool(said_of_it or figure.bare)


def settled(figure: Figure, measure: str, sentence: str, context: str) -> Figure:
    """An interval that is not said to be one: of confidence with ratios, differences and pooled rates, or where the
    paragraph speaks of confidence intervals; else a range."""
    if not figure.bare or figure.kind == "range":
        return figure
    speaks = re.search(r"\bCIs?\b|confidence interval", context)
    ranged = measure in _RANGED or measure.startswith("age") or re.search(r"\brange\b", sentence)
    if measure in STRONG or (speaks and not ranged) or (measure not in ("median", "age_median", "mean") and not ranged):
        return replace(figure, ci_low=figure.low, ci_high=figure.high, low="", high="")
    return figure


def claims_of(statements: Sequence[Statement], sentence: str) -> Iterator[tuple[Claim, Figure]]:
    """The claims of one sentence, without section and place."""
    figures = [statement.figure for statement in statements]
    pairs = compared(figures, [statement.measure for statement in statements], sentence)
    items = {
        figure: item
        for run in runs(figures, sentence)
        for figure, item in zip(run, items_of(run, sentence), strict=False)
    }
    subjects = subjects_of(figures, [statement.mention for statement in statements], sentence) | items
    studies = pooled_studies(figures, sentence)
    for statement in statements:
        figure, other = statement.figure, pairs.get(statement.figure)
        claim = claim_of(statement, subjects[figure], studies.get(figure, ""))
        yield (
            replace(
                claim,
                versus=subjects[other] if other and subjects[other] != subjects[figure] else "",
                p=figure.p or (other.p if other else ""),
            ),
            figure,
        )


def claim_of(statement: Statement, subject: str, n_studies: str) -> Claim:
    figure = statement.figure
    comparator, value = figure.comparator, figure.value
    if figure.kind == "p" and value[:1] in "<>≤≥":
        comparator, value = value[0], value[1:]
    return Claim(
        section="",
        text="",
        measure=statement.measure,
        subject=subject,
        comparator=comparator,
        value=value,
        unit=figure.unit,
        n=figure.n or (value if figure.kind == "count" else ""),
        total=figure.total,
        n_studies=n_studies,
        low=figure.low,
        high=figure.high,
        sd=figure.sd,
        ci_low=figure.ci_low,
        ci_high=figure.ci_high,
        p=figure.p,
        notes=figure.notes,
    )


def pooled_studies(figures: Sequence[Figure], sentence: str) -> dict[Figure, str]:
    """Figure -> how many studies it was pooled from: in brackets or "in 13 studies" behind it, "In 13 studies the
    pooled rate was" before it."""
    found: dict[Figure, str] = {}
    for place, count in enumerate(figures):
        if count.kind != "count" or not _STUDIES.search(count.noun):
            continue
        before = next((figure for figure in reversed(figures[:place]) if figure.kind != "i2"), None)
        following = figures[place + 1] if place + 1 < len(figures) else None
        if before is not None and before.kind in ("percent", "number") and _follows(before, count, sentence):
            found[before] = count.value
        elif following is not None and _leads_to(count, following, sentence):
            found[following] = count.value
    return found


def _leads_to(count: Figure, following: Figure, sentence: str) -> bool:
    """Whether a sentence or clause begins with a number of studies and goes on with what was pooled from them."""
    begins = _BEGUN.search(sentence[: count.start]) is not None
    return begins and bool(following.ci_low or "pooled" in sentence[count.end : following.start])


def _follows(pooled: Figure, count: Figure, sentence: str) -> bool:
    """Whether a number of studies stands in the brackets behind a figure, or right behind those of its interval."""
    gap = sentence[pooled.until : count.start]
    inside = gap.count("(") + gap.count("[") > gap.count(")") + gap.count("]")
    behind = pooled.ci_low and re.fullmatch(
        r"[\s,;)\]]*(?:from|in|of|across)\s+(?:the\s+)?", sentence[pooled.end : count.start]
    )
    return inside or bool(behind)


def placed(claim: Claim, paragraph: Paragraph, begin: int, end: int) -> Claim:
    """The claim with its section, the words around it as printed, and its place on the page."""
    text = words_around(paragraph.text, begin, end)
    return replace(claim, section=paragraph.section, text=text, boxes=paragraph.boxes(begin, end))


def words_around(text: str, begin: int, end: int) -> str:
    """The words of a place with a few before and behind it, eight at most; those of the place come first."""
    inside = text[begin:end].split()[: WORDS_BEFORE + WORDS_BEHIND + 1]
    before, behind = text[:begin].split(), text[end:].split()
    glued = bool(before) and begin > 0 and not text[begin - 1].isspace()
    if glued:
        inside[0] = before.pop() + inside[0]
    if behind and end < len(text) and not text[end].isspace():
        inside[-1] += behind.pop(0)
    room = max(0, WORDS_BEFORE + WORDS_BEHIND + 1 - len(inside))
    lead = before[-min(WORDS_BEFORE, room) :] if room and before else []
    return " ".join([*lead, *inside, *behind[: room - len(lead)]])
