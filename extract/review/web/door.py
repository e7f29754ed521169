"""The door of the review screen: only the browser of the person who started it comes in, and no page of another site
can act through it.

A request must name this server as its host, so that no name of another site leads here (DNS rebinding). The token in
the address that the command opens makes a cookie, which every other request must have. A request that changes
something must come from our own pages and carry the CSRF token that they hold.
"""

import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024  # of what a form sends
MOST_FIELDS = 60
LOOPBACK = ("127.0.0.1", "localhost")
READING = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Keys:
    """The secrets of one run: `token` opens the door, `csrf` stands in every form."""

    def __init__(self) -> None:
        self.token, self.session, self.csrf = (secrets.token_urlsafe(32) for _ in range(3))


class Door:
    """Lets the requests through to `app` that come from our own pages, with the fields of their form in their state;
    answers all others itself. `port`: the one on which the server listens."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self.app, self.keys = app, keys
        self.hosts = {f"{name}:{port}" for name in LOOPBACK}
        self.cookie = f"doubletake-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = self._stop(scope)
        if answer is None and scope["method"] not in READING:
            body = await _read(receive)
            answer = self._stop_change(scope, body)
            scope["state"] = {**scope.get("state", {}), "form": form_of(body)}
        await (answer or self.app)(scope, receive, _with_headers(send))

    def _stop(self, scope: Scope) -> Response | None:
        """The answer to a request that may not come in; None for one that may."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return _refused("the address is not that of this server", 421)
        if scope["method"] not in (*READING, "POST"):
            return _refused("expected GET or POST", 405)
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")
        if scope["path"] == "/" and given is not None:
            return self._enter(given)
        if not _same(_cookie(headers, self.cookie), self.keys.session):
            return _refused("open the address that 'doubletake review' printed, with its token", 403)
        return None

    def _enter(self, token: str) -> Response:
        """Give the cookie to who has the token, and lead on to an address without it."""
        if not _same(token, self.keys.token):
            return _refused("the token is not that of this run; open the address that 'doubletake review' printed", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.cookie, self.keys.session, httponly=True, samesite="strict", path="/")
        return answer

    def _stop_change(self, scope: Scope, body: bytes) -> Response | None:
        """The answer to a change that does not come from our own pages; None for one that does."""
        headers = Headers(scope=scope)
        if len(body) > MOST_BYTES:
            return _refused(f"expected at most {MOST_BYTES} bytes", 413)
        if (
            headers.get("origin") != f"http://{headers['host']}"
            or headers.get("sec-fetch-site", "same-origin") != "same-origin"
        ):
            return _refused("a change must come from a page of this server", 403)
        if headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
            return _refused("expected a form", 415)
        if not _same(form_of(body).get("csrf", ""), self.keys.csrf):
            return _refused("the form is not of this run; load the page again", 403)
        return None


def form_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form; empty where there are too many or they are no text."""
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
        )
    except ValueError:
        return {}


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _refused(why: str, status: int) -> Response:
    return PlainTextResponse(f"Refused: {why}.\n", status)


async def _read(receive: Receive) -> bytes:
    """The body of a request, up to one byte more than it may have."""
    body = b""
    while len(body) <= MOST_BYTES:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return body


def _with_headers(send: Send) -> Send:
    """Send with the headers of all answers; what an answer does not let a browser keep is not kept."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
