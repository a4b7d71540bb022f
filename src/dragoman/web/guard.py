"""What every request passes first: who may ask, how much may be sent, and what a page may load.

Report text is hostile. A page loads nothing but this server's own files and runs no inline script or style. Without a
token only this machine's own names are answered, so that no page elsewhere can reach the server under another name
(DNS rebinding); with a token its cookie, which a browser sends to this name alone, does the same.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
COOKIE = "dragoman_token"
LIMIT = 20_000_000  # bytes of one request
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OPEN = ("/enter", "/static/")  # answered without a token


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, token: str | None = None, limit: int = LIMIT) -> None:
        self.app = app
        self.token = token
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(scope) or _Bounded(self.app, self.limit)
        await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if self.token is None and host_of(headers.get("host", "")) not in LOOPBACK:
            return PlainTextResponse("This server answers to localhost and 127.0.0.1 only.\n", 421)
        if self.token is not None and not scope["path"].startswith(OPEN) and not self._known(headers):
            if scope["path"].endswith(".json") or scope["method"] != "GET":
                return PlainTextResponse("A token is needed: Authorization: Bearer TOKEN.\n", 401)
            return RedirectResponse("/enter", 303)
        if scope["method"] not in ("GET", "HEAD") and not same_origin(headers):
            return PlainTextResponse("This change was asked for by another site, and is refused.\n", 403)
        size = headers.get("content-length", "0")
        if not size.isdigit() or int(size) > self.limit:
            return PlainTextResponse(f"Too much at once: at most {self.limit // 1_000_000} MB.\n", 413)
        return None

    def _known(self, headers: Headers) -> bool:
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        return is_token(bearer, self.token) or is_token(cookie_of(headers), self.token)


def is_token(given: str, token: str | None) -> bool:
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def cookie_of(headers: Headers, name: str = COOKIE) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def host_of(header: str) -> str:
    """The name in a Host header, without the port.

    >>> host_of("127.0.0.1:8000"), host_of("[::1]:80"), host_of("LocalHost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    name = header.strip().lower()
    return name[: name.index("]") + 1] if name.startswith("[") and "]" in name else name.partition(":")[0]


def same_origin(headers: Headers) -> bool:
    """Whether a change was asked for by a page of this server, or by a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class _TooMuch(Exception):
    pass


class _Bounded:
    """The application, fed at most `limit` bytes of body."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left, started = self.limit, False

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _TooMuch
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, bounded, watched)
        except _TooMuch:
            if not started:
                await PlainTextResponse("Too much at once.\n", 413)(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sender
