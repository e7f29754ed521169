"""The end of a table's head, and the columns that its cells span. Lines of dashes are rules."""

from collections.abc import Callable

import pytest

from extract.page.lines import Phrase
from extract.page.words import Word
from extract.tables.grid.grid import read_grid
from extract.tables.grid.head.cells import share_columns
from extract.tables.grid.head.length import head_length
from extract.tables.region import Region

Regard = Callable[[str], Region]
BODY = """
Gender    Male vs. female    1.31 (0.69–2.50)    0.412    0.74 (0.27–2.04)    0.554
Age       Below vs. above    0.53 (0.26–1.06)    0.071    0.72 (0.26–2.04)    0.541
Stage     Local vs. other    0.59 (0.31–1.12)    0.108    0.68 (0.25–1.89)    0.464
"""
RULE = "-" * 83


@pytest.fixture
def head(regard: Regard) -> Callable[..., list[list[str]]]:
    """head(picture, body): the head rows of a drawn table, with its rules."""

    def make(picture: str, body: str = BODY) -> list[list[str]]:
        return [list(row.texts) for row in read_grid(regard(picture.strip("\n") + body)).head]

    return make


@pytest.mark.parametrize(
    ("picture", "length"),
    [
        ("Event    Any grade\n----------------\nAnemia   8 (15.7)\nRash     7 (13.7)", 1),
        ("Event    Any grade\nAnemia   8 (15.7)\nRash     7 (13.7)", 1),
        ("Event    Any grade\n         n (%)\nAnemia   8 (15.7)\nRash     7 (13.7)", 2),
        ("Event    Any grade\n         (n = 51)\nAnemia   8 (15.7)\nRash     7 (13.7)", 2),
        ("*Event    *Any *grade\nAnemia    not seen\nRash      seen in 7", 1),
        ("*Event    *Any *grade\n*Gastric\nNausea    not seen\nRash      seen in 7", 1),
        ("Event    Any grade\nGastric\n  Nausea  8 (15.7)\n  Rash    7 (13.7)", 1),
    ],
    ids=[
        "rule",
        "first numbers",
        "two lines",
        "size of the arm",
        "bold",
        "bold section below it",
        "section below it",
    ],
)
def test_the_head_ends_above_the_first_row(picture: str, length: int, regard: Regard) -> None:
    assert head_length(regard(picture)) == length


def test_a_head_that_is_repeated_on_the_next_page_is_known_by_its_words(regard: Regard) -> None:
    words = frozenset(["Event", "Any", "grade"])
    assert head_length(regard("Event    Any grade\nAnemia   not seen\nRash     seen"), words) == 1
    assert head_length(regard("Anemia   8 (15.7)\nRash     7 (13.7)"), words) == 0


SPANNED = [
    ["Name", "Category", "PFS", "", "OS", ""],
    ["", "", "HR (95% CI)", "P", "HR (95% CI)", "P"],
]


def test_spanning_heads_over_their_rules(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
Name      Category           PFS                          OS
                             -------------------------    -------------------------
                             HR (95% CI)         P        HR (95% CI)         P
{RULE}"""
    assert head(picture) == SPANNED


def test_heads_of_one_column_beside_the_lower_level_over_rules(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
                             PFS                          OS
                             -------------------------    -------------------------
Name      Category           HR (95% CI)         P        HR (95% CI)         P
{RULE}"""
    assert head(picture) == [
        ["", "", "PFS", "", "OS", ""],
        ["Name", "Category", "HR (95% CI)", "P", "HR (95% CI)", "P"],
    ]


@pytest.mark.parametrize("rule", ["", f"\n{RULE}"], ids=["without rules", "over the rule of the head"])
def test_spanning_heads_in_the_middle_of_their_columns(rule: str, head: Callable[..., list[list[str]]]) -> None:
    picture = """
Name      Category                      PFS                          OS
                             HR (95% CI)         P        HR (95% CI)         P"""
    assert head(picture + rule) == SPANNED


def test_a_wrapped_head_is_one_cell(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
Name      Category of        HR (95% CI)         P        HR (95% CI)         P
          patients           of PFS                       of OS
{RULE}"""
    assert head(picture) == [["Name", "Category of patients", "HR (95% CI) of PFS", "P", "HR (95% CI) of OS", "P"]]


def test_heads_that_are_set_close_are_two_where_each_stands_over_its_column(
    head: Callable[..., list[list[str]]],
) -> None:
    body = """
Gender              25 (49.0)    11    33 (64.7)
Age                 26 (51.0)    10    18 (35.3)
Stage               12 (23.5)    15    12 (23.5)
"""
    picture = f"""
Name                Any grade n 3-4 n  Total
{"-" * 48}"""
    assert head(picture, body) == [["Name", "Any grade n", "3-4 n", "Total"]]


def test_heads_of_three_levels(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
Name      Category           Survival
                             ------------------------------------------------------
                             PFS                          OS
                             -------------------------    -------------------------
                             HR (95% CI)         P        HR (95% CI)         P
{RULE}"""
    assert head(picture) == [
        ["Name", "Category", "Survival", "", "", ""],
        ["", "", "PFS", "", "OS", ""],
        ["", "", "HR (95% CI)", "P", "HR (95% CI)", "P"],
    ]


def test_heads_under_one_spanner_stand_on_the_line_of_heads_under_two(head: Callable[..., list[list[str]]]) -> None:
    """Table 2 of PMC5056957: only one of its spanners has a second spanner below it."""
    picture = f"""
Name      Category           PFS                          OS
                             -------------------------    -------------------------
                                                          All patients
                                                          -------------------------
                             HR (95% CI)         P        HR (95% CI)         P
{RULE}"""
    assert head(picture) == [
        ["Name", "Category", "PFS", "", "OS", ""],
        ["", "", "", "", "All patients", ""],
        ["", "", "HR (95% CI)", "P", "HR (95% CI)", "P"],
    ]


def test_wrapped_heads_beside_those_under_two_spanners(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
                             PFS                          OS
                             -------------------------    -------------------------
                             All patients
                             -------------------------
Name      Category           HR                  P        HR                  P
                             (95% CI)                     (95% CI)
{RULE}"""
    assert head(picture) == [
        ["", "", "PFS", "", "OS", ""],
        ["", "", "All patients", "", "", ""],
        ["Name", "Category", "HR (95% CI)", "P", "HR (95% CI)", "P"],
    ]


def test_a_head_above_the_line_of_lower_heads_keeps_its_level(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
Name      Category           PFS                          OS
                             -------------------------    -------------------------
                             HR (95% CI)         P        All patients
                                                          -------------------------
                                                          HR (95% CI)         P
{RULE}"""
    assert head(picture)[1:] == [
        ["", "", "HR (95% CI)", "P", "All patients", ""],
        ["", "", "", "", "HR (95% CI)", "P"],
    ]


def test_two_lines_of_a_spanning_head_are_one_cell(head: Callable[..., list[list[str]]]) -> None:
    picture = f"""
Name      Category           Survival without             Survival of all
                             progression                  patients
                             -------------------------    -------------------------
                             HR (95% CI)         P        HR (95% CI)         P
{RULE}"""
    assert head(picture)[0] == ["Name", "Category", "Survival without progression", "", "Survival of all patients", ""]


def test_a_lone_label_above_the_first_numbers_is_a_section_not_a_head(head: Callable[..., list[list[str]]]) -> None:
    assert head("Name      Category           HR (95% CI)         P        HR (95% CI)         P\nTumour") == [
        ["Name", "Category", "HR (95% CI)", "P", "HR (95% CI)", "P"]
    ]


def test_many_heads_over_many_columns_are_shared_out_at_once() -> None:
    """20 spanning heads over 40 columns have 70 thousand million ways to share them."""
    spans = [(20.0 * i, 20.0 * i + 15) for i in range(40)]
    heads = [Phrase((word_at(40.0 * i + 12, 40.0 * i + 22),)) for i in range(20)]
    shared = share_columns(heads, range(40), spans)
    assert shared == [[2 * i, 2 * i + 1] for i in range(20)]


def word_at(x0: float, x1: float) -> Word:
    return Word("Arm", x0, 0.0, x1, 8.0, 8.0, "Sans")
