"""The drawing as judge of what OCR read: a number that is drawn elsewhere and that no arithmetic confirms is in doubt,
however sure OCR was."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.forests.axis.calibration import Axis, point_at
from extract.forests.plot import INTERVAL_COLUMNS, PICTURE_READER, PlotFlag, PlotRow
from extract.forests.proof.repair import IN_DOUBT, proof_of
from schemas.base.printed import is_printed, parse_printed

DRAWN_ELSEWHERE_RATIO = 1.5  # of the precision of the axis: so far off, a number is not drawn at its place


def with_drawn_doubts(rows: Sequence[PlotRow], axis: Axis | None) -> tuple[PlotRow, ...]:
    """The rows of a plot in a picture, with a flag on each number that the drawing contradicts."""
    return tuple(replace(row, flags=(*row.flags, *drawn_doubts(row, axis))) for row in rows)


def is_outside(row: PlotRow) -> bool:
    """Whether the estimate of a row lies outside its interval."""
    texts = [row.values.get(column, "") for column in INTERVAL_COLUMNS]
    if not all(map(is_printed, texts)):
        return False
    estimate, low, high = (float(parse_printed(text).value) for text in texts)
    return not low <= estimate <= high


def drawn_doubts(row: PlotRow, axis: Axis | None) -> Iterator[PlotFlag]:
    """The flags of a row: on numbers without flag that are drawn elsewhere and have no proof, or lie outside."""
    flagged = {flag.column for flag in row.flags}
    if "estimate" not in flagged and is_outside(row):
        flagged.add("estimate")
        yield PlotFlag("estimate", IN_DOUBT, PICTURE_READER, row.values["estimate"], "it lies outside its interval")
    if axis is None:
        return
    for column in INTERVAL_COLUMNS:
        printed, drawn = row.values.get(column, ""), row.values.get(f"drawn_{column}", "")
        if column in flagged or not (is_printed(printed) and is_printed(drawn)) or parse_printed(printed).comparator:
            continue
        off = axis.off(point_at(axis.place(float(parse_printed(drawn).value)), printed))
        if off > DRAWN_ELSEWHERE_RATIO * axis.precision and not proof_of(column, row.values, axis.scale):
            yield PlotFlag(column, IN_DOUBT, PICTURE_READER, printed, f"drawn at {drawn}")
