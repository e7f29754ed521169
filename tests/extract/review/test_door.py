"""Who comes in: hostile hosts, origins, tokens, cookies, forms, paths and text."""

import hashlib
import re
from pathlib import Path

import pytest

from extract.review.desk.paper import ReviewedPaper
from extract.review.web.app import STATIC
from extract.review.web.door import MOST_BYTES, POLICY
from tests.extract.review.conftest import HOST, PORT, Visitor, running

ORIGIN = {"origin": f"http://{HOST}"}
CHANGES = (
    *("undo", "findings/{key}/rule", "findings/{key}/postpone", "findings/{key}/comment", "findings/{key}/remove"),
    *("findings/{key}/settle", "exhibits/table1/correct", "exhibits/table1/row", "exhibits/table1/compared"),
)
TRAVERSALS = (
    "../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e",
    "....//",
    "C:\\x",
    "a%00b",
    "%ff",
)


def changes_of(visitor: Visitor) -> list[str]:
    [paper] = visitor.office.papers.values()
    key = paper.items("Ann Smith")[0].key
    return [f"/papers/made2026/{change.format(key=key)}" for change in CHANGES]


def untouched(paper: ReviewedPaper) -> bool:
    return not paper.rulings.exists() and not paper.history.exists()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.evil.example:{PORT}",
        "",
        f"[::1]:{PORT}",
    ],
)
def test_a_foreign_host_is_refused_even_with_all_keys(visitor: Visitor, paper: ReviewedPaper, host: str) -> None:
    for address in ("/", f"/?token={visitor.keys.token}", "/papers/made2026", "/static/review.js"):
        assert visitor.client.get(address, headers={"host": host}).status_code == 421
    for address in changes_of(visitor):
        sent = {"csrf": visitor.keys.csrf, "verdict": "paper_error", "why": "a slip"}
        headers = {"host": host, "origin": f"http://{host}"}
        assert visitor.client.post(address, data=sent, headers=headers).status_code == 421
    assert untouched(paper)


def test_two_hosts_are_refused(visitor: Visitor) -> None:
    twice = [("host", HOST), ("host", HOST)]
    assert visitor.client.get("/", headers=twice).status_code == 421


@pytest.mark.parametrize("token", ["", "x", "é", "\x00", "a" * 5000])
def test_without_the_token_nobody_comes_in(paper: ReviewedPaper, token: str) -> None:
    stranger = Visitor([paper])
    assert stranger.client.get("/", params={"token": token}).status_code == 403
    for address in ("/", "/help", "/papers/made2026", "/static/review.js", "/papers/made2026/pages/1.webp"):
        answer = stranger.client.get(address)
        assert answer.status_code == 403
        assert "made2026" not in answer.text
    for address in changes_of(stranger):
        sent = {"csrf": stranger.keys.csrf, "verdict": "paper_error", "why": "a slip"}
        assert stranger.client.post(address, data=sent, headers=ORIGIN).status_code == 403
    assert untouched(paper)


@pytest.mark.parametrize("cookie", ["x", "", '"', "=;=;", "é"])
def test_another_cookie_does_not_open(paper: ReviewedPaper, cookie: str) -> None:
    stranger = Visitor([paper])
    answer = stranger.client.get("/papers/made2026", headers={"cookie": f"doubletake-{PORT}={cookie}".encode()})
    assert answer.status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_the_token_from_the_address(paper: ReviewedPaper) -> None:
    visitor = Visitor([paper])
    answer = visitor.client.get("/", params={"token": visitor.keys.token}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert visitor.keys.token not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": f"https://{HOST}"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": f"http://localhost:{PORT}"},
        {**ORIGIN, "sec-fetch-site": "cross-site"},
        {**ORIGIN, "sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_another_site_is_refused(visitor: Visitor, paper: ReviewedPaper, headers: dict[str, str]) -> None:
    for address in changes_of(visitor):
        sent = {"csrf": visitor.keys.csrf, "verdict": "paper_error", "why": "a slip", "text": "a remark"}
        assert visitor.client.post(address, data=sent, headers=headers).status_code == 403
    assert untouched(paper)


@pytest.mark.parametrize("csrf", [None, "", "x", "é"])
def test_a_change_without_our_form_is_refused(visitor: Visitor, paper: ReviewedPaper, csrf: str | None) -> None:
    for address in changes_of(visitor):
        sent = {"verdict": "paper_error", "why": "a slip", **({} if csrf is None else {"csrf": csrf})}
        assert visitor.client.post(address, data=sent, headers=ORIGIN).status_code == 403
    assert untouched(paper)


def test_bodies_that_are_no_small_form_are_refused(visitor: Visitor, paper: ReviewedPaper) -> None:
    [address, *_] = changes_of(visitor)
    form = "application/x-www-form-urlencoded"
    csrf = f"csrf={visitor.keys.csrf}&"
    for body, kind, status in (
        (csrf + "a=" + "b" * MOST_BYTES, form, 413),
        (csrf, "text/plain", 415),
        (csrf, "application/json", 415),
        (csrf + "&".join(f"a{n}=1" for n in range(200)), form, 403),
        (csrf + "why=\xff", form, 403),
    ):
        answer = visitor.client.post(address, content=body.encode("latin-1"), headers={**ORIGIN, "content-type": kind})
        assert answer.status_code == status
    assert untouched(paper)


def test_reading_changes_nothing_and_other_methods_are_refused(visitor: Visitor, paper: ReviewedPaper) -> None:
    for address in changes_of(visitor):
        assert visitor.client.get(address).status_code in (404, 405)
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            assert visitor.client.request(method, address, headers=ORIGIN).status_code == 405
    assert untouched(paper)


@pytest.mark.parametrize("bad", TRAVERSALS)
def test_no_part_of_an_address_becomes_a_path(visitor: Visitor, paper: ReviewedPaper, bad: str) -> None:
    key = paper.items("Ann Smith")[0].key
    for address in (
        f"/papers/{bad}",
        f"/papers/{bad}/history",
        f"/papers/{bad}/pages/1.webp",
        f"/papers/made2026/pages/{bad}.webp",
        f"/papers/made2026/findings/{bad}",
        f"/papers/made2026/findings/{key}/pages/{bad}",
        f"/papers/made2026/findings/{bad}/misprints",
        f"/papers/made2026/exhibits/{bad}",
        f"/papers/made2026/exhibits/{bad}/correct",
        f"/static/{bad}",
        f"/static/{bad}/review.css",
    ):
        answer = visitor.client.get(address)
        assert answer.status_code in (404, 405), address
        assert "root:" not in answer.text


def test_every_answer_forbids_foreign_and_inline_scripts(visitor: Visitor) -> None:
    addresses = ("/", "/papers/made2026", "/nothing", "/static/review.js", "/papers/made2026/pages/1.webp")
    for answer in [visitor.client.get(address) for address in addresses]:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in POLICY
    assert "data:" not in POLICY


def test_text_of_the_paper_and_of_people_is_escaped(visitor: Visitor, paper: ReviewedPaper) -> None:
    hostile = "<script>window.ran = 1</script>\" onmouseover='x' {{ 7 * 7 }} \u202e"
    for item in [item for item in paper.items("Ann Smith") if item.finding.code == "PCT001"]:
        at = f"/papers/made2026/findings/{item.key}"
        visitor.post(f"{at}/comment", text=hostile)
        visitor.post(f"{at}/rule", verdict="explained", why=hostile)
        screens = [
            at,
            "/papers/made2026/exhibits/table1?row=4&column=0",
            f"{at}/pages/1",
            f"{at}/misprints",
            "/",
            "/papers/made2026",
            "/papers/made2026/history",
        ]
        for text in [visitor.get(screen) for screen in (*screens, "/papers/made2026/unchecked")]:
            assert running(text) == []
            assert "\u202e" not in text
    shown = visitor.get("/papers/made2026/history")
    assert "[U+202E]" in shown
    assert "{{ 7 * 7 }}" in shown


def test_the_files_of_others_are_those_that_the_readme_names() -> None:
    named = re.findall(r"^\| `([\w.]+)` .*`([0-9a-f]{64})` \|$", (STATIC / "README.md").read_text(), re.MULTILINE)
    assert [name for name, _ in named] == ["htmx.min.js"]
    for name, digest in named:
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
        assert (STATIC / f"{name.removesuffix('.min.js')}.LICENSE").is_file()


def test_no_template_has_script_or_style_or_an_address_of_others() -> None:
    for path in (Path(STATIC).parent / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|<script(?! src=\"/static/)|\sstyle=|\son\w+=|https?://|hx-on|\| *safe", text), (
            path.name
        )
