"""The lines from top to bottom of a plot: of no effect, and of the pooled estimate, which may be of many dashes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.forests.plot import Diamond, Upright, Whisker
from extract.forests.vector.shapes import Piece

ONE_LINE = 0.3  # points between pieces of one line, from left to right
GAP = 8.0  # points at most between two dashes
FEWEST = 2  # intervals that a line passes


def read_uprights(pieces: Iterable[Piece], whiskers: Sequence[Whisker], diamonds: Sequence[Diamond]) -> list[Upright]:
    """The upright lines that pass two intervals or more, not far from them; from left to right."""
    ends = [(w.x0, w.x1, w.y) for w in whiskers] + [(d.x0, d.x1, d.y) for d in diamonds]
    lines = [as_one(run) for run in in_a_row(pieces)]
    return sorted(dict.fromkeys(line for line in lines if passes(line, ends)))


def in_a_row(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Upright pieces in runs: each continues the one before it."""
    runs: list[list[Piece]] = []
    for piece in sorted((p for p in pieces if p.upright), key=lambda p: (round(p.x0 / ONE_LINE), p.y0)):
        last = runs[-1][-1] if runs else None
        if last and abs(last.x0 - piece.x0) <= ONE_LINE and -ONE_LINE < piece.y0 - last.y1 <= GAP:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def as_one(run: Sequence[Piece]) -> Upright:
    gaps = [lower.y0 - upper.y1 for upper, lower in pairwise(run)]
    dashed = any(piece.dashed for piece in run) or any(gap > ONE_LINE for gap in gaps)
    return Upright(sum(piece.x0 for piece in run) / len(run), run[0].y0, run[-1].y1, dashed)


def passes(line: Upright, ends: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a line passes two intervals, no farther from them than half of what all of them cover."""
    passed = [(x0, x1) for x0, x1, y in ends if line.top <= y <= line.bottom]
    if len(passed) < FEWEST:
        return False
    left, right = min(x0 for x0, _ in passed), max(x1 for _, x1 in passed)
    return abs(2 * line.x - left - right) <= 2 * (right - left)
