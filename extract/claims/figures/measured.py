"""Figures with what they measure, also where the sentence before or the list names it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.claims.figures.counts import LABELLED
from extract.claims.figures.figures import Figure
from extract.claims.figures.groups.lists import MOST_BETWEEN, alike, runs
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import STRONG, kind_of, measure_of, mention_for
from extract.claims.figures.subjects import VALUE_END, is_category

_RANGED = ("age_median", "median", "followup_median")
_OF_IT = re.compile(
    r"\b(?:[Ii]t|[Tt]his|[Tt]hat|[Tt]hey|[Tt]hese|[Tt]hose)\s+(?:\w+ly\s+|had\s+)?(?:was|were|is|are|rose|fell|reached"
    r"|increased|decreased|amounted|corresponded|remained|ranged|became)\b(?:\s+[^\s,;]+){0,3}\s*$"
)
_ALIKE = re.compile(
    r"\b(?:[Ss]imilar\w*|[Ss]ame|[Tt]hese|[Tt]his|[Cc]orresponding|[Cc]onsistent|[Ll]ikewise|also|[Ee]ffects?|[Ee]stimates?"
    r"|[Aa]ssociat\w+|[Ff]indings?|[Rr]esults?|in contrast)\b"
)
_CENTERS = ("mean", "median", "score")
_LITTLE = """
after arms baseline before between both control from group groups level levels mean median average participants
patients respectively score scores subjects than that these this those treatment value values were when while with
"""
_SAYS_LITTLE = frozenset(_LITTLE.split())


@dataclass(frozen=True)
class Statement:
    """A figure with what it measures."""

    figure: Figure
    measure: str
    mention: Mention | None


@dataclass(frozen=True)
class Said:
    """What the sentence before said last: the measure that it named, and its last figure with the words before all."""

    mention: Mention | None = None
    measure: str = ""
    figure: Figure | None = None
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, statements: Sequence[Statement], sentence: str) -> "Said":
        mention = next((s.mention for s in reversed(statements) if s.mention is not None), None)
        last = statements[-1]
        return cls(mention, last.measure, last.figure, _telling(sentence[: statements[0].figure.start]))

    def repeated(self, figure: Figure, sentence: str) -> bool:
        """Whether a figure is a mean or median in the same form, of something that the sentence before spoke of."""
        known = self.figure is not None and self.measure in _CENTERS
        if not known or self.figure is None or (self.figure.unit, self.figure.bare) != (figure.unit, figure.bare):
            return False
        return bool(self.words & _telling(sentence[: figure.start]))


NOTHING = Said()


def _telling(text: str) -> frozenset[str]:
    """The words of a text that say what is measured."""
    return frozenset(re.findall(r"[a-z]{4,}", text.casefold())) - _SAYS_LITTLE


def stated(figure: Figure, mentions: Sequence[Mention], sentence: str, last: "Said", context: str) -> Statement:
    """A figure with its measure; one that the sentence does not name is that of the sentence before."""
    mention = mention_for(figure, mentions, sentence)
    weak = mention is None or (mention.name == "score" and figure.bare)
    if weak and last.mention is not None and _goes_on(figure, last.mention, sentence):
        mention = last.mention
    measure = measure_of(figure, mention, sentence)
    if measure == "value" and figure.bare and last.repeated(figure, sentence):
        measure = last.measure
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
    """Whether a figure is one of the same measure for another group: "60 % with A and 50 % with B", "A, 60; B, 50"."""
    gap = sentence[one.figure.until : other.figure.start]
    its_own = one.mention is not None and is_category(one.mention) and one.mention.start >= one.figure.until
    if not alike(one.figure, other.figure) or one.figure.kind == "count" or its_own:
        return False
    near = (
        len(gap.split()) <= MOST_BETWEEN and ";" not in gap and re.search(r"(?:,|\band|\bor|,\s*(?:and|or))\s+$", gap)
    )
    behind = re.match(r"(?:with|in|for|among)\b", VALUE_END.sub("", sentence[other.figure.until :], count=1))
    same_kind = bool(one.figure.sd) == bool(other.figure.sd) and one.figure.has_interval == other.figure.has_interval
    labelled = same_kind and LABELLED.fullmatch(sentence[one.figure.end : other.figure.start])
    return bool((near and behind) or labelled)


def _goes_on(figure: Figure, last: Mention, sentence: str) -> bool:
    """Whether a sentence that names no measure goes on with that of the one before: "It was 4.6", "Similar findings
    were made for weight (0.7 (0.4-1.2))"."""
    lead = sentence[: figure.start]
    fitting = kind_of(figure) in last.kinds and (kind_of(figure) == "t" or last.name in STRONG)
    goes_on = _OF_IT.search(lead) or (figure.bare and _ALIKE.search(lead))
    return fitting and figure.kind not in ("p", "count", "range") and bool(goes_on)


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
