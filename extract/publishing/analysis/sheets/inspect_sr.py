"""Domain 4 of INSPECT-SR, "Inspecting results in the study", pre-filled from the findings of a paper.

Source: Wilkinson et al., medRxiv 2025.09.03.25334905, checks 4.1 to 4.11. The answer is left to the reviewer: the tool
asks for judgement, and a finding can be a misprint.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from validations.manual.families import family_words

COLUMNS = ("item", "question", "answer", "evidence", "checked", "not_checked")
_Row = Mapping[str, str]


class Item(NamedTuple):
    """A check of the domain. `families`: of our checks that bear on it; `rest`: what it asks that none of them sees."""

    number: str
    question: str
    families: tuple[str, ...]
    rest: str


ITEMS = (
    Item(
        "4.1",
        "Are there any unexplained discrepancies between reported data and participant eligibility criteria?",
        (),
        "eligibility criteria are not read",
    ),
    Item(
        "4.2",
        "Are numbers of participants allocated to each group implausible given the allocation method?",
        (),
        "the allocation method is not read",
    ),
    Item(
        "4.3",
        "Are any baseline data implausible?",
        ("DSP", "ARM"),
        "clinical plausibility, and whether a table is of baseline data",
    ),
    Item(
        "4.4",
        "Are there any discrepancies between results reported in figures, tables, and text?",
        ("CLM", "XTB", "GEO"),
        "figures other than forest plots",
    ),
    Item(
        "4.5",
        "Are the numbers of participants lost to follow-up implausible?",
        (),
        "losses to follow-up are not told from other counts",
    ),
    Item(
        "4.6",
        "Are there any unexplained inconsistencies in the numbers of participants?",
        ("ARM", "SUM", "PCT"),
        "flow diagrams",
    ),
    Item(
        "4.7",
        "Are any outcome data, including estimated treatment effects, implausible?",
        (),
        "clinical plausibility, and the other studies of the review",
    ),
    Item(
        "4.8",
        "Are the means and variances of integer data impossible?",
        ("GRM", "DSP"),
        "variables that are not known to be counts",
    ),
    Item(
        "4.9",
        "Are there errors in statistical results?",
        ("TST", "DIF", "EFF", "CIN", "MET"),
        "results whose counts, means or intervals are not printed",
    ),
    Item(
        "4.10",
        "Are any other contradictions implied by the data?",
        ("DUP", "RSP", "LBL"),
        "contradictions that need knowledge of the subject",
    ),
    Item(
        "4.11",
        "Are there inconsistencies in descriptions of methods and results across publications describing the study?",
        (),
        "other publications are not read",
    ),
)


def inspect_sheet(findings: Sequence[_Row], tallies: Sequence[_Row]) -> pd.DataFrame:
    """The sheet of a paper. `findings`: rows of findings.csv; `tallies`: rows of checks.csv. Notes, and findings that a
    ruling explains, are no evidence."""
    rows = [
        (
            item.number,
            item.question,
            "",
            " | ".join(_evidence(item.families, findings)),
            "; ".join(_decided(item.families, tallies)),
            "; ".join([*_undecided(item.families, tallies), item.rest]),
        )
        for item in ITEMS
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _evidence(families: tuple[str, ...], findings: Iterable[_Row]) -> Iterable[str]:
    for finding in findings:
        counts = finding["severity"] in ("impossible", "unlikely") and finding["verdict"] != "explained"
        if counts and finding["code"].startswith(families or ("-",)):
            row = f" row {finding['row']}" if finding["row"] else ""
            page = f", page {finding['page']}" if finding["page"] else ""
            ruled = "ruled the paper's error" if finding["verdict"] else "not ruled on"
            kind, place = f"{finding['severity']}, {ruled}", f"{finding['exhibit']}{row}{page}"
            yield f"{finding['code']} ({kind}) {place}: {finding['message']}"


def _decided(families: tuple[str, ...], tallies: Sequence[_Row]) -> Iterable[str]:
    for family in families:
        number = sum(int(tally["checked"]) for tally in tallies if tally["code"].startswith(family))
        yield f"{family_words(family)} ({family}): {number} answers"


def _undecided(families: tuple[str, ...], tallies: Sequence[_Row]) -> Iterable[str]:
    """How often the checks of a family could not decide, with the two reasons that are given most."""
    for family in families:
        own = [tally for tally in tallies if tally["code"].startswith(family)]
        number = sum(int(tally["not_checkable"]) for tally in own)
        reasons = Counter(
            reason.rpartition(" (")[0] or reason
            for tally in own
            for reason in filter(None, tally["why_not"].split("; "))
        )
        if number:
            yield f"{family}: {number} undecided ({', '.join(reason for reason, _ in reasons.most_common(2))})"
