"""MET: what is pooled, against the rule for pooling that the paper states."""

import re
from collections.abc import Iterator

from validations.inference.pooling.plots import find_plot, pooled_lines
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

_POOLING = re.compile(r"\b(?:pool|meta-?anal|combin|synthes)", re.IGNORECASE)
_STUDIES = re.compile(r"\b(?:stud(?:y|ies)|trials?)\b", re.IGNORECASE)
HIGHEST_MINIMUM = 10  # studies that a rule for pooling can ask for; a greater number counts something else


def _rules(paper: Paper) -> Iterator[tuple[int, Record]]:
    """The minimum numbers of studies for pooling that the methods state ("at least three", "more than two"), each with
    its claim."""
    for table in paper.of("claims"):
        for claim in table.records:
            value, over = claim.count("value"), {"≥": 0, ">=": 0, ">": 1}.get(claim["comparator"])
            is_rule = _STUDIES.search(claim["unit"]) and _POOLING.search(f"{claim['text']} {claim['subject']}")
            if (
                claim["section"] == "methods"
                and is_rule
                and value
                and over is not None
                and value + over <= HIGHEST_MINIMUM
            ):
                yield value + over, claim


def _pooled(table: Table) -> Iterator[tuple[Record, int]]:
    """The pooled lines of a plot and its rows of subgroups, each with its number of studies."""
    plot = find_plot(table)
    for group in plot.all_groups if plot else ():
        yield from ((line, len(group.studies)) for line in pooled_lines(group))
    for record in table.records:
        studies = record.count("n_studies")
        if record["kind"] == "subgroup" and record["estimate"] and studies:
            yield record, studies


@check("MET012", "unlikely")
def fewer_studies_pooled_than_stated(paper: Paper) -> Answers:
    """A figure pools fewer studies than the methods of the paper require.

    Why it matters
        Breaking a rule that was set before the analysis lets groups into the conclusions that the rule excludes. (A row
        with a single study is not pooled.)

    Fires on
        claims: claims
        section  text                                         measure  comparator  value  unit
        methods  pooled where at least three studies had it   count    ≥           3      studies

        fig3: forest
        kind      group       label            total  events  estimate  ci_low  ci_high
        study     first line  Gordon 2023      79     20      0.25      0.16    0.36
        study     first line  Livingston 2021  30     11      0.37      0.20    0.56
        subtotal  first line  Subtotal         -      -       0.28      0.20    0.37

    Silent on
        claims: claims
        section  text                                         measure  comparator  value  unit
        methods  pooled where at least three studies had it   count    ≥           3      studies
        results  pooled from more than five studies           count    >           5      studies

        fig5: forest
        kind      label       total  events  estimate  ci_low  ci_high
        study     Liu 2022    30     11      0.37      0.20    0.56
        study     Wilky 2019  33     13      0.39      0.23    0.58
        study     Cho 2024    47     19      0.40      0.26    0.56
        subtotal  Subtotal    -      -       0.39      0.30    0.49

        fig4: forest
        kind      label  n_studies  total  events  estimate
        subgroup  EMC    1          4      1       0.25

    Not checkable on
        fig5: forest
        kind      label       total  events  estimate  ci_low  ci_high
        study     Liu 2022    30     11      0.37      0.20    0.56
        study     Wilky 2019  33     13      0.39      0.23    0.58
        subtotal  Subtotal    -      -       0.38      0.27    0.50
    """
    lines = [line for table in paper.of("forest") for line in _pooled(table)]
    rules = list(_rules(paper))
    for line, studies in lines:
        if not rules:
            yield NotCheckable("the methods state no rule for pooling")
        else:
            least, claim = max(rules, key=lambda rule: rule[0])
            message = f"{studies} studies are pooled, but the methods require at least {least}"
            yield Fault(message, "", line, "estimate", also=(claim,)) if 1 < studies < least else None
