"""What the claims ask of a schema, as plain values that its class fills in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ClaimCell:
    """A cell of each record that a figure of the running text may repeat.

    `column`: the column of the value, "" where only the count is compared. `measures`: the measures of claims that may
    mean the cell. `count`: the column of the count beside the value.
    `label`: the columns whose words name the cell; `words`: the name of the cell where no column holds it.
    `silent`: texts of the label columns that say nothing, such as "any" for a grade.
    `said_before`: a label column whose words an earlier sentence may hold; the cell may then be meant without them.
    `context`: columns whose words a sentence may add without meaning another cell.
    `only`: column -> the texts of the records that have the cell; `rows`: "all" rows, or only "groups" or the "total",
    by the schema's label column.
    `of`: the columns one of which must hold the total that the claim states. `unsure`: the cell may be meant, but need
    not.
    """

    column: str
    measures: tuple[str, ...]
    count: str = ""
    label: tuple[str, ...] = ()
    words: str = ""
    silent: tuple[str, ...] = ()
    said_before: str = ""
    context: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: str = "all"
    of: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True)
class TableCounts:
    """The numbers of a whole table that a sentence may state.

    `studies`: the column with the study of each row; `patients`: the column of counts that are summed over the rows.
    `rows`: what the rows are, in the plural; `data`: the columns one of which holds data on the row's biomarkers.
    `cohort`: the patients are the N of the cohort.
    """

    studies: str = ""
    patients: str = ""
    rows: str = ""
    data: tuple[str, ...] = ()
    cohort: bool = False
