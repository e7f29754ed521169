"""Totals of whole exhibits (studies, patients, subtypes, responders), and the claims about them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.adverse_events import ADVERSE
from schemas.base.uses import TableCounts
from validations.inference.claims.nested import possible_sums
from validations.inference.claims.places import spelt, spoken_of, spoken_with
from validations.inference.claims.words import all_words, units
from validations.tables import Paper, Record, Table, once

NOUNS = {
    "studies": "studies",
    "study": "studies",
    "trials": "studies",
    "reports": "studies",
    "patients": "patients",
    "subtypes": "subtypes",
    "histologies": "subtypes",
    "responders": "responders",
}
_DATA = re.compile(r"\d|\b(?:high|low|stable|positive|negative|MSS)\b", re.IGNORECASE)
_BIOMARKERS = frozenset(("biomarker", "data", "measured", "available", "result"))
_WHOLE = re.compile(
    r"\b(?:review|overall|over all|in total|in all|a total of|distinct|included|eligible|lists|final analysis"
    r"|entered)\b",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    (
        "review",
        "hold",
        "make",
        "distinct",
        "evaluated",
        "list",
        "total",
        "overall",
        "final",
        "analysis",
        "eligible",
        "clearly",
        "defined",
        "stated",
        "known",
    )
)
_LABEL = re.compile(r"\b(?:Table|Fig(?:ure|\.)?)\s*\d+", re.IGNORECASE)
_SAFETY = re.compile(r"\bsafety\b", re.IGNORECASE)
_DISTINCT = re.compile(r"\b(?:distinct|different|separate)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Whole:
    """The total of `noun` in an exhibit. The first of `values` is the strict one (distinct studies); the others (rows)
    may be meant too. `how`: the total in words. `review`: it counts everything that the paper includes; else a claim
    must name it with `words`. `sure`: a claim about the exhibit must mean this total. `cited`: it is meant only by a
    sentence that cites the exhibit: a figure holds the studies of one analysis."""

    noun: str
    values: tuple[int, ...]
    record: Record
    words: frozenset[str]
    how: str
    review: bool = False
    sure: bool = True
    cited: bool = False


@once
def wholes(paper: Paper) -> tuple[Whole, ...]:
    """The totals of all exhibits of a paper."""
    return tuple(
        whole
        for table in paper.tables.values()
        if table.records and table.model.read_from() != "text"
        for whole in _wholes_of(table, exhibit_words(table, paper), spelt(paper))
    )


def exhibit_words(table: Table, paper: Paper) -> frozenset[str]:
    """The words by which a sentence can refer to an exhibit."""
    return spoken_with(table, spelt(paper)) | (ADVERSE if "adverse" in spoken_of(table.words) else frozenset())


def _wholes_of(table: Table, words: frozenset[str], known: Mapping[str, str]) -> Iterator[Whole]:
    first, studies = table.records[0], [one for one in table.records if one["kind"] == "study"]
    subgroups = [one for one in table.records if one["kind"] == "subgroup"]
    counts = table.model.table_counts()
    if counts.studies:
        yield _studies(table.records, counts.studies, words, review=True)
        yield from _patients(table.records, counts.patients, words, review=True)
    elif studies:
        yield replace(_studies(studies, "label", words), cited=True)
        yield from (replace(whole, cited=True) for whole in _patients(studies, "total", words))
    elif subgroups and "subtype" in table.words.casefold():
        words |= {"subtype"}
        yield Whole("subtypes", (len(subgroups),), first, words, f"{len(subgroups)} rows")
        yield from _patients(subgroups, "total", words, known)
    elif counts.rows:
        yield from _rows(table, counts)
    elif counts.cohort and table.cohort_n:
        how = f"N = {table.cohort_n}"
        yield Whole("patients", (table.cohort_n,), first, words, how, review=True, sure=False)


def _studies(rows: Sequence[Record], column: str, words: frozenset[str], *, review: bool = False) -> Whole:
    """Studies counted by name and by row: an author with several arms, or reports in a year, may be either."""
    distinct = len({row[column] for row in rows})
    how = f"{len(rows)} rows of {distinct} distinct studies" if distinct < len(rows) else f"{distinct} studies"
    return Whole("studies", (distinct, len(rows)), rows[0], words, how, review)


def _patients(
    rows: Sequence[Record],
    column: str,
    words: frozenset[str],
    known: Mapping[str, str] | None = None,
    *,
    review: bool = False,
) -> Iterator[Whole]:
    """The sum of a column. With `known` (abbreviations), rows may be counted in the row of their whole."""
    if found := possible_sums(
        rows if known is not None or all(row[column] for row in rows) else (), column, known or {}
    ):
        less = f" ({', '.join(map(str, found[1:]))} where some are parts of others)" if found[1:] else ""
        yield Whole("patients", found, rows[0], words, f"{found[0]} patients in {len(rows)} rows{less}", review)


def _rows(table: Table, counts: TableCounts) -> Iterator[Whole]:
    """The number of all rows of a list of patients, and of those with data on a biomarker."""
    rows = table.records
    measured = [row for row in rows if any(_DATA.search(row[column]) for column in counts.data)]
    yield Whole(counts.rows, (len(rows),), rows[0], frozenset(), f"{len(rows)} rows", sure=False)
    how = f"{len(measured)} rows with data on a biomarker"
    yield Whole(counts.rows, (len(measured),), measured[0] if measured else rows[0], _BIOMARKERS, how)


def meant_wholes(claim: Record, before: Sequence[Record], paper: Paper) -> list[Whole]:
    """The totals that a claim must mean: with its noun, and no words but those of the exhibit."""
    if not wholes(paper):
        return []
    noun = noun_of(claim)
    spoken_by = _sentence(claim, before)
    subjects = " ".join(f"{one['subject']}" for one in spoken_by)
    subject = units(_SAFETY.sub("adverse event", _LABEL.sub(" ", subjects)), spelt(paper))
    counted = frozenset(word for one in spoken_by for word in all_words(units(one["unit"], {})))
    extra = [unit for unit in subject if not unit.in_words(_SAYS_NOTHING | counted)]
    subtypes = any("subtype" in one["subject"] for one in spoken_by)
    if not extra and not subtypes:
        general = any(_WHOLE.search(f"{one['subject']} {one['text']}") for one in spoken_by)
        return [one for one in wholes(paper) if one.noun == noun and (general if one.review else not one.words)]
    return [
        whole
        for whole in wholes(paper)
        if whole.noun == noun
        and whole.words
        and not whole.review
        and subtypes == ("subtype" in whole.words)
        and all(unit.in_words(whole.words) for unit in extra)
    ]


def noun_of(claim: Record) -> str:
    return NOUNS.get(claim["unit"].split(" ")[-1].casefold(), "") if claim["measure"] == "count" else ""


def wants_distinct(claim: Record) -> bool:
    """Whether a claim says that it counts distinct studies, not arms."""
    return _DISTINCT.search(claim["subject"]) is not None


def _sentence(claim: Record, before: Sequence[Record]) -> tuple[Record, ...]:
    """The claim, and the counts before it in the same chain of words: "38 studies and 1349 patients"."""
    last = before[-1] if before else None
    lead = claim["text"].partition(claim["value"])[0] if claim["value"] else claim["text"]
    follows = last is not None and noun_of(last) and claim["subject"].count(" ") < 3 and noun_of(last) != noun_of(claim)
    if last is not None and follows and last["value"] in lead.split() and not lead.rstrip().endswith("."):
        return (claim, *_sentence(last, before[:-1]))
    return (claim,)
