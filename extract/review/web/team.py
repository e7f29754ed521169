"""The screen of what several reviewers disagree on."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extract.review.desk.decisions import rule
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.team import conflicts, done_reviewers, is_open
from extract.review.web.findings import refuse_other
from extract.review.web.office import field_of, go, item_of, office_of, paper_of
from validations.rulings.reviewers import teamwork_of
from validations.rulings.writing import RulingError


def show_conflicts(request: Request) -> Response:
    """What the reviewers disagree on, once all are done, and how far they agree."""
    return _conflicts(request, paper_of(request))


def _conflicts(request: Request, paper: ReviewedPaper, status: int = 200, problem: str = "", key: str = "") -> Response:
    office, shown = office_of(request), is_open(paper)
    return office.screen(
        paper,
        "conflicts.html",
        status,
        conflicts=conflicts(paper, office.reviewer),
        shown=shown,
        done=done_reviewers(paper),
        teamwork=teamwork_of(paper.reviews(), paper.entries()) if shown else None,
        problem=problem,
        problem_at=key,
    )


def settle(request: Request) -> Response:
    """Write the ruling that settles a disagreement; both rulings stay where they are."""
    office, paper = office_of(request), paper_of(request)
    item, _ = item_of(request, paper)
    if item.key not in {conflict.item.key for conflict in conflicts(paper, office.reviewer)}:
        raise HTTPException(404, "nobody disagrees on that finding")
    try:
        refuse_other(request, item)
        rule(paper, item, office.reviewer, field_of(request, "verdict"), field_of(request, "why"), settle=True)
    except RulingError as error:
        return _conflicts(request, paper, 422, str(error), item.key)
    return go(f"/papers/{paper.name}/conflicts")
