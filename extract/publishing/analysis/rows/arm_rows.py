"""Rows of single arms: one_arm, adverse_events, survival."""

from collections.abc import Iterator, Mapping, Sequence

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import ArmResult, Effect, LeftOut, MedianTime, Result
from extract.publishing.analysis.rows.places import Identifiers, place

Row = Mapping[str, str]
_ABOUT = ("study", "caption", "section", "outcome", "subgroup", "timepoint", "population")


def one_arm_rows(paper: CuratedPaper, results: Sequence[Result]) -> Iterator[Row]:
    """The counts of patients."""
    ids = Identifiers()
    for result in results:
        if isinstance(result, ArmResult) and result.is_count:
            yield _count(paper, result, ids.of(paper, result.source))


def adverse_event_rows(paper: CuratedPaper, results: Sequence[Result]) -> Iterator[Row]:
    """The counts that are adverse events."""
    ids = Identifiers()
    for result in results:
        if isinstance(result, ArmResult) and result.event:
            named = {"event": result.event, "grade": result.grade}
            yield {**_count(paper, result, ids.of(paper, result.source)), **named}


def _count(paper: CuratedPaper, result: ArmResult, identifier: str) -> Row:
    return {
        **what(result.about),
        **place(paper, (result.source,)),
        **{"id": identifier, "arm": result.arm},
        **result.xi.columns("xi"),
        **result.ni.columns("ni"),
    }


def what(about: Mapping[str, str], *more: str) -> Row:
    """What a row is about. `more`: further columns, such as the unit."""
    return {name: about.get(name, "") for name in (*_ABOUT, *more)}


def survival_rows(paper: CuratedPaper, results: Sequence[Result]) -> Iterator[Row]:
    """The median times to an event."""
    ids = Identifiers()
    for result in results:
        if isinstance(result, MedianTime):
            known = {**what(result.about, "unit"), **place(paper, (result.source,)), **result.plain}
            yield {**known, "id": ids.of(paper, result.source)}


def effect_rows(paper: CuratedPaper, results: Sequence[Result]) -> Iterator[Row]:
    """The effects."""
    ids = Identifiers()
    for result in results:
        if isinstance(result, Effect):
            values = {name: text for key, value in result.values.items() for name, text in value.columns(key).items()}
            known = {**what(result.about, "unit"), **place(paper, (result.source,)), **result.plain}
            yield {**known, **values, "id": ids.of(paper, result.source)}


def left_out_rows(paper: CuratedPaper, left_out: Sequence[LeftOut]) -> Iterator[Row]:
    """What is in no frame, with the reason."""
    ids = Identifiers()
    for item in left_out:
        known = {"study": item.about.get("study", ""), "wanted": item.wanted, "reason": item.reason}
        yield {**known, **place(paper, (item.source,)), "id": ids.of(paper, item.source)}
