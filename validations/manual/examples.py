"""The examples in the docstrings of checks: small tables, read so that they can be shown, and executed as tests.

Fires on                              a row check: a line a case, the columns are its parameters
    n   total  percent
    24  51     45.1

Silent on                             a table check: a case a table, named and with its schema; a paper check: all
    table1: characteristics, N = 51   tables are one case. "-" is a cell in which nothing is printed.
    label  n   percent
    Male   25  49.0

"defines LMS UPS=undifferentiated_pleomorphic_sarcoma" in a title: what the exhibit's list of abbreviations holds;
"says Response rate": the words of its caption and heads. "notes a n = 87": a note under it.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from validations.inputs.curated import table_from_frame
from validations.registry import Answer, Check, Docket, Finding
from validations.runner import check_rows
from validations.tables import BrokenCheck, Paper, Record, Table

HEADINGS = ("Why it matters", "Fires on", "Silent on", "Not checkable on")
_TITLE = re.compile(
    r"(?P<name>\w+): (?P<schema>\w+)(?:, N = (?P<n>\d+))?(?:, defines (?P<defines>.+?))?(?:, says (?P<says>.+?))?"
    r"(?:, notes (?P<notes>.+))?"
)
_GAP = re.compile(r" {2,}")
_READINGS, _FILES, _BROKEN = "readings: readings", "files: files", "broken: checks"  # sheets that are no exhibits


@dataclass(frozen=True)
class ExampleSheet:
    """A small table of an example: `title` is blank in those of row checks."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def records(self) -> list[dict[str, str]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def sections(check: Check) -> dict[str, str]:
    """The docstring by heading; its first paragraph under ""."""
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for line in (inspect.getdoc(check.function) or "").splitlines():
        if line in HEADINGS:
            heading = line
        found.setdefault(heading, []).append(line)
    return {name: inspect.cleandoc("\n".join(["", *lines[bool(name) :]])).strip() for name, lines in found.items()}


def sheets(text: str) -> list[ExampleSheet]:
    """The small tables of a section; ValueError where a row has not as many cells as its head."""
    return [_sheet(block.splitlines()) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _sheet(lines: list[str]) -> ExampleSheet:
    title = lines[0].strip() if _TITLE.fullmatch(lines[0].strip()) else ""
    head, *rows = [tuple(_GAP.split(line.strip())) for line in lines[bool(title) :]]
    short = [row for row in rows if len(row) != len(head)]
    if short:
        raise ValueError(f"expected {len(head)} cells ({', '.join(head)}), found {short[0]}")
    return ExampleSheet(title, head, tuple(tuple("" if cell == "-" else cell for cell in row) for row in rows))


def cases(check: Check, heading: str) -> Iterator[list[Answer]]:
    """What the check answers to each case of that section of its docstring."""
    found = sheets(sections(check).get(heading, ""))
    if check.scope == "docket" and found:
        yield list(check.function(_docket(found)))
    elif check.scope == "paper" and found:
        yield list(check.function(_paper(found)))
    elif check.scope == "table":
        yield from (list(check.function(example_table(sheet))) for sheet in found)
    else:
        yield from (_row_case(check, record) for sheet in found for record in sheet.records)


def _paper(found: list[ExampleSheet]) -> Paper:
    by_title = {sheet.title: sheet.records for sheet in found}
    tables = [example_table(sheet) for sheet in found if sheet.title not in (_READINGS, _FILES, _BROKEN)]
    broken = [
        BrokenCheck(line["exhibit"], line["fault"], line["message"], (Record(line["exhibit"], {"row": line["row"]}),))
        for line in by_title.get(_BROKEN, [])
    ]
    readings, files = (tuple(by_title.get(title, [])) for title in (_READINGS, _FILES))
    return Paper({table.name: table for table in tables}, readings, tuple(broken), files)


def example_table(sheet: ExampleSheet) -> Table:
    """The table of a titled sheet; columns that it leaves out are blank, and rows are counted where it does not."""
    title = _TITLE.fullmatch(sheet.title)
    if title is None:
        raise ValueError(f"expected a title such as 'table1: characteristics, N = 51', found {sheet.title!r}")
    frame = pd.DataFrame(sheet.records, columns=list(sheet.columns), dtype="str")
    defines = (item.partition("=") for item in (title["defines"] or "").split())
    meanings = {short: long.replace("_", " ") for short, _, long in defines}
    table = table_from_frame(
        title["name"], title["schema"], frame, int(title["n"]) if title["n"] else None, meanings, title["says"] or ""
    )
    return replace(table, footnotes=(title["notes"],) if title["notes"] else ())


def _row_case(check: Check, record: Mapping[str, str]) -> list[Answer]:
    class Model:
        """Stands for a schema that declares the example's quantities under their own names."""

        quantities = staticmethod(lambda: ({name: name for name in record},))
        part = staticmethod(lambda: "")

    class Sample(Table):
        model = Model  # type: ignore[assignment]

    frame = pd.DataFrame([{"row": "1", **record}], dtype="str")
    return [answer for answer, _ in check_rows(check, Sample("example", "", frame))]


def _docket(found: list[ExampleSheet]) -> Docket:
    by_name = {sheet.title: sheet.records for sheet in found}
    blank = dict.fromkeys(("name", "severity", "column", "part", "expected", "message"), "")
    findings = tuple(Finding(**{**blank, **record}) for record in by_name.get("findings: findings", []))
    return Docket(findings, tuple(by_name.get("rulings: rulings", [])))
