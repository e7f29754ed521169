"""The application: which address leads to which screen, and what a fault says."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extract.errors import DoubletakeError
from extract.review.web import exhibits, findings, papers, team
from extract.review.web.door import Door, Keys
from extract.review.web.office import Office, office_of
from schemas.base.files import FileError
from validations.report.write import NoPicturesError
from validations.rulings.writing import RulingError

STATIC = Path(__file__).parent / "static"
_KINDS = {
    "review.css": "text/css",
    "review.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_FAULTS = (DoubletakeError, FileError, NoPicturesError, RulingError, OSError)
_PAPER = "/papers/{paper}"
_FINDING = f"{_PAPER}/findings/{{key}}"
_EXHIBIT = f"{_PAPER}/exhibits/{{exhibit}}"
_SHOWN: dict[str, Callable[[Request], Response]] = {
    "/": papers.list_papers,
    "/help": papers.show_help,
    _PAPER: findings.list_findings,
    f"{_PAPER}/start": findings.start,
    f"{_PAPER}/exhibits": exhibits.list_exhibits,
    _EXHIBIT: exhibits.show_exhibit,
    f"{_PAPER}/card": exhibits.show_card,
    f"{_PAPER}/conflicts": team.show_conflicts,
    f"{_PAPER}/history": papers.show_history,
    f"{_PAPER}/unchecked": papers.show_unchecked,
    f"{_PAPER}/pages/{{page:int}}.webp": papers.page_picture,
    _FINDING: findings.show_finding,
    f"{_FINDING}/pages/{{page:int}}": findings.show_page,
    f"{_FINDING}/misprints": findings.show_misprints,
}
_CHANGED: dict[str, Callable[[Request], Response]] = {
    f"{_PAPER}/undo": papers.undo_last,
    f"{_FINDING}/rule": findings.decide,
    f"{_EXHIBIT}/correct": exhibits.correct,
    f"{_EXHIBIT}/row": exhibits.type_row,
    f"{_EXHIBIT}/compared": exhibits.note_compared,
    f"{_FINDING}/settle": team.settle,
    f"{_FINDING}/postpone": findings.put_off,
    f"{_FINDING}/comment": findings.remark,
    f"{_FINDING}/remove": findings.remove,
}


def make_app(office: Office, keys: Keys, port: int) -> Door:
    """The application behind its door. `port`: the one on which the server listens."""
    routes = [Route(path, screen, methods=["GET"]) for path, screen in _SHOWN.items()]
    routes += [Route(path, change, methods=["POST"]) for path, change in _CHANGED.items()]
    routes.append(Route("/static/{name}", _static, methods=["GET"]))
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        HTTPException: _http_fault,
        **dict.fromkeys(_FAULTS, _fault),
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.office = office
    return Door(app, keys, port)


def _static(request: Request) -> Response:
    """One of our files, which are all read when the first is asked for: no path of a request is opened."""
    name = request.path_params["name"]
    if name not in _KINDS:
        raise HTTPException(404, "there is no such file")
    return Response(_files()[name], media_type=_KINDS[name], headers={"Cache-Control": "no-cache"})


@cache
def _files() -> dict[str, bytes]:
    return {name: (STATIC / name).read_bytes() for name in _KINDS}


def _http_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return office_of(request).render("fault.html", error.status_code, fault=error.detail)


def _fault(request: Request, error: Exception) -> Response:
    """A fault that a user can mend, in one line."""
    text = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    return office_of(request).render("fault.html", 409, fault=text)
