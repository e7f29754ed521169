from typing import Any

import pytest

from extract.cards.loading import parse_card
from extract.errors import CardError

COUNT = {"reads": "n (percent)"}
BOTH = {"reads": ["n (percent)", "median (low–high)"], "statistic": ["count", "median_range"]}
OWN = 'name one of them "-" and read it in an exhibit of its own, a second [exhibits.NAME] with the same label and "-"'


def parse(schema: str, *columns: dict[str, Any], **others: Any) -> None:  # noqa: ANN401
    entry = {"label": "Table 1", "schema": schema, "rows": 1, "columns": list(columns), **others}
    parse_card("smith2026", {"doi": "10.1000/x", "citation": "x", "licence": "x", "exhibits": {"table1": entry}})


LABEL = {"head": "", "reads": "label"}
EVENT = {"head": "Event", "reads": "event"}
HR = {"reads": "hazard_ratio (ci_low–ci_high)"}


@pytest.mark.parametrize(
    ("schema", "columns"),
    [
        ("characteristics", [LABEL, {"head": "3 h", **COUNT, "statistic": "count"}, {"head": "20 h", "reads": "-"}]),
        ("characteristics", [LABEL, {"head": "N (%)", **BOTH}, {"head": "P", "reads": "-"}]),
        ("characteristics", [LABEL, {"head": "N", "reads": "n"}, {"head": "%", "reads": "percent"}]),
        (
            "characteristics",
            [
                LABEL,
                {"head": "N", "reads": "n", "statistic": "count"},
                {"head": "%", "reads": "percent", "statistic": "count"},
            ],
        ),
        ("adverse_events", [EVENT, {"head": "Any", **COUNT, "grade": "any"}, {"head": "3", **COUNT, "grade": "3"}]),
        (
            "hazard_ratios",
            [
                {"head": "", "reads": "characteristic"},
                {"head": "PFS", **HR, "outcome": "PFS"},
                {"head": "P", "reads": "p", "outcome": "PFS"},
                {"head": "OS", **HR, "outcome": "OS"},
                {"head": "P", "reads": "p", "outcome": "OS"},
            ],
        ),
    ],
)
def test_columns_that_fill_fields_or_records_of_their_own_are_no_clash(
    schema: str, columns: list[dict[str, Any]]
) -> None:
    parse(schema, *columns)


@pytest.mark.parametrize(
    ("schema", "columns", "message"),
    [
        (
            "characteristics",
            [LABEL, {"head": "3 h", **COUNT, "statistic": "count"}, {"head": "20 h", **COUNT, "statistic": "count"}],
            "exhibits.table1: columns 2 ('3 h') and 3 ('20 h') fill the same field of the same record (n, percent), "
            f"and only the last would be published: {OWN}",
        ),
        (
            "characteristics",
            [LABEL, {"head": "A", **BOTH}, {"head": "B", **BOTH}],
            "record (n, percent, median, low, high), and",
        ),
        (
            "characteristics",
            [LABEL, {"head": "3 h", **COUNT, "label": "3 h"}],
            f"columns 1 ('') and 2 ('3 h') fill the same field of the same record (label), and only the last would "
            f"be published: {OWN}",
        ),
        (
            "characteristics",
            [
                LABEL,
                {"head": "N", "reads": "n", "statistic": "count"},
                {"head": "Median", "reads": "median", "statistic": "median_range"},
            ],
            "(statistic), and only the last would be published: give it to one of them only",
        ),
        (
            "adverse_events",
            [EVENT, {"head": "A", **COUNT, "grade": "any"}, {"head": "B", **COUNT, "grade": "any"}],
            f"columns 2 ('A') and 3 ('B') fill the same field of the same record (n, percent), and only the last "
            f'would be published: give each a constant grade = "..." of its own, or {OWN}',
        ),
        (
            "adverse_events",
            [EVENT, {"head": "A", **COUNT, "grade": "any"}, {"head": "Total", "reads": "n"}],
            "columns 2 ('A') and 3 ('Total') fill the same field of the same record (n)",
        ),
    ],
)
def test_two_columns_for_one_field_of_one_record_are_refused(
    schema: str, columns: list[dict[str, Any]], message: str
) -> None:
    with pytest.raises(CardError) as error:
        parse(schema, *columns)
    assert message in str(error.value)


def test_headings_and_a_column_for_one_field_are_refused() -> None:
    columns = [{"head": "Group", "reads": "section"}, {"head": "Label", "reads": "label"}]
    with pytest.raises(CardError, match=r"column 1 \('Group'\) and the headings both fill section: leave out one"):
        parse("characteristics", *columns, headings="section")
    parse("characteristics", *columns)


def test_an_exhibit_of_which_nothing_is_read_is_refused() -> None:
    with pytest.raises(CardError, match=r"exhibits\.table1: nothing is read from any of its columns"):
        parse("characteristics", {"head": "", "reads": "-"})
