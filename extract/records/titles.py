"""Titles of exhibits; those that read parts of one printed table, such as its arms: "Table 1: 3 h group"."""

from collections.abc import Sequence

from extract.cards.card import ExhibitCard
from extract.tables.heads import HEAD_SEPARATOR


def titles(exhibits: Sequence[ExhibitCard]) -> dict[str, str]:
    """Return name -> title: the label, followed by the heads that only this exhibit reads where several exhibits of one
    schema share the label."""
    found: dict[str, str] = {}
    for card in exhibits:
        alike = [other for other in exhibits if (other.label, other.schema) == (card.label, card.schema)]
        distinct = distinguishing_heads([_read_heads(other) for other in alike])
        own = distinct[alike.index(card)]
        unique = own and distinct.count(own) == 1
        found[card.name] = card.label if len(alike) == 1 else f"{card.label}: {own if unique else card.name}"
    return found


def _read_heads(card: ExhibitCard) -> list[str]:
    return [column.head for column in card.columns if column.formats]


def distinguishing_heads(groups: Sequence[Sequence[str]]) -> list[str]:
    """Return for each group of heads the words that distinguish it from the others: the levels that its own heads have
    in common, without levels that every group has; else all its own heads; "" where it has no head of its own."""
    shared = set.intersection(*(set(heads) for heads in groups))
    own = [[head for head in heads if head not in shared] for heads in groups]
    levels = [{level for head in heads for level in head.split(HEAD_SEPARATOR)} for heads in own]
    everywhere = set.intersection(*levels)
    return [_in_common(heads, everywhere) or ", ".join(heads) for heads in own]


def _in_common(heads: Sequence[str], everywhere: set[str]) -> str:
    """The levels that all heads have, in the order of the first head, without those in `everywhere`."""
    if not heads:
        return ""
    common = set.intersection(*(set(head.split(HEAD_SEPARATOR)) for head in heads))
    return HEAD_SEPARATOR.join(level for level in heads[0].split(HEAD_SEPARATOR) if level in common - everywhere)
