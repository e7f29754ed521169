"""Counts of patients: in tables of arms, characteristics, responses, adverse events, arms of studies, and plots."""

import re
from collections.abc import Iterator

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import ArmResult, LeftOut, Result
from extract.publishing.analysis.sources.about import about, source
from extract.publishing.analysis.sources.shares import Share, share_of
from extract.publishing.analysis.values import Value
from schemas.base.printed import parse_printed
from schemas.responses import RESPONSE_CODES
from validations.inference.denominators import count_gives
from validations.inference.pooling.plots import events_of
from validations.labels import counts_events
from validations.tables import Record, Table

_ADVERSE = re.compile(r"\badverse|\btoxicit|\bside[- ]effects?\b|\bsafety\b|\bcomplications?\b", re.IGNORECASE)
_GRADE = re.compile(
    r"\b(?:any|all) grades?\b|\bgrades?\s*(?:[≥>]\s*)?[1-5IV]+(?:\s*(?:[-–/,]|and|or|to)\s*[1-5IV]+)*"
    r"|\b(?:serious|severe|mild|moderate)\b",
    re.IGNORECASE,
)


def results_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The counts of a table of arms and comparisons."""
    adverse = _ADVERSE.search(paper.caption(table)) is not None
    for record in table.records:
        if record["statistic"] != "count" or record["versus"] or not (record["n"] or record["percent"]):
            continue
        total = "total" if record["total"] else "arm_n"
        columns = ("n", "percent", total)
        known = about(paper, table, record, outcome=record["outcome"], subgroup=record["level"])
        share = share_of(record.number("n"), record.number("percent"), record.count(total), total)
        if counts_events(f"{record['outcome']} {record['level']}"):
            share = share._replace(reason="it counts events, of which a patient may have several")
        labels = (record[name] for name in ("section", "outcome", "level", "unit", "timepoint", "population"))
        grade = next(filter(None, (_grade(record[name]) for name in ("level", "population", "outcome", "section"))), "")
        of_event = adverse or _ADVERSE.search(record["section"])
        yield _counted(
            ArmResult(
                source(table, (record,), columns),
                known,
                record["arm"],
                share.ni,
                share.xi,
                belongs=("count", table.name, *labels),
                event=_event(record) if of_event else "",
                grade=grade if of_event else "",
            ),
            share,
        )


def _grade(text: str) -> str:
    found = _GRADE.search(text)
    return found[0] if found else ""


def _event(record: Record) -> str:
    """The event: outcome and category, without a category that is only a grade."""
    level = "" if _GRADE.fullmatch(record["level"].strip()) else record["level"]
    return ", ".join(filter(None, (record["outcome"], level)))


def _counted(result: ArmResult, share: Share) -> Result:
    return LeftOut(result.source, "one_arm", share.reason, result.about) if share.reason else result


def characteristics_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The counts of a table of patients' characteristics, out of the cohort."""
    for record in table.records:
        if record["statistic"] == "count":
            share = share_of(record.number("n"), record.number("percent"), table.cohort_n, "N of the cohort")
            subgroup = record["part_of"]
            known = about(paper, table, record, outcome=record["label"], subgroup=subgroup)
            yield _counted(ArmResult(source(table, (record,), ("n", "percent")), known, "", share.ni, share.xi), share)


def adverse_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The adverse events of a cohort by grade."""
    for record in table.records:
        if record["n"] or record["percent"]:
            share = share_of(record.number("n"), record.number("percent"), table.cohort_n, "N of the cohort")
            known = about(paper, table, record, outcome=record["event"], subgroup=_of_grade(record["grade"]))
            printed = source(table, (record,), ("n", "percent"))
            event = ArmResult(printed, known, "", share.ni, share.xi, event=record["event"], grade=record["grade"])
            yield _counted(event, share)


def _of_grade(grade: str) -> str:
    return "any grade" if grade == "any" else f"grade {grade}"


def response_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The best responses of groups of patients. Rates are of the evaluable patients unless the percentage shows that
    they are of all."""
    for record in table.records:
        for code in RESPONSE_CODES:
            n, percent = record.number(f"{code}_n"), record.number(f"{code}_percent")
            if n is None and percent is None:
                continue
            total = _denominator(record, code)
            share = share_of(n, percent, record.count(total), total)
            known = about(paper, table, record, outcome=code.upper(), subgroup=record["part_of"])
            printed = source(table, (record,), (f"{code}_n", f"{code}_percent", total), code)
            yield _counted(ArmResult(printed, known, record["group"], share.ni, share.xi), share)


def _denominator(record: Record, code: str) -> str:
    """The column of the patients among whom a response is counted: the one that gives the percentage, else the
    evaluable ones."""
    columns = [name for name in ("n_evaluable", "n_total") if record.count(name)]
    n, percent = record.count(f"{code}_n"), record.number(f"{code}_percent")
    if n is not None and percent is not None:
        fitting = [name for name in columns if count_gives(n, record.count(name) or 0, percent)]
        columns = fitting or columns
    return ("n_total" if code == "na" and "n_total" in columns else columns[0]) if columns else "n_total"


def study_arm_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The percentages of the arms of studies, where they are a count out of the sample size."""
    for record in table.records:
        for column, outcome in (("orr_percent", "ORR"), ("dcr_percent", "DCR"), ("female_percent", "female")):
            percent = record.number(column)
            if percent is not None:
                share = share_of(None, percent, record.count("sample_size"), "sample_size")
                known = about(paper, table, record, study=record["study"], outcome=outcome, subgroup=record["group"])
                printed = source(table, (record,), (column, "sample_size"), column.partition("_")[0])
                yield _counted(ArmResult(printed, known, record["treatment"], share.ni, share.xi), share)


def histology_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The subtypes of the arms of studies."""
    for record in table.records:
        share = share_of(record.number("n"), None, record.count("total"), "total")
        known = about(paper, table, record, study=record["study"], outcome=record["subtype"], subgroup="")
        printed = source(table, (record,), ("n", "total"))
        yield _counted(ArmResult(printed, known, record["treatment"], share.ni, share.xi), share)


def forest_counts(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The events of the studies of a forest plot that have no arms."""
    for record in table.records:
        if record["kind"] != "study" or not record["total"]:
            continue
        events, summed = events_of(record), not record["events"]
        if events is None:
            continue
        share = share_of(parse_printed(str(events)), None, record.count("total"), "total")
        known = about(paper, table, record, study=record["label"], outcome=record["measure"], subgroup=record["group"])
        columns = ("cr", "pr", "total") if summed else ("events", "total")
        xi = Value(str(events), "cr_pr", "cr + pr", str(events), str(events)) if summed else share.xi
        yield _counted(ArmResult(source(table, (record,), columns), known, record["treatment"], share.ni, xi), share)
