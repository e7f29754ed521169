"""Q, I² and P follow from one another."""

import pytest

from schemas.base.printed import parse_printed
from validations.inference.heterogeneity import some_q_gives_all
from validations.inference.pooling.sharing import number_of_sharings, sharings, sharings_up_to, without_events


@pytest.mark.parametrize(
    ("printed", "dfs", "expected"),
    [
        ({"i2": "80.66", "p": "0.00"}, range(12, 13), True),
        ({"i2": "44.51", "p": "0.13"}, range(4, 5), True),
        ({"i2": "44.51", "p": "0.31"}, range(4, 5), False),
        ({"i2": "0.00", "p": "0.99"}, range(1, 4), True),
        ({"i2": "0.00", "p": "0.05"}, range(1, 4), False),
        ({"i2": "66.60", "p": "0.02"}, range(1, 20), True),
        ({"i2": "100", "p": "<0.001"}, range(5, 6), True),
        ({"q": "14.61", "p": "0.10", "i2": "38"}, range(9, 10), True),
        ({"q": "41.61", "p": "0.10"}, range(9, 10), False),
        ({"q": "0", "p": "1.00"}, range(3, 4), True),
        ({"q": "12", "p": "1.00"}, range(3, 4), False),
    ],
)
def test_what_belongs_together(printed: dict[str, str], dfs: range, expected: bool) -> None:
    assert some_q_gives_all({name: parse_printed(text) for name, text in printed.items()}, dfs) is expected


def test_sharings_are_counted_as_they_are_made() -> None:
    for total in range(1, 15):
        for parts in range(1, total + 1):
            made = list(sharings(total, parts))
            assert len(made) == len(set(made)) == number_of_sharings(total, parts)
            assert all(sum(sizes) == total and list(sizes) == sorted(sizes) for sizes in made)
    assert sharings_up_to(7, 4) == 1 + 3 + 4 + 3


def test_patients_without_events_shared_by_hand() -> None:
    alone = without_events(7, 1)[0]  # Freeman-Tukey is the first scale
    assert [float(alone[name][0]) for name in ("estimate", "ci_low")] == [0, 0]
    assert float(alone["ci_high"][0]) == pytest.approx(0.2319, abs=0.00005)
    assert [len(given["p"]) for given in without_events(7, 2)[:9:8]] == [1, 3]
