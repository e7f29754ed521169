"""The index of a corpus: one HTML file with the counts, the worst papers, the codes, and a search; it loads nothing."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extract.corpus.row import DONE
from extract.corpus.tables.merging import Merging, Totals
from extract.corpus.tables.parquet import FINDINGS
from validations.registry import SEVERITIES, all_checks
from validations.report.render import SEVERITY_HINTS
from validations.report.render import TEMPLATES as REPORT_TEMPLATES

TEMPLATES = Path(__file__).parent / "templates"
SEARCHED = 100_000  # papers that the page can search: some 20 MB
LISTED = 100  # papers that it shows at first
Paper = tuple[str, str, str, tuple[int, ...], tuple[str, ...]]


@dataclass
class CodeCount:
    """How often a check fired in the corpus, and in how many papers."""

    code: str
    name: str
    severity: str
    findings: int = 0
    papers: int = 0


def render_index(merging: Merging, totals: Totals) -> str:
    """Return the index as HTML."""
    counts: dict[str, CodeCount] = {}
    papers = nsmallest(SEARCHED, _papers(merging, counts), key=_worst_first)
    codes = sorted(counts.values(), key=lambda item: (-item.papers, item.code))
    script, style = _asset("index.js"), (REPORT_TEMPLATES / "style.css").read_text("utf-8") + _asset("index.css")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"
    return (
        _environment()
        .get_template("index.html")
        .render(
            policy=policy,
            style=Markup(style),
            script=Markup(script),
            totals=totals,
            done=totals.statuses[DONE],
            severities=SEVERITIES,
            hints=SEVERITY_HINTS,
            codes=codes,
            most=max((item.papers for item in codes), default=1),
            papers=papers[:LISTED],
            searched=len(papers),
            data=_data(papers, [item.code for item in codes]),
        )
    )


def _papers(merging: Merging, counts: dict[str, CodeCount]) -> Iterator[Paper]:
    """Each paper that was done: sha256, title, file, findings by severity, codes. Fills in the counts of the codes."""
    for entries, found in zip(merging.entries(), merging.parts(FINDINGS), strict=True):
        fired = _codes_by_paper(found.select(["sha256", "code", "severity"]).to_pylist(), counts)
        for entry in entries:
            if entry["status"] == DONE:
                by = tuple(entry[name] or 0 for name in SEVERITIES)
                codes = fired.get(entry["sha256"], ())
                yield entry["sha256"], entry["title"] or "", entry["file"] or "", by, tuple(sorted(codes))


def _codes_by_paper(findings: Iterable[Mapping[str, str]], counts: dict[str, CodeCount]) -> dict[str, Counter[str]]:
    """The codes that fired in each paper; counts them over all papers, too."""
    names, fired = _check_names(), dict[str, Counter[str]]()
    for item in findings:
        code = item["code"]
        fired.setdefault(item["sha256"], Counter())[code] += 1
        counts.setdefault(code, CodeCount(code, names.get(code, ""), item["severity"])).findings += 1
    for codes in fired.values():
        for code in codes:
            counts[code].papers += 1
    return fired


def _check_names() -> dict[str, str]:
    return {check.code: check.name for check in all_checks()}


def _worst_first(paper: Paper) -> tuple[Any, ...]:
    sha256, _, file, by, _ = paper
    return (*(-count for count in by), file, sha256)


def _data(papers: Sequence[Paper], codes: Sequence[str]) -> dict[str, object]:
    """What the script searches: lists, because names repeated for each paper would double the page."""
    number = {code: place for place, code in enumerate(codes)}
    rows = [[sha256, title, file, *by, [number[code] for code in fired]] for sha256, title, file, by, fired in papers]
    return {"codes": list(codes), "listed": LISTED, "papers": rows}


def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
