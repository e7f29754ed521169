"""Which cells claims are compared with: hard cases in made-up papers."""

from collections.abc import Callable, Iterator

import pytest

from validations.checks.claims.cells import claim_differs_from_its_cell as cells
from validations.checks.claims.ratios import claimed_ratio_is_not_in_its_table as ratios
from validations.checks.claims.sections import claim_differs_between_sections as sections
from validations.manual.examples import example_table, sheets
from validations.registry import Answer, Fault, NotCheckable
from validations.tables import Paper

CELLS = """
fig2: forest, defines ES=effect_size ICI=checkpoint_inhibitor TKI=kinase_inhibitor, says Objective response
kind      group           label     measure     estimate  ci_low  ci_high
study     ICI + TKI       Alva      proportion  0.30      0.20    0.40
subtotal  ICI + TKI       Subtotal  proportion  0.28      0.18    0.40
study     ICI + chemo     Boro      proportion  0.20      0.10    0.30
subtotal  ICI + chemo     Subtotal  proportion  0.20      0.10    0.30

fig4: forest, defines ES=epithelioid_sarcoma, says Rates of objective response
kind      label  measure     estimate  ci_low  ci_high
subgroup  ES     proportion  0.31      0.15    0.50
subgroup  AS     proportion  0.25      0.14    0.50

table1: characteristics, N = 72
section             label                       n   percent
Metastasis present  Brain                       3   4.2
Subtype             Alveolar soft part sarcoma  6   8.3
ECOG performance    0–1                         28  38.9
"""
RATIOS = """
table3: hazard_ratios
outcome  characteristic   comparison  hazard_ratio  ci_low  ci_high
PFS      ECOG             0–1 vs. 2–3  0.31         0.16    0.61
OS       ECOG             0–1 vs. 2–3  0.34         0.12    1.00
"""


def answers(check: Callable[[Paper], Iterator[Answer]], lines: str, tables: str = "") -> list[Answer]:
    head = "claims: claims\nrow  section  text  measure  subject  comparator  value  unit  ci_low  ci_high\n"
    found = [example_table(sheet) for sheet in sheets(f"{head}{lines.strip()}\n\n{tables.strip()}".strip())]
    return list(check(Paper({table.name: table for table in found})))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1  results  four had  count  patients had brain metastases  =  4  patients  -  -", Fault),
        ("1  results  three had  count  patients had brain metastases  =  3  patients  -  -", type(None)),
        ("1  results  four had  count  patients had new brain metastases  =  4  patients  -  -", NotCheckable),
        ("1  results  of the 6  count  patients with ASPS  =  6  patients  -  -", type(None)),
        ("1  results  was 38.9 %  percent  ECOG PS of 0 or 1  =  38.9  %  -  -", type(None)),
        ("1  results  was 0.28  orr  ICI with a TKI  =  0.28  -  0.18  0.40", type(None)),
        ("1  results  was 28 %  orr  ICI with a TKI  =  28  %  0.18  0.40", type(None)),
        ("1  results  was 0.28  orr  ICI with a TKI  =  0.28  -  0.21  0.40", Fault),
        ("1  results  was 0.47  orr  ES, ICI plus chemo  =  0.47  -  -  -", NotCheckable),
        ("1  results  below 40 %  orr  AS and ES  <  40  %  -  -", type(None)),
        ("1  results  below 30 %  orr  AS and ES  <  30  %  -  -", Fault),
        ("1  results  was 31 %  orr  AS and ES  =  31  %  -  -", NotCheckable),
        ("1  results  above 30 %  orr  ES, ICI plus TKI  >  30  %  -  -", NotCheckable),
        ("1  results  it was 15 %  orr  ICI plus chemo  =  15  %  -  -", NotCheckable),
        ("1  results  was 0.09  orr  Without ICI plus chemo  =  0.09  -  -  -", NotCheckable),
    ],
)
def test_a_claim_and_the_cell_that_it_can_only_mean(line: str, kind: type) -> None:
    (answer,) = answers(cells, line, CELLS)
    assert isinstance(answer, kind), answer


def test_what_is_said_of_some_patients_is_not_compared_with_all() -> None:
    lines = """
    1  results  Of the 6 patients  count  patients with ASPS              =  6  patients  -  -
    2  results  five had brain     count  patients had brain metastases  =  5  patients  -  -
    """
    first, second = answers(cells, lines, CELLS)
    assert first is None
    assert isinstance(second, NotCheckable)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1  results  shortened PFS  hazard_ratio  ECOG 2-3 against 0-1  =  3.26  -  1.64  6.25", type(None)),
        ("1  results  longer PFS  hazard_ratio  ECOG 0-1  =  0.31  -  0.16  0.61", type(None)),
        ("1  results  shortened PFS  hazard_ratio  ECOG 2-3 against 0-1  =  3.26  -  1.94  6.25", Fault),
        ("1  results  shortened OS  hazard_ratio  ECOG 2-3 against 0-1  =  2.96  -  1.00  8.70", type(None)),
        ("1  results  shortened it  hazard_ratio  ECOG 2-3 against 0-1  =  9.99  -  1.00  8.70", NotCheckable),
        ("1  results  shortened PFS  hazard_ratio  age above 54  =  9.99  -  1.00  8.70", NotCheckable),
    ],
)
def test_a_ratio_is_that_of_a_line_or_its_reciprocal(line: str, kind: type) -> None:
    (answer,) = answers(ratios, line, RATIOS)
    assert isinstance(answer, kind), answer


def test_a_rate_in_percent_and_as_a_proportion_is_one() -> None:
    lines = """
    1  abstract    was 16 %   orr  LMS  =  16    %  -  -
    2  results     was 0.16   orr  LMS  =  0.16  -  -  -
    3  discussion  was 14 %   orr  LMS  =  14    %  -  -
    4  discussion  it was 9   orr  LMS  =  9     %  -  -
    """
    first, second, third = answers(sections, lines)
    assert first is None
    assert isinstance(second, Fault)
    assert isinstance(third, NotCheckable)


@pytest.mark.parametrize("subject", ["study", "24 weeks"])
def test_percentages_of_nothing_that_is_named_are_not_the_same(subject: str) -> None:
    lines = f"""
    1  results     was 16 %  percent  {subject}  =  16  %  -  -
    2  discussion  was 70 %  percent  {subject}  =  70  %  -  -
    """
    assert answers(sections, lines) == []


def test_one_count_out_of_two_numbers_is_no_contradiction() -> None:
    lines = """
    1  results     12 (32%)  percent  completed all sessions  =  32  %  -  -
    2  discussion  12 (30%)  percent  completed all sessions  =  30  %  -  -
    """
    assert [type(answer) for answer in answers(sections, lines)] == [Fault]
    head = "claims: claims\nrow  section  text  measure  subject  value  unit  n\n"
    counted = head + "\n".join(
        f"{row}  {section}  12 ({value}%)  percent  completed all sessions  {value}  %  12"
        for row, section, value in ((1, "results", 32), (2, "discussion", 30))
    )
    (table,) = (example_table(sheet) for sheet in sheets(counted))
    assert [type(answer) for answer in sections(Paper({"claims": table}))] == [NotCheckable]
