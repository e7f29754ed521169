"""The printed columns of a table matched to the columns of a card, by the words of their heads."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from extract.cards.card import CardColumn, ExhibitCard
from extract.errors import ExhibitError

# "Any grade, n (%)" and "Any grade n" are the same head at .80; "P" and "HR (95% CI)" are different heads at .0.
_PLAUSIBLE_SIMILARITY = 0.6
_SAME_LEAF_SIMILARITY = 0.9
_SUBSET_SIMILARITY = 0.7
# Heads move to the places of their words if they gain so large a share of common words on average ("Any grade" and
# "Grade 3-4" in the other order: .6), and if each then shares at least half of its words.
_MOVED_GAIN = 0.3
_MOVED_SHARE = 0.5


class HeadMatch(NamedTuple):
    """The printed columns of a card's columns. `places`: the place of each; `similar` and `other`: the numbers of the
    card's columns whose printed head has similar or other words; the remaining heads are the same."""

    places: list[int]
    similar: list[int]
    other: list[int]


def match_columns(printed: Sequence[str], columns: Sequence[CardColumn]) -> HeadMatch:
    """Return the printed columns of the card's columns, by their heads and in order where the words do not tell. A head
    that is another one is no error: the cells tell whether it is the column. ExhibitError where the numbers of columns
    differ, or where the heads are those of the card in another order."""
    if len(printed) != len(columns):
        wanted = " | ".join(column.head or "(none)" for column in columns)
        found = " | ".join(text or "(none)" for text in printed)
        raise ExhibitError(f"read {len(printed)} columns ({found}), the card maps {len(columns)} ({wanted})")
    heads = [column.head for column in columns]
    places = _places([match_key(text) for text in printed], [match_key(head) for head in heads])
    unlike_places = [number for number, value in enumerate(_likeness(printed, heads, places)) if value < 1]
    moved = _places_by_words(printed, heads, places) if unlike_places else places  # scipy is loaded only if needed
    if moved is None:
        unlike = [differing_head(printed, columns, places, number) for number in unlike_places]
        raise ExhibitError(f"{'; '.join(unlike)}; by their words the columns stand in another order")
    likeness = _likeness(printed, heads, moved)
    other = [number for number, value in enumerate(likeness) if value < _PLAUSIBLE_SIMILARITY]
    similar = [number for number, value in enumerate(likeness) if _PLAUSIBLE_SIMILARITY <= value < 1]
    return HeadMatch(moved, similar, other)


def _likeness(printed: Sequence[str], heads: Sequence[str], places: Sequence[int]) -> list[float]:
    return [head_similarity(printed[place], head) for head, place in zip(heads, places, strict=True)]


def _places_by_words(printed: Sequence[str], heads: Sequence[str], places: list[int]) -> list[int] | None:
    """The places with most words in common, where heads have far more in common than at `places`; else `places`. None
    where one of the heads that would move has few words in common with its new place: then nothing tells the order."""
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    common = [[_common_words(text, head) for text in printed] for head in heads]
    moved = [int(place) for place in linear_sum_assignment(common, maximize=True)[1]]
    pairs = [
        (common[n][old], common[n][new]) for n, (old, new) in enumerate(zip(places, moved, strict=True)) if old != new
    ]
    if sum(new - old for old, new in pairs) <= _MOVED_GAIN * len(pairs):
        return places
    return moved if min(new for _, new in pairs) >= _MOVED_SHARE else None


def _common_words(first: str, second: str) -> float:
    """The share of words that two heads have in common, 0 to 1."""
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (first, second))
    return len(words & others) / len(words | others) if words | others else 1.0


def differing_head(printed: Sequence[str], columns: Sequence[CardColumn], places: Sequence[int], number: int) -> str:
    """The message that a printed head differs from the card's."""
    place = places[number]
    return f"column {place + 1} is headed '{printed[place]}', the card says '{columns[number].head}'"


def head_evidence(match: HeadMatch, number: int) -> str:
    """Why a head is in doubt, as a line of readings.csv says it."""
    if number in match.other:
        return "the head of the column is worded otherwise than the card's; its cells fit the column"
    return "the head of the column differs from the card's"


def match_exhibit(printed: Sequence[str], exhibit: ExhibitCard, rows: int) -> HeadMatch:
    """Return what `match_columns` returns. Where the number of rows differs, the ExhibitError lists that and every head
    that differs."""
    counted = [] if rows == exhibit.rows else [f"read {rows} rows, the card says {exhibit.rows}"]
    try:
        match = match_columns(printed, exhibit.columns)
    except ExhibitError as error:
        raise ExhibitError("; ".join([*counted, str(error)])) from None
    if counted:
        raise ExhibitError("; ".join([*counted, *unlike_heads(printed, exhibit, match)]))
    return match


def unlike_heads(printed: Sequence[str], exhibit: ExhibitCard, match: HeadMatch) -> list[str]:
    """A message for each head that differs from the card's."""
    unlike = sorted([*match.similar, *match.other])
    return [differing_head(printed, exhibit.columns, match.places, number) for number in unlike]


def _places(printed: list[str], wanted: list[str]) -> list[int]:
    """Place columns by head where each head is printed exactly once, else in order."""
    if sorted(printed) == sorted(wanted) and len(set(printed)) == len(printed):
        return [printed.index(text) for text in wanted]
    return list(range(len(wanted)))


def match_key(text: str) -> str:
    """Reduce a head or label to what distinguishes it: its letters, digits and "%", without case and width."""
    return re.sub(r"[^\w%]|_", "", unicodedata.normalize("NFKC", text).casefold())


def head_similarity(first: str, second: str) -> float:
    """Return the similarity of two heads: 1 for the same; .9 where only the heads above differ; .7 where the words of
    one are among those of the other ("Female", "Female (%)") or one has no words; else the share of letters in common,
    0 to 1."""
    if match_key(first) == match_key(second):
        return 1.0
    if match_key(_leaf(first)) and match_key(_leaf(first)) == match_key(_leaf(second)):
        return _SAME_LEAF_SIMILARITY
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (first, second))
    if words <= others or others <= words:
        return _SUBSET_SIMILARITY
    return SequenceMatcher(None, match_key(first), match_key(second), autojunk=False).ratio()


def _leaf(path: str) -> str:
    return path.rpartition(" / ")[2]
