"""CLM: a value in the abstract, discussion or conclusion against the same value in the results."""

from collections import defaultdict
from collections.abc import Sequence

from schemas.base.printed import Printed
from validations.inference.claims.places import spelt
from validations.inference.claims.targets import (
    REFERS_BACK,
    measure_of_claim,
    paper_claims,
    refers_back,
    with_those_before,
)
from validations.inference.claims.values import as_percent, stated_value
from validations.inference.claims.words import all_words, units
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

MOST_STATED_VALUES = 100  # of one measure and subject: no paper states as many


Key = tuple[str, frozenset[str]]


_TIME_UNITS = {"day", "week", "month", "year"}


_RATES = ("orr", "dcr", "pfs_rate", "os_rate")


_COMPARABLE = (
    "percent",
    "orr",
    "dcr",
    "pfs_median",
    "os_median",
    "followup_median",
    "pfs_rate",
    "os_rate",
    "age_median",
)


@check("CLM003", "unlikely")
def claim_differs_between_sections(paper: Paper) -> Answers:
    """Abstract, discussion or conclusion state another value than the results, for the same measure and subject.

    Why it matters
        A number was updated in one place only, or mistyped in one of the two.

    Fires on
        claims: claims
        row  section   text        measure     subject  comparator  value  unit
        1    abstract  was 4.6 mo  pfs_median  LMS      =           4.6    months
        2    results   was 6.4 mo  pfs_median  LMS      =           6.4    months

    Silent on
        claims: claims
        row  section   text        measure     subject  comparator  value  unit
        1    abstract  was 4.6 mo  pfs_median  LMS      =           4.6    months
        2    results   was 4.6 mo  pfs_median  LMS      =           4.6    months

    Not checkable on
        claims: claims
        row  section   text        measure     subject  comparator  value  unit
        1    abstract  was 4.6 mo  pfs_median  LMS      =           4.6    months
    """
    keys = {claim: key for claim in paper_claims(paper) if (key := comparison_key(claim, paper)) is not None}
    results: dict[Key, dict[tuple[str, ...], Record]] = defaultdict(dict)
    for claim, key in keys.items():
        if claim["section"] == "results":
            same = results[key]
            value = tuple(claim[name] for name in ("measure", "comparator", "value", "unit", "notes"))
            same.pop(value, None)  # of equal claims keep the last
            same[value] = claim
    for claim, before in with_those_before(paper):
        if claim["section"] in ("abstract", "discussion", "conclusion") and claim in keys:
            answer = _against_results(claim, tuple(results.get(keys[claim], {}).values()))
            yield REFERS_BACK if isinstance(answer, Fault) and refers_back(claim, before) else answer


def comparison_key(claim: Record, paper: Paper) -> Key | None:
    """The measure and the words of the subject, equal in claims that state the same; None where a claim says too
    little to be compared: the subject of a percentage must have a word that is not a unit of time."""
    if claim["measure"] not in _COMPARABLE or claim.number("value") is None or claim["comparator"] not in ("", "="):
        return None
    subject = all_words(units(claim["subject"], spelt(paper)))
    if claim["measure"] == "percent" and not any(word.isalpha() for word in subject - _TIME_UNITS):
        return None
    return measure_of_claim(claim, paper), subject


def _against_results(claim: Record, others: Sequence[Record]) -> Answer:
    if not others:
        return NotCheckable("the results do not state this measure in the same words")
    if len(others) > MOST_STATED_VALUES:
        return NotCheckable(f"the results state more than {MOST_STATED_VALUES} values in the same words")
    values = {other["value"]: other for other in others}
    value = _in_percent(claim)
    if value is None or any(_can_be_one(value, _in_percent(other)) for other in others):
        return None
    if len(values) > 1:
        return NotCheckable("the results state several values in the same words")
    other = next(iter(values.values()))
    if claim["n"] and claim["n"] == other["n"] and claim["measure"] == "percent":
        return NotCheckable("both state the same count, out of different totals")
    message = f"the {claim['section']} says {claim['value']}, the results say {other['value']}"
    return Fault(message, other["value"], claim, "value", ("value",), (other,))


def _in_percent(claim: Record) -> Printed | None:
    """The value of a claim; a rate in percent."""
    return as_percent(claim) if claim["measure"] in _RATES else stated_value(claim)


def _can_be_one(one: Printed, other: Printed | None) -> bool:
    return other is not None and one.overlaps(other.low, other.high)
