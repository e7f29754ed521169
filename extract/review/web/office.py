"""What all screens share: the papers under review, who reviews them, and how a screen is rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from extract.review.desk.items import Item, progress_of
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.pictures import PagePictures
from schemas.base.visible import with_visible_controls
from validations.report.pictures import PagePicture, PageRegion
from validations.report.render import SEVERITY_HINTS, backticks_as_code

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(eq=False)
class Office:
    """The papers by name, the reviewer, and the token that stands in each form."""

    papers: Mapping[str, ReviewedPaper]
    reviewer: str
    csrf: str
    pictures: dict[str, PagePictures] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # what the next screen tells

    def __post_init__(self) -> None:
        self.pictures = {name: PagePictures(paper) for name, paper in self.papers.items()}

    def render(self, template: str, status: int = 200, **values: object) -> Response:
        """A screen, its text escaped, with characters written out that nobody would see."""
        said = [self.said.pop() for _ in range(len(self.said))] if not values.get("fragment") else []
        known = {"office": self, "csrf": self.csrf, "reviewer": self.reviewer, "said": said, "hints": SEVERITY_HINTS}
        text = _environment().get_template(template).render({**known, **values})
        return HTMLResponse(with_visible_controls(text), status)

    def screen(
        self, paper: ReviewedPaper, template: str, status: int = 200, items: Sequence[Item] = (), **values: object
    ) -> Response:
        """A screen of a paper, with the reviewer's progress in its head. `items`: the findings, where they are at
        hand."""
        items = items or paper.items(self.reviewer)
        progress = progress_of(items, paper.entries(), self.reviewer)
        known = {"paper": paper, "about": paper.about, "items": items, "progress": progress, "tabs": _tabs(paper)}
        return self.render(template, status, **{**known, **values})


def _tabs(paper: ReviewedPaper) -> list[tuple[str, str]]:
    """The screens of a paper: the ends of their addresses, and their names."""
    team = [("/conflicts", "Disagreements")] if paper.reviewers > 1 else []
    card = [("/card", "Card")] if paper.card is not None else []
    ends = [("/unchecked", "Not checked"), *card, ("/history", "History")]
    return [("", "Findings"), ("/exhibits", "Exhibits"), *team, *ends]


def office_of(request: Request) -> Office:
    found: Office = request.app.state.office
    return found


def paper_of(request: Request) -> ReviewedPaper:
    """The paper that an address names; 404 where it is none of those under review."""
    paper = office_of(request).papers.get(request.path_params["paper"])
    if paper is None:
        raise HTTPException(404, "no paper of that name is under review")
    return paper


def item_of(request: Request, paper: ReviewedPaper) -> tuple[Item, list[Item]]:
    """The finding that an address names, and all of the paper; 404 where it is not there any more."""
    items = paper.items(office_of(request).reviewer)
    for item in items:
        if item.key == request.path_params["key"]:
            return item, items
    raise HTTPException(404, "that finding is not there any more: the paper was read anew, or its ruling was removed")


def field_of(request: Request, name: str) -> str:
    """A field of the form that was sent, "" where it has none."""
    found: str = request.state.form.get(name, "")
    return found


def go(address: str) -> Response:
    """Lead on to another screen, after a change."""
    return RedirectResponse(address, 303)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"backticks_as_code": backticks_as_code, "points": _points}
    found.globals["sheet"] = sheet
    return found


def _points(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def sheet(
    picture: PagePicture,
    address: str,
    label: str,
    own: Sequence[PageRegion],
    others: Sequence[PageRegion],
    lit: Sequence[PageRegion] = (),
) -> Markup:
    """A page as SVG, turned so that its text is upright, with boxes over it; the last ones are lit."""
    region = picture.region
    width, height = region.x1 - region.x0, region.bottom - region.top
    wide, high = (height, width) if picture.turn % 180 else (width, height)
    x, y = width / 2, height / 2
    boxes = [_box(box, "other") for box in others if box.page == region.page and box not in own]
    boxes += [
        _box(box, kind) for kind, found in (("own", own), ("cell", lit)) for box in found if box.page == region.page
    ]
    return Markup(
        '<svg class="sheet" role="img" aria-label="{}" viewBox="{} {} {} {}"><g transform="rotate({} {} {})">'
        '<image href="{}" width="{}" height="{}"/>{}</g></svg>'
    ).format(
        label,
        *map(_points, (x - wide / 2, y - high / 2, wide, high)),
        *(picture.turn, _points(x), _points(y)),
        *(address, _points(width), _points(height), Markup().join(boxes)),
    )


def _box(box: PageRegion, kind: str) -> Markup:
    grown = (box.x0 - 1.5, box.top - 1.5, box.x1 - box.x0 + 3, box.bottom - box.top + 3)
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>').format(kind, *map(_points, grown))
