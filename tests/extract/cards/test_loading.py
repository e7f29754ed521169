import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from extract.cards.loading import PAPERS, card_names, load_card, parse_card
from extract.errors import CardError, UsageError
from schemas import SCHEMAS
from schemas.exhibit import PROVENANCE

DATA: dict[str, Any] = {
    "doi": "10.1000/example",
    "citation": "Smith et al., Example 2026",
    "licence": "open access",
    "cohort": 51,
    "exhibits": {
        "table4": {
            "label": "Table 4",
            "schema": "adverse_events",
            "rows": 2,
            "columns": [
                {"head": "Event", "reads": "event"},
                {"head": "Any grade", "reads": "n (percent)", "grade": "any"},
                {"head": "Remark", "reads": "-"},
            ],
        }
    },
}
MISREAD = {"exhibit": "table4", "row": 1, "column": "Any grade", "read": "l2", "published": "12", "why": "the font"}


def test_a_card_holds_what_was_entered() -> None:
    card = parse_card("smith2026", DATA | {"misread": [MISREAD]})
    (exhibit,) = card.exhibits
    assert (card.cohort, exhibit.label, exhibit.rows) == (51, "Table 4", 2)
    assert [column.field for column in exhibit.columns] == ["event", "n", "-"]
    assert exhibit.columns[1].constants == ({"grade": "any"},)
    assert card.misreads[0].published == "12"


def test_constants_of_a_column_go_with_its_formats() -> None:
    data = deepcopy(DATA)
    data["exhibits"]["table4"] |= {
        "schema": "characteristics",
        "columns": [{"head": "", "reads": ["n", "median (low–high)"], "statistic": ["count", "median_range"]}],
    }
    (column,) = parse_card("smith2026", data).exhibits[0].columns
    assert [form.text for form in column.formats] == ["n", "median (low–high)"]
    assert column.constants == ({"statistic": "count"}, {"statistic": "median_range"})


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("doi",), None, "smith2026.toml: doi: missing"),
        (("doi",), "", "smith2026.toml: doi: empty"),
        (("dio",), "10.1000/example", "smith2026.toml: dio: unknown key"),
        (("cohort",), "51", "smith2026.toml cohort: '51' is not of the expected type, a whole number"),
        (("exhibits", "table4", "rows"), None, "smith2026.toml exhibits.table4: rows: missing"),
        (("exhibits", "table4", "page"), 3, "smith2026.toml exhibits.table4: page: unknown key"),
        (("exhibits", "table4", "schema"), "adverse", "smith2026.toml exhibits.table4: no schema 'adverse'; there are"),
        (("exhibits", "table4", "headings"), "section", "table4: section: no column of schema 'adverse_events'"),
        (("exhibits", "table4", "columns", 1, "reads"), "count (percent)", "table4: count: no column of schema"),
        (("exhibits", "table4", "columns", 1, "arm"), "any", "table4: arm: no column of schema"),
        (("exhibits", "table4", "columns", 1, "reads"), "n (percent", "column 2 ('Any grade') reads: format"),
        (("exhibits", "table4", "columns", 1, "reads"), None, "table4 column 2: reads: missing"),
        (("exhibits", "table4", "columns", 1, "grade"), ["any", "3-4"], "column 2 grade: 2 values for 1 formats"),
        (
            ("exhibits", "table4", "left_out"),
            [["Anemia"]],
            "exhibits.table4 left_out: expected labels of rows as printed",
        ),
        (
            ("exhibits", "table4", "left_out"),
            "Anemia",
            "exhibits.table4 left_out: 'Anemia' is not of the expected type",
        ),
        (("exhibits", "table4", "cohort"), "51", 'exhibits.table4 cohort: expected a whole number, or "-" for none'),
        (("exhibits", "table4", "cohort"), 0, "exhibits.table4 cohort: expected 1 or more"),
        (("misread",), [MISREAD | {"column": "Grade 5"}], "no exhibit 'table4' with a column 'Grade 5'"),
        (("misread",), [MISREAD | {"why": " "}], "misread table4 row 1 why: a repair needs a reason"),
        (("misread",), [{"exhibit": "table4"}], "smith2026.toml misread: row, column, read, published, why: missing"),
    ],
)
def test_a_wrong_card_is_refused_with_exhibit_and_key(path: tuple[Any, ...], value: object, message: str) -> None:
    data = deepcopy(DATA)
    entry: Any = data
    for key in path[:-1]:
        entry = entry[key]
    if value is None:
        del entry[path[-1]]
    else:
        entry[path[-1]] = value
    with pytest.raises(CardError) as error:
        parse_card("smith2026", data)
    assert message in str(error.value)


@pytest.mark.parametrize(("own", "expected"), [({}, 51), ({"cohort": 26}, 26), ({"cohort": "-"}, None)])
def test_an_exhibit_has_an_n_of_its_own_that_of_the_paper_or_none(own: dict[str, Any], expected: int | None) -> None:
    data = deepcopy(DATA)
    data["exhibits"]["table4"] |= own
    assert parse_card("smith2026", data).exhibits[0].cohort == expected


def test_every_shipped_card_is_sound() -> None:
    cards = [load_card(name) for name in card_names()]
    assert [card.paper for card in cards] == ["cao2025", "kokkali2025", "li2024"]
    assert [len(card.exhibits) for card in cards] == [6, 4, 4]


HELP = (PAPERS / "README.md").read_text(encoding="utf-8")


def test_the_examples_of_the_help_are_sound() -> None:
    whole, *parts = re.findall(r"```toml\n(.*?)```", HELP, re.DOTALL)
    head = {key: value for key, value in tomllib.loads(whole).items() if isinstance(value, str)}
    found = [
        parse_card("smith2026", tomllib.loads(whole)),
        *(parse_card("x", head | tomllib.loads(one)) for one in parts),
    ]
    assert [len(card.exhibits) for card in found] == [1, 1, 1, 2]


def test_the_help_names_every_key_and_every_column() -> None:
    said = set(re.findall(r"`\"?([a-z]\w*)\"?`|^(\w+) = ", HELP, re.MULTILINE))
    names = {name for pair in said for name in pair}
    optional = {"headings", "unsectioned", "left_out", "constants", "cohort"}
    assert {*DATA, *DATA["exhibits"]["table4"], *optional, *MISREAD} - names == {"exhibits"}
    assert "[[misread]]" in HELP
    for schema in set(SCHEMAS) - {"claims"}:
        own = set(SCHEMAS[schema].columns()) - {"row", *PROVENANCE}
        assert {name for name in own if not name.startswith("drawn_")} | {schema} <= names


def test_a_paper_without_a_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"smith2026: no card .*; there are cards for no paper"):
        load_card("smith2026", tmp_path)


def test_what_is_no_toml_is_an_error_of_the_card(tmp_path: Path) -> None:
    (tmp_path / "smith2026.toml").write_text("doi = ")
    with pytest.raises(CardError, match=r"smith2026\.toml: Invalid value"):
        load_card("smith2026", tmp_path)
