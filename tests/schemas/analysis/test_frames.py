"""The analysis frames: what their schemas refuse, and that every column is described."""

import pytest

from schemas import SchemaError
from schemas.analysis.frames import FRAMES, ONE_ARM

ROW = {"id": "li2024.table1.1", "paper": "li2024", "exhibit": "table1", "row": "1", "xi": "25", "ni": "51"}


def test_rows_become_a_frame_of_text_with_all_columns() -> None:
    frame = ONE_ARM.frame([ROW])
    assert list(frame.columns) == ONE_ARM.columns
    assert frame.loc[0, ["id", "xi", "xi_from"]].tolist() == ["li2024.table1.1", "25", ""]
    assert list(ONE_ARM.frame([]).columns) == ONE_ARM.columns


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"xi": "1,349"}, "row li2024.table1.1, column xi: expected a whole number, or nothing, found '1,349'"),
        ({"x0": "<5"}, "row li2024.table1.1, column x0: expected a plain number, or nothing, found '<5'"),
        ({"paper": ""}, "row li2024.table1.1, column paper: expected text, found ''"),
        ({"events": "3"}, "column events: expected no such column"),
    ],
)
def test_a_wrong_cell_is_named(change: dict[str, str], message: str) -> None:
    with pytest.raises(SchemaError) as error:
        ONE_ARM.frame([{**ROW, **change}])
    assert str(error.value) == f"one_arm: {message}"


def test_an_identifier_that_occurs_twice_is_refused() -> None:
    with pytest.raises(SchemaError, match=r"li2024\.table1\.1"):
        ONE_ARM.frame([ROW, ROW])


def test_codes_are_those_of_the_column() -> None:
    known = {"id": "a", "paper": "p", "exhibit": "e", "row": "1"}
    FRAMES["effects"].frame([{**known, "scale": "log"}, {**known, "id": "b"}])
    with pytest.raises(SchemaError, match="expected log or linear, or nothing, found 'ln'"):
        FRAMES["effects"].frame([{**known, "scale": "ln"}])


@pytest.mark.parametrize("spec", FRAMES.values(), ids=FRAMES)
def test_every_column_is_described_and_converted_values_have_whole_receipts(spec: object) -> None:
    assert spec in FRAMES.values()
    for item in spec.fields:  # type: ignore[attr-defined]
        assert item.title
        assert item.description.endswith((".", "PFS", "23.5", "...")), item.name
    columns = spec.columns  # type: ignore[attr-defined]
    assert len(set(columns)) == len(columns)
    for name in [column.removesuffix("_formula") for column in columns if column.endswith("_formula")]:
        assert {name, f"{name}_from", f"{name}_low", f"{name}_high"} <= set(columns)
