"""What the text quotes against tables and plots: slips are found, true sentences are silent."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base.printed import parse_printed
from validations.checks.claims.companions import heterogeneity_in_text_is_not_that_of_its_plot as heterogeneity
from validations.checks.claims.companions import p_in_text_is_not_that_of_its_row as p_of_row
from validations.checks.claims.intervals import interval_differs_between_sections as between_sections
from validations.checks.claims.intervals import interval_in_text_has_another_number as intervals
from validations.checks.claims.intervals import pooled_value_is_not_that_of_its_plot as pooled
from validations.checks.claims.pairs import compared_value_is_not_that_of_its_arm as pairs
from validations.manual.examples import example_table, sheets
from validations.registry import Answer, Fault, NotCheckable
from validations.tables import Paper

Check = Callable[[Paper], Iterator[Answer]]
HEAD = "claims: claims\nrow  section  text  measure  subject  versus  value  unit  ci_low  ci_high  p  cites\n"
TABLE = """
table2: results
row  cell  outcome   arm   statistic   measure  estimate  ci_low  ci_high  p
1    2     Weight    Diet  difference  MD       -0.62     -1.21   -0.03    -
1    3     Weight    -     p           -        -         -       -        0.039
2    2     Height    Diet  difference  MD       0.41      0.12    0.70     -
2    3     Height    -     p           -        -         -       -        0.006
3    2     Survival  Diet  effect      HR       1.902     -       -        -
3    3     Survival  Diet  effect      HR       -         0.696   5.198    -
"""
ONE_LINE = "table2: results\nrow  cell  outcome  statistic  measure  estimate  ci_low  ci_high"
PLOT = """
fig3: forest
kind           label  measure  estimate  ci_low  ci_high  i2  p
study          Alva   OR       3.70      1.15    11.91    -   -
study          Boro   OR       32.45     1.78    592.10   -   -
overall        Total  OR       12.98     3.31    50.93    -   -
heterogeneity  -      OR       -         -       -        84  0.001
"""


def answers(check: Check, lines: str, tables: str) -> list[Answer]:
    found = [example_table(sheet) for sheet in sheets(f"{HEAD}{lines.strip()}\n\n{tables.strip()}")]
    return list(check(Paper({table.name: table for table in found})))


def claim(value: str, low: str, high: str, **more: str) -> str:
    """A line of HEAD."""
    names = {"section": "results", "text": f"it was {value}", "measure": "mean_difference", "subject": "weight"}
    stated = {**names, "value": value, "ci_low": low, "ci_high": high, **more}
    columns = ("section", "text", "measure", "subject", "versus", "value", "unit", "ci_low", "ci_high", "p", "cites")
    return "  ".join(["1", *(stated.get(name) or "-" for name in columns)])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (claim("-0.62", "-1.21", "-0.03"), type(None)),
        (claim("-0.6", "-1.2", "-0.0"), type(None)),
        (claim("-0.62", "-1.21", "0.03"), Fault),
        (claim("-0.62", "-1.12", "-0.03"), NotCheckable),  # too few equal digits
        (claim("-0.26", "-1.21", "-0.03", subject="pain"), NotCheckable),
        (claim("-0.26", "-1.21", "-0.03", subject="pain", cites="table2"), Fault),
        (claim("-0.26", "-1.21", "-0.03"), Fault),  # the row is named
        (claim("-0.62", "-1.21", "0.03", subject="pain"), Fault),  # only the sign is lost
        (claim("-0.62", "-1.21", "-0.01"), NotCheckable),  # one study less changes a limit as much
        (claim("-0.62", "-1.21", "0.03", subject="weight after exclusion of one"), NotCheckable),
        (claim("1.902", "0.696", "5.198", measure="hazard_ratio"), type(None)),  # in two cells of the table
        (claim("1.902", "0.669", "5.198", measure="hazard_ratio"), Fault),
        (claim("0.41", "0.12", "0.70", measure="smd"), type(None)),
    ],
)
def test_a_line_is_known_by_two_of_its_numbers(line: str, kind: type) -> None:
    (answer,) = answers(intervals, line, TABLE)
    assert isinstance(answer, kind), answer


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (claim("10.61", "2.71", "41.54", measure="odds_ratio", cites="fig3"), Fault),
        (claim("13.0", "3.3", "50.9", measure="odds_ratio", cites="fig3"), type(None)),
        (claim("10.61", "2.71", "41.54", measure="odds_ratio", cites="fig3", subject="random effects"), NotCheckable),
        (claim("13.1", "3.3", "51.4", measure="odds_ratio", cites="fig3"), NotCheckable),
    ],
)
def test_the_pooled_value_of_a_cited_plot(line: str, kind: type) -> None:
    (answer,) = answers(pooled, line, PLOT)
    assert isinstance(answer, kind), answer


@pytest.mark.parametrize(
    "line",
    [
        claim("10.61", "2.71", "41.54", measure="odds_ratio"),  # cites nothing
        claim("10.61", "2.71", "41.54", measure="odds_ratio", cites="fig3;table2"),
        claim("10.61", "2.71", "41.54", measure="risk_ratio", cites="fig3"),
        claim("10.61", "2.71", "41.54", measure="odds_ratio", cites="fig4"),
    ],
)
def test_a_plot_that_may_not_be_meant(line: str) -> None:
    assert answers(pooled, line, PLOT) == []


@pytest.mark.parametrize(
    ("i2", "p", "kind"),
    [
        ("84", "-", type(None)),
        ("83", "-", type(None)),
        ("48", "-", Fault),
        ("84", "<0.01", type(None)),
        ("84", "0.1", Fault),
    ],
)
def test_heterogeneity_of_the_pooled_line_before(i2: str, p: str, kind: type) -> None:
    line = claim("12.98", "3.31", "50.93", measure="odds_ratio")
    second = f"2  results  I2 was {i2}  i2  -  -  {i2}  %  -  -  {p}  -"
    (answer,) = answers(heterogeneity, f"{line}\n{second}", PLOT)
    assert isinstance(answer, kind), answer


@pytest.mark.parametrize(
    ("p", "kind"),
    [("0.039", type(None)), ("0.04", type(None)), ("<0.05", type(None)), ("0.39", Fault), ("<0.01", Fault)],
)
def test_the_p_value_of_the_row(p: str, kind: type) -> None:
    (answer,) = answers(p_of_row, claim("-0.62", "-1.21", "-0.03", p=p), TABLE)
    assert isinstance(answer, kind), answer


@pytest.mark.parametrize(
    ("values", "p", "label", "kind"),
    [
        (("17.2", "21.8"), "0.021", "rash", type(None)),
        (("21.8", "17.2"), "0.021", "rash", type(None)),
        (("22", "17"), "0.02", "rash", type(None)),
        (("17.2", "12.8"), "0.021", "rash", Fault),
        (("12.7", "21.8"), "0.021", "rash", Fault),
        (("17.2", "21.8"), "0.21", "rash", Fault),
        (("17.2", "12.8"), "0.021", "cough", NotCheckable),
        (("17.2", "12.8"), "0.021", "drug-related rash", Fault),
        (("5.1", "12.8"), "0.021", "rash", NotCheckable),  # a P alone is near many rows
    ],
)
def test_two_groups_are_two_arms(values: tuple[str, str], p: str, label: str, kind: type) -> None:
    table = """
    table3: results
    row  cell  outcome  arm      statistic  n   percent  p
    1    2     Rash     Drug     count      11  17.2     -
    1    3     Rash     Placebo  count      18  21.8     -
    1    4     Rash     -        p          -   -        0.021
    """.replace("\n    ", "\n")
    text = f"{label} {values[0]} vs. {values[1]}"
    lines = [
        f"{row}  results  {text}  percent  {label}  -  {value}  %  -  -  {p}  -"
        for row, value in enumerate(values, start=1)
    ]
    (answer,) = answers(pairs, "\n".join(lines), table)
    assert isinstance(answer, kind), answer


@given(
    st.decimals("-5", "5", places=4),
    st.decimals("0.05", "3", places=4),
    st.decimals("0.05", "3", places=4),
    st.integers(1, 3),
)
@settings(max_examples=20, deadline=None)
def test_a_line_that_is_rounded_for_the_text_is_silent(
    value: object, below: object, above: object, places: int
) -> None:
    numbers = [float(str(value)), float(str(value)) - float(str(below)), float(str(value)) + float(str(above))]
    printed = [f"{number:.3f}" for number in numbers]
    stated = [f"{parse_printed(text).value:.{places}f}" for text in printed]
    table = f"{ONE_LINE}\n1  2  Pain  difference  MD  {'  '.join(printed)}"
    found = [*answers(intervals, claim(*stated), table), *answers(between_sections, claim(*stated), table)]
    assert not any(isinstance(answer, Fault) for answer in found), (printed, stated)


@pytest.mark.parametrize("place", range(3))
def test_every_changed_digit_that_arithmetic_allows_is_found(place: int) -> None:
    numbers, missed = ["1.243", "1.067", "1.448"], []
    table = f"{ONE_LINE}\n1  2  Death  effect  HR  {'  '.join(numbers)}"
    for position, digit in product((0, 2, 3, 4), "123456789"):
        changed = numbers[place][:position] + digit + numbers[place][position + 1 :]
        stated = [changed if index == place else number for index, number in enumerate(numbers)]
        if changed != numbers[place]:
            (answer,) = answers(intervals, claim(*stated, measure="hazard_ratio"), table)
            near = (
                abs(parse_printed(changed).value - parse_printed(numbers[place]).value) <= parse_printed("0.001").value
            )
            missed += [] if isinstance(answer, Fault) or near else [changed]
    assert missed == []


def test_sections_are_compared_where_no_table_has_the_interval() -> None:
    abstract = claim("0.741", "0.582", "0.951", section="abstract", measure="hazard_ratio")
    results = "2" + claim("0.741", "0.582", "0.851", measure="hazard_ratio")[1:]
    (answer,) = answers(between_sections, f"{abstract}\n{results}", TABLE)
    assert isinstance(answer, Fault)
    in_table = TABLE + "4  2  Death  Diet  effect  HR  0.741  0.582  0.951  -\n"
    assert answers(between_sections, f"{abstract}\n{results}", in_table.replace("\n\n", "\n")) == [None]
