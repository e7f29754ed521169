"""Ratios and differences of the running text: what a sentence may say in words, and what it repeats."""

from validations.checks.claims.own_counts import claimed_percent_not_from_count as own_counts
from validations.checks.effects.comparisons import ratio_printed_the_other_way as other_way
from validations.checks.effects.intervals import (
    estimate_outside_interval,
    interval_not_around_estimate,
    limits_reversed,
)
from validations.checks.effects.p_values import p_contradicts_interval, p_not_of_interval
from validations.manual.examples import example_table, sheets
from validations.registry import Answer, Fault, NotCheckable, Noted
from validations.tables import Paper, Table

HEAD = "claims: claims\nrow  section  text  measure  subject  value  unit  n  total  ci_low  ci_high  ci_level  p\n"


def claims(lines: str) -> Table:
    (sheet,) = sheets(HEAD + lines)
    return example_table(sheet)


def without_notes(answers: object) -> list[Answer]:
    return [answer for answer in answers if not isinstance(answer, Noted)]  # type: ignore[attr-defined]


def test_a_fall_of_so_much_has_a_negative_interval() -> None:
    table = claims("1  results  it fell by 0.6  value  HbA1c  0.6  -  -  -  -0.9  -0.3  -  -")
    (answer,) = estimate_outside_interval(table)
    assert isinstance(answer, NotCheckable)


def test_a_lost_digit_is_no_sign_in_words() -> None:
    table = claims("1  results  it was 6.2  value  HbA1c  6.2  -  -  -  -0.9  -0.3  -  -")
    (answer,) = estimate_outside_interval(table)
    assert isinstance(answer, Fault)


def test_a_p_value_is_no_estimate() -> None:
    assert (
        list(estimate_outside_interval(claims("1  results  P=.007  p  falls  .007  -  -  -  0.42  0.87  -  .007")))
        == []
    )


def test_an_interval_alone_can_be_reversed() -> None:
    lines = "1  results  95% CI 326  interval  falls  -  -  -  -  326.910  -40.758  95  0.01"
    (answer,) = limits_reversed(claims(lines))
    assert isinstance(answer, Fault)


def test_abstract_and_results_that_repeat_an_estimate_are_one_finding() -> None:
    lines = """\
1  abstract  RR 0.785 (0.580  risk_ratio  coffee  0.785  -  -  -  0.580  0.984  -  -
2  results   RR 0.785 (0.580  risk_ratio  coffee  0.785  -  -  -  0.580  0.984  -  -
3  results   RR 0.905 (0.754  risk_ratio  tea     0.905  -  -  -  0.754  1.088  -  -"""
    first, second = without_notes(interval_not_around_estimate(claims(lines)))
    assert isinstance(first, Fault)
    assert [record.row for record in first.also] == ["2"]
    assert second is None


def test_the_p_value_that_only_one_of_them_has_is_judged() -> None:
    lines = """\
1  abstract  HR 0.32 (0.16  hazard_ratio  ECOG  0.32  -  -  -  0.16  0.63  -  -
2  results   HR 0.32 (0.16  hazard_ratio  ECOG  0.32  -  -  -  0.16  0.63  -  0.412"""
    (answer,) = p_contradicts_interval(claims(lines))
    assert isinstance(answer, Fault)
    assert answer.record is not None
    assert answer.record.row == "2"


def test_the_level_of_the_interval_counts() -> None:
    line = "1  results  HR 0.60 (0.37  hazard_ratio  OS  0.60  -  -  -  0.37  0.97  {}  0.080"
    assert list(p_contradicts_interval(claims(line.format("90")))) == [None]
    (answer,) = p_contradicts_interval(claims(line.format("95")))
    assert isinstance(answer, Fault)


def test_p_values_that_are_all_half_are_one_sided() -> None:
    lines = """\
1  results  HR 0.72 (0.53  hazard_ratio  PFS  0.72  -  -  -  0.53  0.98  -  0.018
2  results  HR 0.80 (0.62  hazard_ratio  OS   0.80  -  -  -  0.62  1.03  -  0.042
3  results  HR 0.69 (0.50  hazard_ratio  TTP  0.69  -  -  -  0.50  0.95  -  0.012"""
    assert all(isinstance(answer, NotCheckable) for answer in p_not_of_interval(claims(lines)))
    assert all(isinstance(answer, NotCheckable) for answer in p_contradicts_interval(claims(lines)))


def test_one_p_value_that_is_half_among_others_is_found() -> None:
    lines = """\
1  results  HR 0.72 (0.53  hazard_ratio  PFS  0.72  -  -  -  0.53  0.98  -  0.018
2  results  HR 0.80 (0.62  hazard_ratio  OS   0.80  -  -  -  0.62  1.03  -  0.083
3  results  HR 0.69 (0.50  hazard_ratio  TTP  0.69  -  -  -  0.50  0.95  -  0.024"""
    assert [isinstance(answer, Fault) for answer in p_not_of_interval(claims(lines))] == [True, False, False]


def test_weighted_percentages_are_not_those_of_the_counts() -> None:
    lines = """\
1  results  132 of 1,024 (15.8%, weighted)  percent  women            15.8  %  132  1,024  -  -  -  -
2  results  132 of 1,024 women (15.8%)      percent  women            15.8  %  132  1,024  -  -  -  -"""
    first, second = own_counts(claims(lines))
    assert isinstance(first, NotCheckable)
    assert isinstance(second, Fault)


def test_a_sentence_that_repeats_a_table_is_no_exchanged_ratio() -> None:
    table = """
table1: results
row  cell  outcome               statistic  measure  estimate  ci_low  ci_high
1    2     Recurrence, 3 months  effect     RR       0.88      0.64    1.20
2    2     Recurrence, 6 months  effect     RR       1.14      0.84    1.55
"""
    line = "1  results  RR 0.88 (0.64  risk_ratio  recurrence  0.88  -  -  -  0.64  1.20  -  -"
    tables = [*map(example_table, sheets(table.strip())), claims(line)]
    found = list(other_way(Paper({one.name: one for one in tables})))
    assert found[-1] is None
