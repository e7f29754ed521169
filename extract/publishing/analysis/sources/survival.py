"""Median times to an event, from tables of arms and, for a trial, from the text of its results."""

import re
from collections.abc import Iterator, Mapping

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import MedianTime, Result
from extract.publishing.analysis.sources.about import about, source
from extract.publishing.analysis.values import as_printed
from validations.inference.arms.summaries import Summary, find_summaries
from validations.tables import Record, Table

_TIME_TO_EVENT = re.compile(
    r"\bsurvival\b|\b(?:m?PFS|m?OS|DFS|EFS|RFS|TTP|TTF)\b|\btime to\b|\bduration of response\b", re.IGNORECASE
)
_MEDIANS = re.compile(r"(?P<what>[a-z]+)_median")
_NAMES = {"pfs": "PFS", "os": "OS", "dfs": "DFS", "efs": "EFS", "ttp": "TTP"}
SECTION = "results"  # abstract and discussion repeat the results, and quote other studies


def table_medians(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The median times of a table."""
    for summary in find_summaries(table):
        record = summary.record
        if "median" in summary.numbers and _TIME_TO_EVENT.search(f"{record['outcome']} {record['section']}"):
            known = about(paper, table, record, outcome=record["outcome"], subgroup=record["level"])
            columns = ("median", "ci_low", "ci_high", "ci_level", "n" if record["n"] else "arm_n")
            plain = {"arm": record["arm"], "n": str(summary.n or ""), **_numbers(summary)}
            yield MedianTime(source(table, summary.records.values(), columns), known, plain)


def _numbers(summary: Summary) -> Mapping[str, str]:
    names = {"median": "median", "ci.lb": "ci_low", "ci.ub": "ci_high", "ci_level": "ci_level"}
    return {name: as_printed(summary.number(column)).text for name, column in names.items()}


def text_medians(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The median times that the results of a trial state; those of a review are of other studies."""
    for record in table.records:
        found = _MEDIANS.fullmatch(record["measure"])
        if found and found["what"] in _NAMES and record["section"] == SECTION and not paper.is_review:
            known = about(paper, table, record, outcome=_NAMES[found["what"]], caption="")
            columns = ("text", "value", "unit", "ci_low", "ci_high", "ci_level", "total")
            yield MedianTime(source(table, (record,), columns), known, _stated(record))


def _stated(record: Record) -> Mapping[str, str]:
    names = {"median": "value", "ci.lb": "ci_low", "ci.ub": "ci_high", "ci_level": "ci_level"}
    numbers = {name: as_printed(record.number(column)).text for name, column in names.items()}
    return {"arm": record["subject"], "n": str(record.count("total") or "")} | numbers
