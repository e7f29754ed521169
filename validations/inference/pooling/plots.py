"""A forest plot as groups of studies, each with the printed lines about the group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validations.statistics.rounding import can_print
from validations.tables import Owner, Record, Table, once

MOST_ROWS = 500  # no printed forest plot has as many; a longer table is other data, and slow to pool
BETWEEN_GROUPS = "between groups"
POOLED_KINDS = ("subtotal", "overall")


@dataclass(frozen=True, eq=False)
class StudyGroup(Owner):
    """Studies that are pooled together, and the printed lines about them (pooled estimates, heterogeneity)."""

    name: str
    studies: tuple[Record, ...]
    lines: tuple[Record, ...]


@dataclass(frozen=True, eq=False)
class PooledPlot:
    """A forest plot. `groups`: in printed order. `overall`: all studies with the lines about all of them; the group
    itself if there is only one. `between`: lines about the difference between groups. `excluded`: studies without an
    estimate, if others have one; no line pools them."""

    groups: tuple[StudyGroup, ...]
    overall: StudyGroup
    between: tuple[Record, ...]
    excluded: tuple[Record, ...]

    @property
    def all_groups(self) -> tuple[StudyGroup, ...]:
        """The groups, then the group of all studies unless it is the only group."""
        return self.groups if len(self.groups) == 1 else (*self.groups, self.overall)


@once
def find_plot(table: Table) -> PooledPlot | None:
    """The plot in a table; None if its schema is not `forest`, or it has no study or more than MOST_ROWS rows."""
    if table.schema != "forest" or len(table.frame) > MOST_ROWS:
        return None
    studies = [record for record in table.records if record["kind"] == "study"]
    pooled = [record for record in studies if record["estimate"]] or studies
    if not pooled:
        return None
    about = [record for record in table.records if record["kind"] in (*POOLED_KINDS, "heterogeneity")]
    between = tuple(record for record in about if record["label"] == BETWEEN_GROUPS)
    lines = [record for record in about if record["label"] != BETWEEN_GROUPS]
    groups = tuple(_groups(pooled, lines))
    overall = StudyGroup("", tuple(pooled), tuple(_about_all(lines, groups)))
    if len(groups) == 1:
        groups = (StudyGroup(groups[0].name, overall.studies, tuple(lines)),)
        overall = groups[0]
    excluded = tuple(record for record in studies if record not in pooled)
    return PooledPlot(groups, overall, between, excluded)


def _groups(studies: Sequence[Record], lines: Sequence[Record]) -> Iterator[StudyGroup]:
    for name in dict.fromkeys(record["group"] for record in studies):
        own = tuple(line for line in lines if line["group"] == name and (name or line["kind"] == "subtotal"))
        yield StudyGroup(name, tuple(record for record in studies if record["group"] == name), own)


def _about_all(lines: Sequence[Record], groups: Sequence[StudyGroup]) -> Iterator[Record]:
    own = {line for group in groups for line in group.lines}
    return (line for line in lines if line not in own and not line["group"])


def pooled_lines(group: StudyGroup) -> list[Record]:
    """The lines of a group that print a pooled estimate: two in a plot by fixed and by random effects."""
    return [line for line in group.lines if line["kind"] in POOLED_KINDS and line["estimate"]]


def events_of(record: Record) -> int | None:
    """The patients with an event: the printed events, else CR plus PR; None if neither is printed."""
    events = record.count("events")
    if events is not None:
        return events
    cr, pr = record.count("cr"), record.count("pr")
    return None if cr is None or pr is None else cr + pr


@once
def per_unit(table: Table) -> int:
    """The factor by which the table prints proportions: 1 (fractions) or 100 (percent).

    The studies' counts decide; if they do not, the size of the printed numbers does.
    """
    votes = [_votes(record) for record in table.records]
    fractions, percents = (sum(vote[place] for vote in votes) for place in (0, 1))
    if fractions != percents:
        return 1 if fractions > percents else 100
    columns = (("estimate", 1), ("ci_high", 2))  # the normal interval of a fraction may exceed 1, but not 2
    great = [number.low > most for record in table.records for name, most in columns if (number := record.number(name))]
    return 100 if any(great) else 1


def _votes(record: Record) -> tuple[bool, bool]:
    """Whether a study's estimate is its events / total as a fraction, and in percent."""
    events, total, estimate = events_of(record), record.count("total"), record.number("estimate")
    if events is None or not total or estimate is None:
        return False, False
    return can_print(events / total, estimate), can_print(100 * events / total, estimate)
