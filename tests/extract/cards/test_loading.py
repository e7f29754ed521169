import json
import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from extract.cards import JSON_SCHEMA, PAPERS
from extract.cards.json_schema import card_json_schema
from extract.cards.loading import card_names, load_card, parse_card
from extract.errors import CardError, UsageError
from schemas import SCHEMAS
from schemas.base.exhibit import PROVENANCE
from schemas.base.names import RESERVED_NAMES

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
        (("cohort",), "51", "smith2026.toml cohort: expected a whole number of 1 or more, found '51'"),
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
            "exhibits.table4 left_out: expected a list of row labels as printed, or row numbers, found [['Anemia']]",
        ),
        (
            ("exhibits", "table4", "left_out"),
            "Anemia",
            "exhibits.table4 left_out: expected a list of row labels as printed, or row numbers, found 'Anemia'",
        ),
        (
            ("exhibits", "table4", "cohort"),
            "51",
            "exhibits.table4 cohort: expected a whole number of 1 or more, or \"-\" for none, found '51'",
        ),
        (
            ("exhibits", "table4", "cohort"),
            0,
            'exhibits.table4 cohort: expected a whole number of 1 or more, or "-" for none, found 0',
        ),
        (("exhibits", "table4"), 3, "smith2026.toml exhibits.table4: expected a table of keys, found 3"),
        (("exhibits", "table4", "rows"), True, "exhibits.table4 rows: expected a whole number, found True"),
        (("exhibits", "table4", "columns", 1), "n", "table4 column 2: expected a table of keys, found 'n'"),
        (("exhibits", "table4", "columns", 1, "reads"), 3, "column 2 reads: expected a format, or a list of formats"),
        (("exhibits", "table4", "columns", 1, "grade"), {}, "column 2 grade: expected a constant, or a list of const"),
        (("exhibits", "table4", "columns", 1, "head"), 3, "column 2 head: expected text in quotes, found 3"),
        (("exhibits", "table4", "unsectioned"), "x" * 99, f"found '{'x' * 79}…"),
        (("exhibits", "table4", "constants"), {"grade": []}, "constants: expected a table with a text or a whole"),
        (("exhibits",), {}, "smith2026.toml: exhibits: empty"),
        (("exhibits",), [], "smith2026.toml exhibits: expected a table of exhibits, found []"),
        (("cohort",), 0, "smith2026.toml cohort: expected a whole number of 1 or more, found 0"),
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


def test_a_misspelt_key_is_missing_before_it_is_unknown() -> None:
    data = {"dio" if key == "doi" else key: value for key, value in DATA.items()}
    with pytest.raises(CardError, match=r"^smith2026\.toml: doi: missing$"):
        parse_card("smith2026", data)


def test_constants_that_are_numbers_become_text() -> None:
    data = deepcopy(DATA)
    data["exhibits"]["table4"]["constants"] = {"n": 3}
    data["exhibits"]["table4"]["columns"][1] = {"head": "Grade 3", "reads": "percent", "grade": 3}
    (exhibit,) = parse_card("smith2026", data).exhibits
    assert (exhibit.constants, exhibit.columns[1].constants) == ({"n": "3"}, ({"grade": "3"},))


def test_the_json_schema_is_up_to_date() -> None:
    text = (PAPERS / JSON_SCHEMA).read_text(encoding="utf-8")
    assert text == card_json_schema(), "run: python -m extract.cards.json_schema"


@pytest.mark.parametrize("name", card_names())
def test_shipped_cards_follow_the_json_schema_that_they_name(name: str) -> None:
    text = (PAPERS / f"{name}.toml").read_text(encoding="utf-8")
    assert text.startswith(f"#:schema {JSON_SCHEMA}\n")
    jsonschema.validate(tomllib.loads(text), json.loads(card_json_schema()))


def test_the_json_schema_refuses_what_the_loader_refuses() -> None:
    schema = jsonschema.Draft7Validator(json.loads(card_json_schema()))
    assert schema.is_valid(DATA)
    for wrong in ({"dio": "10.1000/example"}, {"cohort": 0}, {"exhibits": {}}, {"misread": [{"exhibit": "table4"}]}):
        assert not schema.is_valid(DATA | wrong)


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
    found = set(re.findall(r"`\"?([a-z]\w*)\"?`|^(\w+) = ", HELP, re.MULTILINE))
    names = {name for pair in found for name in pair}
    optional = {"headings", "unsectioned", "left_out", "constants", "cohort"}
    assert {*DATA, *DATA["exhibits"]["table4"], *optional, *MISREAD} <= names
    assert "[[misread]]" in HELP
    for schema in set(SCHEMAS) - {"claims"}:
        own = set(SCHEMAS[schema].columns()) - {"row", *PROVENANCE}
        assert {name for name in own if not name.startswith("drawn_")} | {schema} <= names


@pytest.mark.parametrize("name", ["../../x", "", "Table 1", "tab\nle1", "x" * 101, "/tmp/x", "a/b"])
def test_the_name_of_an_exhibit_leads_nowhere_else(name: str) -> None:
    data = DATA | {"exhibits": {name: DATA["exhibits"]["table4"]}}
    with pytest.raises(
        CardError, match=r"^smith2026\.toml exhibits: .* (is not a name; expected a small|has 101)"
    ) as told:
        parse_card("smith2026", data)
    assert str(told.value).isprintable()
    assert not jsonschema.Draft7Validator(json.loads(card_json_schema())).is_valid(data)


@pytest.mark.parametrize("name", RESERVED_NAMES)
def test_no_exhibit_takes_the_name_of_another_file(name: str) -> None:
    data = DATA | {"exhibits": {name: DATA["exhibits"]["table4"]}}
    with pytest.raises(
        CardError, match=rf"exhibits: the name '{name}' is reserved .*; choose another, such as {name}_1"
    ):
        parse_card("smith2026", data)
    assert not jsonschema.Draft7Validator(json.loads(card_json_schema())).is_valid(data)


@pytest.mark.parametrize("paper", [".", "..", "../smith2026", "Smith", "claims", "a b"])
def test_the_file_of_a_card_has_the_name_of_a_paper(paper: str, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / f"{paper}.toml").write_text("", encoding="utf-8")
    with pytest.raises(CardError, match=r"cards: a card is called after its paper: .*(is not a name|is reserved)"):
        load_card(paper, folder)


def test_a_paper_without_a_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"smith2026: no card .*; there are cards for no paper"):
        load_card("smith2026", tmp_path)


def test_what_is_no_toml_is_an_error_of_the_card(tmp_path: Path) -> None:
    (tmp_path / "smith2026.toml").write_text("doi = ")
    with pytest.raises(CardError, match=r"smith2026\.toml: expected TOML, Invalid value"):
        load_card("smith2026", tmp_path)
