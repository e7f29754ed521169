"""DUP: one name spelt in two ways."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from validations.labels import fold, one_letter_apart
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Record, Table

LEAST_LETTERS = 3  # of a label that can be misspelt at all
MOST_NAMES = 5000  # of one column: a longer table is no printed one, and comparing its names takes too long
LEAST_LETTERS_OF_NAME = 6  # of a label: shorter words that differ by one letter are too often different words
LEAST_LETTERS_OF_ABBREVIATION = 4  # of a label one letter from a defined abbreviation: MFS and MLS are both right


@check("DUP003", "unlikely", by_panel=False)
def labels_one_letter_apart(table: Table) -> Answers:
    """A label that occurs once differs by one letter from another label of its column.

    Why it matters
        A misspelt name splits a group in two, and whoever pools by name loses patients. Abbreviations that the paper
        defines are no misspellings of one another, nor are abbreviations of fewer than four letters.

    Fires on
        table1: histology, defines ASPS SS
        row  position  study  subtype  n   total
        1    1         A      ASPS     12  12
        2    1         B      ASPA     6   6

        table4: adverse_events
        row  grade  event         n
        1    any    Hypertension  3
        2    any    Hypertensoin  2

    Silent on
        table1: histology, defines AS ES SS MFS MLS ASPS
        row  position  study  subtype  n  total
        1    1         A      AS       1  12
        1    2         A      ES       1  12
        1    3         A      SS       1  12
        1    4         A      MFS      1  12
        1    5         A      MLS      1  12
        1    6         A      LPS      1  12
        1    7         A      UPS      1  12

        table2: characteristics
        section  label    n
        Stage    Stage 1  3
        Stage    Stage 2  4
    """
    known = {fold(name) for name in table.abbreviations}
    for column in table.model.vocabulary():
        places = table.firsts(column)
        labels = {label: times for label, times in Counter(table.column(column)).items() if label}
        if len(labels) > MOST_NAMES:
            yield NotCheckable(f"more than {MOST_NAMES} names: no printed table has so many")
            continue
        found = list(_misspelt(labels, known))
        for odd, right in found:
            message = f"{odd} occurs once and differs by one letter from {right} ({labels[right]} times)"
            yield Fault(message, right, places[odd], column, (column,), (places[right],))
        if labels and not found:
            yield None


def _misspelt(labels: Mapping[str, int], known: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a label that may be misspelt and the label that it should be. `labels`: how often each occurs. `known`:
    the folded abbreviations that the paper defines."""
    for first, second in _close_pairs([label for label in labels if _is_spelt(label)]):
        rare, usual = sorted((first, second), key=lambda label: (labels[label], fold(label) in known))
        is_short = min(len(rare), len(usual)) < LEAST_LETTERS_OF_NAME
        short = is_short and (fold(usual) not in known or len(rare) < LEAST_LETTERS_OF_ABBREVIATION)
        if labels[rare] == 1 and fold(rare) not in known and not short:
            yield rare, usual


def _is_spelt(label: str) -> bool:
    """Whether a label can be misspelt: labels with digits or signs differ on purpose."""
    return len(label) >= LEAST_LETTERS and not set(label) & set("0123456789<>=≤≥%")


def _close_pairs(labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of labels one letter apart. Only labels that share a rest, after one letter is taken out of each or none,
    are compared: all pairs would take too long."""
    shared: dict[str, list[str]] = {}
    for label in labels:
        name = fold(label)
        for rest in dict.fromkeys([name, *(name[:place] + name[place + 1 :] for place in range(len(name)))]):
            shared.setdefault(rest, []).append(label)
    pairs = dict.fromkeys(pair for group in shared.values() for pair in combinations(group, 2))
    yield from (pair for pair in pairs if one_letter_apart(fold(pair[0]), fold(pair[1])))


@check("DUP004", "note", by_panel=False)
def label_in_several_spellings(table: Table) -> Answers:
    """One column spells a name in several ways: case, hyphen, space or plural differ.

    Why it matters
        Software that groups by name splits one group into several.

    Fires on
        table1: histology
        row  position  study  subtype  n  total
        1    1         A      Others   6  12
        2    1         B      other    6  12
        3    1         C      U-LMS    6  12
        4    1         D      ULMS     6  12

    Silent on
        table1: histology
        row  position  study  subtype  n  total
        1    1         A      SS       6  12
        2    1         B      SS       6  12
        2    2         B      ES       6  12
    """
    for column in table.model.vocabulary():
        spellings: dict[str, dict[str, Record]] = {}
        for text, record in table.firsts(column).items():
            if text:
                spellings.setdefault(fold(text), {})[text] = record
        several = [found for found in spellings.values() if len(found) > 1]
        for found in several:
            (first, record), *others = found.items()
            message = f"{column}: {', '.join(found)} are spellings of one name"
            yield Fault(message, first, record, column, (column,), tuple(other for _, other in others))
        if spellings and not several:
            yield None
