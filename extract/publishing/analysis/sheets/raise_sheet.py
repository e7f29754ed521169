"""What RAISE asks of the maker of an automated tool, for the use of Doubletake on one paper.

Source: Responsible use of AI in evidence SynthEsis (RAISE) 3, the framework for handing over a tool: purpose, origin of
data, validation, use, transparency. The rates are those of the manual of the checks.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from extract.publishing.analysis.exports.references import citation_of
from extract.publishing.analysis.papers import CuratedPaper
from validations.manual.adjudication import RESULTS as ADJUDICATED
from validations.manual.mutation_results import RESULTS as MUTANTS

_TEXT = """\
# Doubletake on {paper}: statement for RAISE

## Purpose
Doubletake reads the tables, forest plots and stated figures of a published paper twice, by independent means, checks
the printed numbers against each other, and makes frames for meta-analysis from them. It selects no studies, judges no
risk of bias, and answers no clinical question. Here it was used on: {citation}.

## What was read
{read}

## Origin of data
The readers are programs of rules; none was trained for this purpose, and no language model takes part. Pictures are
read by the character recognition of RapidOCR, whose models were trained by its authors on data of theirs. The rules
were written while looking at the papers of curated/ and at public papers of others.

## Validation
- Of {altered} alterations of a printed number that the paper's other numbers contradict, {caught} % were found; on
  {clean} tables without errors there were {alarms} false alarms.
- {papers} papers of others were checked, and the writers of the checks compared each finding with the page. Of
  severity impossible {impossible} were true, of severity unlikely {unlikely}. These papers were looked at while the
  checks were written: on others, expect fewer.
- validations/README.md says how this was measured, and what no arithmetic can find.

## On this paper
{findings}

## Limits
- A misreading is possible where both readers err alike; each value names its page and box, so that it can be looked at.
- What is printed once, and repeated nowhere, cannot be contradicted.
- Arms stand in the order of print: which one is the control was not judged.
- Converted numbers assume what their formula says; they stand apart from printed ones.

## Use
A person compares disputed values with the page, and rules on findings; a person answers for the review. Licence: MIT.
Nothing is sent over the network.
"""


def raise_statement(paper: CuratedPaper, findings: Sequence[Mapping[str, str]]) -> str:
    """The statement for a paper, as Markdown. `findings`: rows of findings.csv."""
    mutants, judged = (json.loads(path.read_text(encoding="utf-8")) for path in (MUTANTS, ADJUDICATED))
    altered = mutants["redundant"]
    return _TEXT.format(
        paper=paper.name,
        citation=citation_of(paper),
        read="\n".join(_read(paper)),
        altered=altered["altered"],
        caught=f"{100 * altered['caught'] / altered['altered']:.1f}",
        clean=mutants["clean"]["tables"],
        alarms=mutants["clean"]["alarms"],
        papers=judged["papers"],
        findings="\n".join(_found(findings)),
        **{severity: _true(judged["codes"], severity) for severity in ("impossible", "unlikely")},
    )


def _true(codes: Mapping[str, Any], severity: str) -> str:
    """How many findings of a severity were true: "57 of 60"."""
    own = [(true, found) for kind, true, found in codes.values() if kind == severity]
    return f"{sum(true for true, _ in own)} of {sum(found for _, found in own)}"


def _read(paper: CuratedPaper) -> list[str]:
    source = paper.package.get("source_pdf") or {}
    readers = ", ".join(f"{name} {release}" for name, release in (paper.package.get("readers") or {}).items())
    lines = [f"- Doubletake {version('doubletake')}" + (f"; readers: {readers}" if readers else "")]
    if source:
        lines.append(f"- {source.get('name')} ({source.get('edition')}), SHA-256 {source.get('sha256')}")
    lines += [f"- {name}: {len(table.frame)} records" for name, table in paper.paper.tables.items()]
    return lines


def _found(findings: Sequence[Mapping[str, str]]) -> list[str]:
    """How many findings there are by severity, and how many of them a person has ruled on."""
    severities = dict.fromkeys(finding["severity"] for finding in findings)
    lines = []
    for severity in severities:
        own = [finding for finding in findings if finding["severity"] == severity]
        ruled = sum(bool(finding["verdict"]) for finding in own)
        lines.append(f"- {severity}: {len(own)} findings, {ruled} of them ruled on")
    return lines or ["- no findings"]
