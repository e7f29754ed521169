"""Comparisons that the text states whole: the counts or means of two groups with the P value right behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.base.methods import one_sided_named
from schemas.base.printed import Printed
from validations.inference.claims.targets import paper_claims
from validations.inference.comparisons.arms import arm_mean
from validations.inference.comparisons.p_values import (
    FARTHEST_OTHER_Z,
    FARTHEST_RANKS_Z,
    FEWEST_PATIENTS,
    SKEWED,
)
from validations.inference.comparisons.printed_p import p_distance, prints, prints_one_sided
from validations.inference.comparisons.words import marks
from validations.inference.denominators import count_gives
from validations.statistics.rounding import FloatSpan
from validations.statistics.tests_of_counts import p_values_of_counts
from validations.statistics.tests_of_means import p_ranges_of_means
from validations.tables import Paper, Record, once

SLIGHT_Z = 0.3  # of z between the printed P value and those of all usual tests: a test that nobody thought of
_COMPARED = "compared"  # the note on a P value that stands right behind the two values that it compares
_TIMED = re.compile(
    r"\b(?:deaths?|died|dead|mortality|surviv\w+|relaps\w+|recurr\w+|progress\w+|events?|end ?points?|censor\w+)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:months?|weeks?|days?|years?|visits?|after|post\w*|follow\w*|first|second)\b", re.IGNORECASE)


@dataclass(frozen=True)
class StatedComparison:
    """Two claims about two groups and the P value of their comparison. `kind`: counts or means; `ranges`: the least and
    greatest P value by test; `words`: those on the method; `why_not`: why P is not recomputed."""

    first: Record
    second: Record
    p: Printed
    kind: str
    ranges: dict[str, FloatSpan] = field(hash=False)
    words: str = ""
    why_not: str = ""

    @property
    def fits(self) -> bool:
        return any(prints(span, self.p) for span in self.ranges.values()) or (
            one_sided_named(self.words) and self.is_half
        )

    @property
    def is_half(self) -> bool:
        return any(prints_one_sided(span, self.p) for span in self.ranges.values())

    @property
    def span(self) -> FloatSpan:
        """The P values of all tests, from the least to the greatest."""
        return min(low for low, _ in self.ranges.values()), max(high for _, high in self.ranges.values())

    @property
    def is_far(self) -> bool:
        """Whether no other test of the same groups is likely to give the printed P value."""
        text = " ".join(claim[name] for claim in (self.first, self.second) for name in ("subject", "text", "versus"))
        timed = FARTHEST_OTHER_Z if _TIMED.search(text) else SLIGHT_Z
        return p_distance(self.span, self.p) > (timed if self.kind == "counts" else FARTHEST_RANKS_Z)


@once
def stated_comparisons(paper: Paper) -> tuple[StatedComparison, ...]:
    """Every comparison of two counts with their totals, or of two means with their SD and number of patients."""
    return tuple(_comparisons(paper))


def _comparisons(paper: Paper) -> Iterator[StatedComparison]:
    used: Record | None = None  # the second of the pair before
    for first, second in pairwise(paper_claims(paper)):
        same = all(first[name] == second[name] for name in ("measure", "unit", "section", "p"))
        ways = [marks(claim["notes"], "p").split(", ") for claim in (first, second)]
        p = second.number("p")
        if (
            first is not used
            and same
            and p is not None
            and ways[0] == ways[1]
            and ways[0][0] == _COMPARED
            and p.low <= 1
            and p.high >= 0
        ):
            used = second
            compare = _of_counts if first["total"] and second["total"] else _of_means
            yield compare(first, second, p, ", ".join(ways[0][1:]))


def _of_counts(first: Record, second: Record, p: Printed, words: str) -> StatedComparison:
    pairs = [(claim.count("n"), claim.count("total")) for claim in (first, second)]
    known = [(n, total) for n, total in pairs if n is not None and total is not None and 0 <= n <= total]
    wrong = any(not _is_share(claim) for claim in (first, second))
    if len(known) < 2 or wrong or not all(total for _, total in known):
        return StatedComparison(first, second, p, "counts", {}, words, "a count does not fit its total or percentage")
    counts = tuple(n for n, _ in known), tuple(total - n for n, total in known)
    ranges = {name: (value, value) for name, value in p_values_of_counts(counts).items()}
    return StatedComparison(first, second, p, "counts", ranges, words, _why_not(first, second, words))


def _is_share(claim: Record) -> bool:
    """Whether a count out of its total gives the percentage that is stated with it, if any."""
    n, total, percent = claim.count("n"), claim.count("total"), claim.number("value")
    return claim["unit"] != "%" or not (n and total and percent) or count_gives(n, total, percent)


def _why_not(first: Record, second: Record, words: str) -> str:
    if words and not one_sided_named(words):
        return f"the sentence may name another analysis: {words}"
    text = " ".join(claim[name] for claim in (first, second) for name in ("subject", "text"))
    if first["total"] == second["total"] and first["total"] and _TIMES.search(text):
        return "the two groups may be the same patients at two times"
    return ""


def _of_means(first: Record, second: Record, p: Printed, words: str) -> StatedComparison:
    why = _why_not(first, second, words)
    means = [
        arm_mean(Record(claim.exhibit, {"row": claim.row, "mean": claim["value"], "sd": claim["sd"], "n": claim["n"]}))
        for claim in (first, second)
    ]
    known = [mean for mean in means if mean is not None]
    ranges = p_ranges_of_means(known) if len(known) == 2 else {}
    if not ranges:
        why = "a standard deviation or the number of patients is not stated"
    elif any("sd:SE" in claim["notes"] for claim in (first, second)):
        why = "the spread is a standard error"
    elif any(0 <= mean.mean[1] < 2 * mean.sd[1] for mean in known):
        why = SKEWED
    elif any(mean.n[0] < FEWEST_PATIENTS for mean in known):
        why = "tests of ranks of so few patients differ much from t tests"
    return StatedComparison(first, second, p, "means", ranges, words, why)
