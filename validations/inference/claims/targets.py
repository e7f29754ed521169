"""Which cells a claim means, and whether both can be right."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from schemas.adverse_events import ADVERSE
from validations.inference.claims.places import ClaimTarget, places, spelt
from validations.inference.claims.values import as_percent
from validations.inference.claims.words import Unit, all_words, names_label, units
from validations.registry import NotCheckable
from validations.tables import Paper, Record, once

NO_CELL = NotCheckable("no cell of a table or figure has the label and the measure that the claim speaks of")
REFERS_BACK = NotCheckable("the sentence refers back to one before: what it speaks of is not sure")
OF_SOME = NotCheckable("the sentence may speak of some of the patients only")
_ALL = re.compile(r"\b(?:overall|pooled|in total|all (?:patients|studies|of them))\b", re.IGNORECASE)
_LISTED = re.compile(r"[^,]+(?:, [^,]+)*,? and [^,]+")
_EACH = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_BACK = re.compile(r"\b(?:it|this|that|these|they) (?:was|is|were|are)\b")


@once
def paper_claims(paper: Paper) -> tuple[Record, ...]:
    """The records of the claims of a paper."""
    return tuple(record for table in paper.of("claims") for record in table.records)


@once
def claim_order(paper: Paper) -> Mapping[Record, int]:
    """The place of each claim among all."""
    return {claim: place for place, claim in enumerate(paper_claims(paper))}


def meant_cells(claim: Record, before: Sequence[Record], paper: Paper) -> list[ClaimTarget]:
    """The cells that a claim can only mean: same measure, and a label that says what its subject says. `before`: the
    claims before it, the nearest last; an I² belongs to the pooled value before it."""
    if not places(paper):
        return []
    measured, subject = measure_and_subject(claim, before, paper)
    return [
        place
        for place in places(paper)
        if measured in place.measures
        and (place.record[place.column] or place.record[place.count])
        and speaks_of(subject, place)
        and same_total(claim, place)
    ]


def meant_cells_of_each(claim: Record, paper: Paper) -> list[list[ClaimTarget]]:
    """For a claim about several groups ("LMS and SS"), the cells of each, where each has some in the same exhibit."""
    listed = bool(places(paper)) and _LISTED.fullmatch(claim["subject"])
    group_names = _EACH.split(claim["subject"]) if listed else ()
    measured = claim_measure(claim, paper)
    found = []
    for name in group_names:
        subject = tuple(units(name, spelt(paper)))
        of_one = [p for p in places(paper) if measured in p.measures and p.label and p.record[p.column]]
        found.append([place for place in of_one if speaks_of(subject, place)])
    exhibits = {place.record.exhibit for some in found for place in some}
    return found if all(found) and len(exhibits) == 1 else []


def measure_and_subject(claim: Record, before: Sequence[Record], paper: Paper) -> tuple[str, tuple[Unit, ...]]:
    """What a claim measures, in the terms of the cells, and the units of its subject."""
    measure, text = claim["measure"], claim["subject"]
    if measure == "i2":
        pooled = next((record for record in reversed(before) if record["ci_low"]), None)
        text = f"{pooled['subject']} {text}" if pooled else text
        measure = f"i2 {claim_measure(pooled, paper)}" if pooled else "i2"
    else:
        one_list = (claim, *takewhile(lambda one: one["measure"] == claim["measure"] == "proportion", before[::-1]))
        measures = [claim_measure(one, paper) for one in one_list]
        measure = "adverse" if "adverse" in measures else measures[0]
    return measure, tuple(units(text, spelt(paper)))


def claim_measure(claim: Record, paper: Paper) -> str:
    """The measure of a claim; a rate of adverse events is one of its own, which the words around it tell."""
    if claim["measure"] not in ("proportion", "percent") or not claim["ci_low"]:
        return claim["measure"]
    subject = all_words(units(f"{claim['subject']} {claim['text']}", spelt(paper)))
    return "adverse" if subject & ADVERSE else claim["measure"]


def speaks_of(subject: tuple[Unit, ...], place: ClaimTarget) -> bool:
    """Whether a subject is just what the label of a cell says."""
    if place.label:
        return names_label(subject, place.label, place.harmless)
    return all(unit.in_words(place.harmless) for unit in subject)


def same_total(claim: Record, place: ClaimTarget) -> bool:
    """Whether a claim is out of as many as the cell, where that tells which quantity is meant."""
    if place.totals:
        return claim.count("total") in place.totals
    return not place.of or claim["total"] in [place.record[column] for column in place.of if place.record[column]]


def is_sure(claim: Record, place: ClaimTarget) -> bool:
    """Whether the claim must mean the cell: that of all patients only where it says so."""
    everybody = bool(place.label) or _ALL.search(f"{claim['text']} {claim['subject']}") is not None
    return everybody and not place.unsure


def agrees_with_cell(claim: Record, place: ClaimTarget) -> bool | None:
    """Whether a claim and a cell can both be right; None where they cannot be compared."""
    found, cell = as_percent(claim), place.record.number(place.column)
    counted = _counts(claim, place)
    if found is None or cell is None:
        return counted
    low, high = cell.low * place.scale, cell.high * place.scale
    return found.low <= high and low <= found.high and counted is not False and not differing_limits(claim, place)


def differing_limits(claim: Record, place: ClaimTarget) -> list[str]:
    """Which limits of the confidence interval a claim states otherwise than the cells beside the estimate; a claim in
    percent may give its interval as a proportion."""
    return [
        column
        for column in place.limits
        if (mine := claim.number(column)) is not None
        and (cell := place.record.number(column)) is not None
        and not (mine.overlaps(cell.low, cell.high) or mine.overlaps(cell.low * place.scale, cell.high * place.scale))
    ]


def _counts(claim: Record, place: ClaimTarget) -> bool | None:
    stated = claim.count("value" if claim["measure"] == "count" else "n")
    printed = place.record.count(place.count) if place.count else None
    return None if stated is None or printed is None else stated == printed


def refers_back(claim: Record, before: Sequence[Record] = ()) -> bool:
    """Whether the words around a claim, or around the one before it in the same words, refer to a sentence before."""
    near = [one for one in before[-1:] if one["value"] and one["value"] in claim["text"].split()]
    return any(_BACK.search(one["text"]) for one in (claim, *near))


def is_of_some(claim: Record, before: Sequence[Record], paper: Paper) -> bool:
    """Whether one of the three claims before begins a sentence with "Of the 6 patients with ASPS": what follows is said
    of these, unless they are all."""
    everybody = {str(table.cohort_n) for table in paper.tables.values()}
    return any(
        one["section"] == claim["section"]
        and one["value"] not in everybody
        and re.search(rf"\b(?:Of|Among)\s+(?:the\s+|these\s+|our\s+)?{re.escape(one['value'])}\b", one["text"])
        for one in before[-3:]
        if one["measure"] == "count"
    )


def with_those_before(paper: Paper) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """The claims of a paper, each with up to five before it."""
    found = paper_claims(paper)
    yield from ((claim, found[max(0, place - 5) : place]) for place, claim in enumerate(found))
