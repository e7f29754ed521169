"""Finds the denominators of variables that some patients have no data for.

The percentages of a variable then divide by the patients with data. The table may print their number (in the label, in
a note, as a row "Missing"); else it shows in that all categories of the variable, or all arms of its row, agree.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from validations.inference.arms.variables import Categories, arm_of, find_categories, name_of
from validations.inference.denominators import Share, totals_that_give
from validations.labels import is_missing
from validations.tables import Record, Table, row_place

SIMILAR_PARTS = 1.5  # greatest ratio of the parts of two arms that have data for a row
Span = tuple[int, int]
"""The least and the greatest whole number."""

_N = re.compile(r"\bn\s*=\s*(\d[\d,]{0,14})(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?![\d.]*\d)")


class OwnDenominator(NamedTuple):
    """The patients with data of a variable, arm by arm. `stated`: the table prints their numbers."""

    title: str
    shares: tuple[tuple[Share, Span], ...]
    stated: bool


def span_of(shares: Iterable[Share]) -> Span | None:
    """The least and the greatest number of patients that gives all these percentages; None if none does."""
    spans = [totals_that_give(share.n, share.percent, None) for share in shares if share.n]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    low, high = max(span[0] for span in known), min(span[1] for span in known)
    return (low, high) if low <= high else None


class _Shares:
    """The shares of a table of arms by record, and those that the usual denominator of their column does not give."""

    def __init__(self, table: Table, shares: Mapping[Record, Share], odd: frozenset[Record]) -> None:
        self.table, self.shares, self.odd = table, shares, odd
        self.rows: dict[str, list[Record]] = defaultdict(list)
        for record in shares:
            self.rows[record.row].append(record)

    def usable(self, span: Span | None, record: Record) -> bool:
        """Whether a span holds a number of patients that this arm can have."""
        n = record.count("arm_n")
        return span is not None and (n is None or span[0] <= n)

    def within(self, span: Span, record: Record) -> Span:
        n = record.count("arm_n")
        return span if n is None or n < span[0] else (span[0], min(span[1], n))


def own_denominators(table: Table, shares: Mapping[Record, Share], odd: frozenset[Record]) -> list[OwnDenominator]:
    """The variables whose percentages divide by the patients with data. `odd`: the records whose percentages the usual
    denominator of their column does not give; none of them is in two variables."""
    known = _Shares(table, shares, odd)
    found = [*_of_variables(known), *_of_rows(known)]
    taken = {share.record for each in found for share, _ in each.shares}
    again = _of_known_patients(known, found, taken)
    ordered = sorted(_once_each([*found, *again]), key=lambda each: row_place(each.shares[0][0].record.row))
    return _merged(_stated_elsewhere(ordered))


def _once_each(found: Sequence[OwnDenominator]) -> list[OwnDenominator]:
    seen: set[Record] = set()
    kept = []
    for each in found:
        fresh = tuple(item for item in each.shares if item[0].record not in seen)
        seen |= {share.record for share, _ in fresh}
        if fresh:
            kept.append(each._replace(shares=fresh))
    return kept


def _stated_elsewhere(found: Sequence[OwnDenominator]) -> list[OwnDenominator]:
    """The same, stated also where another variable's stated numbers of patients explain all arms."""
    sizes = {(arm_of(share.record), span) for each in found if each.stated for share, span in each.shares}

    def is_known(share: Share, span: Span) -> bool:
        return any(arm == arm_of(share.record) and span[0] <= low and high <= span[1] for arm, (low, high) in sizes)

    return [each._replace(stated=each.stated or all(is_known(*item) for item in each.shares)) for each in found]


def _merged(found: Sequence[OwnDenominator]) -> list[OwnDenominator]:
    """One for several rows in sequence that agree on the patients of every arm that they share."""
    kept: list[OwnDenominator] = []
    for each in found:
        last = kept[-1] if kept else None
        if last and last.stated == each.stated and _follows(last, each) and _agree(last, each):
            titles = dict.fromkeys((*last.title.split("; "), each.title))
            kept[-1] = OwnDenominator("; ".join(titles), (*last.shares, *each.shares), each.stated)
        else:
            kept.append(each)
    return kept


def _follows(first: OwnDenominator, second: OwnDenominator) -> bool:
    return (
        row_place(second.shares[0][0].record.row) - max(row_place(share.record.row) for share, _ in first.shares) == 1
    )


def _agree(first: OwnDenominator, second: OwnDenominator) -> bool:
    one, other = ({arm_of(share.record): span for share, span in each.shares} for each in (first, second))
    common = one.keys() & other.keys()
    return bool(common) and all(one[arm][0] <= other[arm][1] and other[arm][0] <= one[arm][1] for arm in common)


def _of_variables(known: _Shares) -> list[OwnDenominator]:
    """Variables whose categories agree on a number of patients in an arm. Where all but one agree, that one is left
    out."""
    variables: dict[tuple[str, ...], list[Categories]] = defaultdict(list)
    for categories in find_categories(known.table):
        if any(record in known.odd for record in categories.records):
            variables[categories.rows].append(categories)
    found = []
    for arms in variables.values():
        agreed = [(each, *group) for each in arms if (group := _agreed(known, each))]
        odd = [(known.shares[record], span) for _, span, records in agreed for record in records if record in known.odd]
        exact = all(span == (total := _total(each), total) for each, span, _ in agreed)
        if len(odd) > 1 or (odd and exact):
            sizes = [(known.shares[records[0]], span) for _, span, records in agreed]
            stated = _is_stated(known, sizes, [each for each, _, _ in agreed])
            found.append(OwnDenominator(arms[0].title, tuple(odd), stated))
    return found


def _agreed(known: _Shares, categories: Categories) -> tuple[Span, tuple[Record, ...]] | None:
    """The numbers of patients that give the percentages of a variable in an arm, or the sum of its counts if it is one;
    and the categories, all or all but one, that agree on it."""
    records = tuple(record for record in categories.records if record in known.shares)
    for agreeing in (records, *_all_but_one(known, records)):
        span = span_of(known.shares[record] for record in agreeing)
        if len(agreeing) > 1 and span is not None and known.usable(span, agreeing[0]):
            total = _total(categories)
            whole = len(agreeing) == len(records) and span[0] <= total <= span[1]
            return (total, total) if whole else known.within(span, agreeing[0]), agreeing
    return None


def _total(categories: Categories) -> int:
    """The sum of the counts, without that of patients without data."""
    return sum(record.count("n") or 0 for record in categories.records if not is_missing(name_of(record)))


def _all_but_one(known: _Shares, records: Sequence[Record]) -> list[tuple[Record, ...]]:
    """The only way to leave one of three or more categories out so that the others agree."""
    if len(records) < 3 or not records[0]["level"]:
        return []
    ways = [tuple(each for each in records if each is not left) for left in records if left in known.odd]
    agreeing = [way for way in ways if span_of(known.shares[record] for record in way)]
    return agreeing if len(agreeing) == 1 else []


def _of_rows(known: _Shares) -> list[OwnDenominator]:
    """Rows in which the percentages of most arms are odd, and each arm has a number of patients that gives its own, a
    similar part of its N; or each a greater number, since the row does not count patients. Not those of categories:
    these show by each other what they are out of."""
    categories = {record for each in find_categories(known.table) for record in each.records if record["level"]}
    found = []
    for records in known.rows.values():
        odd = [record for record in records if record in known.odd and record not in categories]
        spans = {record: span_of([known.shares[record]]) for record in records if known.shares[record].n}
        usable = [known.usable(span, record) for record, span in spans.items()]
        agree = all(usable) or (all(spans.values()) and not any(usable))
        several = len(odd) > 1 and 2 * len(odd) > len(records) and len({arm_of(record) for record in odd}) == len(odd)
        shares = [(known.shares[record], known.within(span, record)) for record in odd if (span := spans[record])]
        if several and agree:
            stated = _is_stated(known, shares, ())
            if stated or _similar_parts(shares):
                found.append(OwnDenominator(name_of(odd[0]), tuple(shares), stated))
    return found


def _similar_parts(shares: Sequence[tuple[Share, Span]]) -> bool:
    """Whether all arms have data of a similar part of their patients."""
    parts = [(low / n, high / n) for share, (low, high) in shares if (n := share.record.count("arm_n"))]
    return not parts or max(low for low, _ in parts) <= SIMILAR_PARTS * min(high for _, high in parts)


def _of_known_patients(known: _Shares, found: Sequence[OwnDenominator], taken: set[Record]) -> list[OwnDenominator]:
    """Other odd percentages of an arm, out of the patients that another of its variables has, or a label prints."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for each in found:
        for share, (low, high) in each.shares:
            if low == high:
                sizes[arm_of(share.record)].add(low)
    again = []
    for record in known.odd - taken:
        share = known.shares[record]
        span = span_of([share])
        if span is not None and known.usable(span, record):
            same = [n for n in sizes[arm_of(record)] if span[0] <= n <= span[1]]
            stated = _is_stated(known, [(share, span)], ()) or _of_a_label(known, record, span)
            if same or stated:
                size = (same[0], same[0]) if same else span
                again.append(OwnDenominator(name_of(record), ((share, size),), stated))
    return again


def _of_a_label(known: _Shares, record: Record, span: Span) -> bool:
    """Whether the label prints the patients of all arms together, so that this number leaves enough for the others."""
    others = [other.count("arm_n") for other in known.rows[record.row] if arm_of(other) != arm_of(record)]
    rest = sum(n or 0 for n in others)
    return bool(others) and all(others) and any(span[1] <= n <= rest + span[0] for n in _label_sizes(record))


def _is_stated(known: _Shares, shares: Sequence[tuple[Share, Span]], variables: Sequence[Categories]) -> bool:
    """Whether the table prints these numbers of patients, or how many are missing."""
    in_labels = {n for share, _ in shares for n in _label_sizes(share.record)}
    of_all = sum(low for _, (low, _) in shares), sum(high for _, (_, high) in shares)
    if any(of_all[0] <= n <= of_all[1] or any(low <= n <= high for _, (low, high) in shares) for n in in_labels):
        return True
    if shares and all(_marked(known.table, share, span) for share, span in shares):
        return True
    if variables and all(_missing_row(each, span) for each, (_, span) in zip(variables, shares, strict=True)):
        return True
    if len({arm_of(share.record) for share, _ in shares}) < 2:
        return False
    return _is_a_row(known.table, shares) or any(
        _in_note(note, shares) for note in (*known.table.footnotes, known.table.words)
    )


def _is_a_row(table: Table, shares: Sequence[tuple[Share, Span]]) -> bool:
    """Whether another row counts as many in every arm: "Twins" are out of the row "Live births"."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for record in table.records:
        if (n := record.count("n")) is not None and record["statistic"] == "count":
            counts[record.row].setdefault(arm_of(record), n)
    own = {share.record.row for share, _ in shares}
    others = [arms for row, arms in counts.items() if row not in own]
    return any(
        all(low <= arms.get(arm_of(share.record), 0) <= high for share, (low, high) in shares) for arms in others
    )


def _label_sizes(record: Record) -> set[int]:
    """The numbers of patients in the labels over and beside a cell: "Nutrition state (n = 629)"."""
    labels = (name_of(record), record["section"])
    return {int(n.replace(",", "")) for label in labels for n in _N.findall(label)}


def _marked(table: Table, share: Share, span: Span) -> bool:
    """Whether a note that marks the cell says how many patients it has: "n:a" and "a n = 87"."""
    marks = [mark for entry in share.record["notes"].split(";") for mark in entry.partition(":")[2].split(",") if mark]
    notes = [note for note in table.footnotes if any(note.lstrip("(").startswith(mark) for mark in marks)]
    return any(span[0] <= int(n.replace(",", "")) <= span[1] for note in notes for n in _N.findall(note))


def _missing_row(categories: Categories, span: Span) -> bool:
    """Whether the variable has a category of patients without data that leaves as many."""
    lost = sum(record.count("n") or 0 for record in categories.records if is_missing(name_of(record)))
    n = categories.records[0].count("arm_n")
    return lost > 0 and (n is None or span[0] <= n - lost <= span[1])


def _in_note(note: str, shares: Sequence[tuple[Share, Span]]) -> bool:
    """Whether a note, or the caption, has the number of patients of every arm, or of those without data."""
    numbers = {int(text.replace(",", "")) for text in _NUMBER.findall(note) if len(text) < 9}
    with_data = all(any(low <= n <= high for n in numbers) for _, (low, high) in shares)
    sizes = [(share.record.count("arm_n"), span) for share, span in shares]
    without = all(
        n is not None and any(low <= n - lost <= high for lost in numbers if lost) for n, (low, high) in sizes
    )
    return with_data or without
