"""What the method of pooling gives for each printed number, and when a difference can be judged."""

from collections.abc import Iterator
from itertools import groupby

from validations.inference.pooling.best_method import HOLDS_SUBJECT_SHARE, Explanation
from validations.inference.pooling.comparison import Item
from validations.inference.pooling.methods import EXACT_SOURCES
from validations.registry import Answer, Fault, NotCheckable
from validations.statistics.rounding import span_to_print
from validations.tables import Record

ENOUGH_WEIGHTS = 3  # weights that a method must give, without exception, before another method is ruled out
NEVER_OF_COUNTS = {"hr", "md", "smd", "proportion", "correlation"}  # measures that Mantel-Haenszel and Peto do not pool
COUNTS_NOT_PRINTED = NotCheckable("the plot may be pooled from counts that are not printed")


def recomputed_text(item: Item) -> str:
    """What the method gives for a number, with as many decimals as printed."""
    return span_to_print(*item.spans[0], item.printed.decimals) if item.spans else "nothing"


def items_by_record(items: Iterator[Item]) -> Iterator[tuple[Record, list[Item]]]:
    """The records of these items in order, each with its consecutive items."""
    return ((record, list(of)) for record, of in groupby(items, key=lambda item: item.record))


def recomputed_fault(record: Record, items: list[Item], by: str) -> Answer:
    """The fault of a record with numbers that differ from the recomputed ones; None if all agree."""
    wrong = [item for item in items if not item.given]
    if not wrong:
        return None
    differences = ", ".join(f"{item.column} {recomputed_text(item)} (printed {item.printed})" for item in wrong)
    expected = "; ".join(f"{item.column}={recomputed_text(item)}" for item in wrong)
    return Fault(f"{by} gives {differences}", expected, record, wrong[0].column, tuple(item.column for item in items))


def why_undecided(explanation: Explanation, subject: str) -> NotCheckable | None:
    """Why numbers of a subject cannot be judged by the method; None if they can."""
    if not explanation.holds:
        return NotCheckable("no method of pooling gives the printed values")
    if explanation.share(subject) < HOLDS_SUBJECT_SHARE:
        return NotCheckable("the method of pooling that gives the other values does not give these")
    weights = [item.given for item in explanation.items if item.subject == "weight"]
    if subject != "weight" and may_be_of_counts(explanation) and not (len(weights) >= ENOUGH_WEIGHTS and all(weights)):
        return COUNTS_NOT_PRINTED
    return None


def may_be_of_counts(explanation: Explanation) -> bool:
    """Whether the plot may be pooled from counts that it does not print, by Mantel-Haenszel or Peto, as ratios and
    differences of risks are. These methods cannot be tried on estimates and intervals alone."""
    studies = (record for item in explanation.items for record in item.group.studies)
    measures = {record["measure"].casefold() for record in studies}
    return explanation.method.source not in EXACT_SOURCES and not measures <= NEVER_OF_COUNTS
