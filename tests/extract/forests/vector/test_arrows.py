"""Arrows at the ends of intervals."""

from itertools import permutations

from extract.forests.plot import Whisker
from extract.forests.vector.arrows import ArrowHead, with_arrow


def test_the_order_of_arrows_does_not_matter() -> None:
    line = Whisker(100.0, 110.0, 50.0)
    heads = [ArrowHead(99.0, 103.0, 50.0), ArrowHead(112.0, 107.0, 50.0), ArrowHead(98.0, 99.5, 50.0)]
    found = {with_arrow(line, order) for order in permutations(heads)}
    assert found == {Whisker(98.0, 112.0, 50.0, True, True)}
