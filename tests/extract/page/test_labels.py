"""Labels of tables: whole, as printed, and when two are the same."""

import pytest

from extract.page.labels import TABLE_CAPTION, label_key, split_continued, table_label


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Table S-4. Events", "Table S-4"),
        ("Table 3-1. Events", "Table 3-1"),
        ("Table S 4 Events", "Table S 4"),
        ("Table A.1 Events", "Table A.1"),
        ("Table B. Search terms", "Table B"),
        ("e-Table 3 Events", "e-Table 3"),
        ("TABLE IV Events", "Table IV"),
        ("T A B L E 2 Events", "Table 2"),
        ("SUPPLEMENTARY TABLE 3 | Events", "Supplementary Table 3"),
        ("Web appendix table 3: Events", "Web appendix table 3"),
        ("Extended Data Table 1 | Events", "Extended Data Table 1"),
        ("Additional file 1: Table S1. Events", "Additional file 1: Table S1"),
        ("Table (2): Events", "Table (2)"),
        ("Table 2-Year survival", "Table 2"),
        ("Table 2. 5-year survival", "Table 2"),
    ],
)
def test_labels_are_kept_whole(line: str, label: str) -> None:
    match = TABLE_CAPTION.match(line)
    assert match
    assert table_label(match) == label


@pytest.mark.parametrize(
    "text", ["Tables 2 and 3", "table 2. Most", "Table 20% of", "Tableware 2", "Exhibits 3", "Tab 3"]
)
def test_no_labels(text: str) -> None:
    assert TABLE_CAPTION.match(text) is None


def test_when_two_labels_are_the_same() -> None:
    same = [("Table S-4", "Table S4"), ("Table S.1", "TABLE S1"), ("Table 3–1", "Table 3-1"), ("Table (2)", "Table 2")]
    other = [
        ("Table 1", "Supplementary Table 1"),
        ("Table 3-1", "Table 31"),
        ("Table 1", "eTable 1"),
        ("Table 1.1", "Table 11"),
    ]
    assert all(label_key(one) == label_key(two) for one, two in same)
    assert not any(label_key(one) == label_key(two) for one, two in other)


@pytest.mark.parametrize(
    "text",
    [
        "Continuous variables",
        "Contents of the kits",
        "Continued treatment of adults",
        "Time to contact",
        "Arms A cont. B",
    ],
)
def test_titles_that_say_nothing_of_going_on(text: str) -> None:
    assert split_continued(text) == (text, False)
