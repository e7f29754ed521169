from collections.abc import Callable

import pytest

from extract.cards.card import CardColumn
from extract.errors import ExhibitError
from extract.records.heads import head_similarity, match_columns
from extract.tables.heads import head_paths
from extract.tables.table import PrintedTable


def columns(*heads: str) -> list[CardColumn]:
    return [CardColumn(head, (), ()) for head in heads]


@pytest.mark.parametrize(
    "heads",
    [
        [["Characteristic", "Category", "PFS", "", "OS", ""], ["", "", "HR (95% CI)", "P", "HR (95% CI)", "P"]],
        [["", "", "PFS", "", "OS", ""], ["Characteristic", "Category", "HR (95% CI)", "P", "HR (95% CI)", "P"]],
        [["", "", "PFS", "", "OS", ""], ["Characteristic", "", "HR (95% CI)", "P", "HR (95% CI)", "P"]],
    ],
)
def test_a_spanning_head_counts_for_the_columns_under_it(
    heads: list[list[str]], table_of: Callable[..., PrintedTable]
) -> None:
    paths = head_paths(table_of("Table 2", heads, []).head)
    assert paths[0] == "Characteristic"
    assert paths[2:] == ["PFS / HR (95% CI)", "PFS / P", "OS / HR (95% CI)", "OS / P"]


def test_a_head_does_not_spread_to_a_column_that_has_none(table_of: Callable[..., PrintedTable]) -> None:
    heads = [["", "Best response", "", ""], ["", "CR", "PR", "Total"]]
    assert head_paths(table_of("Table 4", heads, []).head) == [
        "",
        "Best response / CR",
        "Best response / PR",
        "Best response / Total",
    ]


def test_columns_are_found_by_their_heads_wherever_they_stand() -> None:
    assert match_columns(["P", "HR (95%CI)", "Event"], columns("Event", "HR (95% CI)", "p")) == ([2, 1, 0], [], [])


def test_the_same_heads_twice_are_taken_in_order() -> None:
    assert match_columns(["N", "N"], columns("N", "N")) == ([0, 1], [], [])


def test_a_head_that_differs_is_doubted() -> None:
    match = match_columns(["Study", "Female percentage"], columns("Study", "Female percent (%)"))
    assert match == ([0, 1], [1], [])


def test_a_head_in_other_words_is_told_from_a_similar_one() -> None:
    assert match_columns(["Study", "Responders"], columns("Study", "ORR (%)")) == ([0, 1], [], [1])


SURVIVAL = columns("Characteristic", "PFS / HR (95% CI)", "PFS / P", "OS / HR (95% CI)", "OS / P")


def test_heads_in_other_words_are_taken_in_order() -> None:
    measures = ("Hazard ratio (95% CI)", "P value")
    printed = [f"{group} survival / {name}" for group in ("Progression-free", "Overall") for name in measures]
    match = match_columns(["Variable", *printed], SURVIVAL)
    assert match.places == [0, 1, 2, 3, 4]
    assert sorted([*match.similar, *match.other]) == [0, 1, 2, 3, 4]


def test_similar_heads_in_another_order_are_placed_by_their_words() -> None:
    printed = ["Adverse event", "Grade 3-4 n", "Any grade n"]
    match = match_columns(printed, columns("Event", "Any grade, n (%)", "Grade 3-4, n (%)"))
    assert match == ([0, 2, 1], [0, 1, 2], [])
    assert match_columns(["Arm", "OS, median", "PFS, median"], columns("Arm", "Median PFS", "Median OS"))[0] == [
        0,
        2,
        1,
    ]
    assert match_columns(["Arm", "PFS, median", "OS, median"], columns("Arm", "Median PFS", "Median OS"))[0] == [
        0,
        1,
        2,
    ]
    assert match_columns(["", "Men", "Women"], columns("", "Male", "Female")).places == [0, 1, 2]


def test_heads_of_which_some_stand_in_another_order_are_refused() -> None:
    printed = ["Toxicity", "Serious", "Any grade"]
    with pytest.raises(
        ExhibitError, match=r"column 2 is headed 'Serious'.*; by their words the columns stand in another"
    ):
        match_columns(printed, columns("Event", "Any grade", "Grade 3-4"))


def test_a_column_too_few_is_refused() -> None:
    with pytest.raises(ExhibitError, match=r"read 1 columns \(Study\), the card maps 2 \(Study \| \(none\)\)"):
        match_columns(["Study"], columns("Study", ""))


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("HR (95%CI)", "HR (95% CI)", 1.0),
        ("N/A", "NA", 1.0),
        ("PFS / P", "P", 0.9),
        ("Female", "Female (%)", 0.7),
        ("", "Group", 0.7),
    ],
)
def test_likeness_of_heads(one: str, other: str, likeness: float) -> None:
    assert head_similarity(one, other) == head_similarity(other, one) == likeness
