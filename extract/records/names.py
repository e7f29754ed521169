"""Names and titles of exhibits: table1, table_s1, fig5_a from printed labels; "Table 1: 3 h group" for those that read
parts of one printed table, such as its arms."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from extract.cards.card import ExhibitCard
from extract.tables.heads import HEAD_SEPARATOR
from schemas.base.names import MOST_NAME_LETTERS, RESERVED_NAMES

_SUPPLEMENT = re.compile(r"\b(?:supplement(?:ary|al)?|online|web|extended data)\b", re.IGNORECASE)
_LABEL = re.compile(r"(?P<kind>e?table|fig(?:ure)?s?\.?|e?figure)\s*(?P<number>.*)", re.IGNORECASE)
_SLUG_LETTERS = MOST_NAME_LETTERS - 10  # of a name made from a label; the rest is for the letter of a panel and _2


def exhibit_names(labels: Sequence[tuple[str, int]], kind: str) -> list[str]:
    """Return a name for each exhibit, given by its label and page, in print order. The same label again gets _2; an
    exhibit without a label is named by its page and place there. `kind`: table or fig."""
    unlabelled = Counter[int]()
    wanted = []
    for label, page in labels:
        unlabelled[page] += not label
        wanted.append(_slug(label, kind) if label else _unlabelled(kind, page, unlabelled[page]))
    return distinct_names(wanted)


def _unlabelled(kind: str, page: int, number: int) -> str:
    """The name of an exhibit without a label: table_p4_1, or table_x1 where it was read from an XML."""
    return f"{kind}_p{page}_{number}" if page else f"{kind}_x{number}"


def distinct_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return the names, with the first free number behind each that is taken or came before: table1, table1_2."""
    used, numbers, found = set(taken), dict[str, int](), list[str]()
    for name in wanted:
        free, number = name, numbers.get(name, 1)
        while free in used:
            number += 1
            free = f"{name}_{number}"
        numbers[name] = number
        used.add(free)
        found.append(free)
    return found


def _slug(label: str, kind: str) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    supplement = bool(_SUPPLEMENT.search(plain))
    match = _LABEL.search(_SUPPLEMENT.sub(" ", plain))
    head, rest = (match["kind"], match["number"]) if match else (kind, plain)
    head = "fig" if head.startswith("fig") else "efig" if head.startswith("efig") else head
    parts = re.findall(r"[a-z]+|\d+", rest)
    if supplement and parts[:1] != ["s"]:
        parts = ["s", *parts]
    name = head + _joined(parts)
    name = re.sub(r"[^a-z0-9_]", "", name)[:_SLUG_LETTERS]
    return f"{name}_" if name in RESERVED_NAMES else name or kind


def _joined(parts: Sequence[str]) -> str:
    """The parts of a number: "1" -> 1, "s 1" -> _s1, "a 1" -> _a_1, "3 1" -> 3_1, "5 a" -> 5_a."""
    text = ""
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else ""
        glued = (place == 0 and part.isdigit()) or (before == "s" and place == 1)
        text += part if glued else f"_{part}"
    return text


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
