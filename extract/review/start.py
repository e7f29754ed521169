"""Starts the review: the papers on the desk, the server on a free port, the browser at its door."""

import threading
import webbrowser
from collections.abc import Callable, Sequence

from extract.review.desk.paper import ReviewedPaper
from extract.review.web.app import make_app
from extract.review.web.door import Keys
from extract.review.web.office import Office
from extract.review.web.server import HOST, free_socket, port_of, serve


def review(
    papers: Sequence[ReviewedPaper], reviewer: str, port: int, tell: Callable[[str], None], browse: bool
) -> None:
    """Serve the review of papers until it is interrupted. `port`: 0 for any free one; `tell`: is given the address,
    which only this person may know; `browse`: whether the browser is opened there."""
    for paper in papers:
        paper.checked()
    keys = Keys()
    listening = free_socket(port)
    number = port_of(listening)
    app = make_app(Office({paper.name: paper for paper in papers}, reviewer, keys.csrf), keys, number)
    address = f"http://{HOST}:{number}/?token={keys.token}"

    def started() -> None:
        tell(address)
        if browse:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(app, listening, started)
