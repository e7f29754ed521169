"""The screens of a paper as a whole: the list of papers, its history, what could not be checked, its pages."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extract.review.desk.decisions import undo
from extract.review.desk.items import progress_of
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.team import is_open
from extract.review.desk.words import VERDICT_WORDS, short_place
from extract.review.exhibits.corrections import UNDO
from extract.review.web.office import go, office_of, paper_of
from validations.inputs.curated import CLAIMS
from validations.report.counts import check_tallies
from validations.report.write import NoPicturesError
from validations.rulings.history import Entry, in_effect, place_of

_A_DAY = 86400


def list_papers(request: Request) -> Response:
    """The papers under review, with the reviewer's progress; a single one by itself."""
    office = office_of(request)
    if len(office.papers) == 1:
        return go(f"/papers/{next(iter(office.papers))}")
    found = []
    for paper in office.papers.values():
        entries = paper.entries()
        found.append((paper, paper.about, progress_of(paper.items(office.reviewer), entries, office.reviewer)))
    return office.render("papers.html", papers=found)


def show_help(request: Request) -> Response:
    """The keys, and what the rulings mean."""
    return office_of(request).render("help.html")


def show_history(request: Request) -> Response:
    """What was done, the last first; of several reviewers each sees their own."""
    office, paper = office_of(request), paper_of(request)
    entries, own = paper.entries(), paper.reviewers > 1 and not is_open(paper)
    effective = in_effect(entries)
    lines = [
        (number, entry, number in effective, _place(paper, entry))
        for number, entry in reversed(list(enumerate(entries, 1)))
        if not own or entry.who == office.reviewer
    ]
    return office.screen(paper, "history.html", lines=lines, verdicts=VERDICT_WORDS)


def _place(paper: ReviewedPaper, entry: Entry) -> str:
    return short_place(paper.about.labels, str(entry.on.get("exhibit", "")), str(entry.on.get("row", "")))


def show_unchecked(request: Request) -> Response:
    """The questions that no check could decide, and why; and what the checks inferred."""
    paper = paper_of(request)
    checks = check_tallies(paper.checked().tallies)
    return office_of(request).screen(paper, "unchecked.html", checks=checks, claims=CLAIMS, question=as_question)


def as_question(meaning: str) -> str:
    """What a check finds, as a question that is left open: Whether the percentages do not add up to 100."""
    first, _, rest = meaning.rstrip(".").partition(" ")
    is_name = first.isupper() and first != "A"
    return f"Whether {first if is_name else first.lower()} {rest}"


def page_picture(request: Request) -> Response:
    """The picture of a page of the PDF."""
    paper, page = paper_of(request), request.path_params["page"]
    try:
        picture = office_of(request).pictures[paper.name].page(page)
    except NoPicturesError as error:
        raise HTTPException(404, str(error)) from None
    return Response(picture.data, media_type=picture.mime, headers={"Cache-Control": f"private, max-age={_A_DAY}"})


def undo_last(request: Request) -> Response:
    """Take back the last step of the reviewer, and go to the finding or cell that it was about."""
    office, paper = office_of(request), paper_of(request)
    said = undo(paper, office.reviewer, UNDO)
    office.said.append(f"{said}." if said else "There is nothing to undo.")
    about = paper.entries()[-1].on if said else {}
    if "code" not in about and "exhibit" in about:
        return go(f"/papers/{paper.name}/exhibits/{about['exhibit']}?row={about.get('row', '')}")
    known = [item for item in paper.items(office.reviewer) if place_of(item.finding) == about]
    return go(f"/papers/{paper.name}/findings/{known[0].key}" if known else f"/papers/{paper.name}")
