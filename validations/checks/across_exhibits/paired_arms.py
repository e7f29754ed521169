"""XTB: the rows of forest plots paired with the arms of the table of studies."""

from collections.abc import Iterator

from validations.inference.study_arms import ArmPair, arm_pairs, arms_table
from validations.registry import NotCheckable
from validations.tables import Paper, Table

SEVERAL = NotCheckable("which of the study's arms it is, is not known")


NO_ARM = NotCheckable("the table of studies has no such arm")


NOT_PRINTED = NotCheckable("a count or rate is not printed")


def paired(paper: Paper) -> Iterator[tuple[Table, ArmPair]]:
    """Each row of a study in each plot, with its arm in the table of studies; none where there is no such table."""
    arms = arms_table(paper)
    if arms:
        yield from ((plot, pair) for plot in paper.of("forest") for pair in arm_pairs(arms, plot))


def not_paired(pair: ArmPair) -> NotCheckable:
    return SEVERAL if pair.ambiguous else NO_ARM
