"""What `doubletake check` says of a PDF: what was read and what was not, and the findings, gravest first."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.output.summary import finding_line
from extract.records.exhibits import ExtractedExhibit
from extract.records.pipeline import ExtractedPaper
from validations.registry import Finding
from validations.run import Outcome

_GRAVEST_FIRST = ("impossible", "reading", "unlikely", "note")
_LISTED = 10  # exhibits on one line


def checked_text(paper: ExtractedPaper, outcome: Outcome) -> str:
    """Return the lines for the screen: the paper, its exhibits, how much was checked, and each finding that has no
    ruling, but for the notes."""
    return "".join(f"{line}\n" for line in _lines(paper, outcome))


def _lines(paper: ExtractedPaper, outcome: Outcome) -> Iterator[str]:
    yield f"{paper.pdf}: {paper.card.citation}"
    for kind, schemas in (("tables", ("results", "sheet", "study_arms")), ("forest plots", ("forest",))):
        found = [exhibit for exhibit in paper.exhibits if exhibit.card.schema in schemas]
        yield f"{kind}: {_listed(found)}"
    yield f"figures in the text: {len(paper.claims)}"
    if paper.missing:
        yield f"not read: {'; '.join(item.why for item in paper.missing)}"
    decided = sum(tally.checked for tally in outcome.tallies)
    undecided = sum(tally.undecided.total() for tally in outcome.tallies)
    yield f"checks: {decided} decided, {undecided} not checkable (checks.csv says why)"
    counts = Counter(finding.severity for finding in outcome.findings if not finding.verdict)
    ruled = sum(1 for finding in outcome.findings if finding.verdict)
    said = [f"{counts[severity]} {severity}" for severity in _GRAVEST_FIRST if counts[severity]]
    yield f"findings: {', '.join([*said, *([f'{ruled} ruled on'] if ruled else [])]) or 'none'}"
    yield from (finding_line(paper.card.paper, finding) for finding in _gravest_first(outcome.findings))


def _listed(exhibits: Sequence[ExtractedExhibit]) -> str:
    names = [f"{exhibit.card.name} ({exhibit.card.rows} rows)" for exhibit in exhibits]
    more = [f"and {len(names) - _LISTED} more"] if len(names) > _LISTED else []
    return ", ".join([*names[:_LISTED], *more]) or "none found"


def _gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that a reader should see first; notes and findings that were ruled on stand in the report."""
    shown = [finding for finding in findings if finding.severity != "note" and not finding.verdict]
    return sorted(shown, key=lambda finding: _GRAVEST_FIRST.index(finding.severity))
