"""Redundant numbers: which relations hold, and what breaks them."""

import pytest

from tests.mutants.erring import Mutant
from tests.mutants.plot_relations import is_limit, is_odds_ratio, is_proportion
from tests.mutants.printing import table_of
from tests.mutants.redundancy import relations_of
from tests.mutants.relations import by_cell, contradicted, is_symmetric, is_walds_p
from validations.tables import Paper, Table


def broken(table: Table, row: int, column: str, text: str) -> set[str]:
    paper = Paper({table.name: table})
    relations = by_cell(relations_of(paper))
    return contradicted(relations, paper, Mutant(table.name, "digit changed", {(row, column): text}))


def sex(male: tuple[str, str], female: tuple[str, str]) -> Table:
    rows = [("Male", *male), ("Female", *female)]
    records = [{"section": "Sex", "label": label, "statistic": "count", "n": n, "percent": p} for label, n, p in rows]
    return table_of("table1", "characteristics", records, 51)


def test_a_count_is_contradicted_by_its_percentage_and_by_n() -> None:
    table = sex(("25", "49.0"), ("26", "51.0"))
    assert broken(table, 0, "n", "24") == {"count and percentage", "categories and N"}
    assert broken(table, 0, "percent", "49.1") == {"count and percentage"}
    assert broken(table, 0, "percent", "49") == set()


def test_what_the_paper_itself_contradicts_is_not_redundant() -> None:
    table = sex(("24", "49.0"), ("26", "51.0"))
    assert broken(table, 0, "n", "25") == set()
    assert broken(table, 1, "n", "25") == {"count and percentage"}


def test_a_percentage_over_either_printed_denominator_is_kept() -> None:
    group = {"group": "A", "n_total": "41", "n_evaluable": "41", "cr_n": "2", "cr_percent": "4.9", "na_n": "0"}
    table = table_of("table2", "responses", [group])
    assert broken(table, 0, "n_total", "43") == {"responses"}
    assert broken(table, 0, "cr_n", "3") == {"count and percentage"}


@pytest.mark.parametrize(
    ("texts", "holds"),
    [
        (("1.31", "0.69", "2.50"), True),
        (("1.32", "0.69", "2.50"), True),
        (("1.33", "0.69", "2.50"), False),
        (("0.01", "0.00", "0.08"), True),
        (("-1.31", "0.69", "2.50"), False),
    ],
)
def test_ratios_within_their_rounding(texts: tuple[str, ...], holds: bool) -> None:
    assert is_symmetric(texts) is holds


@pytest.mark.parametrize(
    ("texts", "holds"),
    [
        (("0.32", "0.16", "0.63", "0.001"), True),
        (("0.32", "0.16", "0.63", "0.01"), False),
        (("1.31", "0.69", "2.50", "0.412"), True),
        (("1.31", "0.69", "2.50", "0.214"), False),
        (("5.00", "3.00", "8.33", "<0.001"), True),
        (("1.00", "0.52", "1.95", "1"), True),
        (("1.00", "1.00", "1.00", "0.5"), True),
    ],
)
def test_p_within_the_rounding_of_the_interval(texts: tuple[str, ...], holds: bool) -> None:
    assert is_walds_p(texts) is holds


def test_numbers_of_studies() -> None:
    assert is_proportion(("1", "6", "40", "0.17"))
    assert is_proportion(("9", "40", "0.22"))
    assert is_proportion(("9", "40", "0.23"))
    assert not is_proportion(("7", "40", "0.19"))
    assert not is_proportion(("7", "0", "0.19"))
    assert is_limit("beta", 1, ("0", "42", "0.08"))
    assert not is_limit("beta", 0, ("43", "42", "0.08"))
    assert is_odds_ratio(0, ("10", "50", "5", "50", "2.25"))
    assert not is_odds_ratio(0, ("51", "50", "5", "50", "2.25"))


def test_a_count_of_a_plot_breaks_weights_and_pooled_line() -> None:
    rows = [
        ("Liu 2022", "30", "11", "0.37", "0.20", "0.56", "27.35"),
        ("Wilky 2019", "33", "13", "0.39", "0.23", "0.58", "30.04"),
        ("Cho 2024", "47", "19", "0.40", "0.26", "0.56", "42.60"),
    ]
    names = ("label", "total", "events", "estimate", "ci_low", "ci_high", "weight")
    records = [{"kind": "study", "group": "TKI", **dict(zip(names, row, strict=True))} for row in rows]
    pooled = dict(zip(("estimate", "ci_low", "ci_high"), ("0.39", "0.30", "0.49"), strict=True))
    line = {"kind": "subtotal", "group": "TKI", "label": "Subtotal", **pooled}
    table = table_of("fig5", "forest", [*records, line])
    assert broken(table, 0, "total", "33") >= {"events / total", "exact interval", "weight of a study"}
    assert broken(table, 0, "weight", "27.53") == {"weight of a study", "weights of a group"}
    assert broken(table, 3, "ci_high", "0.51") == {"pooled line"}
