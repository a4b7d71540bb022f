"""Fetching from a hostile web: public addresses only, bounded in size, time, redirects and unpacking, and polite."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

from dragoman import __version__
from dragoman.collect.addresses import addresses_of, is_public
from dragoman.collect.errors import BadInput
from dragoman.collect.files import LIMIT
from dragoman.collect.robots import Robots

AGENT = f"dragoman/{__version__}"
REDIRECTS = 5
SECONDS = 30.0  # for one page, redirects and all
SILENCE = 10.0  # seconds without a byte
PAUSE = 1.0  # seconds between two requests to one host
BLOCK = 65_536
MOVED = (301, 302, 303, 307, 308)
BUSY = (408, 425, 429, 500, 502, 503, 504)


class FetchError(BadInput):
    """A page that could not be had; `later` says whether it is worth another try, `after` in how many seconds."""

    def __init__(self, message: str, *, later: bool = False, after: float | None = None) -> None:
        super().__init__(message)
        self.later, self.after = later, after


class Fetched(Struct, frozen=True, kw_only=True):
    """What came back: `url` is where it was found in the end; `body` is None when nothing changed since last time."""

    url: str
    body: bytes | None
    kind: str = ""  # content type, lower case, without parameters
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """Fetches pages one at a time.

    `allowed` says of an address whether it may be asked; the address that was checked is the one connected to, so a
    name cannot point elsewhere a moment later. Raises BadInput when the package it needs is missing.
    """

    def __init__(
        self,
        *,
        limit: int = LIMIT,
        seconds: float = SECONDS,
        pause: float = PAUSE,
        allowed: Callable[[str], bool] = is_public,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if find_spec("urllib3") is None:
            raise BadInput("fetching needs more packages: make install, or pip install 'dragoman[collect]'")
        self.limit, self.seconds, self.pause, self.allowed, self.sleep = limit, seconds, pause, allowed, sleep
        self.robots = Robots(AGENT, lambda url: self._walk(url, {}, limit=500_000).body or b"")
        self._asked: dict[str, float] = {}  # host → when it was last asked

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """A page, as robots.txt allows. Raises FetchError, whose message names the next step."""
        _parts(url)
        if not self.robots.allow(url):
            raise FetchError("its site asks machines not to read it (robots.txt); open it in a browser and save it")
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._walk(url, {name: value for name, value in asked.items() if value}, limit=self.limit)

    def _walk(self, url: str, headers: dict[str, str], *, limit: int) -> Fetched:
        """Follow redirects, each checked like the first."""
        until = time.monotonic() + self.seconds
        for _ in range(REDIRECTS + 1):
            answer, where = self._ask(url, headers, until)
            if answer.status not in MOVED:
                try:
                    return self._taken(answer, url, limit=limit, until=until)
                finally:
                    where.close()
            target = answer.headers.get("Location") or ""
            where.close()
            if not target:
                raise FetchError("it is said to have moved, but not where to")
            try:
                url = urljoin(url, target)
            except ValueError:
                raise FetchError(f"it is said to have moved to {target[:200]!r}, which is no address") from None
        raise FetchError(f"it was redirected more than {REDIRECTS} times")

    def _ask(self, url: str, headers: dict[str, str], until: float) -> tuple[Any, Any]:
        """Send one request; the answer with its body unread, and the connection to close."""
        import urllib3

        parts, port = _parts(url)
        host = parts.hostname or ""
        addresses = addresses_of(host, port)
        if not all(map(self.allowed, addresses)):
            raise FetchError(f"{host} is an address of a private network; Dragoman fetches from the public one only")
        self._wait(host)
        timeout = urllib3.Timeout(connect=min(SILENCE, self._left(until)), read=min(SILENCE, self._left(until)))
        if parts.scheme == "https":
            pool: Any = urllib3.HTTPSConnectionPool(
                addresses[0], port, timeout=timeout, server_hostname=host, assert_hostname=host
            )
        else:
            pool = urllib3.HTTPConnectionPool(addresses[0], port, timeout=timeout)
        own = {"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"}
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            answer = pool.request(
                "GET", path, headers=own | headers, redirect=False, retries=False, preload_content=False
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as err:
            pool.close()
            raise FetchError(f"{host} does not answer ({_short(err)}); try again later", later=True) from None
        return answer, pool

    def _taken(self, answer: Any, url: str, *, limit: int, until: float) -> Fetched:
        """The body of an answer, within its bounds."""
        import urllib3

        if answer.status != 304 and answer.status >= 300:
            busy = answer.status in BUSY
            wait = answer.headers.get("Retry-After") or ""
            raise FetchError(
                f"the site answers with status {answer.status}; "
                + ("try again later" if busy else "is the address right?"),
                later=busy,
                after=float(wait) if wait.isdigit() else None,
            )
        kind, _, rest = (answer.headers.get("Content-Type") or "").partition(";")
        charset = rest.partition("charset=")[2].strip(" \"'").split(";")[0] or None
        body = b""
        try:
            while answer.status != 304 and (block := answer.read1(BLOCK, decode_content=True)):
                body += block
                if len(body) > limit:
                    raise FetchError(f"larger than {limit / 1e6:g} MB; raise the limit with --limit MB")
                self._left(until)
        except (urllib3.exceptions.HTTPError, OSError) as err:
            raise FetchError(f"the page broke off ({_short(err)}); try again later", later=True) from None
        return Fetched(
            url=url,
            body=None if answer.status == 304 else body,
            kind=kind.strip().lower(),
            charset=charset,
            etag=answer.headers.get("ETag"),
            modified=answer.headers.get("Last-Modified"),
        )

    def _left(self, until: float) -> float:
        """Seconds that are left. Raises FetchError when there are none."""
        if (left := until - time.monotonic()) <= 0:
            raise FetchError(f"it took longer than {self.seconds:g} seconds; try again later", later=True)
        return left

    def _wait(self, host: str) -> None:
        """Leave a host in peace between two requests."""
        ready = self._asked.get(host, 0.0) + max(self.pause, self.robots.delay(host) if self._asked.get(host) else 0.0)
        if (left := ready - time.monotonic()) > 0:
            self.sleep(left)
        self._asked[host] = time.monotonic()


def _parts(url: str) -> tuple[SplitResult, int]:
    """The parts of an address, and its port. Raises FetchError when it is no address of a page."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise FetchError(f"{url[:200]!r} is no address; mend it") from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise FetchError(f"{url!r} is no address of a page; write http:// or https:// and a host, without a password")
    try:
        return parts, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise FetchError(f"{url!r} has no possible port; mend the address") from None


def _short(err: Exception) -> str:
    return str(err).partition("(Caused by")[0].strip(" :") or type(err).__name__
