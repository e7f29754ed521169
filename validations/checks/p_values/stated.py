"""TST: P values in the text that no usual test gives from the counts or means before them."""

from collections.abc import Iterator

from validations.inference.comparisons.stated import StatedComparison, stated_comparisons
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import span_to_print
from validations.tables import Paper, Record

FEWEST_MISFITS = 3  # that show another method, if they are more than half of a paper's comparisons
LEAST_P_DECIMALS = 3  # of recomputed P values in messages
ANOTHER_METHOD = NotCheckable("usual tests do not explain most P values that the text states with counts or means")
NEAR = NotCheckable("the P value is near those of the usual tests: another test may give it")
ONE_SIDED = NotCheckable("all P values are half of those of the usual tests: they are one-sided")


@check("TST007", "unlikely")
def stated_p_not_of_counts(paper: Paper) -> Answers:
    """No usual test gives the P value that the text states from the counts that it compares.

    Why it matters
        The text states the counts of two groups with their totals and, right behind them, P. If no chi-square, exact
        or z test gives a P value near it, a count, a total or P is wrong. Sentences that name an adjusted, paired or
        other analysis are not checked, and of events over time only P values far from all tests are named.

    Fires on
        claims: claims
        row  section  text                  measure  subject   value  unit  n   total  p      notes
        1    results  86/125 (69 %) vs 78   percent  Response  69     %     86  125    0.007  p:compared
        2    results  78/133 (59 %), p      percent  Response  59     %     78  133    0.007  p:compared

    Silent on
        claims: claims
        row  section  text                  measure  subject   value  unit  n   total  p     notes
        1    results  86/125 (69 %) vs 78   percent  Response  69     %     86  125    0.09  p:compared
        2    results  78/133 (59 %), p      percent  Response  59     %     78  133    0.09  p:compared
        3    results  12/40 vs 8/40; p      count    Rash      12     -     12  40     0.3   -
        4    results  12/40 vs 8/40; p      count    Rash      8      -     8   40     0.3   -

    Not checkable on
        claims: claims
        row  section  text                  measure  subject   value  unit  n   total  p      notes
        1    results  86/125 (69 %) vs 78   percent  Response  69     %     86  125    0.007  p:compared, adjusted
        2    results  78/133 (59 %), p      percent  Response  59     %     78  133    0.007  p:compared, adjusted
    """
    yield from _judged(paper, "counts")


@check("TST008", "unlikely")
def stated_p_not_of_means(paper: Paper) -> Answers:
    """No t test gives the P value that the text states from the means that it compares.

    Why it matters
        The text states mean, standard deviation and number of patients of two groups and, right behind them, P. If the
        printed P is far from those of pooled and Welch's t tests, one of the numbers is wrong, or a standard error is
        printed as a standard deviation. Skewed values and small groups are not checked: tests of ranks are usual there.

    Fires on
        claims: claims
        row  section  text                 measure   value  n   sd   p      notes
        1    results  age 54.2 ± 9.3 (n    age_mean  54.2   40  9.3  0.001  p:compared
        2    results  vs 55.1 ± 8.9 (n =   age_mean  55.1   42  8.9  0.001  p:compared

    Silent on
        claims: claims
        row  section  text                 measure   value  n   sd   p     notes
        1    results  age 54.2 ± 9.3 (n    age_mean  54.2   40  9.3  0.65  p:compared
        2    results  vs 55.1 ± 8.9 (n =   age_mean  55.1   42  8.9  0.65  p:compared

    Not checkable on
        claims: claims
        row  section  text                 measure  value  n   sd   p      notes
        1    results  dose 3.1 ± 4.0 (n    mean     3.1    40  4.0  0.001  p:compared
        2    results  vs 4.0 ± 3.9 (n =    mean     4.0    42  3.9  0.001  p:compared
    """
    yield from _judged(paper, "means")


def _judged(paper: Paper, kind: str) -> Iterator[Answer]:
    stated = [each for each in stated_comparisons(paper) if each.kind == kind]
    tried = [each for each in stated if each.ranges and not each.why_not]
    misfits = [each for each in tried if not each.fits]
    another = len(misfits) >= FEWEST_MISFITS and 2 * len(misfits) > len(tried)
    one_sided = len(tried) > 1 and bool(misfits) and all(each.is_half for each in tried)
    for each in stated:
        if each.ranges and each.fits:
            yield None
        elif each.why_not:
            yield NotCheckable(each.why_not)
        elif one_sided or another:
            yield ONE_SIDED if one_sided else ANOTHER_METHOD
        else:
            yield _fault(each) if each.is_far else NEAR


def _fault(stated: StatedComparison) -> Fault:
    span = span_to_print(*stated.span, max(stated.p.decimals, LEAST_P_DECIMALS))
    tests = "the usual tests" if stated.kind == "counts" else "t tests"
    message = (
        f"{_in_words(stated.first)} and {_in_words(stated.second)} give P = {span} by {tests}, printed is {stated.p}"
    )
    shows = ("n", "total", "p") if stated.kind == "counts" else ("value", "sd", "n", "p")
    return Fault(message, span, stated.second, "p", shows, (stated.first,))


def _in_words(claim: Record) -> str:
    return (
        f"{claim['n']} of {claim['total']}"
        if claim["total"]
        else f"{claim['value']} ± {claim['sd']} (n = {claim['n']})"
    )
