"""Percentages that are not those of their counts, because they are weighted."""

from collections.abc import Iterator, Sequence

from validations.inference.denominators import Share

_FEWEST_ROWS = 4  # of a column, with two or more under each heading
_ODD_SHARE = 2 / 3  # of the rows, at least, have a percentage that their count does not give
_Judged = Sequence[tuple[Share, str, str]]


def weighted_columns(judged: _Judged) -> Iterator[tuple[Share, ...]]:
    """The columns most of whose percentages their counts do not give, while those under each heading add up to 100."""
    columns: dict[tuple[str, ...], list[tuple[Share, str]]] = {}
    for share, _, judgement in judged:
        columns.setdefault(share.printed_column, []).append((share, judgement))
    for column in columns.values():
        shares = [share for share, _ in column]
        odd = sum(judgement in ("impossible", "unprinted") for _, judgement in column)
        many = len(shares) >= _FEWEST_ROWS and odd >= _ODD_SHARE * len(shares)
        if many and all(_add_to_100(group) for group in _by_heading(shares)):
            yield tuple(shares)


def _by_heading(shares: Sequence[Share]) -> list[list[Share]]:
    groups: dict[tuple[str, str], list[Share]] = {}
    for share in shares:
        groups.setdefault((share.record["section"], share.record["outcome"]), []).append(share)
    return list(groups.values())


def _add_to_100(shares: Sequence[Share]) -> bool:
    low, high = (sum(getattr(share.percent, end) for share in shares) for end in ("low", "high"))
    return len(shares) > 1 and low <= 100 <= high
