"""The printed columns of a table matched to the columns of a card, by the words of their heads."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from extract.cards.card import CardColumn, ExhibitCard
from extract.errors import ExhibitError
from extract.tables.table import Row

# "Any grade, n (%)" and "Any grade n" are the same head at .80; "P" and "HR (95% CI)" are different heads at .0.
_PLAUSIBLE_SIMILARITY = 0.6
_SAME_LEAF_SIMILARITY = 0.9
_SUBSET_SIMILARITY = 0.7


def head_paths(head: Sequence[Row]) -> list[str]:
    """Return the head path of each column: its heads from top to bottom, joined by " / ". A spanner belongs to its
    own column and to the columns right of it up to the next head in its row, as far as heads stand below it."""
    texts = [list(row.texts) for row in head]
    for level, upper in enumerate(texts):
        stands = [any(below[column] for below in texts[level + 1 :]) for column in range(len(upper))]
        for column in range(1, len(upper)):
            if not upper[column] and stands[column] and stands[column - 1]:
                upper[column] = upper[column - 1]
    return [" / ".join(text for text in path if text) for path in zip(*texts, strict=True)]


def match_columns(printed: Sequence[str], columns: Sequence[CardColumn]) -> tuple[list[int], list[int]]:
    """Return the place of the printed column of each column of the card, and the columns whose head is doubtful:
    similar, not the same. ExhibitError where the numbers of columns differ, or with each head that is another one."""
    if len(printed) != len(columns):
        wanted = " | ".join(column.head or "(none)" for column in columns)
        found = " | ".join(text or "(none)" for text in printed)
        raise ExhibitError(f"read {len(printed)} columns ({found}), the card maps {len(columns)} ({wanted})")
    places = _places([match_key(text) for text in printed], [match_key(column.head) for column in columns])
    likeness = [head_similarity(printed[place], column.head) for column, place in zip(columns, places, strict=True)]
    if other := [number for number, value in enumerate(likeness) if value < _PLAUSIBLE_SIMILARITY]:
        raise ExhibitError("; ".join(differing_head(printed, columns, places, number) for number in other))
    return places, [number for number, value in enumerate(likeness) if value < 1]


def differing_head(printed: Sequence[str], columns: Sequence[CardColumn], places: Sequence[int], number: int) -> str:
    """The message that a printed head differs from the card's."""
    place = places[number]
    return f"column {place + 1} is headed '{printed[place]}', the card says '{columns[number].head}'"


def match_exhibit(printed: Sequence[str], exhibit: ExhibitCard, rows: int) -> tuple[list[int], list[int]]:
    """Return what `match_columns` returns. Where the number of rows differs, the ExhibitError lists that and every head
    that differs."""
    counted = [] if rows == exhibit.rows else [f"read {rows} rows, the card says {exhibit.rows}"]
    try:
        places, doubtful = match_columns(printed, exhibit.columns)
    except ExhibitError as error:
        raise ExhibitError("; ".join([*counted, str(error)])) from None
    if counted:
        unlike = [differing_head(printed, exhibit.columns, places, number) for number in doubtful]
        raise ExhibitError("; ".join([*counted, *unlike]))
    return places, doubtful


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
