"""No check calls I² and P wrong that belong to one another, and lists in the text that add up."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from schemas import SCHEMAS
from validations.inputs.curated import table_from_frame
from validations.registry import find_check
from validations.runner import run_checks
from validations.tables import Paper, Table


def table(schema: str, records: list[dict[str, str]]) -> Table:
    frame = pd.DataFrame(records).reindex(columns=SCHEMAS[schema].columns(), fill_value="").fillna("").astype("str")
    return table_from_frame(schema, schema, frame)


def codes(found: Table, *wanted: str) -> list[str]:
    findings, _ = run_checks([find_check(code) for code in wanted], Paper({found.name: found}))
    return [finding.code for finding in findings]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 40), st.floats(0, 4), st.integers(0, 2), st.integers(2, 4))
def test_i2_and_p_of_any_q_fit_their_studies(studies: int, spread: float, i2_decimals: int, p_decimals: int) -> None:
    df = studies - 1
    q = spread * df
    i2, p = max(0.0, 100 * (q - df) / q) if q else 0.0, float(chi2.sf(q, df))
    row = {"row": "1", "kind": "subgroup", "label": "SS", "n_studies": str(studies), "total": "99"}
    row |= {"i2": f"{i2:.{i2_decimals}f}", "p": f"{p:.{p_decimals}f}"}
    assert codes(table("forest", [row]), "MET013", "MET016") == []


def told(numbers: list[int]) -> Table:
    """The claims of a sentence that divides the first of the numbers into the others."""
    parts = [f"{number} had the drug{',' if place < len(numbers) else '.'}" for place, number in enumerate(numbers, 1)]
    words = f"{numbers[0]} patients were treated: {' '.join(parts[1:])}".split()
    places = [place for place, word in enumerate(words) if word.isdecimal()]
    claims = [
        {
            "row": str(row),
            "text": " ".join(words[max(0, place - 4) : place + 4]),
            "value": words[place],
            "n": words[place],
        }
        for row, place in enumerate(places, start=1)
    ]
    return table("claims", [{"section": "results", "measure": "count", "unit": "patients", **each} for each in claims])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=2, max_size=6))
def test_only_a_list_that_misses_its_whole_by_one_is_doubted(parts: list[int]) -> None:
    assert codes(told([sum(parts), *parts]), "CLM013") == []
    assert codes(told([sum(parts) + 1, *parts]), "CLM013") == ["CLM013"]
    assert codes(told([sum(parts) + 2, *parts]), "CLM013") == []
