"""The manual of the checks, made from their docstrings: for the command `explain` and for validations/README.md.

`python -m validations.manual` writes the README anew.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from schemas import SCHEMAS
from validations.manual.adjudication import precision_chapter
from validations.manual.examples import HEADINGS, sections
from validations.manual.mutation_results import chapter
from validations.manual.schema_help import explain_schema, schema_lines
from validations.registry import SEVERITIES, Check, all_checks, find_check

MANUAL = Path(__file__).parents[1] / "README.md"
MEANING = {
    "impossible": "no rounding of any numbers gives what is printed: `validate` fails until a person has ruled on it",
    "reading": "our own reading, table or ruling is in doubt: `validate` fails until it is cured or ruled on",
    "unlikely": "statistics or convention say no, arithmetic alone does not",
    "note": "style and labels: nothing is wrong, but it will mislead software or a hasty reader",
}


def explain(name: str) -> str:
    """What a check means, with its examples, by its code; the checks of a family, by its three letters; the columns of
    a schema, by its name. KeyError for any other name."""
    if name.casefold() in SCHEMAS:
        return explain_schema(name.casefold())
    if family := [item for item in all_checks() if item.family == name.upper()]:
        return _listed(family)
    if close := get_close_matches(name.casefold(), SCHEMAS, 1):
        raise KeyError(f"no schema is called {name} (did you mean {close[0]}?); 'doubletake explain' lists all")
    item = find_check(name)
    return f"{item.code} {item.name} ({item.severity})\n\n{_body(item)}\n\nThis check is in {item.file}."


def _body(item: Check) -> str:
    parts = sections(item)
    blocks = [f"{heading}\n{_indented(parts[heading])}" for heading in HEADINGS if heading in parts]
    return "\n\n".join([parts[""], *blocks])


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def explain_all() -> str:
    """A line a check: code, severity, what it finds; then a line a schema."""
    schemas = "\n".join(schema_lines())
    return (
        f"{_listed(all_checks())}\n\nThe schemas; 'doubletake explain NAME' describes the columns of one:\n\n{schemas}"
    )


def _listed(checks: Iterable[Check]) -> str:
    return "\n".join(f"{item.code}  {item.severity:<10}  {sections(item)['']}" for item in checks)


def manual() -> str:
    """validations/README.md: what severities mean, the list of codes, how good they are, each with its examples."""
    severities = [f"- **{name}**: {MEANING[name]}." for name in SEVERITIES]
    table = [f"| [{item.code}](#{item.code.lower()}) | {item.name} | {item.severity} |" for item in all_checks()]
    families = [(family, list(items)) for family, items in groupby(all_checks(), key=lambda item: item.family)]
    chapters = [f"## {family}\n\n" + "\n\n".join(map(_chapter, items)) for family, items in families]
    return "\n".join(
        [
            *_INTRODUCTION,
            *severities,
            "",
            "| code | name | severity |",
            "| --- | --- | --- |",
            *table,
            "",
            precision_chapter(),
            chapter(all_checks()),
        ]
    ) + ("\n" + "\n\n".join(chapters) + "\n")


_INTRODUCTION = [
    "# The checks",
    "",
    "This page is made from the docstrings in `validations/checks/` by `python -m validations.manual`; its examples",
    "are executed by the tests. What a check could not decide, and why, is counted in each paper's `checks.csv`.",
    "",
]


def write_manual() -> None:
    MANUAL.write_text(manual(), encoding="utf-8")


def _chapter(item: Check) -> str:
    parts = sections(item)
    examples = [f"{heading}:\n\n```\n{parts[heading]}\n```" for heading in HEADINGS[1:] if heading in parts]
    head = f"### {item.code}\n\n**{item.name}** ({item.severity}). {parts['']}"
    return "\n\n".join([head, parts[HEADINGS[0]], *examples])
