"""The screens of findings: one finding beside its page, and what a reviewer decides about it."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extract.review.desk.decisions import comment, postpone, remove_ruling, rule
from extract.review.desk.items import Item, next_open
from extract.review.desk.misprints import misprints_of
from extract.review.exhibits.reading import lit_boxes, read_ahead
from extract.review.web.office import field_of, go, item_of, office_of, paper_of
from validations.inputs.curated import CLAIMS
from validations.manual.examples import sections
from validations.registry import find_check
from validations.report.write import NoPicturesError
from validations.rulings.writing import RulingError


def list_findings(request: Request) -> Response:
    """All findings of a paper, by severity, with what was decided."""
    return office_of(request).screen(paper_of(request), "findings.html")


def start(request: Request) -> Response:
    """The first finding that is open."""
    paper = paper_of(request)
    found = next_open(paper.items(office_of(request).reviewer), "")
    return go(_address(paper.name, found) if found else f"/papers/{paper.name}")


def show_finding(request: Request) -> Response:
    """A finding beside its page."""
    return _finding(request)


def _finding(request: Request, status: int = 200, problem: str = "", why: str | None = None) -> Response:
    office, paper = office_of(request), paper_of(request)
    item, items = item_of(request, paper)
    place = items.index(item)
    read_ahead(paper)
    page = item.pages[0] if item.pages else 0
    return office.screen(
        paper,
        "finding.html",
        status,
        items,
        item=item,
        page=page,
        picture=office.pictures[paper.name].at_hand(page),
        lit=lit_boxes(paper, item.finding),
        number=place + 1,
        before=items[place - 1] if place else None,
        after=items[place + 1] if place + 1 < len(items) else None,
        following=next_open(items, item.key),
        problem=problem,
        why=item.finding.why or item.finding.message if why is None else why,
        manual=sections(find_check(item.finding.code)),
        correctable=paper.card is not None and item.finding.exhibit in paper.about.labels.keys() - {CLAIMS},
    )


def show_page(request: Request) -> Response:
    """The picture of a page with the boxes of a finding: a part of its screen."""
    office, paper = office_of(request), paper_of(request)
    item, items = item_of(request, paper)
    page = request.path_params["page"]
    if page not in item.pages:
        raise HTTPException(404, "the finding has no place on that page")
    pictures = office.pictures[paper.name]
    try:
        picture, problem = pictures.page(page), ""
        pictures.ahead(_pages_ahead(item, items))
    except NoPicturesError as error:
        picture, problem = None, str(error)
    shown = {"paper": paper, "item": item, "page": page, "lit": lit_boxes(paper, item.finding)}
    return office.render("page.html", fragment=True, picture=picture, problem=problem, **shown)


def _pages_ahead(item: Item, items: Sequence[Item]) -> list[int]:
    """The pages that a reviewer looks at after this one."""
    following = next_open(items, item.key)
    return [*item.pages, *(following.pages if following else ())]


def show_misprints(request: Request) -> Response:
    """The smallest misprints that would explain a finding: a part of its screen."""
    office, paper = office_of(request), paper_of(request)
    item, _ = item_of(request, paper)
    checked = paper.checked()
    found = paper.kept(f"misprints {item.key}", lambda: misprints_of(checked, item.finding))
    return office.render("misprints.html", fragment=True, paper=paper, item=item, misprints=found)


def decide(request: Request) -> Response:
    """Rule on a finding, then go on to the next one that is open."""
    paper = paper_of(request)
    item, items = item_of(request, paper)
    verdict, why = field_of(request, "verdict"), field_of(request, "why")
    try:
        if verdict == "explained" and why.split() == item.finding.message.split() and not item.finding.why:
            raise RulingError("say in the reason why this is no error")
        rule(paper, item, office_of(request).reviewer, verdict, why)
    except RulingError as error:
        return _finding(request, 422, str(error), why)
    return _onward(paper.name, items, item)


def put_off(request: Request) -> Response:
    """Come back to a finding later."""
    paper = paper_of(request)
    item, items = item_of(request, paper)
    postpone(paper, item, office_of(request).reviewer)
    return _onward(paper.name, items, item)


def remark(request: Request) -> Response:
    """Keep a comment on a finding, and stay there."""
    paper = paper_of(request)
    item, _ = item_of(request, paper)
    try:
        comment(paper, item, office_of(request).reviewer, field_of(request, "text"))
    except RulingError:
        return _finding(request, 422, "a comment needs words")
    return go(_address(paper.name, item))


def remove(request: Request) -> Response:
    """Remove the ruling that no longer has a finding, or rules on other values."""
    paper = paper_of(request)
    item, items = item_of(request, paper)
    if not item.about_rulings:
        raise HTTPException(404, "the finding is not about a ruling")
    try:
        remove_ruling(paper, item, office_of(request).reviewer)
    except RulingError as error:
        return _finding(request, 422, str(error))
    return _onward(paper.name, items, item)


def _onward(name: str, items: list[Item], item: Item) -> Response:
    found = next_open([each for each in items if each.key != item.key or each is item], item.key)
    if found is None or found.key == item.key:
        return go(f"/papers/{name}")
    return go(_address(name, found))


def _address(name: str, item: Item) -> str:
    return f"/papers/{name}/findings/{item.key}"
