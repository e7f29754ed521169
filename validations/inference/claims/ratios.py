"""Matches the hazard ratios of sentences with lines of tables, also with the groups exchanged."""

from collections.abc import Sequence

from schemas.base.printed import Printed
from validations.inference.claims.places import spelt
from validations.inference.claims.words import Unit, all_words, units
from validations.tables import Paper, Record

OUTCOME_WORDS = {"pfs": ("pfs", "progression"), "os": ("os", "overall")}


def meant_hazard_ratios(claim: Record, before: Sequence[Record], paper: Paper) -> list[Record]:
    """The table lines with the outcome and the characteristic that a claim names. A claim that names only an outcome
    ("and OS") takes the characteristic of the ratio before it."""
    known = spelt(paper)
    spoken = all_words(units(f"{claim['subject']} {claim['text']}", {}))
    about = units(claim["subject"], known)
    last = before[-1] if before and before[-1]["measure"] == claim["measure"] else None
    if last is not None and len(claim["subject"].split()) == 1:
        about += units(last["subject"], known)
    outcomes = [name for name, words in OUTCOME_WORDS.items() if any(word in spoken for word in words)]
    return [
        record
        for table in paper.of("hazard_ratios")
        for record in table.records
        if record["hazard_ratio"]
        and outcomes == [record["outcome"].casefold()]
        and is_named(record["characteristic"], record["comparison"], about, paper)
    ]


def is_named(characteristic: str, comparison: str, about: Sequence[Unit], paper: Paper) -> bool:
    """Whether a claim is about a characteristic and names at least one of the two compared groups."""
    words = all_words(about)
    sides = [units(side, spelt(paper)) for side in comparison.replace("vs.", "vs").split(" vs ")]
    if len(sides) != 2 or not words:
        return False
    common = any(unit.in_words(words) for unit in units(characteristic, spelt(paper)))
    return common and any(side and all(unit.in_words(words) for unit in side) for side in sides)


def ratio_agrees(claim: Record, line: Record) -> bool | None:
    """Whether a ratio and its interval equal those of a line, or their reciprocals; None if the claim or the line
    has no ratio."""
    pairs = [(claim.number(mine), line.number(its)) for mine, its in _COLUMNS]
    known = [(mine, its) for mine, its in pairs if mine is not None and its is not None]
    if not known or pairs[0] not in known:
        return None
    exchanged = [(claim.number(mine), line.number(its)) for mine, its in _EXCHANGED]
    turned = [(mine, its) for mine, its in exchanged if mine is not None and its is not None]
    return all(mine.overlaps(its.low, its.high) for mine, its in known) or all(
        _is_reciprocal(mine, its) for mine, its in turned
    )


_COLUMNS = (("value", "hazard_ratio"), ("ci_low", "ci_low"), ("ci_high", "ci_high"))
_EXCHANGED = (("value", "hazard_ratio"), ("ci_low", "ci_high"), ("ci_high", "ci_low"))


def _is_reciprocal(mine: Printed, its: Printed) -> bool:
    """Whether 1 / `its` can have been printed as `mine`; the reciprocal of a possible 0 has no upper limit."""
    return its.high > 0 and mine.high * its.high >= 1 and (its.low <= 0 or mine.low * its.low <= 1)
