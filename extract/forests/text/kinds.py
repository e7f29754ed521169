"""The kinds of rows: studies, pooled lines of a group or of all, and the subgroups of one trial."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extract.forests.axis.row_marks import bind_marks, drawing_within
from extract.forests.panel import Panel
from extract.forests.plot import PlotRow
from extract.forests.text.labels import is_pooled
from extract.forests.text.layout import PlotLayout

DATED_LABEL = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\bet al\b|\bstud(?:y|ies)\b", re.IGNORECASE)
DATED_SHARE = 0.2  # of the labels name a publication in a plot of studies
STUDY_HEAD = re.compile(r"\bstud(?:y|ies)\b|\bauthors?\b|\btrials?\b|\bsources?\b|\breferences?\b|\bcohorts?\b", re.I)
TRIAL_WORDS = re.compile(
    r"\bsub-?\s?groups?\b|\bcharacteristics?\b|\bvariables?\b|\b(?:risk|prognostic)?\s*factors?\b|\bcovariates?\b"
    r"|\bparameters?\b|\bcategor(?:y|ies)\b|\boutcomes?\b|\bend\s?points?\b|\binteraction\b",
    re.IGNORECASE,
)


def with_drawn_kinds(panel: Panel, rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows, with those as pooled lines whose mark is a diamond among squares, whatever their label: Comprehensive
    Meta-Analysis prints none. In pixels a diamond decides only where there is no label."""
    drawing = drawing_within(panel.canvas.drawing, panel.region)
    bound = bind_marks(rows, drawing)
    squares = sum(marks is not None and marks.square is not None for marks in bound)
    drawn = [i for i, marks in enumerate(bound) if marks and marks.diamond and rows[i].values["kind"] == "study"]
    if squares <= len(drawn):
        return list(rows)
    pooled = {i for i in drawn if not (drawing.from_pixels and rows[i].values.get("label"))}
    return [replace(r, values={**r.values, "kind": "overall"}) if i in pooled else r for i, r in enumerate(rows)]


def with_pooled_kinds(rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows with their pooled lines told apart: a pooled line with studies below it is a subtotal. The overall line
    and the heterogeneity stated of it have no group."""
    done: list[PlotRow] = []
    overall = False
    rows = last_group_pooled(rows)
    for i, row in enumerate(rows):
        values = dict(row.values)
        if values["kind"] == "overall" and any(r.values["kind"] in ("study", "subgroup") for r in rows[i + 1 :]):
            values["kind"] = "subtotal"
        overall = values["kind"] == "overall" or (overall and values["kind"] == "heterogeneity")
        values["group"] = "" if overall else values.get("group", "")
        done.append(replace(row, values=values))
    return done


def last_group_pooled(rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows with the pooled lines of the last group as its subtotals, where each group before has as many pooled
    lines and further ones follow at the end: those of all studies."""
    places = [i for i, row in enumerate(rows) if row.values["kind"] != "heterogeneity"]
    runs: list[list[int]] = []  # of pooled lines that follow one another
    for pooled, run in groupby(places, key=lambda place: rows[place].values["kind"] == "overall"):
        runs += [list(run)] if pooled else []
    done = list(rows)
    if len(runs) < 2 or len({len(run) for run in runs[:-1]}) != 1 or runs[-1][-1] != places[-1]:
        return done
    each = len(runs[0])
    for place in runs[-1][:each] if len(runs[-1]) > each else ():
        done[place] = replace(rows[place], values={**rows[place].values, "kind": "subtotal"})
    return done


def with_trial_kinds(panel: Panel, layout: PlotLayout, rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows of a plot of one trial as its subgroups: an only pooled line ("All patients") is the overall, several
    are subgroups, too. Other plots are as they were."""
    if not is_of_one_trial(panel, layout, rows):
        return list(rows)
    pooled = [i for i, row in enumerate(rows) if is_pooled(row.values.get("label", ""))]
    done = []
    for i, row in enumerate(rows):
        if pooled == [i]:
            done.append(replace(row, values={**row.values, "kind": "overall", "group": ""}))
        elif row.values["kind"] == "heterogeneity":
            done.append(row)
        else:
            done.append(replace(row, values={**row.values, "kind": "subgroup"}))
    return done


def is_of_one_trial(panel: Panel, layout: PlotLayout, rows: Sequence[PlotRow]) -> bool:
    """Whether rows are subgroups or outcomes of one trial: no publications, weights or heterogeneity, and a head or
    the caption names subgroups, or the line of all patients stands first."""
    kinds = [row.values["kind"] for row in rows if row.values["kind"] != "heterogeneity"]
    if len(kinds) < len(rows) or any(row.values.get("weight") for row in rows) or "subgroup" in kinds:
        return False
    labels = [row.values.get("label", "") for row in rows]
    heads = [phrase.text for line in layout.heads for phrase in line.phrases]
    over_labels = " ".join([*(column.head for column in layout.columns if column.is_text), *heads[:1]])
    dated = sum(bool(DATED_LABEL.search(label)) for label in labels)
    if dated > DATED_SHARE * len(labels) or (STUDY_HEAD.search(over_labels) and not TRIAL_WORDS.search(over_labels)):
        return False
    first_pooled = is_pooled(labels[0]) and not all(map(is_pooled, labels))
    return first_pooled or any(TRIAL_WORDS.search(text) for text in (*heads, over_labels, panel.caption, panel.title))
