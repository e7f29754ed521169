"""The models: columns as the contract has them, and every failure of a frame in one go."""

import subprocess
import sys

import pandas as pd
import pytest

import schemas
from schemas.base.printed import BOUNDS

TAIL = "notes,page,x0,top,x1,bottom,continued,read_by"
RESPONSES = ",".join(f"{name}_n,{name}_percent" for name in ("cr", "pr", "orr", "sd", "pd", "dcr", "na"))
CONTRACT = {
    "characteristics": "row,label,section,part_of,statistic,n,percent,median,low,high",
    "hazard_ratios": "row,outcome,characteristic,comparison,model,hazard_ratio,ci_low,ci_high,ci_level,p",
    "adverse_events": "row,grade,event,n,percent",
    "responses": f"row,group,part_of,n_total,n_evaluable,{RESPONSES}",
    "responders": "row,patient,best_response,pd_l1,tmb,msi,subtype",
    "study_arms": "row,group,study,design,patients,sample_size,median_age,age_low,age_high,female_percent,histology,"
    "treatment_line,treatment,primary_endpoint,orr_percent,dcr_percent",
    "histology": "row,position,study,treatment,subtype,n,total",
    "forest": "row,kind,group,label,treatment,measure,n_studies,total,cr,pr,events,arm1_events,arm1_total,arm1_mean,"
    "arm1_sd,arm2_events,arm2_total,arm2_mean,arm2_sd,estimate,ci_low,ci_high,prediction_low,prediction_high,weight,i2,"
    "tau2,q,df,z,p,drawn_estimate,drawn_ci_low,drawn_ci_high,drawn_weight",
    "claims": "row,section,text,measure,subject,comparator,value,unit,n,total,n_studies,low,high,sd,ci_low,ci_high,p,"
    "versus,ci_level,cites",
}


def characteristics(**columns: list[str]) -> pd.DataFrame:
    """A frame of two rows, sound but for `columns`."""
    frame = pd.DataFrame("", index=range(2), columns=schemas.SCHEMAS["characteristics"].columns(), dtype="str")
    return frame.assign(row=["1", "2"], label=["Male", "Female"], statistic="count").assign(**columns)


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_of_the_contract(name: str) -> None:
    model = schemas.SCHEMAS[name]
    assert ",".join(model.columns()) == f"{CONTRACT[name]},{TAIL}"
    assert model.key() == CONTRACT[name].split(",")[: len(model.key())]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_column_is_described_and_every_quantity_is_a_numeric_column(name: str) -> None:
    model = schemas.SCHEMAS[name]
    assert all(field.title and field.description.strip() for field in model.fields())
    assert model.__doc__
    text = {"value"} if name == "claims" else set()  # a number, a date or "not reached"
    assert {column for group in model.quantities() for column in group.values()} <= model.numeric() | text
    assert set(model.vocabulary()) <= set(model.columns()) - model.numeric()


def test_a_sound_frame_comes_back_in_the_order_of_the_columns() -> None:
    frame = characteristics(n=["25", "1,026"], percent=["49.0", "<0.1"])
    assert list(schemas.validate(frame[frame.columns[::-1]], "characteristics").columns) == list(frame.columns)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"n": ["2.5", ""]}, "row 1, column n: expected a whole number or nothing, found '2.5'"),
        ({"percent": ["", "49,0"]}, "row 2, column percent: expected a printed number or nothing, found '49,0'"),
        ({"label": ["Male", " "]}, "row 2, column label: expected some text, found ' '"),
        ({"statistic": ["count", "mean"]}, "row 2, column statistic: expected count or median_range, found 'mean'"),
        ({"n": ["9" * 32, ""]}, f"row 1, column n: expected {BOUNDS}, found '{'9' * 32}'"),
        ({"percent": ["", "9" * 99]}, f"row 2, column percent: expected {BOUNDS}, found '{'9' * 60}…'"),
        ({"row": ["0", "2"]}, "row 0, column row: expected 1, 2, 3..., found '0'"),
        ({"n": [25, 26]}, "column n: expected text in every cell, found cells of the type int64"),
        ({"odd": ["", ""]}, "column odd: expected no such column"),
        ({"n": ["25\n", ""]}, r"row 1, column n: expected a whole number or nothing, found '25\n'"),
    ],
)
def test_a_failure_is_one_line(columns: dict[str, list[str]], expected: str) -> None:
    with pytest.raises(schemas.SchemaError) as caught:
        schemas.validate(characteristics(**columns), "characteristics")
    assert str(caught.value) == f"characteristics: {expected}"


def test_every_failure_is_reported() -> None:
    frame = characteristics(row=["1", "1"], label=["Male", "Male"], n=["x", "y"]).drop(columns=["low", "high"])
    with pytest.raises(schemas.SchemaError) as caught:
        schemas.validate(frame, "characteristics")
    places = [(failure.column, failure.row, failure.value) for failure in caught.value.failures]
    assert places == [("low", "", ""), ("high", "", ""), ("label", "1", "1 | Male"), ("n", "1", "x"), ("n", "1", "y")]


def test_a_number_with_a_sign_or_separator_is_a_string_to_the_data_package() -> None:
    model = schemas.SCHEMAS["characteristics"]
    types = {field.name: field.type for field in model.fields(characteristics(n=["1,026", ""], percent=["4.5", "<1"]))}
    assert (types["n"], types["percent"], types["low"], types["row"]) == ("string", "string", "number", "integer")


def test_importing_the_package_loads_no_pandas() -> None:
    code = "import sys, schemas; sys.exit(any(name in sys.modules for name in ('pandas', 'pandera')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_names_that_help_shows_are_those_of_the_models() -> None:
    assert tuple(schemas.SCHEMAS) == schemas.SCHEMA_NAMES
