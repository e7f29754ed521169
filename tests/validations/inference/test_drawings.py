"""What the drawings of forest plots are allowed to be off: true plots are drawn with the errors of a picture, and
nothing may fire; one number that is typed wrong stands out."""

from math import exp

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validations.inference.drawings import find_weight_squares
from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table

COLUMNS = ("estimate", "ci_low", "ci_high")
Record = dict[str, str]


def found_in(records: list[Record]) -> list[str]:
    table = table_of(records)
    findings, _ = run_checks([item for item in all_checks() if item.family == "GEO"], Paper({table.name: table}))
    return [f"{finding.code} {finding.row} {finding.column}" for finding in findings]


def table_of(records: list[Record]) -> Table:
    return table_from_frame("fig2", "forest", pd.DataFrame(records, dtype="str").fillna(""))


def drawn_record(values: tuple[float, ...], errors: list[float], log_axis: bool) -> Record:
    """A row of printed values, and of drawn ones that are off by these errors on the axis."""
    printed = {name: f"{value:.2f}" for name, value in zip(COLUMNS, values, strict=True)}
    off = (value * exp(error) if log_axis else value + error for value, error in zip(values, errors, strict=True))
    drawn = {f"drawn_{name}": f"{value:.3f}" for name, value in zip(COLUMNS, off, strict=True)}
    return {"kind": "study", "measure": "HR" if log_axis else "MD", **printed, **drawn}


@st.composite
def drawings(draw: st.DrawFn) -> list[Record]:
    """Plots of up to 30 rows, of which a pixel is up to a fiftieth of the axis."""
    log_axis, pixel = draw(st.booleans()), draw(st.floats(0, 0.08))
    error = st.floats(-pixel, pixel)
    records = []
    for _ in range(draw(st.integers(8, 30))):
        middle, width = draw(st.floats(-2, 2)), draw(st.floats(0.05, 1.5))
        values = (middle, middle - width, middle + width)
        errors = draw(st.lists(error, min_size=3, max_size=3))
        records.append(drawn_record(tuple(map(exp, values)) if log_axis else values, errors, log_axis))
    return records


@settings(max_examples=60, deadline=None)
@given(drawings(), st.data())
def test_the_errors_of_a_picture_raise_no_doubt_and_one_wrong_number_does(
    records: list[Record], data: st.DataObject
) -> None:
    assert found_in(records) == []
    place = data.draw(st.integers(0, len(records) - 1))
    records[place] = records[place] | {"ci_high": f"{float(records[place]['ci_high']) * 9 + 9:.2f}"}
    assert f"GEO002 {place + 1} ci_high" in found_in(records)


@pytest.mark.parametrize(("power", "how"), [(1.0, "area"), (2.0, "side"), (0.0, "")])
def test_what_shows_the_weight_is_found(power: float, how: str) -> None:
    weights = [3.1, 12.9, 7.7, 1.4, 22.0, 9.3, 5.5, 30.2, 7.9]
    sizes = [weight**power for weight in weights]
    shares = [100 * size / sum(sizes) for size in sizes]
    pairs = zip(weights, shares, strict=True)
    records = [{"kind": "study", "weight": f"{weight}", "drawn_weight": f"{share:.2f}"} for weight, share in pairs]
    assert find_weight_squares(table_of(records))[1] == how
    assert found_in(records) == []
    wrong = [*records[:4], records[4] | {"weight": "2.2"}, *records[5:]]
    assert found_in(wrong) == (["GEO003 5 weight"] if how else [])


def test_shares_of_each_group_are_compared_within_it() -> None:
    groups = {"A": [8.67, 7.57, 6.38, 4.74, 8.02, 64.62], "B": [22.41, 26.05, 29.78, 21.76]}
    records = [
        {"kind": "study", "group": name, "weight": f"{weight}", "drawn_weight": f"{weight / share:.3f}"}
        for (name, weights), share in zip(groups.items(), (1.6, 2.7), strict=True)
        for weight in weights
    ]
    assert found_in(records) == []
    records[7] |= {"weight": "62.05"}
    assert found_in(records) == ["GEO003 8 weight"]


def test_a_limit_of_zero_on_a_log_axis_is_no_fault() -> None:
    records = [drawn_record((1.0, 0.004, 9.0), [0.0] * 3, True) for _ in range(9)]
    assert found_in(records) == []


def test_the_ends_of_a_diamond_are_not_sharp() -> None:
    studies = [drawn_record((1.0, 0.5, 2.0), [0.0] * 3, True) for _ in range(9)]
    for error, found in ((0.02, []), (0.2, ["GEO002 10 ci_high"])):
        diamond = drawn_record((1.0, 0.7, 1.43), [0.0, 0.0, -error], True) | {"kind": "overall"}
        assert found_in([*studies, diamond]) == found
    assert found_in([*studies, drawn_record((1.0, 0.7, 1.43), [0.0, 0.0, -0.02], True)]) == ["GEO002 10 ci_high"]
