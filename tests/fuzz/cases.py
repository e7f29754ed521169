"""How many cases are tried, and what cells, numbers and values are made of."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

CASES = pytest.mark.parametrize("cases", [150, pytest.param(20_000, marks=pytest.mark.corpus)])


def try_cases(cases: int, check: Callable[..., None], *strategies: st.SearchStrategy[Any]) -> None:
    """Call the check with so many values of the strategies, always the same ones."""
    chosen = settings(
        max_examples=cases,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    chosen(given(*strategies)(check))()


def one_line(error: BaseException) -> None:
    """Assert that the message of an error is one line that says something."""
    assert str(error).strip() and "\n" not in str(error) and not str(error).startswith("None")


NUMBERS = st.sampled_from(
    [
        *("0", "1", "24", "51", "100", "47.1", "0.05", "1,349", "<0.001", "≤5", "-0.02", "−3.5", ".05", "12.", "1e5"),
        *(
            "9" * 15,
            "9" * 16,
            "9" * 32,
            "9" * 5000,
            "0." + "3" * 20,
            "0." + "3" * 400,
            "1,000,000,000,000,000",
            "٤٢",
            "½",
        ),
        *("8·70", "33.3%", "P=.04", "1 349", "12,5", "00012", "+7", "--4", "NaN", "inf", "-0", "0x1F", "²"),
    ]
)
SIGNS = st.sampled_from([*" ()[]{}/–-−±<>≤≥=~,.;:%*†‡§…|\"'\\&#+^", " to ", " of ", " (", ") ", "\u2009", "\u00a0"])
WORDS = st.sampled_from(
    [
        *(
            "Male",
            "Age, years",
            "NA",
            "N/A",
            "NR",
            "ref.",
            "mean",
            "SD",
            "median (IQR)",
            "Placebo (n = 51)",
            "95% CI",
            "P",
        ),
        *(
            "Odds ratio",
            "ﬁbrosis",
            "of which",
            "SS",
            "Response rate",
            "not reached",
            "I²",
            "µg/mL",
            "\u202eabc",
            "名前",
            "🙂",
        ),
    ]
)
ODD_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
CELLS = st.lists(st.one_of(NUMBERS, SIGNS, WORDS, ODD_TEXT), max_size=9).map("".join)
SHORT_CELLS = st.one_of(NUMBERS, WORDS, CELLS)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 60),
    st.sampled_from([10**18, 10**30, -1, 2**63]),
    st.floats(),
    SHORT_CELLS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(SHORT_CELLS, inner, max_size=4)),
    max_leaves=8,
)
"""Values as JSON and TOML have them, of any type."""
