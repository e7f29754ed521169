"""DSP: the statistic that a label names, and the one that its cells show."""

import re
from collections.abc import Iterator

from validations.registry import Answers, Fault, check
from validations.tables import Record, Table

_MEDIAN, _MEAN = (re.compile(rf"\b{word}\b", re.IGNORECASE) for word in ("medians?", "means?"))
_QUARTILES = re.compile(r"\bIQR\b|quartile|\bQ1\b|25(?:th)?\s*[-–]\s*75", re.IGNORECASE)
_SD = re.compile(r"\bs\.?d\.?\b|standard deviation|±", re.IGNORECASE)


@check("DSP013", "note", by_panel=False)
def statistic_is_not_that_of_its_label(table: Table) -> Answers:
    """The label names a median or quartiles, but the cells show a mean ± SD, or the reverse.

    Why it matters
        A reader cannot tell which of the two is right, and a mean is pooled in another way than a median.

    Fires on
        table1: results
        row  cell  outcome                  arm   statistic  mean  sd
        1    2     Stay, days, median (IQR)  Drug  mean       12.2  8.6

        table2: results
        row  cell  outcome         arm   statistic  mean  q1   q3
        1    2     Nasal pressure  Drug  mean       0.42  0.32  0.76

    Silent on
        table1: results
        row  cell  outcome                  arm   statistic  mean  sd
        1    2     Stay, days, mean (SD)    Drug  mean       12.2  8.6
    """
    odd = list(_odd(table))
    by_words: dict[str, list[Record]] = {}
    for record, words in odd:
        by_words.setdefault(words, []).append(record)
    for words, (first, *others) in by_words.items():
        shows = tuple(name for name in ("mean", "sd", "median", "q1", "q3") if first[name])
        yield Fault(words, "", first, shows[0], shows, tuple(others))
    looked_at = [record for record in table.records if record["statistic"] in ("mean", "median")]
    yield from (None for record in looked_at if all(record is not each for each, _ in odd))


def _odd(table: Table) -> Iterator[tuple[Record, str]]:
    """The records that contradict their label, each with what is wrong."""
    notes = " ".join(table.footnotes)
    for record in table.records if table.model.panels() else ():
        if record["statistic"] not in ("mean", "median") or record["versus"]:
            continue
        label = _label(record)
        median, mean = _MEDIAN.search(label), _MEAN.search(label)
        if record["sd"] and record["mean"] and median and not mean:
            yield record, "the label says median, the cells show a mean with an SD"
        elif record["sd"] and _QUARTILES.search(label) and not _SD.search(label):
            yield record, "the label says quartiles, the cells show an SD"
        elif record["median"] and mean and not median and not _MEDIAN.search(notes):
            yield record, "the label says mean, the cells show a median"
        elif record["mean"] and record["q1"] and not median and not _MEDIAN.search(notes):
            yield record, "the cells show a mean with quartiles, which belong to a median"


def _label(record: Record) -> str:
    """The innermost label that names a statistic."""
    for name in ("level", "outcome", "section"):
        if any(pattern.search(record[name]) for pattern in (_MEDIAN, _MEAN, _QUARTILES, _SD)):
            return record[name]
    return ""
