"""XTB: the rows of forest plots paired with the arms of the table of studies."""

from collections.abc import Iterator

from validations.inference.study_arms import ArmPair, arm_pairs, arms_table
from validations.registry import NotCheckable
from validations.tables import Paper, Table

SEVERAL = NotCheckable("cannot tell which arm of the study this is")


NO_ARM = NotCheckable("the table of studies does not have this arm")


NOT_PRINTED = NotCheckable("a count or rate is not printed")


def paired(paper: Paper) -> Iterator[tuple[Table, ArmPair]]:
    """Each study row of each plot with its arm in the table of studies; nothing for a paper without such a table."""
    arms = arms_table(paper)
    if arms:
        yield from ((plot, pair) for plot in paper.of("forest") for pair in arm_pairs(arms, plot))


def not_paired(pair: ArmPair) -> NotCheckable:
    """Why the row of a pair has no arm."""
    return SEVERAL if pair.ambiguous else NO_ARM
