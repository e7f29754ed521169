"""CLM: statements that one group did longer, higher or better than another, against the numbers."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.base.printed import Printed
from validations.inference.claims.places import ClaimTarget, places, spelt
from validations.inference.claims.targets import paper_claims, speaks_of
from validations.inference.claims.words import all_words, units
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

_NO_RATIO = NotCheckable("no table of hazard ratios compares the same groups")
_NO_CELLS = NotCheckable("no cells have the labels of the two compared groups")
_OUTCOMES = {"pfs_median": "PFS", "os_median": "OS"}


@check("CLM004", "unlikely")
def medians_contradict_hazard_ratio(paper: Paper) -> Answers:
    """The text gives the longer median to the group with the higher hazard in a table.

    Why it matters
        A hazard ratio clearly below 1 means later events in the first group. If the medians in the text say the
        opposite, either the medians or the reference group of the model were exchanged.

    Fires on
        claims: claims
        row  text       measure     subject               value  unit    versus
        1    7.0 vs. 2  pfs_median  ECOG 2-3              7.0    months  without
        2    2.9 with   pfs_median  without               2.9    months  ECOG 2-3

        table2: hazard_ratios
        outcome  characteristic           comparison   hazard_ratio  ci_low  ci_high
        PFS      ECOG performance status  0–1 vs. 2–3  0.32          0.16    0.63

    Silent on
        claims: claims
        row  text       measure     subject               value  unit    versus
        1    2.9 vs. 7  pfs_median  ECOG 2-3              2.9    months  without
        2    7.0 with   pfs_median  without               7.0    months  ECOG 2-3

        table2: hazard_ratios
        outcome  characteristic           comparison   hazard_ratio  ci_low  ci_high
        PFS      ECOG performance status  0–1 vs. 2–3  0.32          0.16    0.63

    Not checkable on
        claims: claims
        row  text       measure     subject   value  unit    versus
        1    2.9 vs. 7  pfs_median  ECOG 2-3  2.9    months  without
        2    7.0 with   pfs_median  without   7.0    months  ECOG 2-3
    """
    ratios = [record for table in paper.of("hazard_ratios") for record in table.records]
    for one, other in pairwise(paper_claims(paper)):
        if one["measure"] in _OUTCOMES and one["versus"] and one["versus"] == other["subject"]:
            yield _against_ratios(one, other, ratios, paper)


def _against_ratios(one: Record, other: Record, ratios: Sequence[Record], paper: Paper) -> Answer:
    first, second = one.number("value"), other.number("value")
    found = [
        (record, better) for record in ratios for better in _first_is_better(one, record, paper) if better is not None
    ]
    if first is None or second is None or not found:
        return _NO_RATIO
    record, better = found[0]
    if (first.value > second.value) == better or first.overlaps(second.low, second.high):
        return None
    ratio = f"{record['comparison']}: {record['hazard_ratio']} ({record['ci_low']} to {record['ci_high']})"
    message = f"{first} for {one['subject']} against {second}, but {record.place} has {ratio}"
    return Fault(message, f"{second} against {first}", one, "value", ("value",), (other, record))


def _first_is_better(claim: Record, ratio: Record, paper: Paper) -> Iterator[bool | None]:
    """Whether the group of a claim has the lower hazard in one row of a table: None if the interval holds 1, no
    answer if the row is about something else."""
    known = spelt(paper)
    subject = units(claim["subject"], known)
    sides = [units(side, known) for side in ratio["comparison"].replace("vs.", "vs").split("vs")]
    if ratio["outcome"] != _OUTCOMES[claim["measure"]] or len(sides) != 2:
        return
    named = [bool(side) and all(unit.in_words(all_words(subject)) for unit in side) for side in sides]
    about = any(unit.in_words(all_words(subject)) for unit in units(ratio["characteristic"], known))
    if about and named[0] != named[1]:
        low, high = ratio.number("ci_low"), ratio.number("ci_high")
        clear = low is not None and high is not None and (high.high < 1 or low.low > 1)
        yield (high is not None and high.high < 1) == named[0] if clear else None


@check("CLM005", "unlikely")
def ordering_contradicts_cells(paper: Paper) -> Answers:
    """The text says that a rate is higher in one group than in another, but the cells say the reverse.

    Why it matters
        Readers remember which group did better, not by how much.

    Fires on
        claims: claims
        row  text           measure  subject  comparator  versus
        1    higher in A x  orr      Alpha    >           Beta

        table4: responses
        group  n_evaluable  orr_percent
        Alpha  41           29.3
        Beta   15           46.7

    Silent on
        claims: claims
        row  text           measure  subject  comparator  versus
        1    higher in B x  orr      Beta     >           Alpha

        table4: responses
        group  n_evaluable  orr_percent
        Alpha  41           29.3
        Beta   15           46.7

    Not checkable on
        claims: claims
        row  text           measure  subject  comparator  versus
        1    higher in B x  orr      Beta     >           Alpha
    """
    for claim in paper_claims(paper):
        if not claim["value"] and claim["versus"] and claim["comparator"] in ("<", ">"):
            yield _against_both(claim, paper)


def _against_both(claim: Record, paper: Paper) -> Answer:
    one, other = (_only(claim, claim[name], paper) for name in ("subject", "versus"))
    first, second = _value(one), _value(other)
    if one is None or other is None or first is None or second is None:
        return _NO_CELLS
    more = first.low > second.high
    less = first.high < second.low
    if not (less if claim["comparator"] == ">" else more):
        return None
    word = "higher" if claim["comparator"] == ">" else "lower"
    message = f"the text says {claim['subject']} is {word} than {claim['versus']}, printed are {first} and {second}"
    return Fault(message, "", claim, "comparator", ("subject", "comparator", "versus"), (one.record, other.record))


def _only(claim: Record, name: str, paper: Paper) -> ClaimTarget | None:
    """The only cell of a group for the measure of a claim; None if there is no cell or more than one."""
    subject = tuple(units(name, spelt(paper)))
    found = [p for p in places(paper) if claim["measure"] in p.measures and p.label and speaks_of(subject, p)]
    return found[0] if len(found) == 1 else None


def _value(place: ClaimTarget | None) -> Printed | None:
    return place.record.number(place.column) if place else None
