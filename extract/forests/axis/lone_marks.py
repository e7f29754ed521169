"""Marks of a drawing to which no row was found, and rows without mark among rows with marks. Both are flagged: a row
may be lost, or its numbers may be drawn and not printed."""

from collections.abc import Sequence
from dataclasses import replace

from extract.forests.axis.row_marks import (
    RowMarks,
    bind_marks,
    drawing_within,
    drawn_marks,
    row_height,
    row_pitch,
    shift_of,
)
from extract.forests.panel import Panel
from extract.forests.plot import DRAWING_READER, Drawing, PlotFlag, PlotRow
from extract.page.box import Box

LONE_MARK = "RDR012"
MARKED_STUDIES_SHARE = 0.8  # of the rows with an estimate have a mark, so that one without is odd
LONE_MARK_BEYOND_SHARE = 0.1  # of the width of the other marks: so far beyond them a mark may end
ONE_HEIGHT_SHARE = 0.35  # of the distance of rows: a text no farther from a mark stands beside it


def lone_marks(drawing: Drawing, heights: Sequence[float]) -> list[RowMarks]:
    """The squares with a whisker, and the diamonds, that stand among rows of these heights and in none of them, between
    the ends of the other marks; with the height at which the text of their row would stand."""
    marks = sorted(drawn_marks(drawing), key=lambda mark: mark.y)
    if not heights or not marks:
        return []
    pitch = row_pitch(sorted(heights))
    shift = shift_of(marks, heights, pitch / 2)
    first, last = min(heights) - pitch, max(heights) + pitch
    own = [mark for mark in marks if any(abs(mark.y - shift - height) < pitch / 2 for height in heights)]
    ends = [x for mark in own for x in mark.places.values()]
    found: list[RowMarks] = []
    for mark in marks:
        y = mark.y - shift
        whole = mark.diamond is not None or (mark.square is not None and mark.whisker is not None)
        apart = all(abs(y - height) > pitch / 2 for height in [*heights, *(other.y for other in found)])
        if whole and apart and first < y < last and lies_between(mark, ends):
            found.append(at_height(mark, y))
    return found


def lies_between(mark: RowMarks, ends: Sequence[float]) -> bool:
    """Whether a mark lies in the drawing that has these ends of other marks, or hardly beyond: a rule that touches a
    letter, and letters that look like a mark, lie elsewhere."""
    if not ends:
        return False
    beyond = LONE_MARK_BEYOND_SHARE * (max(ends) - min(ends))
    return all(min(ends) - beyond <= x <= max(ends) + beyond for x in mark.places.values())


def at_height(mark: RowMarks, y: float) -> RowMarks:
    """The mark, moved to a height."""
    return RowMarks(
        mark.square and mark.square._replace(y=y),
        mark.whisker and mark.whisker._replace(y=y),
        mark.diamond and mark.diamond._replace(y=y),
    )


def with_lone_marks(panel: Panel, rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows, with a flagged row for each mark that has none, and a flag on each row without mark between rows with
    marks."""
    drawing = drawing_within(panel.canvas.drawing, panel.region)
    done = flag_unmarked(rows, drawing)
    heights = [row_height(row) for row in rows if row.values["kind"] != "heterogeneity"]
    for mark in lone_marks(drawing, heights):
        place = next((i for i, row in enumerate(done) if row_height(row) > mark.y), len(done))
        group = done[place - 1].values.get("group", "") if place else ""
        done.insert(place, drawn_row(panel, mark, group))
    return done


def drawn_row(panel: Panel, mark: RowMarks, group: str) -> PlotRow:
    """A row without label and numbers, for a mark."""
    xs = list(mark.places.values())
    place = Box(min(xs), mark.y - 1, max(xs), mark.y + 1)
    kind = "overall" if mark.diamond else "study"
    return PlotRow(
        {"kind": kind, "label": "", "group": group},
        panel.canvas.sheet.on_page(place),
        (drawn_flag("a mark is drawn here, and no row was found"),),
        (DRAWING_READER,),
        place=place,
    )


def drawn_flag(evidence: str) -> PlotFlag:
    return PlotFlag("estimate", LONE_MARK, DRAWING_READER, "", evidence)


def flag_unmarked(rows: Sequence[PlotRow], drawing: Drawing) -> list[PlotRow]:
    """The rows, with a flag on those with an estimate and no mark, where the rows above and below have one. In pixels
    small marks are missed too often to doubt a row for it."""
    bound = bind_marks(rows, drawing)
    printed = [i for i, row in enumerate(rows) if row.values.get("estimate")]
    marked = [bound[i] is not None for i in printed]
    done = list(rows)
    if drawing.from_pixels or sum(marked) < MARKED_STUDIES_SHARE * len(printed):
        return done
    for place in range(1, len(printed) - 1):
        if marked[place - 1 : place + 2] == [True, False, True]:
            row, evidence = rows[printed[place]], "marks are drawn in the rows above and below, and none in this row"
            done[printed[place]] = replace(row, flags=(*row.flags, drawn_flag(evidence)))
    return done
