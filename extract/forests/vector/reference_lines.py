"""The upright lines of a plot: no effect, and the pooled estimate. A line may consist of many dashes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.forests.plot import Diamond, Upright, Whisker
from extract.forests.vector.shapes import Segment

DASH_OFFSET_PT = 0.3  # sideways between two dashes of one line; a smaller gap between segments makes no dash
DASH_GAP_PT = 8.0  # at most between two dashes of one line; rows of a plot are farther apart
PASSED_INTERVAL_COUNT = 2  # a reference line passes at least so many; bars at the ends of an interval pass one
BESIDE_INTERVALS_SHARE = 0.5  # of the width of all passed intervals: a frame or a rule of a table is farther from them


def read_uprights(
    segments: Iterable[Segment], whiskers: Sequence[Whisker], diamonds: Sequence[Diamond]
) -> list[Upright]:
    """The upright lines that pass at least two intervals and stand near them; from left to right."""
    ends = [(w.x0, w.x1, w.y) for w in whiskers] + [(d.x0, d.x1, d.y) for d in diamonds]
    lines = [upright_of(run) for run in upright_runs(segments)]
    return sorted(dict.fromkeys(line for line in lines if passes(line, ends)))


def upright_runs(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Upright segments in runs: each continues the one above it."""
    runs: list[list[Segment]] = []
    for segment in sorted((s for s in segments if s.is_upright), key=lambda s: (round(s.x0 / DASH_OFFSET_PT), s.y0)):
        last = runs[-1][-1] if runs else None
        if (
            last
            and abs(last.x0 - segment.x0) <= DASH_OFFSET_PT
            and -DASH_OFFSET_PT < segment.y0 - last.y1 <= DASH_GAP_PT
        ):
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def upright_of(run: Sequence[Segment]) -> Upright:
    gaps = [lower.y0 - upper.y1 for upper, lower in pairwise(run)]
    dashed = any(segment.dashed for segment in run) or any(gap > DASH_OFFSET_PT for gap in gaps)
    return Upright(sum(segment.x0 for segment in run) / len(run), run[0].y0, run[-1].y1, dashed)


def passes(line: Upright, ends: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a line passes two intervals and stands among or near them. `ends`: x0, x1 and y of each interval."""
    passed = [(x0, x1) for x0, x1, y in ends if line.top <= y <= line.bottom]
    if len(passed) < PASSED_INTERVAL_COUNT:
        return False
    left, right = min(x0 for x0, _ in passed), max(x1 for _, x1 in passed)
    return abs(2 * line.x - left - right) <= (1 + 2 * BESIDE_INTERVALS_SHARE) * (right - left)
