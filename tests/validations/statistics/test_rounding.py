"""A computed number printed: halves either way, errors of the computation allowed."""

import pytest

from schemas.base.printed import parse_printed
from validations.statistics.rounding import can_print, covers


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        (9 / 40, "0.22", True),  # 0.225: an exact half, to even
        (9 / 40, "0.23", True),  # and up
        (0.2249, "0.23", False),
        (0.225 - 1e-12, "0.23", True),
        (1.005, "1.00", True),
        (1.005, "1.01", True),
        (-0.125, "-0.13", True),
        (-0.125, "-0.12", True),
        (0.0004, "<0.001", True),
        (0.0011, "<0.001", False),
        (float("nan"), "0.22", False),
        (float("inf"), "0.22", False),
        (1e6 + 0.0001, "1,000,000", True),
        (0.0, "0.00", True),
    ],
)
def test_a_number_can_be_printed(value: float, printed: str, expected: bool) -> None:
    assert can_print(value, parse_printed(printed)) is expected


def test_a_span_covers_what_any_of_its_numbers_can_be_printed_as() -> None:
    assert covers(0.18, 0.224, parse_printed("0.22"))
    assert not covers(0.18, 0.214, parse_printed("0.22"))
    assert not covers(float("nan"), 0.3, parse_printed("0.22"))
