"""P values that the text states with counts or means: those of a usual test never fire, those far from all do."""

from collections.abc import Iterator
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from extract.claims.claim import Paragraph
from extract.claims.frame import claim_rows
from extract.claims.statements import claims_in
from validations.checks.p_values.stated import stated_p_not_of_counts, stated_p_not_of_means
from validations.inputs.curated import table_from_frame
from validations.registry import Fault, NotCheckable
from validations.tables import Paper

CHECKS = {"TST007": stated_p_not_of_counts, "TST008": stated_p_not_of_means}


def judged(code: str, *sentences: str) -> list[str]:
    claims = [claim for sentence in sentences for claim in claims_in(Paragraph("results", sentence))]
    paper = Paper({"claims": table_from_frame("claims", "claims", pd.DataFrame(claim_rows(claims)))})
    found = CHECKS[code](paper)
    return [
        "fault" if isinstance(each, Fault) else each.why if isinstance(each, NotCheckable) else "" for each in found
    ]


def counts_in_words(n: int, total: int, m: int, other: int, p: str) -> str:
    return f"Response was {n}/{total} ({100 * n / total:.0f} %) vs {m}/{other} ({100 * m / other:.0f} %), p {p}."


def usual_p(n: int, total: int, m: int, other: int) -> Iterator[float]:
    table = [[n, m], [total - n, other - m]]
    if 0 < n + m < total + other:
        yield stats.chi2_contingency(table, correction=False).pvalue
        yield stats.chi2_contingency(table, correction=True).pvalue
        yield stats.fisher_exact(table).pvalue


def test_no_usual_p_of_counts_fires() -> None:
    for n, total, m, other in product((1, 12), (21, 40), (2, 15), (16,)):
        for p in usual_p(n, total, m, other):
            for text in (f"= {p:.2f}", f"= {p:.3f}", "< 0.05" if p < 0.05 else "> 0.05"):
                assert "fault" not in judged("TST007", counts_in_words(n, total, m, other, text)), (
                    n,
                    total,
                    m,
                    other,
                    text,
                )


@settings(max_examples=25, deadline=None)
@given(st.integers(10, 300), st.integers(10, 300), st.floats(0, 1), st.floats(0, 1), st.integers(2, 4))
def test_no_p_of_chi_square_or_fisher_fires(total: int, other: int, share: float, second: float, decimals: int) -> None:
    n, m = round(total * share), round(other * second)
    for p in list(usual_p(n, total, m, other))[:3]:
        text = f"< {10.0**-decimals:.{decimals}f}" if p < 10.0**-decimals else f"= {p:.{decimals}f}"
        assert "fault" not in judged("TST007", counts_in_words(n, total, m, other, text))


@pytest.mark.parametrize("p", ["= 0.007", "= 0.3", "< 0.01", "= 0.9"])
def test_p_far_from_all_tests_of_counts_fires(p: str) -> None:
    assert judged("TST007", counts_in_words(86, 125, 78, 133, p)) == ["fault"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Response was 86/125 (69 %) vs 78/133 (59 %), adjusted p = 0.007.",
        "Response was 86/125 (69 %) vs 78/133 (59 %), log-rank p = 0.007.",
        "Compared with matched controls, 86/125 (69 %) vs 78/133 (59 %) responded (p = 0.007).",
        "Response was 86/125 vs 78/133 (OR 1.6, 95% CI 1.1-2.3), p = 0.007.",
        "Response was 86/125 at baseline vs 78/125 at 6 months, p = 0.007.",
        "By month 6, 86/125 vs 78/125 had responded, p = 0.007.",  # perhaps the same patients
        "Of all patients, 86/125 vs 78/133 died, p = 0.02.",  # perhaps a test of survival
        "Response was 86/125 (65 %) vs 78/133 (59 %), p = 0.007.",  # 69 %
        "Response was 86/125 vs 78/133, p = 0.05.",  # near those of the usual tests
    ],
)
def test_other_analyses_are_not_judged(sentence: str) -> None:
    found = judged("TST007", sentence)
    assert "fault" not in found and "" not in found


def test_deaths_fire_only_far_from_all_tests() -> None:
    assert judged("TST007", "Of all patients, 86/125 vs 40/133 died, p = 0.9.") == ["fault"]


def test_if_most_comparisons_differ_another_test_was_used() -> None:
    wrong = [counts_in_words(80 + n, 125, 78, 133, "= 0.9") for n in (6, 7, 8)]
    assert "fault" not in judged("TST007", *wrong)
    right = [counts_in_words(86, 125, 78, 133, "= 0.09")] * 3
    assert judged("TST007", *wrong, *right).count("fault") == 3


@settings(max_examples=25, deadline=None)
@given(st.floats(20, 80), st.floats(-8, 8), st.floats(2, 9), st.floats(2, 9), st.integers(3, 200), st.integers(3, 200))
def test_no_t_test_fires(mean: float, gap: float, sd: float, sd2: float, n: int, m: int) -> None:
    for equal in (True, False):
        p = stats.ttest_ind_from_stats(mean, sd, n, mean + gap, sd2, m, equal_var=equal).pvalue
        text = "< 0.001" if p < 0.001 else f"= {p:.3f}"
        sentence = f"Mean age was {mean:.1f} ± {sd:.1f} (n = {n}) vs {mean + gap:.1f} ± {sd2:.1f} (n = {m}), p {text}."
        assert "fault" not in judged("TST008", sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Age was 54.2 ± 9.3 (n = 40) vs 55.1 ± 8.9 (n = 42), p = 0.001.", "fault"),
        ("Age was 54.2 ± 9.3 (n = 40) vs 64.1 ± 8.9 (n = 42), p = 0.6.", "fault"),
        ("Age was 54.2 ± 9.3 (n = 40) vs 55.1 ± 8.9 (n = 42), p = 0.4.", "the P value is near those"),
        ("Age was 54.2 ± 9.3 (n = 6) vs 64.1 ± 8.9 (n = 42), p = 0.6.", "tests of ranks"),
        ("Dose was 3.2 ± 4.3 (n = 40) vs 6.1 ± 8.9 (n = 42), p = 0.9.", "the values may be skewed"),
        ("Age was 54.2 ± 9.3 (n = 40) vs 64.1 ± 8.9 (n = 42), Mann-Whitney p = 0.6.", "the sentence may name"),
        ("Mean age was 54.2 (SE 1.3, n = 40) vs 55.1 (SE 1.2, n = 42), p = 0.9.", "the spread is a standard error"),
    ],
)
def test_means(sentence: str, expected: str) -> None:
    found = judged("TST008", sentence)
    assert len(found) == 1 and found[0].startswith(expected)
