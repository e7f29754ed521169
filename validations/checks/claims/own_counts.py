"""CLM: percentages in the text against the counts beside them."""

import re

from schemas.base.printed import Printed
from validations.inference.denominators import count_gives, in_percent, totals_that_give
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table

WEIGHTED = NotCheckable("the sentence says that its percentages are weighted or estimated")
_WEIGHTED = re.compile(
    r"\b(?:weighted|weighting|adjusted|standardi[sz]ed|imputed|imputation|extrapolated|Kaplan)\b", re.IGNORECASE
)


@check("CLM001", "impossible")
def claimed_percent_not_from_count(table: Table) -> Answers:
    """A percentage in the text does not match the counts beside it.

    Why it matters
        "12 of 51 patients (27.5%)" states two different values, and readers quote one of them.

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

        claims2: claims
        row  text                        measure  value  unit  n   total
        1    weighted, 12 of 51 (27.5%)  percent  27.5   %     12  51
    """
    for claim in table.records if table.schema == "claims" else ():
        n, percent = claim.count("n"), claim.number("value")
        if claim["unit"] == "%" and n is not None and percent is not None:
            answer = _arithmetic(claim, n, percent, table.cohort_n)
            weighted = isinstance(answer, Fault) and _WEIGHTED.search(f"{claim['text']} {claim['subject']}")
            yield WEIGHTED if weighted else answer


def _arithmetic(claim: Record, n: int, percent: Printed, cohort_n: int | None) -> Answer:
    total = claim.count("total")
    shows = ("n", "total", "value")
    if total is not None:
        expected = in_percent(n, total, percent.decimals)
        message = f"{n} of {total} is {expected} %, not {percent} %"
        return None if count_gives(n, total, percent) else Fault(message, expected, claim, "value", shows)
    if cohort_n is None:
        return NotCheckable("neither a total nor the number of patients in the cohort is known")
    message = f"{n} is not {percent} % of any number of patients up to {cohort_n}"
    expected = in_percent(n, cohort_n, percent.decimals)
    return None if totals_that_give(n, percent, cohort_n) else Fault(message, expected, claim, "value", shows)
