"""A desk with a paper made for tests, and a browser-like client that has come in by the door."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.review.desk.paper import ReviewedPaper, Sources
from extract.review.web.app import make_app
from extract.review.web.door import Keys
from extract.review.web.office import Office
from tests.validations.report.conftest import white, write_paper

PORT = 8765
HOST = f"127.0.0.1:{PORT}"


class Visitor:
    """A browser at the door. `keys`: the secrets of the run; `app`: what it talks to."""

    def __init__(self, desk: list[ReviewedPaper], reviewer: str = "Ann Smith") -> None:
        self.keys = Keys()
        self.office = Office({paper.name: paper for paper in desk}, reviewer, self.keys.csrf)
        self.client = TestClient(make_app(self.office, self.keys, PORT), base_url=f"http://{HOST}")

    def enter(self) -> "Visitor":
        self.client.get("/", params={"token": self.keys.token})
        return self

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def mark(self, address: str) -> str:
        """What the form on the finding of an address carries; "" for other addresses."""
        found = [
            item.mark
            for paper in self.office.papers.values()
            for item in paper.items(self.office.reviewer)
            if f"/papers/{paper.name}/findings/{item.key}/" in address
        ]
        return found[0] if found else ""

    def post(self, address: str, **fields: str) -> str:
        """The address to which a change leads."""
        answer = self.client.post(
            address,
            data={"csrf": self.keys.csrf, "finding": self.mark(address), **fields},
            headers={"origin": f"http://{HOST}"},
            follow_redirects=False,
        )
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


def running(text: str) -> list[str]:
    """What a browser would run or load in a page, but for our own files."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            found.extend(name for name in given if name.startswith("on") or name == "style")
            addresses = [given.get(name) or "" for name in ("src", "href", "action", "formaction")]
            found.extend(address for address in addresses if address and not address.startswith(("/", "#")))
            if tag in ("script", "link", "img") and not any(each.startswith("/static/") for each in addresses):
                found.append(tag)

    Reader().feed(text)
    return found


@pytest.fixture
def paper(tmp_path: Path) -> ReviewedPaper:
    """A paper whose text would like to run; nobody has ruled on it."""
    folder = tmp_path / "curated" / "made2026"
    write_paper(folder)
    return ReviewedPaper(
        folder, tmp_path / "verdicts" / "made2026.toml", None, Sources(white, lambda: folder / "no.pdf")
    )


@pytest.fixture
def visitor(paper: ReviewedPaper) -> Visitor:
    return Visitor([paper]).enter()


@pytest.fixture
def visit() -> Callable[..., Visitor]:
    """visit([paper], "Bo Chen"): a browser of that reviewer, inside."""
    return lambda desk, reviewer: Visitor(desk, reviewer).enter()
