"""Figures of abstracts and results of real trials and reviews, typed by a person, against the claims of their PDFs."""

from collections.abc import Callable

import pytest

LEAST_SHARE = 0.9


@pytest.mark.parametrize(
    ("name", "section", "pages"), [("abstracts.csv", "abstract", range(1, 4)), ("results.csv", "results", None)]
)
def test_nine_tenths_of_the_figures_are_found_with_measure_value_and_interval(
    name: str, section: str, pages: range | None, share_found: Callable[[str, str, range | None], float]
) -> None:
    assert share_found(name, section, pages) >= LEAST_SHARE
