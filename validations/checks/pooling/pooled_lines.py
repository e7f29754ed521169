"""MET: weights and pooled estimates against their studies, whatever the method of pooling."""

from collections.abc import Sequence
from decimal import Decimal

from schemas.base.printed import Printed
from validations.inference.pooling.comparison import weighed_together
from validations.inference.pooling.plots import StudyGroup, find_plot, pooled_lines
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table


def _numbers(records: Sequence[Record], column: str) -> list[Printed]:
    return [number for record in records if (number := record.number(column)) is not None]


@check("MET001", "impossible")
def weights_do_not_add_up(table: Table) -> Answers:
    """The weights of the studies do not add up to 100 or to the printed weight of their group.

    Why it matters
        Weights are shares of a whole. If they do not add up, one of them is wrong or a study was left out.

    Fires on
        fig2: forest
        kind      group  label     weight
        study     TKI    Liu 2022  27.35
        study     TKI    Cho 2024  43.60
        study     TKI    Xie 2023  30.05
        subtotal  TKI    Subtotal  100.00

        fig3: forest
        kind      group  label     weight
        study     A      Liu 2022  27.3
        study     A      Cho 2024  42.6
        subtotal  A      Subtotal  66.9
        study     B      Xie 2023  30.1
        overall   -      Overall   100.0

    Silent on
        fig2: forest
        kind      group  label     weight
        study     TKI    Liu 2022  27.35
        study     TKI    Cho 2024  42.60
        study     TKI    Xie 2023  30.04
        subtotal  TKI    Subtotal  100.00

        fig3: forest
        kind      group  label     weight
        study     A      Liu 2022  27.3
        study     A      Cho 2024  42.6
        subtotal  A      Subtotal  69.9
        study     B      Xie 2023  30.1
        overall   -      Overall   100.0

    Not checkable on
        fig2: forest
        kind      group  label     weight
        study     TKI    Liu 2022  27.35
        study     TKI    Cho 2024  -
        subtotal  TKI    Subtotal  100.00
    """
    plot = find_plot(table)
    if plot is not None and _numbers(plot.overall.studies, "weight"):
        for group in plot.all_groups if weighed_together(plot) else plot.groups:
            yield from _weights(group, group is plot.overall or not weighed_together(plot))


def _weights(group: StudyGroup, is_whole: bool) -> Answers:
    """The answer for the weights of a group. `is_whole`: they are shares of this group, not of all studies."""
    weights, printed = _numbers(group.studies, "weight"), _numbers(group.lines, "weight")
    least, most = (printed[0].low, printed[0].high) if printed else (Decimal(100), Decimal(100))
    if len(weights) < len(group.studies):
        yield NotCheckable("a study has no weight")
    elif printed or is_whole:
        low, high = sum(weight.low for weight in weights), sum(weight.high for weight in weights)
        total, whole = sum(weight.value for weight in weights), printed[0].text if printed else "100"
        message = f"the weights of {len(weights)} studies add up to {total}, not to {whole}"
        first, *others = group.studies
        fits = low <= most and least <= high
        yield None if fits else Fault(message, whole, first, "weight", ("weight",), tuple(others))


@check("MET006", "unlikely")
def pooled_outside_its_studies(table: Table) -> Answers:
    """A pooled estimate lies below or above the estimates of all its studies.

    Why it matters
        A pooled estimate is a weighted mean of its studies. Outside their range it is wrong or pools other studies.

    Fires on
        fig2: forest
        kind      label     estimate  ci_low  ci_high
        study     Liu 2022  0.37      0.20    0.56
        study     Cho 2024  0.30      0.18    0.46
        subtotal  Subtotal  0.28      0.18    0.40

    Silent on
        fig2: forest
        kind      label     estimate  ci_low  ci_high
        study     Liu 2022  0.37      0.20    0.56
        study     Cho 2024  0.30      0.18    0.46
        subtotal  Subtotal  0.33      0.18    0.40
    """
    plot = find_plot(table)
    for group in plot.all_groups if plot else ():
        for line in pooled_lines(group):
            yield _range(line, _numbers(group.studies, "estimate"))


def _range(line: Record, estimates: Sequence[Printed]) -> Answer:
    pooled = line.number("estimate")
    if pooled is None or not estimates:
        return NotCheckable("the pooled estimate or the estimates of the studies are not printed")
    least, most = min(estimates, key=lambda number: number.low), max(estimates, key=lambda number: number.high)
    if least.low <= pooled.high and pooled.low <= most.high:
        return None
    message = f"the pooled estimate {pooled} is not between the estimates of its studies, {least} to {most}"
    return Fault(message, f"{least} to {most}", line, "estimate", ("estimate", "ci_low", "ci_high"))
