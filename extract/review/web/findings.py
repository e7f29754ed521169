"""The screens of findings: one finding beside its page, and what a reviewer decides about it."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extract.review.desk.decisions import comment, postpone, remove_ruling, rule
from extract.review.desk.items import Item, next_open
from extract.review.desk.misprints import misprints_of
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.words import VERDICT_WORDS
from extract.review.exhibits.reading import lit_boxes, read_ahead
from extract.review.web.office import field_of, go, item_of, office_of, paper_of
from validations.inputs.curated import CLAIMS
from validations.manual.examples import sections
from validations.registry import find_check
from validations.report.pictures import PageRegion
from validations.report.write import NoPicturesError
from validations.rulings.matching import VERDICT_KINDS
from validations.rulings.writing import RulingError


def list_findings(request: Request) -> Response:
    """All findings of a paper, by severity, with what was decided. The page of the first open one is made ready."""
    office, paper = office_of(request), paper_of(request)
    first = next_open(paper.items(office.reviewer), "")
    office.pictures[paper.name].ahead(first.pages if first else [])
    return office.screen(paper, "findings.html")


def start(request: Request) -> Response:
    """The first finding that is open."""
    paper = paper_of(request)
    found = next_open(paper.items(office_of(request).reviewer), "")
    return go(_address(paper.name, found) if found else f"/papers/{paper.name}")


def show_finding(request: Request) -> Response:
    """A finding beside its page."""
    return _finding(request)


def _finding(
    request: Request, status: int = 200, problem: str = "", why: str | None = None, chosen: str = ""
) -> Response:
    """A finding beside its page. `problem`: why a step was refused, `why` and `chosen`: the reason and the ruling that
    were sent."""
    office, paper = office_of(request), paper_of(request)
    item, items = item_of(request, paper)
    place = items.index(item)
    read_ahead(paper)
    page = item.pages[0] if item.pages else 0
    answer = office.screen(
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
        why=item.finding.why or item.message if why is None else why,
        chosen=chosen if chosen in VERDICT_KINDS else "",
        alike=_ruled_alike(item, items),
        manual=sections(find_check(item.finding.code)),
        of_text=item.finding.exhibit == CLAIMS,
        correctable=paper.card is not None and item.finding.exhibit in paper.about.labels.keys() - {CLAIMS},
    )
    if problem:
        answer.headers["HX-Replace-Url"] = _address(paper.name, item)  # not that of the form, which no GET answers
    return answer


def _ruled_alike(item: Item, items: Sequence[Item]) -> Item | None:
    """A finding with a ruling on the same row or the same printed values: its reason may hold here, too."""
    place = (item.finding.exhibit, item.finding.row)
    for each in items if not item.finding.verdict else ():
        same = place == (each.finding.exhibit, each.finding.row) or item.finding.printed == each.finding.printed
        if each.finding.why and same and item.finding.row:
            return each
    return None


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
    shown = {"paper": paper, "item": item, "page": page, "lit": _lit(request, paper, item)}
    return office.render("page.html", fragment=True, picture=picture, problem=problem, **shown)


def _lit(request: Request, paper: ReviewedPaper, item: Item) -> Sequence[PageRegion]:
    """The boxes that are lit: those of the place that the address names, else the printed values of the finding."""
    place = request.query_params.get("place", "")
    return item.also[int(place)].boxes if place in map(str, range(len(item.also))) else lit_boxes(paper, item.finding)


def _pages_ahead(item: Item, items: Sequence[Item]) -> list[int]:
    """The pages that a reviewer looks at after this one."""
    following = next_open(items, item.key)
    return [*item.pages, *(following.pages if following else ())]


def show_misprints(request: Request) -> Response:
    """The smallest misprints that would explain a finding: a part of its screen."""
    office, paper = office_of(request), paper_of(request)
    item, _ = item_of(request, paper)
    checked = paper.checked()
    found = paper.kept(f"misprints {item.key}", lambda: misprints_of(checked, item.finding, paper.about.labels))
    return office.render("misprints.html", fragment=True, paper=paper, item=item, misprints=found)


def decide(request: Request) -> Response:
    """Rule on a finding, then go on to the next one that is open."""
    office, paper = office_of(request), paper_of(request)
    item, items = item_of(request, paper)
    verdict, why = field_of(request, "verdict"), field_of(request, "why")
    try:
        refuse_other(request, item)
        if verdict == "explained" and _is_suggested(item, why):
            raise RulingError("please say in the reason why this is no error")
        rule(paper, item, office.reviewer, verdict, why)
    except RulingError as error:
        return _finding(request, 422, str(error), why, verdict)
    office.said.append(f"{item.where}: {VERDICT_WORDS[verdict]}. u takes it back.")
    return _onward(paper.name, items, item)


def _is_suggested(item: Item, why: str) -> bool:
    """Whether a reason is only what the check says. That explains a note, but no other finding."""
    return why.split() == item.message.split() and item.finding.severity != "note"


def refuse_other(request: Request, item: Item) -> None:
    """RulingError where a form was made for another finding than its address names, or before its ruling changed."""
    if field_of(request, "finding") != item.mark:
        raise RulingError("nothing was saved: this finding or its ruling has changed since it was shown; look again")


def put_off(request: Request) -> Response:
    """Come back to a finding later."""
    office, paper = office_of(request), paper_of(request)
    item, items = item_of(request, paper)
    try:
        refuse_other(request, item)
    except RulingError as error:
        return _finding(request, 422, str(error))
    postpone(paper, item, office.reviewer)
    office.said.append(f"{item.where}: later. u takes it back.")
    return _onward(paper.name, items, item)


def remark(request: Request) -> Response:
    """Keep a comment on a finding, and stay there."""
    paper = paper_of(request)
    item, _ = item_of(request, paper)
    try:
        comment(paper, item, office_of(request).reviewer, field_of(request, "text"))
    except RulingError as error:
        return _finding(request, 422, str(error))
    return go(_address(paper.name, item))


def remove(request: Request) -> Response:
    """Withdraw the ruling that no longer has a finding, or rules on other values."""
    office, paper = office_of(request), paper_of(request)
    item, items = item_of(request, paper)
    if not item.about_rulings:
        raise HTTPException(404, "the finding is not about a ruling")
    try:
        refuse_other(request, item)
        remove_ruling(paper, item, office.reviewer)
    except RulingError as error:
        return _finding(request, 422, str(error))
    office.said.append(f"{item.where}: the ruling is withdrawn. u takes it back.")
    return _onward(paper.name, items, item)


def _onward(name: str, items: list[Item], item: Item) -> Response:
    found = next_open([each for each in items if each.key != item.key or each is item], item.key)
    if found is None or found.key == item.key:
        return go(f"/papers/{name}")
    return go(_address(name, found))


def _address(name: str, item: Item) -> str:
    return f"/papers/{name}/findings/{item.key}"
