"""A test statistic whose P value is right never fires, whatever the rounding; a wrong digit does."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from extract.claims.claim import Paragraph
from extract.claims.frame import claim_rows
from extract.claims.statements import claims_in
from validations.checks.p_values.statistics import p_not_of_statistic
from validations.inference.comparisons.statistics_and_p import PairOfStatistic
from validations.inference.comparisons.statistics_and_p import tested_pairs as pairs_of_paper
from validations.inputs.curated import table_from_frame
from validations.registry import Fault, NotCheckable
from validations.tables import Paper

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
Case = tuple[str, float, float]
"""The statistic with its degrees of freedom, its value and its P value, both unrounded."""


def judged(*sentences: str) -> list[str]:
    """What TST006 answers to a text: "fault", the reason why not, or ""."""
    claims = [claim for sentence in sentences for claim in claims_in(Paragraph("results", sentence))]
    return answers(pd.DataFrame(claim_rows(claims)), "claims", "claims")


def answers(frame: pd.DataFrame, name: str, schema: str) -> list[str]:
    paper = Paper({name: table_from_frame(name, schema, frame)})
    found = p_not_of_statistic(paper)
    return [
        "fault" if isinstance(each, Fault) else each.why if isinstance(each, NotCheckable) else "" for each in found
    ]


def printed(number: float, decimals: int, rule: str) -> str:
    return f"{Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), rule):f}"


def p_text(p: float, decimals: int, rule: str) -> str:
    least = 10.0**-decimals
    return f"< {least:.{decimals}f}" if p < least else f"= {printed(p, decimals, rule)}"


def cases(statistic: float, first: int, second: int) -> list[Case]:
    r = statistic / (second + statistic**2) ** 0.5
    return [
        (f"t({second})", statistic, 2 * stats.t.sf(abs(statistic), second)),
        (f"t{second}", -statistic, 2 * stats.t.sf(abs(statistic), second)),
        (f"F({first}, {second})", statistic**2, stats.f.sf(statistic**2, first, second)),
        (f"χ2({first}, N = {second})", statistic**2, stats.chi2.sf(statistic**2, first)),
        ("; z", statistic, 2 * stats.norm.sf(abs(statistic))),
        (f"r({second})", r, 2 * stats.t.sf(abs(statistic), second)),
        (f"r({second + 2})", r, 2 * stats.t.sf(abs(statistic), second)),
    ]


def pairs_of(sentences: list[str]) -> tuple[PairOfStatistic, ...]:
    claims = [claim for sentence in sentences for claim in claims_in(Paragraph("results", sentence))]
    return pairs_of_paper(Paper({"claims": table_from_frame("claims", "claims", pd.DataFrame(claim_rows(claims)))}))


def test_all_right_triples_of_a_grid_fit() -> None:
    grid = product((0.02, 1.9604, 2.349, 5.05), (1, 3), (3, 28), (2,), (2, 3), ROUNDINGS)
    sentences = [
        f"Men differed, {name} = {printed(value, decimals, rule)}, p {p_text(p, of_p, rule)}."
        for statistic, first, second, decimals, of_p, rule in grid
        for name, value, p in cases(statistic, first, second)
    ]
    found = pairs_of(sentences)
    assert len(found) > 0.95 * len(sentences)  # a correlation can be rounded to 1.00
    assert [(str(pair.statistic), pair.value.text, pair.p.text) for pair in found if not pair.fits] == []


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 6), st.integers(1, 12), st.integers(2, 400), st.integers(1, 3), st.integers(1, 4), st.data())
def test_no_right_triple_fires(
    statistic: float, first: int, second: int, decimals: int, of_p: int, data: st.DataObject
) -> None:
    rule = data.draw(st.sampled_from(ROUNDINGS))
    for name, value, p in cases(statistic, first, second):
        sentence = f"Men differed, {name} = {printed(value, decimals, rule)}, p {p_text(p, of_p, rule)}."
        assert set(judged(sentence)) <= {""}, sentence


def altered(text: str) -> list[str]:
    """The number with each of its digits replaced by one three greater."""
    return [f"{text[:i]}{(int(d) + 3) % 10}{text[i + 1 :]}" for i, d in enumerate(text) if d.isdigit()]


def test_a_wrong_digit_is_caught_where_it_matters() -> None:
    """Of the altered digits that leave no P value within rounding, nearly all are found."""
    caught = tried = 0
    for statistic, first, second in product((1.1, 2.2), (1, 2), (11, 60)):
        for name, value, p in cases(statistic, first, second)[:4:2]:
            text = printed(p, 3, ROUND_HALF_UP)
            for wrong in altered(text):
                if abs(float(wrong) - p) > 0.01 and float(wrong) <= 1:
                    tried += 1
                    caught += judged(f"Men differed, {name} = {printed(value, 2, ROUND_HALF_UP)}, p = {wrong}.") == [
                        "fault"
                    ]
    assert tried > 30 and caught >= 0.9 * tried


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("t(28) = 2.20, p = .018", "fault"),  # one-sided, and nothing says so
        ("t(28) = 2.20, one-tailed p = .018", ""),
        ("t(28) = 2.20, Bonferroni-corrected p = .11", "P may be corrected, or come from an exact test"),
        ("χ2(1) = 4.20, Fisher's exact p = .07", None),
        ("F(4, 80) = 3.20, p = .04", "P may be corrected for sphericity"),
        ("F(4, 80) = 3.20, p = .004", "fault"),  # no correction makes P smaller
        ("t(28) = 1.90, p < .05", "fault"),  # 0.068
        ("t(28) = 2.045, p < .05", ""),  # 0.0503: slightly different
        ("t(28) = 2.20, p > .05", "fault"),
        ("t(28) = 3.20, p < .05", ""),
        ("t(28) = 2.20, p = .35", "fault"),
    ],
)
def test_what_the_sentence_says_counts(printed: str, expected: str | None) -> None:
    assert judged(f"Men differed from women, {printed}.") == ([expected] if expected is not None else [])


def test_if_most_pairs_of_a_paper_differ_another_method_was_used() -> None:
    wrong = [f"Men differed, t(28) = 2.{digit}0, p = .3." for digit in (2, 3, 4)]
    assert set(judged(*wrong)) == {"most P values of the paper come from another method than their test statistics"}
    right = [f"Men differed, t(28) = 2.20, p = .0{digit}." for digit in (36, 36, 36)]
    assert judged(*wrong, *right).count("fault") == 3


def test_if_all_p_values_of_a_paper_are_halves_they_are_one_sided() -> None:
    halves = [f"Men differed, t({n}) = 2.20, p = {stats.t.sf(2.2, n):.3f}." for n in (12, 28, 45)]
    assert len(set(judged(*halves))) == 1 and "one-sided" in judged(*halves)[0]


def row(cell: str, **values: str) -> dict[str, str]:
    return {"row": "1", "cell": cell, "outcome": "Spans", **values}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([row("5", statistic="test", value="0.55", test="F(2, 22)"), row("7", statistic="p", p="0.758")], ["fault"]),
        ([row("5", statistic="test", value="0.55", test="F(2, 22)"), row("7", statistic="p", p="0.585")], [""]),
        ([row("5", statistic="test", value="0.55", test="ANOVA"), row("7", statistic="p", p="0.758")], []),
        ([row("5.1", statistic="test", value="0.55", test="F2,22", p="0.758")], ["fault"]),
        (
            [
                row("2", statistic="test", value="0.55", test="F(2, 22)"),
                row("3", statistic="p", p="0.585"),
                row("4", statistic="test", value="4.55", test="F(2, 22)"),
                row("5", statistic="p", p="0.022"),
            ],
            ["", ""],
        ),
        (  # which of the two P values belongs to the statistic is not known
            [
                row("2", statistic="test", value="0.55", test="F(2, 22)"),
                row("5", statistic="p", p="0.9"),
                row("6", statistic="p", p="0.8"),
            ],
            [],
        ),
        ([row("3", statistic="p", p="0.9"), row("5", statistic="test", value="0.55", test="F(2, 22)")], []),
    ],
)
def test_a_row_of_a_table_pairs_a_statistic_with_its_own_p(records: list[dict[str, str]], expected: list[str]) -> None:
    assert answers(pd.DataFrame(records).fillna(""), "table1", "results") == expected


def test_tested_pairs_need_a_probability() -> None:
    frame = pd.DataFrame([{"row": "1", "measure": "statistic", "value": "2.2", "p": "3.6", "notes": "p:t(28)"}])
    assert pairs_of_paper(Paper({"claims": table_from_frame("claims", "claims", frame)})) == ()
