"""Renders views as HTML pages. Each page is one file with its style, script and pictures; the page loads nothing else
and runs no other script."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from schemas.base.visible import with_visible_controls
from validations.manual.families import family_words
from validations.manual.pages import MEANING
from validations.registry import SEVERITIES, Finding
from validations.release.expected import Held
from validations.report.counts import FindingCount, by_family, by_severity, check_tallies
from validations.report.pictures import PagePicture, PageRegion, RedrawnPlot, Window
from validations.report.places import also_places
from validations.report.view import About, ShownFinding
from validations.run import Outcome

TEMPLATES = Path(__file__).parent / "templates"
SCREEN_PIXELS_PER_PT = 1.5  # screen pixels per point of the page: small print stays readable
WIDE_CROP_PT = 350.0  # on a phone, wider crops scroll; narrower ones fit the screen
SEVERITY_HINTS = {
    "impossible": "no rounding explains it",
    "reading": "our own reading is doubtful",
    "unlikely": "against statistics or convention",
    "note": "style and labels",
}


def render_report(
    about: About,
    findings: Sequence[ShownFinding],
    outcome: Outcome,
    pictures: Mapping[int, PagePicture],
    why_no_pictures: str = "",
    gate: Held | None = None,
    plots: Sequence[RedrawnPlot] = (),
) -> str:
    """The report of a paper as HTML. `pictures`: by page number. `why_no_pictures`: why some or all are missing.
    `gate`: the result of the release gate, None if the gate was not run on the CSVs. `plots`: forest plots that are
    shown beside their crops."""
    checks = check_tallies(outcome.tallies)
    return _page(
        "report.html",
        script=_asset("report.js"),
        about=about,
        exhibits=about.labels,
        findings=findings,
        plots=plots,
        pictures=pictures,
        why_no_pictures=why_no_pictures,
        gate=gate,
        severities=by_severity(outcome.findings),
        families=by_family(outcome.findings),
        waiting=len(outcome.waiting),
        teamwork=outcome.teamwork,
        checks=checks,
        uncheckable=[item for item in checks if item.undecided],
        noted=[item for item in checks if item.found],
        decided=sum(item.decided for item in checks),
        undecided=sum(item.undecided for item in checks),
    )


def render_index(papers: Sequence[tuple[str, str, str, FindingCount, str]]) -> str:
    """The index as HTML. `papers`: name, title, link, counts and release-gate result of each paper."""
    rows = [dict(zip(("name", "title", "link", "count", "gate"), paper, strict=True)) for paper in papers]
    return _page("index.html", papers=rows, severities=SEVERITIES, meanings=MEANING)


def _page(template: str, script: str = "", **values: Any) -> str:  # noqa: ANN401
    style = _asset("style.css")
    policy = f"default-src 'none'; img-src data:; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    policy += f"; script-src {_hash(script)}" if script else ""
    known = {"meanings": SEVERITY_HINTS, "policy": policy, "style": Markup(style), "script": Markup(script)}
    return with_visible_controls(_environment().get_template(template).render({**known, **values}))


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "points": _points,
        "figure": figure,
        "crop_figure": crop_figure,
        "exhibits_of": _exhibits_of,
        "backticks_as_code": backticks_as_code,
    }
    found.globals["families_say"] = family_words
    return found


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The hash of this style or script for the content security policy, which allows nothing else."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def backticks_as_code(text: str) -> Markup:
    """The text, escaped, with each part between backticks marked up as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # an unpaired backtick is a character of the paper
        return escape(text)
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def _points(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _exhibits_of(item: ShownFinding) -> str:
    finding: Finding = item.finding
    return " ".join(dict.fromkeys([finding.exhibit, *(exhibit for exhibit, _ in also_places(finding))]))


def figure(window: Window, picture: PagePicture, item: ShownFinding) -> Markup:
    """A window on the rows of a finding, the rows boxed."""
    label = f"{item.place.label}{f' row {item.place.row}' if item.place.row else ''}"
    return crop_figure(window, picture, label, "" if window.boxes else "column heads, ")


def crop_figure(window: Window, picture: PagePicture, label: str, caption: str = "") -> Markup:
    """A window on the picture of a page as SVG, turned so that its text is upright, with its rows boxed. `caption`:
    what stands before the page below it."""
    region = window.region
    width, height = region.x1 - region.x0, region.bottom - region.top
    x, y = (region.x0 + region.x1) / 2, (region.top + region.bottom) / 2
    wide, high = (height, width) if picture.turn % 180 else (width, height)
    boxes = Markup().join(_rect(box, own=place < window.own) for place, box in enumerate(window.boxes))
    return Markup(
        '<figure><div class="crop"><svg role="img" aria-label="{}" class="{}" viewBox="{} {} {} {}" width="{}" '
        'height="{}"><g transform="rotate({} {} {})"><use href="#page-{}"/>{}</g></svg></div>'
        "<figcaption>{}page {}</figcaption></figure>"
    ).format(
        f"Page {region.page}: {label}",
        "wide" if wide > WIDE_CROP_PT else "narrow",
        *map(_points, (x - wide / 2, y - high / 2, wide, high)),
        *(round(SCREEN_PIXELS_PER_PT * side) for side in (wide, high)),
        *(picture.turn, _points(x), _points(y), region.page, boxes, caption, region.page),
    )


def _rect(box: PageRegion, own: bool) -> Markup:
    shape = Markup('<rect{} x="{}" y="{}" width="{}" height="{}" rx="1.5"/>')
    grown = (box.x0 - 1, box.top - 1, box.x1 - box.x0 + 2, box.bottom - box.top + 2)
    return shape.format(Markup(' class="own"') if own else "", *map(_points, grown))
