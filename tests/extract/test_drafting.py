import tomllib
from collections.abc import Callable

import pytest

from extract.cards import parse_card
from extract.drafting import draft
from extract.readers.table import Table

Make = Callable[..., Table]

EXPECTED = """
[exhibits.table2]  # page 1: Caption
label = "Table 2"
schema = "hazard_ratios"  # a guess
rows = 1
columns = [
  { head = "Characteristic", reads = "characteristic" },
  { head = "PFS / HR (95% CI)", reads = "hazard_ratio (ci_low–ci_high)", outcome = "PFS" },
  { head = "PFS / P", reads = "p", outcome = "PFS" },
]
"""


def test_a_draft_says_what_was_found_out(table_of: Make) -> None:
    heads = [["Characteristic", "PFS", ""], ["", "HR (95% CI)", "P"]]
    text = draft("A title", "10.1000/x", [table_of("Table 2", heads, [["Sex", "1.31 (0.69–2.50)", "0.412"]])])
    assert text.endswith(EXPECTED)
    assert (tomllib.loads(text)["doi"], tomllib.loads(text)["citation"]) == ("10.1000/x", "A title")


@pytest.mark.parametrize(
    ("heads", "body", "schema"),
    [
        ([["Characteristic", "N (%)"]], [["Sex", ""], ["Male", "44 (61.1)"]], "characteristics"),
        ([["TRAEs", "Any grade n (%)", "3/4 grade n (%)"]], [["Anemia", "8 (15.7)", "2 (3.9)"]], "adverse_events"),
        ([["Regimen", "CR", "PR", "Total"]], [["Mono", "2 (4.9)", "10 (24.4)", "41"]], "responses"),
    ],
)
def test_a_draft_is_a_card_once_the_licence_is_entered(
    heads: list[list[str]], body: list[list[str]], schema: str, table_of: Make
) -> None:
    text = draft("A title", "10.1000/x", [table_of("Table 1", heads, body)]).replace('licence = ""', 'licence = "x"')
    (exhibit,) = parse_card("smith2026", tomllib.loads(text)).exhibits
    assert (exhibit.schema, exhibit.rows, len(exhibit.columns)) == (schema, 1, len(heads[0]))
