"""What the method of pooling gives for each printed number, and when a difference can be judged."""

from collections.abc import Iterator
from itertools import groupby

from validations.inference.pooling.best_method import HOLDS_SUBJECT_SHARE, Explanation
from validations.inference.pooling.comparison import Item
from validations.inference.pooling.methods import EXACT_SOURCES
from validations.registry import Answer, Fault, NotCheckable
from validations.statistics.rounding import span_to_print
from validations.tables import Record

ENOUGH_WEIGHTS = 3  # that a way must give, and all of them, before it is sure that no other one gave them


NEVER_OF_COUNTS = {"hr", "md", "smd", "proportion", "correlation"}


COUNTS_NOT_PRINTED = NotCheckable("pooled of counts, perhaps, that are not printed")


def recomputed_text(item: Item) -> str:
    """What the way gives for a number, printed as that is."""
    return span_to_print(*item.spans[0], item.printed.decimals) if item.spans else "nothing"


def items_by_record(items: Iterator[Item]) -> Iterator[tuple[Record, list[Item]]]:
    return ((record, list(of)) for record, of in groupby(items, key=lambda item: item.record))


def recomputed_fault(record: Record, items: list[Item], by: str) -> Answer:
    """The fault of a record some of whose numbers are not as recomputed; None where all are."""
    wrong = [item for item in items if not item.given]
    if not wrong:
        return None
    told = ", ".join(f"{item.column} {recomputed_text(item)} (printed {item.printed})" for item in wrong)
    expected = "; ".join(f"{item.column}={recomputed_text(item)}" for item in wrong)
    return Fault(f"{by} gives {told}", expected, record, wrong[0].column, tuple(item.column for item in items))


def why_undecided(explanation: Explanation, subject: str) -> NotCheckable | None:
    if not explanation.holds:
        return NotCheckable("no way of pooling gives what is printed")
    if explanation.share(subject) < HOLDS_SUBJECT_SHARE:
        return NotCheckable("the way of pooling that gives the rest does not give these")
    weights = [item.given for item in explanation.items if item.subject == "weight"]
    if subject != "weight" and may_be_of_counts(explanation) and not (len(weights) >= ENOUGH_WEIGHTS and all(weights)):
        return COUNTS_NOT_PRINTED
    return None


def may_be_of_counts(explanation: Explanation) -> bool:
    """Whether the plot may have been pooled of counts that it does not print, after Mantel and Haenszel or Peto, as
    ratios and differences of risks are: from estimates and intervals alone this cannot be tried."""
    studies = (record for item in explanation.items for record in item.group.studies)
    measures = {record["measure"].casefold() for record in studies}
    return explanation.method.source not in EXACT_SOURCES and not measures <= NEVER_OF_COUNTS
