"""CLM: values in the text against the cells that they quote."""

from collections.abc import Sequence

from validations.inference.claims.places import ClaimTarget
from validations.inference.claims.targets import (
    NO_CELL,
    OF_SOME,
    REFERS_BACK,
    agrees_with_cell,
    differing_limits,
    is_of_some,
    is_sure,
    meant_cells,
    meant_cells_of_each,
    refers_back,
    with_those_before,
)
from validations.inference.denominators import count_gives
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

IN_CELLS = ("percent", "count", "orr", "dcr", "proportion", "i2")
TOGETHER = NotCheckable("the value may belong to several groups together")


@check("CLM002", "impossible")
def claim_differs_from_its_cell(paper: Paper) -> Answers:
    """The text states another value than the table or figure cell that it quotes.

    Why it matters
        One of the two is wrong, and most people read only the abstract. The cell is found by its label and the
        abbreviations that the paper defines. A sentence that says more than the label is not compared.

    Fires on
        claims: claims
        row  text           measure  subject  comparator  value  unit
        1    LMS (12 %)     percent  LMS      =           12     %

        table1: characteristics, N = 72, defines LMS=leiomyosarcoma
        section  label           n   percent
        Subtype  Leiomyosarcoma  12  16.7

    Silent on
        claims: claims
        row  text            measure  subject                 comparator  value  unit
        1    LMS (17 %)      percent  LMS                     =           17     %
        2    it was 5 %      percent  LMS of the uterus       =           5      %

        table1: characteristics, N = 72, defines LMS=leiomyosarcoma
        section  label           n   percent
        Subtype  Leiomyosarcoma  12  16.7

    Not checkable on
        claims: claims
        row  text            measure  subject            comparator  value  unit
        1    it was 5 %      percent  LMS of the uterus  =           5      %
    """
    for claim, before in with_those_before(paper):
        if claim["measure"] in IN_CELLS and claim["value"] and claim["comparator"] != "~":
            found = meant_cells(claim, before, paper)
            answer = _against_cells(claim, before, found) if found else _against_each(claim, paper)
            yield OF_SOME if isinstance(answer, Fault) and is_of_some(claim, before, paper) else answer


def _against_each(claim: Record, paper: Paper) -> Answer:
    """The answer for a claim about several groups. Its value may belong to all together, unless it is a bound."""
    groups = meant_cells_of_each(claim, paper)
    if not groups:
        return NO_CELL
    differing = [some[0] for some in groups if not any(agrees_with_cell(claim, place) for place in some)]
    if not differing:
        return None
    if claim["comparator"] not in tuple("<>≤≥") or any(len(some) > 1 for some in groups):
        return TOGETHER
    return _contradiction(claim, differing[0], tuple(place.record for place in differing))


@check("CLM006", "unlikely")
def approximation_far_from_its_cell(paper: Paper) -> Answers:
    """The text rounds a value of a table so coarsely that another round value would be nearer.

    Why it matters
        Readers remember "about a quarter" where the table has a third. A share in words stands for the values that are
        nearer to it than to the next share (a fifth, a quarter, a third, a half), a round number for the values within
        one unit of its last digit.

    Fires on
        claims: claims
        row  text             measure  subject       comparator  value  unit  notes
        1    a quarter had    percent  chemotherapy  ~           25     %     value:a quarter

        table1: characteristics, N = 72
        label         n   percent
        Chemotherapy  23  31.9

    Silent on
        claims: claims
        row  text             measure  subject       comparator  value  unit  notes
        1    a third had it   percent  chemotherapy  ~           33     %     value:a third
        2    almost 40 % had  percent  chemotherapy  ~           40     %     -

        table1: characteristics, N = 72
        label         n   percent
        Chemotherapy  23  31.9

    Not checkable on
        claims: claims
        row  text             measure  subject       comparator  value  unit  notes
        1    a third had it   percent  chemotherapy  ~           33     %     value:a third
    """
    for claim, before in with_those_before(paper):
        if claim["measure"] in IN_CELLS and claim["value"] and claim["comparator"] == "~":
            yield _against_cells(claim, before, meant_cells(claim, before, paper))


def _against_cells(claim: Record, before: Sequence[Record], found: Sequence[ClaimTarget]) -> Answer:
    answers = {place: agrees_with_cell(claim, place) for place in found}
    if True in answers.values():
        return None
    differing = [place for place, answer in answers.items() if answer is False and is_sure(claim, place)]
    if not differing:
        return NO_CELL
    if refers_back(claim, before):
        return REFERS_BACK
    printed = {place.record[place.column] or place.record[place.count] for place in differing}
    if len(printed) > 1:
        return NotCheckable("several cells have the label that the claim names, with different values")
    place = differing[0]
    return _contradiction(claim, place, tuple(other.record for other in differing))


def _contradiction(claim: Record, place: ClaimTarget, records: tuple[Record, ...]) -> Fault:
    cell = place.record[place.column]
    count = place.record[place.count] if place.count else ""
    first, second = (count, cell) if claim["measure"] == "count" else (cell, count)
    both = f"{first} ({second})" if first and second else first or second
    hint = (
        f"; {claim['value']} is the count there"
        if count and count == claim["value"] and cell
        else _other_total(claim, place)
    )
    where, subject = claim["section"] or "text", claim["subject"] or "all"
    limits = differing_limits(claim, place)
    if limits:
        both = f"{cell} ({' to '.join(place.record[column] for column in place.limits)})"
    message = f"{where}: {_stated_value(claim, limits)} for {subject}, but {place.record.place} has {both}{hint}"
    shows = ("n", "value") if claim["n"] and claim["measure"] != "count" else ("value", *limits)
    return Fault(message, first or second, claim, "value", shows, records)


def _stated_value(claim: Record, limits: Sequence[str]) -> str:
    """The value of a claim as stated, with its interval if that differs from the cell's."""
    sign = {"=": "", "~": "about "}.get(claim["comparator"], claim["comparator"])
    interval = f" ({claim['ci_low']} to {claim['ci_high']})" if limits else ""
    return f"{sign}{claim['value']}{interval}"


def _other_total(claim: Record, place: ClaimTarget) -> str:
    """The remark that the stated percentage is right over another denominator of the same row, or ""."""
    count, percent = place.record.count(place.count) if place.count else None, claim.number("value")
    totals = [place.record.count(column) for column in ("n_total", "n_evaluable", "total")]
    fitting = [
        total for total in totals if total and count is not None and percent and count_gives(count, total, percent)
    ]
    return f"; {count} of {fitting[0]} is {percent} %" if fitting and claim["unit"] == "%" else ""
