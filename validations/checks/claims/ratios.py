"""CLM: hazard ratios and absent responses in the text, against their rows in tables and figures."""

import re
from collections.abc import Sequence

from validations.inference.claims.places import ClaimTarget, spelt
from validations.inference.claims.ratios import meant_hazard_ratios, ratio_agrees
from validations.inference.claims.responses import response_places
from validations.inference.claims.targets import paper_claims, speaks_of, with_those_before
from validations.inference.claims.words import units
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

_NO_LINE = NotCheckable("no row of a table of hazard ratios has the outcome and the groups that the claim names")
_NO_GROUP = NotCheckable("no table or figure shows the responses of a group that the claim names")
_RESPONSE = re.compile(r"\brespon(?:se|ses|ders?)\b")
_AND = re.compile(r",\s*(?:or|nor|and)?\s*|\s+(?:or|nor|and)\s+")


@check("CLM010", "unlikely")
def claimed_ratio_is_not_in_its_table(paper: Paper) -> Answers:
    """The text states a hazard ratio or interval that no model in the tables gives for that characteristic.

    Why it matters
        A ratio may be inverted (2.0 for A against B is 0.5 for B against A), and the text may quote any model. A ratio
        that matches none of them does not come from the tables.

    Fires on
        claims: claims
        row  text          measure       subject             value  ci_low  ci_high
        1    PFS (HR 2.26  hazard_ratio  ECOG 2-3 short PFS  2.26   1.64    6.25

        table2: hazard_ratios
        outcome  characteristic           comparison   hazard_ratio  ci_low  ci_high
        PFS      ECOG performance status  0–1 vs. 2–3  0.31          0.16    0.61

    Silent on
        claims: claims
        row  text          measure       subject             value  ci_low  ci_high
        1    PFS (HR 3.26  hazard_ratio  ECOG 2-3 short PFS  3.26   1.64    6.25
        2    OS (HR 0.72,  hazard_ratio  OS                  0.72   0.50    0.91

        table2: hazard_ratios
        outcome  characteristic           comparison   hazard_ratio  ci_low  ci_high
        PFS      ECOG performance status  0–1 vs. 2–3  0.31          0.16    0.61
        OS       ECOG performance status  0–1 vs. 2–3  0.72          0.50    0.91

    Not checkable on
        claims: claims
        row  text          measure       subject             value  ci_low  ci_high
        1    PFS (HR 3.26  hazard_ratio  ECOG 2-3 short PFS  3.26   1.64    6.25
    """
    for claim, before in with_those_before(paper):
        if claim["measure"] == "hazard_ratio" and claim["value"]:
            yield _against_lines(claim, meant_hazard_ratios(claim, before, paper))


def _against_lines(claim: Record, lines: Sequence[Record]) -> Answer:
    answers = [ratio_agrees(claim, line) for line in lines]
    if True in answers:
        return None
    differing = [line for line, answer in zip(lines, answers, strict=True) if answer is False]
    if not differing:
        return _NO_LINE
    has = "; ".join(
        f"{line.place} has {line['comparison']}: {line['hazard_ratio']} ({line['ci_low']} to {line['ci_high']})"
        for line in differing
    )
    interval = f" ({claim['ci_low']} to {claim['ci_high']})" if claim["ci_low"] else ""
    message = f"{claim['value']}{interval} for {claim['subject']}, but {has}"
    shows = ("value", "ci_low", "ci_high") if interval else ("value",)
    return Fault(message, differing[0]["hazard_ratio"], claim, "value", shows, tuple(differing))


@check("CLM011", "unlikely")
def absent_response_is_in_a_table(paper: Paper) -> Answers:
    """The text says that a group had no response, but a table or figure shows responders in the group.

    Why it matters
        In rare tumours one response can decide whether a drug is tried, and the sentence denies that response.

    Fires on
        claims: claims
        row  text           measure  subject                   value  unit
        1    no responses   count    responses in EHE or Beta  0      responses

        fig4: forest
        kind      label  measure     total  cr  pr
        subgroup  EHE    proportion  7      0   0
        subgroup  Beta   proportion  21     1   1

    Silent on
        claims: claims
        row  text           measure  subject           value  unit
        1    no responses   count    responses in EHE  0      responses

        fig4: forest
        kind      label  measure     total  cr  pr
        subgroup  EHE    proportion  7      0   0
        subgroup  Beta   proportion  21     1   1

    Not checkable on
        claims: claims
        row  text           measure  subject            value  unit
        1    no responses   count    responses in ASPS  0      responses
    """
    denials = [
        claim
        for claim in paper_claims(paper)
        if claim["measure"] == "count" and claim["value"] == "0" and _RESPONSE.search(claim["subject"])
    ]
    groups = response_places(paper) if denials else []
    yield from (_against_responses(claim, groups, paper) for claim in denials)


def _against_responses(claim: Record, groups: Sequence[tuple[ClaimTarget, int]], paper: Paper) -> Answer:
    named = claim["subject"].rpartition(" in ")[2]
    subjects = [tuple(units(name, spelt(paper))) for name in _AND.split(named)]
    found = [(place, count) for place, count in groups for one in subjects if speaks_of(one, place)]
    if not found:
        return _NO_GROUP
    denied = [(place, count) for place, count in found if count]
    if not denied:
        return None
    has = "; ".join(f"{place.record.place} ({_name(place.record)}) has {count}" for place, count in denied)
    message = f"{claim['section'] or 'text'}: no responses in {named}, but {has}"
    records = tuple(place.record for place, _ in denied)
    return Fault(message, str(denied[0][1]), claim, "value", ("subject", "value"), records)


def _name(record: Record) -> str:
    return record["label"] or record["group"]
