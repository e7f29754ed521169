"""Every schema says everything that is asked of it, and names only columns that it has."""

import csv
import io
import re

import pytest

import schemas
from schemas.base import discovery
from schemas.base.exhibit import Exhibit

MODELS = schemas.SCHEMAS.values()
HEADS = ("PFS / HR (95% CI)", "OS", "Any grade n (%)", "Grade 3-4", "")


def values_in(model: type[Exhibit], column: str) -> str:
    """The pattern of the cells of a column."""
    return str(model.to_schema().columns[column].checks[0].statistics["pattern"])


def test_each_schema_has_its_own_place() -> None:
    paths = [discovery.SCHEMA_FOLDER / f"{name}.py" for name in schemas.SCHEMA_NAMES]
    places = [int(re.findall(r"\(Exhibit, place=(\d+)\)", path.read_text(encoding="utf-8"))[0]) for path in paths]
    assert places == list(range(1, len(places) + 1))


def test_no_model_is_overlooked() -> None:
    assert set(MODELS) == set(Exhibit.__subclasses__())
    assert [model.schema_name() for model in MODELS] == list(schemas.SCHEMAS) == list(schemas.SCHEMA_NAMES)


@pytest.mark.parametrize("model", MODELS)
def test_a_schema_describes_itself_and_has_a_sample_with_what_is_needed(model: type[Exhibit]) -> None:
    assert model.__doc__
    head, *rows = csv.reader(io.StringIO(model.sample_csv()))
    assert set(model.needed()) <= set(head) < set(model.columns())
    assert {len(row) for row in rows} == {len(head)}


@pytest.mark.parametrize("model", MODELS)
def test_a_schema_names_its_own_columns(model: type[Exhibit]) -> None:
    counts = model.table_counts()
    named = {model.label_column(), *model.row_words(), *model.response_counts(), counts.studies, counts.patients}
    assert named | {*counts.data, *model.names(), *model.vocabulary()} <= {*model.columns(), ""}
    for cell in model.claim_cells():
        assert {cell.column, cell.count, *cell.label, cell.said_before, *cell.context} <= {*model.columns(), ""}
        assert {*cell.only, *cell.of} <= set(model.columns())
        assert {cell.count, cell.column} <= model.numeric() | {""}
        assert cell.rows in ("all", "groups", "total")
    assert model.taken_from() in ("", *schemas.SCHEMA_NAMES)
    assert not model.claim_cells() or model.row_words()
