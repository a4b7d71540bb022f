"""Reports from addresses on the web: the page, the document or the feed that stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from dragoman.collect.dates import option_day
from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetched, Fetcher
from dragoman.collect.formats import Asked, reports_in
from dragoman.collect.formats.page import report_of
from dragoman.collect.found import Found, Unusable
from dragoman.collect.reports import Collected, judged, refused

PAGES = ("text/html", "application/xhtml+xml")


def online(urls: Iterable[str], fetcher: Fetcher, *, published: str | None = None) -> Iterator[Collected]:
    """Every report at these addresses, or the reason why there is none; `published` as for `collect`."""
    day = option_day(published) if published is not None else None
    for url in urls:
        try:
            for found in reports_at(fetcher.get(url), limit=fetcher.limit):
                yield judged(found, default=day)
        except BadInput as err:
            yield refused(url, str(err))


def reports_at(fetched: Fetched, *, limit: int) -> Iterator[Found | Unusable]:
    """The reports in what was fetched. Raises BadInput when it cannot be read as what it is."""
    body = fetched.body or b""
    if fetched.kind in PAGES:
        yield report_of(_text(body, fetched.charset), origin=fetched.url, url=fetched.url)
    else:
        yield from reports_in(BytesIO(body), Asked(name=fetched.url, limit=limit))


def _text(page: bytes, charset: str | None) -> bytes | str:
    """The page as its server says it is written, when that is true; else the page itself must tell."""
    try:
        return page.decode(charset) if charset else page
    except (LookupError, UnicodeDecodeError):
        return page
