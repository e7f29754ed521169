"""The number of responders in each group, from tables of responses and subgroup figures."""

from validations.inference.claims.places import ClaimTarget, spelt, spoken_with
from validations.inference.claims.words import units
from validations.labels import is_total
from validations.tables import Paper, Record


def response_places(paper: Paper) -> list[tuple[ClaimTarget, int]]:
    """The groups of a paper as cells, each with its number of complete and partial responses."""
    found = []
    for table in paper.tables.values():
        if columns := table.model.response_counts():
            general = spoken_with(table, spelt(paper)) | {"objective", "response"}
            for record in table.records:
                name, count = _group(record), _responders(record, columns)
                if name and count is not None:
                    found.append((ClaimTarget(record, "", tuple(units(name, spelt(paper))), general, ()), count))
    return found


def _group(record: Record) -> str:
    """The name of the group that a line describes; "" for a study or a total."""
    name = record["label"] if record["kind"] == "subgroup" else "" if record["kind"] else record["group"]
    return "" if is_total(name) else name


def _responders(record: Record, columns: tuple[str, ...]) -> int | None:
    counts = [record.count(column) for column in columns]
    return sum(count for count in counts if count is not None) if None not in counts else record.count("orr_n")
