"""What caption, heads, notes and labels say of the way in which a P value or a difference was computed."""

import re
from functools import lru_cache

from validations.tables import Record, Table, once

_ADJUSTED = re.compile(
    r"\badjust|\bcovaria|\bancova\b|\bmixed[- ](?:model|eff|effect)|\bmmrm\b|\bregression\b|\bgee\b|generali[sz]ed"
    r"|\bcochran|\bcmh\b|\bstratif|\bleast[- ]squares?\b|\bls ?means?\b|\blinear model|\bmultivaria|\bpoisson\b"
    r"|\bmodel",
    re.IGNORECASE,
)
_RANKS = re.compile(
    r"mann[-– ]*whitney|wilcoxon|rank[- ]?sum|kruskal|non-?parametric|\bu[- ]test|median test|log[- ]?transform"
    r"|transformation|friedman|\brank\b|permutation|bootstrap|geometric",
    re.IGNORECASE,
)
_PAIRED = re.compile(
    r"\bpaired\b|mcnemar|repeated|within[- ]group|cross-?over|\binteraction\b|\btrend\b|log[- ]?rank|non-?inferior"
    r"|equivalence|bonferroni|holm\b|tukey|dunnett|post[- ]hoc|corrected for multip",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:^|;)(?P<column>\w+):(?P<mark>[^;]*)")


@once
def table_words(table: Table) -> str:
    """Caption, heads and notes of a table."""
    return " ".join((table.words, *table.footnotes))


def own_words(record: Record) -> str:
    """What the table says of the record alone: labels, time point, test, adjustment, population."""
    columns = ("section", "outcome", "level", "timepoint", "test", "adjusted", "measure")
    return " ".join(filter(None, (record[name] for name in columns)))


def model_named(words: str) -> bool:
    """Whether the words name an adjusted or stratified analysis or a model."""
    return _ADJUSTED.search(words) is not None


def ranks_named(words: str) -> bool:
    """Whether the words name a test of ranks, or a transformation before the test."""
    return _RANKS.search(words) is not None


def pairs_named(words: str) -> bool:
    """Whether the words name a test that does not compare the arms as they are printed: paired, repeated, of
    interaction or trend, of survival, corrected for multiple tests."""
    return _PAIRED.search(words) is not None


@lru_cache(maxsize=4096)
def marks(notes: str, column: str) -> str:
    """The note marks of a record at this column, joined."""
    return "".join(match["mark"].strip() for match in _MARK.finditer(notes) if match["column"] == column)
