"""Effects from what a log-rank test gives: tables that print observed less expected events and their variance."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import Effect, LeftOut, Result, Source
from extract.publishing.analysis.sources.about import about
from extract.publishing.analysis.values import as_converted, bounds_of
from validations.statistics.conversions.intervals import variance_of_error
from validations.statistics.conversions.survival import error_of_log_hazard_ratio, log_hazard_ratio
from validations.tables import Record, Table

_EXCESS = re.compile(
    r"(?:.*\s)?\(?O\s*[-–−]\s*E\)?(?:\s.*)?|observed\s*(?:[-–−]|minus|less)\s*expected.*", re.IGNORECASE
)
_VARIANCE = re.compile(r"V|var(?:iance)?\.?(?:\s*(?:of\s*)?\(?O\s*[-–−]\s*E\)?)?", re.IGNORECASE)
_HAZARD = re.compile(r"\bhazard|\blog-?\s?rank|\bsurvival\b|\btime to\b|\b(?:PFS|OS|DFS|EFS|RFS|TTP)\b", re.IGNORECASE)
_PETO = re.compile(r"\bpeto\b|\bodds\b", re.IGNORECASE)


def log_rank_effects(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The effects of the rows that print O - E and V, and no effect with its interval."""
    rows: dict[str, list[Record]] = {}
    for record in table.records:
        rows.setdefault(record.row, []).append(record)
    for records in rows.values():
        variance = _named(records, _VARIANCE)
        excess = [record for record in _named(records, _EXCESS) if record not in variance]
        if len(excess) == len(variance) == 1 and not any(record["estimate"] for record in records):
            yield _effect(paper, table, excess[0], variance[0])


def _named(records: Sequence[Record], pattern: re.Pattern[str]) -> list[Record]:
    """The plain values whose head is as the pattern says."""
    return [record for record in records if record["statistic"] == "value" and pattern.fullmatch(record["arm"])]


def _effect(paper: CuratedPaper, table: Table, excess: Record, variance: Record) -> Result:
    said = {record["arm"]: record["value"] for record in (excess, variance)}
    printed = Source((excess, variance), ("value",), excess.part, said)
    known = about(paper, table, excess, outcome=excess["outcome"], subgroup=excess["level"])
    measure = _measure(" ".join((table.words, *table.footnotes, *known.values())))
    numbers = [bounds_of(record.number("value")) for record in (excess, variance)]
    if not measure:
        return LeftOut(printed, "effects", "O - E and V may be of a hazard ratio or of an odds ratio", known)
    if numbers[0] is None or numbers[1] is None:
        return LeftOut(printed, "effects", "O - E and V are not both plain numbers", known)
    effect, error = log_hazard_ratio(numbers[0], numbers[1]), error_of_log_hazard_ratio(numbers[1])
    if effect is None or error is None:
        return LeftOut(printed, "effects", "V may be 0", known)
    squared = variance_of_error((error.low, error.value, error.high), error.source)
    values = {"yi": as_converted(effect), "sei": as_converted(error), "vi": as_converted(squared)}
    return Effect(printed, known, values, _plain(measure))


def _measure(words: str) -> str:
    """What (O - E) / V is the logarithm of, by the words around it; "" where they leave it open."""
    hazard, odds = bool(_HAZARD.search(words)), bool(_PETO.search(words))
    return "" if hazard == odds else "HR" if hazard else "OR"


def _plain(measure: str) -> Mapping[str, str]:
    return {"measure": measure, "scale": "log", "scale_from": "statistic"}
