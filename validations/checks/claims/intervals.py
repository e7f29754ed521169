"""CLM: estimates with intervals in the text against tables, plots and other parts of the text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from schemas.base.printed import Printed
from validations.inference.claims.citations import cited_exhibits, cites
from validations.inference.claims.intervals import (
    NAMES,
    PrintedInterval,
    differing_number,
    is_doubtful,
    is_named,
    printed_intervals,
)
from validations.inference.claims.targets import paper_claims
from validations.inference.estimates import scale_of_measure
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

NO_LINE = NotCheckable("no line of a table or figure has two of the three numbers")
OTHER_ANALYSIS = NotCheckable("the sentence may speak of another analysis")
DOUBTFUL = NotCheckable("the numbers of the table or figure are a doubtful reading")
_OTHER_ANALYSIS = re.compile(
    r"\b(?:sensitivity|remov\w+|exclu\w+|omit\w+|leave-one-out|fixed|random|trim|imput\w+|unadjusted|crude|per-protocol"
    r"|univaria\w+|multivaria\w+|et al)\b",
    re.IGNORECASE,
)


def claims_with_intervals(paper: Paper) -> Iterator[Record]:
    """The claims that state a value and both limits of its interval."""
    for claim in paper_claims(paper):
        exact = claim["comparator"] in ("", "=")
        if exact and claim["measure"] != "count" and all(claim.number(name) is not None for name in NAMES):
            yield claim


@check("CLM014", "unlikely")
def interval_in_text_has_another_number(paper: Paper) -> Answers:
    """A sentence repeats two of the three numbers of an estimate and its interval, but the third differs.

    Why it matters
        Two equal numbers show which line of a table or figure is quoted; the third is mistyped, or lost its minus sign,
        in one of the two places. Meta-analyses often take their numbers from the abstract.

    Fires on
        claims: claims
        row  section   text             measure          subject  value  ci_low  ci_high
        1    abstract  weight (−0.62 (  mean_difference  weight   -0.62  -1.21   0.03

        table2: results
        row  cell  outcome  arm   statistic   measure  estimate  ci_low  ci_high
        1    2     Weight   Diet  difference  MD       -0.62     -1.21   -0.03

    Silent on
        claims: claims
        row  section   text             measure          subject  value  ci_low  ci_high
        1    abstract  weight (−0.62 (  mean_difference  weight   -0.62  -1.21   -0.03
        2    abstract  weight (−0.6 (   mean_difference  weight   -0.6   -1.2    0.0

        table2: results
        row  cell  outcome  arm   statistic   measure  estimate  ci_low  ci_high
        1    2     Weight   Diet  difference  MD       -0.62     -1.21   -0.03

    Not checkable on
        claims: claims
        row  section   text             measure          subject                 value  ci_low  ci_high
        1    abstract  weight (−0.62 (  mean_difference  weight, sensitivity     -0.62  -1.21   0.03
        2    abstract  weight (−0.5 (   mean_difference  weight                  -0.5   -1.2    0.2

        table2: results
        row  cell  outcome  arm   statistic   measure  estimate  ci_low  ci_high
        1    2     Weight   Diet  difference  MD       -0.62     -1.21   -0.03
    """
    lines = printed_intervals(paper)
    for claim in claims_with_intervals(paper) if lines else ():
        yield _against_lines(claim, lines, paper)


def _against_lines(claim: Record, lines: Sequence[PrintedInterval], paper: Paper) -> Answer:
    if any(line.repeated_by(claim) for line in lines):
        return None
    near = [(line, name) for line in lines if (name := _slip(claim, line, paper))]
    if not near:
        return NO_LINE
    if is_of_other_analysis(claim):
        return OTHER_ANALYSIS
    if any(is_doubtful(line, paper) for line, _ in near):
        return DOUBTFUL
    line, name = near[0]
    number = line.numbers[NAMES.index(name)]
    message = f"{_stated(claim)}, but {line.record.place} has {line}"
    also = tuple(dict.fromkeys(record for other, _ in near for record in other.records))
    return Fault(message, number.text, claim, name, NAMES, also)


def _slip(claim: Record, line: PrintedInterval, paper: Paper) -> str:
    """The name of the number in which a claim differs from a line that it otherwise repeats, "" if it does not."""
    return differing_number(
        claim, line.numbers, named=sum(map(bool, line.agreeing(claim))) > 1 and is_named(claim, line, paper)
    )


def is_of_other_analysis(claim: Record) -> bool:
    """Whether the words around a claim speak of another analysis than the main one, or of another paper."""
    return _OTHER_ANALYSIS.search(f"{claim['text']} {claim['subject']}") is not None


def _stated(claim: Record) -> str:
    return f"{claim['section'] or 'text'}: {claim['value']} ({claim['ci_low']} to {claim['ci_high']})"


@check("CLM015", "unlikely")
def interval_differs_between_sections(paper: Paper) -> Answers:
    """Abstract, discussion or conclusion repeat two numbers of an interval in the results, but the third differs.

    Why it matters
        One of the two is mistyped, and most people read only the abstract. Intervals that a table or figure prints are
        compared with these instead.

    Fires on
        claims: claims
        row  section   text         measure       subject  value  ci_low  ci_high
        1    abstract  0.74 (0.58   hazard_ratio  death    0.741  0.582   0.951
        2    results   0.74 (0.58   hazard_ratio  death    0.741  0.582   0.851

    Silent on
        claims: claims
        row  section   text         measure       subject  value  ci_low  ci_high
        1    abstract  0.74 (0.58   hazard_ratio  death    0.741  0.582   0.951
        2    results   0.741 (0.58  hazard_ratio  death    0.7412  0.5818   0.9509

    Not checkable on
        claims: claims
        row  section   text         measure       subject  value  ci_low  ci_high
        1    abstract  0.74 (0.58   hazard_ratio  death    0.741  0.582   0.951
        2    results   0.61 (0.42   hazard_ratio  death    0.61   0.42    0.89
    """
    found = list(claims_with_intervals(paper))
    results = [claim for claim in found if claim["section"] == "results"]
    lines = printed_intervals(paper)
    for claim in found:
        if claim["section"] in ("abstract", "discussion", "conclusion") and results:
            known = any(line.repeated_by(claim) or _slip(claim, line, paper) for line in lines)
            yield None if known else _against_results(claim, results, lines)


def _against_results(claim: Record, results: Iterable[Record], lines: Sequence[PrintedInterval]) -> Answer:
    near = []
    for other in results:
        numbers = [number for name in NAMES if (number := other.number(name)) is not None]
        if all(_overlap(claim.number(name), number) for name, number in zip(NAMES, numbers, strict=True)):
            return None
        if other["unit"] == claim["unit"] and (name := differing_number(claim, numbers)):
            near.append((other, name))
    if not near:
        return NO_RESULT
    if is_of_other_analysis(claim) or any(is_of_other_analysis(other) for other, _ in near):
        return OTHER_ANALYSIS
    if any(line.repeated_by(other) for other, _ in near for line in lines):
        return SETTLED
    other, name = near[0]
    message = f"{_stated(claim)}, {_stated(other)}"
    return Fault(message, other[name], claim, name, NAMES, tuple(one for one, _ in near))


NO_RESULT = NotCheckable("the results state no interval with two of the three numbers")
SETTLED = NotCheckable("the interval of the results is that of a table or figure, which may hold both")


def _overlap(mine: Printed | None, its: Printed) -> bool:
    return mine is not None and mine.overlaps(its.low, its.high)


@check("CLM016", "unlikely")
def pooled_value_is_not_that_of_its_plot(paper: Paper) -> Answers:
    """The sentence cites a forest plot, but states another pooled value than the plot.

    Why it matters
        The analysis was done again after the text was written, or the text quotes another analysis than the plot shows.
        Compared are only sentences that cite one plot with one pooled line, for the same measure.

    Fires on
        claims: claims
        row  section  text         measure     subject  value  ci_low  ci_high  cites
        1    results  OR 10.61 (2  odds_ratio  cancer   10.61  2.71    41.54    fig3

        fig3: forest
        kind     label      measure  estimate  ci_low  ci_high
        study    Alva 2020  OR       3.70      1.15    11.91
        study    Boro 2021  OR       32.45     1.78    592.10
        overall  Total      OR       12.98     3.31    50.93

    Silent on
        claims: claims
        row  section  text         measure     subject  value  ci_low  ci_high  cites
        1    results  OR 13.0 (3.  odds_ratio  cancer   13.0   3.3     50.9     fig3
        2    results  SMD 0.2 (0.  smd         pain     0.2    0.1     0.3      fig3

        fig3: forest
        kind     label      measure  estimate  ci_low  ci_high
        study    Alva 2020  OR       3.70      1.15    11.91
        study    Boro 2021  OR       32.45     1.78    592.10
        overall  Total      OR       12.98     3.31    50.93

    Not checkable on
        claims: claims
        row  section  text         measure     subject             value  ci_low  ci_high  cites
        1    results  OR 14.73 (2  odds_ratio  one study excluded  14.73  2.96    73.17    fig3

        fig3: forest
        kind     label      measure  estimate  ci_low  ci_high
        study    Alva 2020  OR       3.70      1.15    11.91
        study    Boro 2021  OR       32.45     1.78    592.10
        overall  Total      OR       12.98     3.31    50.93
    """
    lines = printed_intervals(paper)
    with_interval = list(claims_with_intervals(paper))
    for claim in with_interval:
        pooled = _only_pooled_line(claim, lines, paper)
        if pooled is not None and _same_measure(claim, pooled):
            alone = [one["cites"] == claim["cites"] for one in with_interval].count(True) == 1
            yield _against_pooled(claim, pooled, lines, paper, alone=alone)


def _only_pooled_line(claim: Record, lines: Sequence[PrintedInterval], paper: Paper) -> PrintedInterval | None:
    """The pooled line of the only exhibit that a sentence cites, if the exhibit is a plot with one pooled line."""
    exhibits = [name for name in paper.tables if cites(claim, name)]
    if len(exhibits) != 1 or len(cited_exhibits(claim)) != 1:
        return None
    of_exhibit = [line for line in lines if line.record.exhibit == exhibits[0]]
    pooled = [line for line in of_exhibit if line.record["kind"] in ("overall", "subtotal", "subgroup")]
    return pooled[0] if len(pooled) == 1 and pooled[0].record["kind"] == "overall" else None


_MEASURES = {
    "odds_ratio": "or",
    "risk_ratio": "rr",
    "hazard_ratio": "hr",
    "rate_ratio": "irr",
    "risk_difference": "rd",
    "smd": "smd",
    "mean_difference": "md",
}


def _same_measure(claim: Record, line: PrintedInterval) -> bool:
    """Whether claim and line have one measure, by name."""
    named = _MEASURES.get(claim["measure"], "")
    return named != "" and line.record["measure"].casefold() in (named, f"w{named}") and bool(scale_of_measure(named))


def _against_pooled(
    claim: Record, pooled: PrintedInterval, lines: Sequence[PrintedInterval], paper: Paper, *, alone: bool
) -> Answer:
    if any(line.repeated_by(claim) or _slip(claim, line, paper) for line in lines):
        return None  # the matter of CLM014
    if is_of_other_analysis(claim) or not alone:
        return OTHER_ANALYSIS
    if is_doubtful(pooled, paper):
        return DOUBTFUL
    if any(pooled.agreeing(claim)):
        return NotCheckable("a number is that of the plot, so that the sentence may round or cut the others")
    message = f"{_stated(claim)}, but {pooled.record.place} has {pooled}"
    return Fault(message, pooled.numbers[0].text, claim, "value", NAMES, (pooled.record,))
