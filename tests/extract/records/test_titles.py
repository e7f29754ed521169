from typing import Any

import pytest

from extract.cards.loading import parse_card
from extract.records.names import distinguishing_heads, titles


def exhibit(schema: str, *read: str, unread: tuple[str, ...] = ()) -> dict[str, Any]:
    fields = {"characteristics": ("label", "n", "percent"), "responders": ("subtype", "msi", "tmb")}[schema]
    columns = [{"head": head, "reads": name} for head, name in zip(("", *read), fields, strict=False)]
    columns += [{"head": head, "reads": "-"} for head in unread]
    return {"label": "Table 1", "schema": schema, "rows": 1, "columns": columns}


def named(**exhibits: dict[str, Any]) -> dict[str, str]:
    card = {"doi": "10.1000/x", "citation": "x", "licence": "x", "exhibits": exhibits}
    return titles(parse_card("smith2026", card).exhibits)


def test_exhibits_of_one_label_are_called_by_what_each_reads() -> None:
    first, second = exhibit("characteristics", "3 h", unread=("20 h",)), exhibit("characteristics", "20 h")
    assert named(table1a=first, table1b=second) == {"table1a": "Table 1: 3 h", "table1b": "Table 1: 20 h"}
    assert named(table1=first) == {"table1": "Table 1"}
    assert named(table1=first, table1_msi=exhibit("responders", "MSI")) == {
        "table1": "Table 1",
        "table1_msi": "Table 1",
    }
    assert named(table1a=first, table1b=first) == {"table1a": "Table 1: table1a", "table1b": "Table 1: table1b"}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([["", "3 h group"], ["", "20 h group"]], ["3 h group", "20 h group"]),
        ([["A / Any", "A / 3-4"], ["B / Any", "B / 3-4"]], ["A", "B"]),
        ([["Any / A", "3-4 / A"], ["Any / B", "3-4 / B"]], ["A", "B"]),
        ([["Tea / Studies"], ["Coffee / Studies"]], ["Tea", "Coffee"]),
        ([["Before / A"], ["Before / B"], ["After / A"]], ["Before / A", "Before / B", "After / A"]),
        ([["A", "%, A"], ["B", "%, B"]], ["A, %, A", "B, %, B"]),
        ([["A"], ["A", "B"]], ["", "B"]),
    ],
)
def test_what_tells_heads_apart(groups: list[list[str]], expected: list[str]) -> None:
    assert distinguishing_heads(groups) == expected
