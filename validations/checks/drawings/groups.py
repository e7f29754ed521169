"""GEO: the order of the rows of a forest plot."""

from validations.registry import Answers, Fault, check
from validations.tables import Table


@check("GEO004", "unlikely")
def row_outside_its_group(table: Table) -> Answers:
    """A row is separated from its group: it follows the subtotal, or another group stands between.

    Why it matters
        Only the place of its row shows to which group a study belongs. Readers do not see that a study below the
        subtotal is pooled in the group.

    Fires on
        fig2: forest
        kind      group  label
        study     ICI    A
        subtotal  ICI    -
        study     ICI    B
        study     TKI    C

    Silent on
        fig2: forest
        kind           group  label
        study          ICI    A
        study          ICI    B
        subtotal       ICI    fixed
        subtotal       ICI    random
        heterogeneity  ICI    -
        study          TKI    C
        overall        -      -
        study          ICI    A
    """
    left: set[str] = set()
    summed: set[str] = set()
    before = ""
    for record in table.records:
        kind, group = record["kind"], record["group"]
        if kind == "overall":
            left, summed, before = set(), set(), ""
        elif group and kind in ("study", "subtotal"):
            left |= {before} - {group, ""}
            outside = group in left or (kind == "study" and group in summed)
            message = f"a row of {group} follows the end of that group"
            yield Fault(message, "", record, "group", ("group", "label")) if outside else None
            summed |= {group} if kind == "subtotal" else set()
            before = group
