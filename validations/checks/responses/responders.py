"""RSP: a table of responses against the list of responders."""

from collections.abc import Iterator
from itertools import product

from validations.labels import fold, is_total
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

_KINDS = {"cr": ("cr", "complete response"), "pr": ("pr", "partial response")}


@check("RSP011", "impossible")
def more_responders_listed_than_counted(paper: Paper) -> Answers:
    """The list of responders has more patients of a group than the table of responses counts.

    Why it matters
        The list shows each patient. A smaller count contradicts the paper's own evidence.

    Fires on
        table2: responses
        group  part_of  n_total  cr_n  pr_n
        UPS    -        12       2     1

        table3: responders
        best_response  subtype
        PR             UPS
        PR             UPS

    Silent on
        table2: responses
        group  part_of  n_total  cr_n  pr_n
        UPS    -        12       0     1
        LPS    -        10       0     1
        DDLPS  LPS      7        0     1
        Total  -        22       0     2

        table3: responders
        best_response  subtype
        PR             UPS
        PR             DDLPS
    """
    for group, kind, listed in _compared(paper):
        yield _against_list(group, kind, listed, more=True)


@check("RSP012", "unlikely")
def fewer_responders_listed_than_counted(paper: Paper) -> Answers:
    """The list of responders has fewer patients of a group than the table of responses counts.

    Why it matters
        A responder is missing from the list or listed under another subtype or response, or the count is wrong.

    Fires on
        table4: responses
        group  n_total  cr_n  pr_n
        Total  72       3     19

        table3: responders
        best_response  subtype
        CR             UPS
        PR             UPS

    Silent on
        table4: responses
        group  n_total  cr_n  pr_n
        Total  72       1     1

        table3: responders
        best_response  subtype
        CR             UPS
        PR             UPS
    """
    for group, kind, listed in _compared(paper):
        yield _against_list(group, kind, listed, more=False)


def _compared(paper: Paper) -> Iterator[tuple[Record, str, list[Record]]]:
    """Each group, kind of response and the listed patients that belong to both. A table whose groups are not subtypes
    of the list (but treatments, for example) is compared in its total row only."""
    for responders, table in product(paper.of("responders"), paper.of("responses")):
        subtypes = {fold(patient["subtype"]) for patient in responders.records}
        by_subtype = any(fold(record["group"]) in subtypes for record in table.records)
        for record, kind in product(table.records, _KINDS):
            if is_total(record["group"]) or by_subtype:
                names = subtypes if is_total(record["group"]) else _names(record, table)
                yield record, kind, [patient for patient in responders.records if _belongs(patient, kind, names)]


def _names(record: Record, table: Table) -> set[str]:
    """The folded names of a group and its parts."""
    parts = [other["group"] for other in table.records if other["part_of"] == record["group"]]
    return {fold(name) for name in (record["group"], *parts)}


def _belongs(patient: Record, kind: str, names: set[str]) -> bool:
    return patient["best_response"].strip().casefold() in _KINDS[kind] and fold(patient["subtype"]) in names


def _against_list(record: Record, kind: str, listed: list[Record], *, more: bool) -> Answer:
    column = f"{kind}_n"
    counted = record.count(column)
    if counted is None:
        return NotCheckable("the responses of the group are not counted")
    if record["part_of"] and not more:
        return NotCheckable("the list may name the larger group instead of its part")
    wrong = len(listed) > counted if more else len(listed) < counted
    message = f"{record['group']}: {counted} with {kind.upper()}, {len(listed)} in the list of responders"
    return Fault(message, str(len(listed)), record, column, (column,), tuple(listed)) if wrong else None
