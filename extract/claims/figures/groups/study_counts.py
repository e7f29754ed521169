"""The number of studies that a figure was pooled from."""

import re
from collections.abc import Sequence

from extract.claims.figures.figures import Figure

_STUDIES = re.compile(r"\b(?:stud(?:y|ies)|trials?)$")
_BEGUN = re.compile(r"\b(?:[Ii]n|[Aa]cross|[Ff]rom|[Oo]ver|[Ww]ith)\s+(?:the\s+)?$")


def pooled_studies(figures: Sequence[Figure], sentence: str) -> dict[Figure, str]:
    """Return figure -> the number of studies that it was pooled from. The number stands in brackets or "in 13 studies"
    behind the figure, or before it: "In 13 studies the pooled rate was"."""
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
    """Whether a sentence or clause begins with a number of studies and goes on with the figure pooled from them."""
    begins = _BEGUN.search(sentence[: count.start]) is not None
    return begins and bool(following.ci_low or "pooled" in sentence[count.end : following.start])


def _follows(pooled: Figure, count: Figure, sentence: str) -> bool:
    """Whether a number of studies stands in the brackets behind a figure, or right behind its interval."""
    gap = sentence[pooled.value_end : count.start]
    inside = gap.count("(") + gap.count("[") > gap.count(")") + gap.count("]")
    behind = pooled.ci_low and re.fullmatch(
        r"[\s,;)\]]*(?:from|in|of|across)\s+(?:the\s+)?", sentence[pooled.end : count.start]
    )
    return inside or bool(behind)
