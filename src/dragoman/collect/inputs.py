"""What is to be opened, as a record that can be handed to another process: a file, stdin, what was fetched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dragoman.collect.dates import Published, dates_table, option_day
from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetched
from dragoman.collect.files import LIMIT, expand, open_file, size_of
from dragoman.collect.formats import ENDINGS, Asked, reports_in
from dragoman.collect.formats.columns import Columns
from dragoman.collect.formats.feed import TEASER
from dragoman.collect.formats.page import report_of
from dragoman.collect.found import Found, Unusable
from dragoman.collect.reports import Collected, judged, printable, refused

USUAL = Columns()
PAGES = ("text/html", "application/xhtml+xml")


class File(Struct, frozen=True, kw_only=True, tag=True):
    """A file, or in `data` what came from stdin; `listed` is of the table of dates, `default` and `outlet` are of
    reports that give none."""

    path: bytes  # as the system has it, which need not be Unicode; `-` for stdin
    data: bytes | None = None
    listed: Published | None = None
    default: str | None = None
    outlet: str | None = None
    columns: Columns = USUAL
    limit: int = LIMIT

    @property
    def where(self) -> Path:
        return Path(os.fsdecode(self.path))

    @property
    def name(self) -> str:
        return "stdin" if self.path == b"-" else printable(self.where.name)

    @property
    def size(self) -> int:
        return len(self.data) if self.data is not None else size_of(self.where)


class Page(Struct, frozen=True, kw_only=True, tag=True):
    """What was fetched from an address, or what a feed said of it in `announced`, or both."""

    fetched: Fetched | None = None
    announced: Found | None = None
    default: str | None = None
    outlet: str | None = None
    limit: int = LIMIT

    @property
    def name(self) -> str:
        return self.announced.origin if self.announced else self.fetched.url if self.fetched else ""

    @property
    def size(self) -> int:
        return 0


Input = File | Page


def files(
    paths: Iterable[Path],
    *,
    published: str | None = None,
    dates: Path | None = None,
    columns: Columns = USUAL,
    limit: int = LIMIT,
) -> list[File]:
    """The files meant, with what the options say of each; as for `collect`."""
    day = option_day(published) if published is not None else None
    table = dates_table(dates) if dates is not None else {}
    return [
        File(path=os.fsencode(path), listed=table.get(path.name), default=day, columns=columns, limit=limit)
        for path in expand(paths, endings=ENDINGS)
    ]


def collect(
    paths: Iterable[Path],
    *,
    published: str | None = None,
    dates: Path | None = None,
    columns: Columns = USUAL,
    limit: int = LIMIT,
) -> Iterator[Collected]:
    """Every report in the files, or what was set aside with a reason: one bad file, row or page costs only itself.

    `published` is the day of reports that give none, `dates` a table that beats all else, `columns` what a table's
    columns hold, `limit` in bytes for one report. Raises BadInput when the options or a folder cannot be used.
    """
    done = 0
    for file in files(paths, published=published, dates=dates, columns=columns, limit=limit):
        for item in collected(file):
            yield replace(item, at=done + item.at)
        done += file.size


def collected(given: Input, *, spoilt: Mapping[int, str] | None = None) -> Iterator[Collected]:
    """Every report in a file or on a page, or the reason why there is none.

    `spoilt` names parts, counted from 0, that are not to be opened again, with what happened when they were.
    """
    found = _in_file(given, spoilt or {}) if isinstance(given, File) else _on_page(given, spoilt or {})
    for item in found:
        if given.outlet and item.report is not None and not item.report.outlet:
            item = replace(item, report=replace(item.report, outlet=given.outlet))
        yield item


def _in_file(file: File, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    try:
        with BytesIO(file.data) if file.data is not None else open_file(file.where, limit=file.limit) as stream:
            asked = Asked(name=file.name, limit=file.limit, columns=file.columns, spoilt=spoilt)
            for found in reports_in(stream, asked):
                yield replace(judged(found, listed=file.listed, default=file.default), at=stream.tell())
    except BadInput as err:
        yield refused(file.name, str(err), named=printable(str(file.where)))


def _on_page(page: Page, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    """The reports that were fetched; where a page gives no day, its feed does, where it holds none, the feed's text."""
    feed = page.announced
    if feed is None:
        yield from _fetched(page, page.default, spoilt)
        return
    first = next(_fetched(page, feed.published.day if feed.published else page.default, spoilt), None)
    takes = first is None or (first.report is None and len(feed.text.split()) >= TEASER)
    yield judged(feed, default=page.default) if takes or first is None else first


def _fetched(page: Page, default: str | None, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    if page.fetched is None:
        return
    try:
        for found in reports_at(page.fetched, limit=page.limit, spoilt=spoilt):
            yield judged(found, default=default)
    except BadInput as err:
        yield refused(page.name, str(err))


def reports_at(fetched: Fetched, *, limit: int, spoilt: Mapping[int, str] | None = None) -> Iterator[Found | Unusable]:
    """The reports in what was fetched. Raises BadInput when it cannot be read as what it is."""
    body, spoilt = fetched.body or b"", spoilt or {}
    if fetched.kind not in PAGES:
        yield from reports_in(BytesIO(body), Asked(name=fetched.url, limit=limit, spoilt=spoilt))
    elif 0 in spoilt:
        yield Unusable(fetched.url, spoilt[0])
    else:
        yield report_of(_text(body, fetched.charset), origin=fetched.url, url=fetched.url)


def _text(page: bytes, charset: str | None) -> bytes | str:
    """The page as its server says it is written, when that is true; else the page itself must tell."""
    try:
        return page.decode(charset) if charset else page
    except (LookupError, UnicodeDecodeError):
        return page
