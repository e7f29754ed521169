"""CLM: figures stated in running text against their own arithmetic, against the cells that they speak of, and against
the same figure in another section."""

from collections import defaultdict
from collections.abc import Sequence

from schemas.printed import Printed
from validations.inference.claims.places import Place, spelt
from validations.inference.claims.targets import (
    NO_CELL,
    OF_SOME,
    REFERS_BACK,
    agrees,
    claims,
    differing_limits,
    is_of_some,
    is_sure,
    measure_of,
    places_of,
    places_of_each,
    refers_back,
    with_those_before,
)
from validations.inference.claims.values import as_percent, stated
from validations.inference.claims.words import flat, units
from validations.inference.denominators import gives, in_percent, totals_that_give
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

MOST_VALUES = 100  # of one thing: no paper states as many
Key = tuple[str, frozenset[str]]
IN_CELLS = ("percent", "count", "orr", "dcr", "proportion", "i2")
TOGETHER = NotCheckable("the value may be that of several groups together")
TIMES = {"day", "week", "month", "year"}
RATES = ("orr", "dcr", "pfs_rate", "os_rate")
COMPARABLE = (
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


@check("CLM001", "impossible")
def claimed_percent_not_from_count(table: Table) -> Answers:
    """A percentage in the text cannot be rounded from the counts that stand beside it.

    Why it matters
        "12 of 51 patients (27.5%)" says two different things; readers quote one of them.

    Fires on
        claims: claims
        row  text                  measure  value  unit  n   total
        1    12 of 51 (27.5%) had  percent  27.5   %     12  51

        claims2: claims, N = 51
        row  text          measure  value  unit  n
        1    12 (21.6%) x  percent  21.6   %     12

    Silent on
        claims: claims, N = 72
        row  text                  measure  value  unit  n   total
        1    12 of 51 (23.5%) had  percent  23.5   %     12  51
        2    3 (4.7%) of the 64    percent  4.7    %     3   -

    Not checkable on
        claims: claims
        row  text          measure  value  unit  n
        1    12 (21.6%) x  percent  21.6   %     12
    """
    for claim in table.records if table.schema == "claims" else ():
        n, percent = claim.count("n"), claim.number("value")
        if claim["unit"] == "%" and n is not None and percent is not None:
            yield _arithmetic(claim, n, percent, table.cohort_n)


def _arithmetic(claim: Record, n: int, percent: Printed, cohort_n: int | None) -> Answer:
    total = claim.count("total")
    shows = ("n", "total", "value")
    if total is not None:
        expected = in_percent(n, total, percent.decimals)
        message = f"{n} of {total} is {expected} %, not {percent} %"
        return None if gives(n, total, percent) else Fault(message, expected, claim, "value", shows)
    if cohort_n is None:
        return NotCheckable("neither the total nor the number of patients is known")
    message = f"no number of patients up to {cohort_n} makes {n} into {percent} %"
    expected = in_percent(n, cohort_n, percent.decimals)
    return None if totals_that_give(n, percent, cohort_n) else Fault(message, expected, claim, "value", shows)


@check("CLM002", "impossible")
def claim_differs_from_its_cell(paper: Paper) -> Answers:
    """The text states another value than the table or figure does, for just what the cell's label says.

    Why it matters
        One of the two is wrong, and the abstract is what most people read. The cell is found by its label and by the
        abbreviations that the paper defines; where the sentence says more than the label, nothing is compared.

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
            found = places_of(claim, before, paper)
            answer = _against_cells(claim, before, found) if found else _against_each(claim, paper)
            yield OF_SOME if isinstance(answer, Fault) and is_of_some(claim, before, paper) else answer


def _against_each(claim: Record, paper: Paper) -> Answer:
    """The answer for a claim about several groups: it may be of all together unless it bounds them."""
    groups = places_of_each(claim, paper)
    if not groups:
        return NO_CELL
    differing = [some[0] for some in groups if not any(agrees(claim, place) for place in some)]
    if not differing:
        return None
    if claim["comparator"] not in tuple("<>≤≥") or any(len(some) > 1 for some in groups):
        return TOGETHER
    return _contradiction(claim, differing[0], tuple(place.record for place in differing))


@check("CLM006", "unlikely")
def approximation_far_from_its_cell(paper: Paper) -> Answers:
    """The text rounds a value so far that another round value would be nearer to that of the table.

    Why it matters
        "About a quarter" stays in mind when the table has a third. A share in words may stand for what is nearer to it
        than to the next one (a fifth, a quarter, a third, a half); a round number for what is within one of its digit.

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
            yield _against_cells(claim, before, places_of(claim, before, paper))


def _against_cells(claim: Record, before: Sequence[Record], found: Sequence[Place]) -> Answer:
    answers = {place: agrees(claim, place) for place in found}
    if True in answers.values():
        return None
    differing = [place for place, answer in answers.items() if answer is False and is_sure(claim, place)]
    if not differing:
        return NO_CELL
    if refers_back(claim, before):
        return REFERS_BACK
    printed = {place.record[place.column] or place.record[place.count] for place in differing}
    if len(printed) > 1:
        return NotCheckable("several cells have the label that the claim speaks of, with different values")
    place = differing[0]
    return _contradiction(claim, place, tuple(other.record for other in differing))


def _contradiction(claim: Record, place: Place, records: tuple[Record, ...]) -> Fault:
    cell = place.record[place.column]
    count = place.record[place.count] if place.count else ""
    first, second = (count, cell) if claim["measure"] == "count" else (cell, count)
    both = f"{first} ({second})" if first and second else first or second
    hint = (
        f"; {claim['value']} is its count" if count and count == claim["value"] and cell else _other_total(claim, place)
    )
    where, subject = claim["section"] or "text", claim["subject"] or "all"
    limits = differing_limits(claim, place)
    if limits:
        both = f"{cell} ({' to '.join(place.record[column] for column in place.limits)})"
    message = f"{where}: {_said(claim, limits)} for {subject}, but {place.record.place} has {both}{hint}"
    shows = ("n", "value") if claim["n"] and claim["measure"] != "count" else ("value", *limits)
    return Fault(message, first or second, claim, "value", shows, records)


def _said(claim: Record, limits: Sequence[str]) -> str:
    """The value of a claim as the text has it, with its interval where that differs."""
    sign = {"=": "", "~": "about "}.get(claim["comparator"], claim["comparator"])
    interval = f" ({claim['ci_low']} to {claim['ci_high']})" if limits else ""
    return f"{sign}{claim['value']}{interval}"


def _other_total(claim: Record, place: Place) -> str:
    """The denominator of the same row that makes the cell's count into what the text says."""
    count, said = place.record.count(place.count) if place.count else None, claim.number("value")
    totals = [place.record.count(column) for column in ("n_total", "n_evaluable", "total")]
    fitting = [total for total in totals if total and count is not None and said and gives(count, total, said)]
    return f"; {count} of {fitting[0]} is {said} %" if fitting and claim["unit"] == "%" else ""


@check("CLM003", "unlikely")
def claim_differs_between_sections(paper: Paper) -> Answers:
    """Abstract, discussion or conclusion state another value than the results do, for the same measure and subject.

    Why it matters
        A number was updated in one place only, or mistyped in the other.

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
    keys = {claim: key for claim in claims(paper) if (key := comparison_key(claim, paper)) is not None}
    results: dict[Key, dict[tuple[str, ...], Record]] = defaultdict(dict)
    for claim, key in keys.items():
        if claim["section"] == "results":
            same = results[key]
            value = tuple(claim[name] for name in ("measure", "comparator", "value", "unit", "notes"))
            same.pop(value, None)  # of equal ones the last
            same[value] = claim
    for claim, before in with_those_before(paper):
        if claim["section"] in ("abstract", "discussion", "conclusion") and claim in keys:
            answer = _against_results(claim, tuple(results.get(keys[claim], {}).values()))
            yield REFERS_BACK if isinstance(answer, Fault) and refers_back(claim, before) else answer


def comparison_key(claim: Record, paper: Paper) -> Key | None:
    """The measure and the words of the subject, equal in claims that state the same; None where a claim says too
    little to be compared: the subject of a percentage must have a word that is not a unit of time."""
    if claim["measure"] not in COMPARABLE or claim.number("value") is None or claim["comparator"] not in ("", "="):
        return None
    subject = flat(units(claim["subject"], spelt(paper)))
    if claim["measure"] == "percent" and not any(word.isalpha() for word in subject - TIMES):
        return None
    return measure_of(claim, paper), subject


def _against_results(claim: Record, others: Sequence[Record]) -> Answer:
    if not others:
        return NotCheckable("the results do not state it in the same words")
    if len(others) > MOST_VALUES:
        return NotCheckable(f"the results state more than {MOST_VALUES} values in the same words")
    values = {other["value"]: other for other in others}
    mine = _stated(claim)
    if mine is None or any(_can_be_one(mine, _stated(other)) for other in others):
        return None
    if len(values) > 1:
        return NotCheckable("the results state several values in the same words")
    other = next(iter(values.values()))
    if claim["n"] and claim["n"] == other["n"] and claim["measure"] == "percent":
        return NotCheckable("both state the same count, out of different numbers")
    message = f"the {claim['section']} says {claim['value']}, the results say {other['value']}"
    return Fault(message, other["value"], claim, "value", ("value",), (other,))


def _stated(claim: Record) -> Printed | None:
    """The value of a claim, a rate in percent."""
    return as_percent(claim) if claim["measure"] in RATES else stated(claim)


def _can_be_one(one: Printed, other: Printed | None) -> bool:
    return other is not None and one.overlaps(other.low, other.high)
