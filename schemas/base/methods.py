"""Words for the method by which a P value or a difference was computed."""

import re
from collections.abc import Sequence

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
_ONE_SIDED = re.compile(r"\bone[- ](?:tailed|sided)\b|\bdirectional\b", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\badjust\w*|\bcorrected\b|\bcorrection\b|bonferroni|\bfdr\b|false discovery|benjamini|holm\b|tukey|dunn"
    r"|sid[aá]k|scheff|\bexact\b|fisher|monte carlo|permutation|bootstrap|greenhouse|huynh|\bHF\b|sphericity",
    re.IGNORECASE,
)
_NOT_OF_VALUES = re.compile(
    r"\bmedians?\b|\bmatched\b|\bhazards?\b|\bodds\b|\brisk ratio|\brelative risk|\brate ratio|\bconfidence\b"
    r"|\bsurviv\w+|kaplan|cumulative|actuarial|person-years|imput\w+|weight(?:ed|ing)\b|propensity|logistic"
    r"|multilevel|cluster\w*|bayes\w*|\bbaseline\b|\bbefore\b|\bpre-?(?:treatment|intervention|test|operative\w*)\b"
    r"|\bchange[ds]?\b|\b(?-i:HR|OR|RR|CI)\b",
    re.IGNORECASE,
)


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


def one_sided_named(words: str) -> bool:
    """Whether the words name a test with one tail."""
    return _ONE_SIDED.search(words) is not None


def correction_named(words: str) -> bool:
    """Whether the words name a correction of P values, or a P value that does not follow from the test statistic."""
    return _CORRECTED.search(words) is not None


def words_for_correction(text: str) -> tuple[str, ...]:
    """The words of a text by which a P value may differ from that of its test statistic: one-tailed, Bonferroni."""
    return _words_for((_ONE_SIDED, _CORRECTED), text)


def words_for_method(text: str) -> tuple[str, ...]:
    """The words of a text on how a P value was computed, and on values that are no plain counts or means of two
    independent groups."""
    return _words_for((_ONE_SIDED, _ADJUSTED, _RANKS, _PAIRED, _CORRECTED, _NOT_OF_VALUES), text)


def _words_for(methods: Sequence[re.Pattern[str]], text: str) -> tuple[str, ...]:
    """Each word once, in order, without parts of others and without the signs that divide notes."""
    spans = sorted({match.span() for method in methods for match in method.finditer(text)})
    whole = [(i, k) for i, k in spans if not any(j <= i and k <= m and (i, k) != (j, m) for j, m in spans)]
    return tuple(dict.fromkeys(re.sub(r"[,;:]", " ", text[start:end]).strip() for start, end in whole))
