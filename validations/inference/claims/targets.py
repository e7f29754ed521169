"""Finds the cells that a claim means, and whether claim and cell can both be right."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from schemas.adverse_events import ADVERSE
from validations.inference.claims.places import ClaimTarget, places, spelt
from validations.inference.claims.values import as_percent
from validations.inference.claims.words import Unit, all_words, names_label, units
from validations.registry import NotCheckable
from validations.tables import Paper, Record, once

NO_CELL = NotCheckable("no cell of a table or figure has the label and the measure of the claim")
REFERS_BACK = NotCheckable("the sentence refers back to an earlier one: its subject is uncertain")
OF_SOME = NotCheckable("the sentence may be about some of the patients only")
CLAIMS_OF_A_SENTENCE = 3  # claims before: the beginning of a sentence is hardly farther away
CLAIMS_BEFORE = 5  # claims before, to which a claim may refer
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
    """The position of each claim among all claims of the paper."""
    return {claim: place for place, claim in enumerate(paper_claims(paper))}


def meant_cells(claim: Record, before: Sequence[Record], paper: Paper) -> list[ClaimTarget]:
    """The cells that a claim must mean: with the same measure, and a label that its subject names exactly.

    `before`: the earlier claims, the nearest last; an I² belongs to the pooled value before it.
    """
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
    """For a claim about several groups ("LMS and SS"), the cells of each group; empty unless every group has cells, all
    in one exhibit."""
    listed = bool(places(paper)) and _LISTED.fullmatch(claim["subject"])
    group_names = _EACH.split(claim["subject"]) if listed else ()
    measured = measure_of_claim(claim, paper)
    found = []
    for name in group_names:
        subject = tuple(units(name, spelt(paper)))
        of_one = [p for p in places(paper) if measured in p.measures and p.label and p.record[p.column]]
        found.append([place for place in of_one if speaks_of(subject, place)])
    exhibits = {place.record.exhibit for some in found for place in some}
    return found if all(found) and len(exhibits) == 1 else []


def measure_and_subject(claim: Record, before: Sequence[Record], paper: Paper) -> tuple[str, tuple[Unit, ...]]:
    """The measure of a claim, in the terms of the cells, and the units of its subject."""
    measure, text = claim["measure"], claim["subject"]
    if measure == "i2":
        pooled = next((record for record in reversed(before) if record["ci_low"]), None)
        text = f"{pooled['subject']} {text}" if pooled else text
        measure = f"i2 {measure_of_claim(pooled, paper)}" if pooled else "i2"
    else:
        one_list = (claim, *takewhile(lambda one: one["measure"] == claim["measure"] == "proportion", before[::-1]))
        measures = [measure_of_claim(one, paper) for one in one_list]
        measure = "adverse" if "adverse" in measures else measures[0]
    return measure, tuple(units(text, spelt(paper)))


def measure_of_claim(claim: Record, paper: Paper) -> str:
    """The measure of a claim; a proportion with words of adverse events around it has the measure "adverse"."""
    if claim["measure"] not in ("proportion", "percent") or not claim["ci_low"]:
        return claim["measure"]
    subject = all_words(units(f"{claim['subject']} {claim['text']}", spelt(paper)))
    return "adverse" if subject & ADVERSE else claim["measure"]


def speaks_of(subject: tuple[Unit, ...], place: ClaimTarget) -> bool:
    """Whether a subject names exactly the label of a cell."""
    if place.label:
        return names_label(subject, place.label, place.harmless)
    return all(unit.in_words(place.harmless) for unit in subject)


def same_total(claim: Record, place: ClaimTarget) -> bool:
    """Whether the claim has the same total as the cell, for cells whose total decides the quantity."""
    if place.totals:
        return claim.count("total") in place.totals
    return not place.of or claim["total"] in [place.record[column] for column in place.of if place.record[column]]


def is_sure(claim: Record, place: ClaimTarget) -> bool:
    """Whether the claim must mean the cell. A cell about all patients needs words such as "overall"."""
    everybody = bool(place.label) or _ALL.search(f"{claim['text']} {claim['subject']}") is not None
    return everybody and not place.unsure


def agrees_with_cell(claim: Record, place: ClaimTarget) -> bool | None:
    """Whether a claim and a cell can both be right; None if they cannot be compared."""
    found, cell = as_percent(claim), place.record.number(place.column)
    counted = _counts(claim, place)
    if found is None or cell is None:
        return counted
    low, high = cell.low * place.scale, cell.high * place.scale
    return found.low <= high and low <= found.high and counted is not False and not differing_limits(claim, place)


def differing_limits(claim: Record, place: ClaimTarget) -> list[str]:
    """The limits of the confidence interval in which a claim differs from the cells. A claim in percent may give its
    interval as proportions."""
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
    """Whether the words around a claim, or around the claim before it in the same sentence, refer to an
    earlier sentence."""
    near = [one for one in before[-1:] if one["value"] and one["value"] in claim["text"].split()]
    return any(_BACK.search(one["text"]) for one in (claim, *near))


def is_of_some(claim: Record, before: Sequence[Record], paper: Paper) -> bool:
    """Whether one of the claims before begins a sentence like "Of the 6 patients with ASPS": what follows is
    about these, unless they are all patients."""
    everybody = {str(table.cohort_n) for table in paper.tables.values()}
    return any(
        one["section"] == claim["section"]
        and one["value"] not in everybody
        and re.search(rf"\b(?:Of|Among)\s+(?:the\s+|these\s+|our\s+)?{re.escape(one['value'])}\b", one["text"])
        for one in before[-CLAIMS_OF_A_SENTENCE:]
        if one["measure"] == "count"
    )


def with_those_before(paper: Paper) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """The claims of a paper, each with up to CLAIMS_BEFORE claims before it."""
    found = paper_claims(paper)
    yield from ((claim, found[max(0, place - CLAIMS_BEFORE) : place]) for place, claim in enumerate(found))
