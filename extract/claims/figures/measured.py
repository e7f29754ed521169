"""Statements: figures with their measure, which their sentence, the sentence before or their list names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.claims.figures.counts import LABEL_BETWEEN
from extract.claims.figures.figures import Figure
from extract.claims.figures.groups.lists import MAX_WORDS_BETWEEN, find_lists, same_kind_and_unit
from extract.claims.figures.lexicon import Mention
from extract.claims.figures.measures import EFFECT_MEASURES, measure_of_figure, mention_for, unit_kind_of
from extract.claims.figures.subjects import REST_OF_VALUE, is_category

# Measures whose unlabelled interval is a range, even if the paragraph mentions confidence intervals
_RANGED = ("age_median", "median", "followup_median")
_PRONOUN_LEAD = re.compile(
    r"\b(?:[Ii]t|[Tt]his|[Tt]hat|[Tt]hey|[Tt]hese|[Tt]hose)\s+(?:\w+ly\s+|had\s+)?(?:was|were|is|are|rose|fell|reached"
    r"|increased|decreased|amounted|corresponded|remained|ranged|became)\b(?:\s+[^\s,;]+){0,3}\s*$"
)
_SAME_AGAIN = re.compile(
    r"\b(?:[Ss]imilar\w*|[Ss]ame|[Tt]hese|[Tt]his|[Cc]orresponding|[Cc]onsistent|[Ll]ikewise|also|[Ee]ffects?|[Ee]stimates?"
    r"|[Aa]ssociat\w+|[Ff]indings?|[Rr]esults?|in contrast)\b"
)
_VERSUS = re.compile(r"\b(?:vs|versus|against|compared (?:with|to))\b")
_GAP_LETTERS = 80  # between two compared values
_CENTERS = ("mean", "median", "score")  # measures that a list of outcomes repeats without their name
_UNTELLING = """
after arms baseline before between both control from group groups level levels mean median average participants
patients respectively score scores subjects than that these this those treatment value values were when while with
"""
_UNTELLING_WORDS = frozenset(_UNTELLING.split())


@dataclass(frozen=True)
class Statement:
    """A figure with its measure (as in the schema `claims`) and the mention of that measure, if any."""

    figure: Figure
    measure: str
    mention: Mention | None


@dataclass(frozen=True)
class LastSentence:
    """The last sentence with figures, for figures of the next sentence that name no measure.

    `mention`: the last mention that a figure took its measure from. `measure`, `figure`: those of the last statement.
    `words`: the telling words before the first figure.
    """

    mention: Mention | None = None
    measure: str = ""
    figure: Figure | None = None
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, statements: Sequence[Statement], sentence: str) -> "LastSentence":
        """Return the last sentence for its statements, at least one."""
        mention = next((s.mention for s in reversed(statements) if s.mention is not None), None)
        last = statements[-1]
        return cls(mention, last.measure, last.figure, _telling_words(sentence[: statements[0].figure.start]))

    def is_repeated_by(self, figure: Figure, sentence: str) -> bool:
        """Whether a figure repeats the mean, median or score of this sentence: in the same form, and with a telling
        word in common."""
        if self.figure is None or self.measure not in _CENTERS:
            return False
        if (self.figure.unit, self.figure.unlabelled) != (figure.unit, figure.unlabelled):
            return False
        return bool(self.words & _telling_words(sentence[: figure.start]))


NO_SENTENCE = LastSentence()


def _telling_words(text: str) -> frozenset[str]:
    """The words of a text that may tell what is measured."""
    return frozenset(re.findall(r"[a-z]{4,}", text.casefold())) - _UNTELLING_WORDS


def make_statement(
    figure: Figure, mentions: Sequence[Mention], sentence: str, last: LastSentence, context: str
) -> Statement:
    """Return a figure with its measure. A measure that the sentence does not name comes from `last`, the last sentence
    with figures; `context`, the paragraph, helps to tell confidence intervals from ranges."""
    mention = mention_for(figure, mentions, sentence)
    weak = mention is None or (mention.name == "score" and figure.unlabelled)
    if weak and last.mention is not None and _continues_measure(figure, last.mention, sentence):
        mention = last.mention
    measure = measure_of_figure(figure, mention, sentence)
    if measure == "value" and figure.unlabelled and last.is_repeated_by(figure, sentence):
        measure = last.measure
    return Statement(_with_interval_kind(figure, measure, sentence, context), measure, mention)


def with_common_measures(statements: Sequence[Statement], sentence: str) -> list[Statement]:
    """Return the statements; in a list where only the first figure has a named measure, the others take it."""
    found = {statement.figure: statement for statement in statements}
    for run in find_lists(list(found), sentence):
        first = found[run[0]]
        for figure in run[1:]:
            if found[figure].mention is None and first.mention is not None:
                found[figure] = replace(found[figure], measure=first.measure, mention=first.mention)
    for one, other in pairwise(statements):
        leader, missing = found[one.figure], found[other.figure].mention is None
        if missing and leader.mention is not None and _shares_measure(one, other, sentence):
            found[other.figure] = replace(other, measure=leader.measure, mention=leader.mention)
    return list(found.values())


def with_intervals_of_both(statements: Sequence[Statement], sentence: str) -> list[Statement]:
    """Return the statements; an interval behind two values that "versus" compares is that of their difference, and
    becomes a statement of its own: "255 ± 216 vs -522 ± 228; 95% CI -1179 to -60"."""
    done: list[Statement] = []
    for statement in statements:
        figure, last = statement.figure, done[-1].figure if done else None
        done.append(statement)
        if last is None or not figure.ci_low or figure.kind not in ("number", "percent"):
            continue
        gap = sentence[last.value_end : figure.start]
        compared = _VERSUS.search(gap) and len(gap) <= _GAP_LETTERS and not re.search(r"[(\[]", gap)
        if not compared or last.has_interval or not same_kind_and_unit(last, figure):
            continue
        bare = replace(figure, ci_low="", ci_high="", ci_level="", unlabelled=False)
        limits = replace(figure, kind="range", value="", unit="", n="", total="", sd="", value_end=figure.end)
        done[-1:] = [replace(statement, figure=bare), Statement(limits, "interval", None)]
    return done


def _shares_measure(one: Statement, other: Statement, sentence: str) -> bool:
    """Whether a figure has the measure of the figure before it, for another group: "60 % with A and 50 % with B",
    "A, 60; B, 50"."""
    gap = sentence[one.figure.value_end : other.figure.start]
    its_own = one.mention is not None and is_category(one.mention) and one.mention.start >= one.figure.value_end
    if not same_kind_and_unit(one.figure, other.figure) or one.figure.kind == "count" or its_own:
        return False
    in_reach = len(gap.split()) <= MAX_WORDS_BETWEEN and ";" not in gap
    near = in_reach and re.search(r"(?:,|\band|\bor|,\s*(?:and|or))\s+$", gap)
    behind = re.match(r"(?:with|in|for|among)\b", REST_OF_VALUE.sub("", sentence[other.figure.value_end :], count=1))
    same_kind = bool(one.figure.sd) == bool(other.figure.sd) and one.figure.has_interval == other.figure.has_interval
    labelled = same_kind and LABEL_BETWEEN.fullmatch(sentence[one.figure.end : other.figure.start])
    return bool((near and behind) or labelled)


def _continues_measure(figure: Figure, last: Mention, sentence: str) -> bool:
    """Whether a sentence without a measure continues the measure of the last sentence: "It was 4.6", "Similar findings
    were made for weight (0.7 (0.4-1.2))"."""
    lead = sentence[: figure.start]
    fitting = unit_kind_of(figure) in last.kinds and (unit_kind_of(figure) == "t" or last.name in EFFECT_MEASURES)
    goes_on = _PRONOUN_LEAD.search(lead) or (figure.unlabelled and _SAME_AGAIN.search(lead))
    return fitting and figure.kind not in ("p", "count", "range") and bool(goes_on)


def _with_interval_kind(figure: Figure, measure: str, sentence: str, context: str) -> Figure:
    """Return a figure with the kind of its unlabelled interval: a confidence interval with ratios, differences and
    pooled rates, or if the paragraph mentions confidence intervals; else a range."""
    if not figure.unlabelled or figure.kind == "range":
        return figure
    ci_in_context = re.search(r"\bCIs?\b|confidence interval", context)
    ranged = measure in _RANGED or measure.startswith("age") or re.search(r"\brange\b", sentence)
    likely_ci = ci_in_context or measure not in ("median", "age_median", "mean")
    if measure in EFFECT_MEASURES or (likely_ci and not ranged):
        return replace(figure, ci_low=figure.low, ci_high=figure.high, low="", high="")
    return figure
