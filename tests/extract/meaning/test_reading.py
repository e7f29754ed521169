"""What the cells of a table say: arms, outcomes, statistics and time points, as trials print them."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.meaning.reading import Meaning, meanings_of, meanings_of_paper
from extract.tables.table import Cell, PrintedTable, Row

Typed = Callable[..., PrintedTable]


def at(meanings: Sequence[Meaning], row: int, cell: str) -> Meaning:
    return next(meaning for meaning in meanings if (meaning.row, meaning.cell) == (row, cell))


def told(meaning: Meaning, *names: str) -> list[str]:
    return [meaning.texts[name] for name in names]


@pytest.fixture
def baseline(typed: Typed) -> list[Meaning]:
    table = typed(
        ["Characteristic | Placebo (n = 51) | Drug (n = 53) | P"],
        [
            "Age, years, mean (SD) | 54.2 (11.3) | 55.1 (10.9) | 0.68",
            "Sex, n (%) | | | 0.99",
            " Male | 24 (47.1) | 25 (47.2) |",
            " Female | 27 (52.9) | 28 (52.8) |",
            "Duration, months | 11 (1–57) | 8 (1–71) | < .001",
            "Prior therapy | 12/51 (23.5%) | — | NS",
        ],
        "Baseline characteristics",
    )
    return meanings_of(table)


def test_a_column_gives_its_arm_and_its_size(baseline: list[Meaning]) -> None:
    assert told(at(baseline, 1, "2"), "arm", "arm_n", "versus", "timepoint") == ["Placebo", "51", "", "Baseline"]
    assert told(at(baseline, 1, "4"), "arm", "versus", "arm_n") == ["Drug", "Placebo", ""]


def test_a_label_gives_the_statistic_and_the_unit(baseline: list[Meaning]) -> None:
    age = at(baseline, 1, "2")
    assert (age.statistic, age.values, age.texts["unit"]) == ("mean", {"mean": "54.2", "sd": "11.3"}, "years")
    assert age.evidence == "label: Age, years, mean (SD)"


def test_categories_stand_under_their_variable(baseline: list[Meaning]) -> None:
    male = at(baseline, 3, "3")
    assert told(male, "outcome", "level", "section") == ["Sex, n (%)", "Male", ""]
    assert (male.statistic, male.values) == ("count", {"n": "25", "percent": "47.2"})
    assert at(baseline, 2, "4").values == {"p": "0.99"}


def test_numbers_that_nothing_explains_are_values(baseline: list[Meaning]) -> None:
    parts = [at(baseline, 5, cell) for cell in ("2.1", "2.2", "2.3")]
    assert [(part.statistic, part.values) for part in parts] == [
        ("value", {"value": text}) for text in ("11", "1", "57")
    ]


def test_a_cell_without_a_number_keeps_its_sign(baseline: list[Meaning]) -> None:
    assert at(baseline, 6, "3").marks == ("—",)
    assert (at(baseline, 6, "4").statistic, at(baseline, 6, "4").values, at(baseline, 6, "4").marks) == (
        "p",
        {},
        ("NS",),
    )
    assert at(baseline, 6, "2").values == {"n": "12", "total": "51", "percent": "23.5"}


def test_notes_decide_between_percentages_and_standard_deviations_by_arithmetic(typed: Typed) -> None:
    table = typed(
        ["| A (n = 33) | B (n = 30)"],
        ["Age | 25 (10) | 27 (6)", "Men | 19 (58) | 18 (60)"],
        notes=["Data are presented as mean (SD) or n (%)."],
    )
    found = meanings_of(table)
    assert at(found, 1, "2").values == {"mean": "25", "sd": "10"}
    assert at(found, 2, "2").values == {"n": "19", "percent": "58"}


def test_a_comparison_with_interval_and_p_in_one_cell(typed: Typed) -> None:
    table = typed(
        ["| Placebo (n = 45) | Drug (n = 47) | Difference (95% CI) P value"],
        ["Score, mean (SE) | −7.5 (1.4) | −11.4 (1.3) | −3.94 (−7.77, −0.12) 0.044"],
    )
    cell = at(meanings_of(table), 1, "4")
    assert cell.statistic == "difference"
    assert cell.values == {"estimate": "-3.94", "ci_low": "-7.77", "ci_high": "-0.12", "ci_level": "95", "p": "0.044"}
    assert told(cell, "arm", "versus") == ["Drug", "Placebo"]


def test_heads_of_two_levels_are_population_and_arm(typed: Typed) -> None:
    table = typed(
        ["| Children | | Adolescents |", "| Placebo (n=42) | Drug (n=45) | Placebo (n=70) | Drug (n=67)"],
        ["Nausea, n (%) | 3 (7.1) | 4 (8.9) | 7 (10.0) | 9 (13.4)"],
    )
    found = meanings_of(table)
    assert told(at(found, 1, "4"), "arm", "population", "arm_n") == ["Placebo", "Adolescents", "70"]


def test_columns_may_be_time_points_of_arms(typed: Typed) -> None:
    table = typed(
        ["| Intervention (n=28) | | | Control (n=14) | |", "| Baseline | 6 months | P | Baseline | 6 months | P"],
        ["Days of wheeze, mean | 2.9 | 1.5 | 0.03 | 5.1 | 0.9 | 0.004"],
    )
    found = meanings_of(table)
    assert told(at(found, 1, "6"), "arm", "timepoint") == ["Control", "6 months"]
    assert told(at(found, 1, "4"), "arm", "versus") == ["Intervention", ""]


def test_rows_may_be_the_arms(typed: Typed) -> None:
    first = typed(["| FAT (n = 19) | CE (n = 19)"], ["Age, mean | 39.6 | 36.0"])
    second = typed(
        ["Score | n | Adjusted mean change (SE) from baseline | Difference in adjusted means | 95% CI | p"],
        ["FAT | 99 | -1.71 (0.12) | — | — | —", "CE | 101 | -1.88 (0.12) | 0.18 | -0.11 to 0.46 | 0.224"],
    )
    found = meanings_of_paper([first, second])[1]
    change = at(found, 2, "3")
    assert told(change, "arm", "outcome", "timepoint") == ["CE", "Score", "change from baseline"]
    assert (change.statistic, change.values) == ("mean", {"mean": "-1.88", "se": "0.12"})
    assert told(at(found, 2, "4"), "arm", "versus") == ["CE", "FAT"]
    assert at(found, 2, "5").values == {**{"measure": "MD", "ci_low": "-0.11", "ci_high": "0.46", "ci_level": "95"}}


def test_a_difference_may_be_the_control_less_the_arm(typed: Typed) -> None:
    table = typed(
        ["Score | n | Mean change (SE) | Difference (placebo-active) | 95% CI"],
        ["Placebo | 99 | -1.71 (0.12) | — | —", "Drug | 101 | -1.88 (0.12) | 0.18 | -0.11 to 0.46"],
    )
    found = meanings_of(table)
    assert [told(at(found, 2, cell), "arm", "versus") for cell in ("4", "5")] == [["Placebo", "Drug"]] * 2


def test_arms_in_a_second_stub_column(typed: Typed) -> None:
    table = typed(
        ["Outcome | Group | Baseline | Week 12"],
        ["Pain, mean ± SD | Placebo | 5.4 ± 2.6 | 4.1 ± 2.0", "| Drug (n = 22) | 5.7 ± 2.0 | 2.2 ± 1.1"],
    )
    found = meanings_of_paper([typed(["| Placebo (n = 21) | Drug (n = 22)"], ["Age, mean | 5 | 6"]), table])[1]
    assert told(at(found, 2, "4"), "outcome", "arm", "timepoint") == ["Pain, mean ± SD", "Drug", "Week 12"]


def test_a_head_further_down_heads_the_rows_below_it(typed: Typed) -> None:
    table = typed(
        ["Symptoms | Drug (n=28) Mean | Placebo (n=14) Mean"],
        [
            "Days of wheeze | 2.9 | 5.1",
            "Visits | Drug N (%) | Placebo N (%)",
            "Any visit | 5 (19.2) | 1 (7.1)",
        ],
    )
    found = meanings_of(table)
    assert at(found, 1, "2").statistic == "mean"
    visit = at(found, 2, "2")
    assert (visit.statistic, visit.texts["section"], visit.texts["outcome"]) == ("count", "Visits", "Any visit")


def test_a_label_of_two_groups_splits_two_counts(typed: Typed) -> None:
    found = meanings_of(typed(["| A (n = 24) | B (n = 28)"], ["Gender, male/female | 19/5 | 22/6"]))
    assert [at(found, 1, cell).values for cell in ("2.1", "2.2")] == [{"n": "19"}, {"n": "5"}]
    assert [at(found, 1, cell).texts["level"] for cell in ("2.1", "2.2")] == ["male", "female"]


def test_rows_whose_counts_add_to_the_row_above_are_its_parts(typed: Typed) -> None:
    table = typed(
        ["Event | A (N = 94) | B (N = 93)"],
        [
            "Anaemia | 7 (7.4) | 6 (6.5)",
            "Mild | 6 (6.4) | 5 (5.4)",
            "Severe | 1 (1.1) | 1 (1.1)",
            "Cough | 14 (14.9) | 15 (16.1)",
        ],
        "Patients with adverse events, n (%)",
    )
    found = meanings_of(table)
    assert told(at(found, 2, "2"), "section", "outcome") == ["Anaemia", "Mild"]
    assert told(at(found, 4, "2"), "section", "outcome") == ["", "Cough"]


_CELLS = st.one_of(
    st.sampled_from(["", "—", "NS", "Ref.", "n (%)", "Placebo", "12 (23.5)", "54.2 ± 11.3", "0.04", "1.2 (0.8–1.9)"]),
    st.text(alphabet="0123456789.,-±()/% <abc", max_size=12),
)


@given(st.lists(st.lists(_CELLS, min_size=4, max_size=4), min_size=2, max_size=6), st.integers(0, 1))
def test_every_cell_with_a_number_is_in_a_record(cells: list[list[str]], heads: int) -> None:
    rows = tuple(Row(tuple(Cell(" ".join(text.split())) for text in row)) for row in cells)
    table = PrintedTable("", "", (), heads, rows)
    found = meanings_of(table)
    assert len({(meaning.row, meaning.cell) for meaning in found}) == len(found)
    said = {(meaning.body_row, meaning.place) for meaning in found}
    kept = {meaning.body_row for meaning in found}
    for index in kept:
        for place, cell in enumerate(table.body[index].cells):
            assert not cell.text or (index, place) in said or place < min(meaning.place for meaning in found)


def test_a_year_behind_a_name_is_no_size(typed: Typed) -> None:
    table = typed(["Brand | Share (1996) | Share (1,997) | Drug (40)"], ["A | 14.9 | 16.5 | 3", "B | 12.8 | 13.9 | 4"])
    sizes = [at(meanings_of(table), 1, cell).texts["arm_n"] for cell in ("2", "3", "4")]
    assert sizes == ["", "1,997", "40"]
