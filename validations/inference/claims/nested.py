"""Sums over groups, some of which may already be counted in others."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from validations.inference.claims.words import all_words, units
from validations.tables import Record

MOST_NESTED = 4  # rows with kinds: each doubles the number of sums, and many sums fit any number


def possible_sums(rows: Sequence[Record], column: str, known: Mapping[str, str]) -> tuple[int, ...]:
    """The sum of a column, then the sums that leave out kinds because the row of their whole counts them; empty if a
    count is not printed, or more than MOST_NESTED rows have kinds."""
    counts = [row.count(column) for row in rows]
    nested = kinds_among(rows, known)
    if None in counts or not counts or len(nested) > MOST_NESTED:
        return ()
    total = sum(count for count in counts if count is not None)
    parts = [sum(row.count(column) or 0 for row in some) for some in nested]
    chosen = [some for size in range(len(parts) + 1) for some in combinations(parts, size)]
    return tuple(dict.fromkeys(total - sum(some) for some in chosen))


def kinds_among(rows: Sequence[Record], known: Mapping[str, str]) -> list[list[Record]]:
    """For each row that has kinds by their names (liposarcoma: myxoid liposarcoma), the rows of its kinds."""
    names = {row: all_words(units(row["label"], known)) for row in rows}
    found = [[other for other in rows if names[row] and names[row] < names[other]] for row in rows]
    return [some for some in found if some]
