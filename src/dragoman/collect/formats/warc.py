"""Web archives (WARC): every page that was fetched is a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.errors import BadInput
from dragoman.collect.formats.page import report_of
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

PAGES = ("text/html", "application/xhtml+xml")


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The pages of an archive."""
    yield from records(stream, asked)


def records(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The pages of an archive that were answered with a page; the day of fetching is no day of publication."""
    from warcio.archiveiterator import ArchiveIterator

    number = -1
    for record in ArchiveIterator(stream):
        if record.rec_type != "response" or record.http_headers is None:
            continue
        kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in PAGES or record.http_headers.get_statuscode() != "200":
            continue
        number += 1
        url = record.rec_headers.get_header("WARC-Target-URI") or asked.name
        data = record.content_stream().read(asked.limit + 1)
        if len(data) > asked.limit:
            yield Unusable(url, f"the page is larger than {asked.limit / 1e6:g} MB; raise the limit with --limit MB")
            continue
        if number in asked.spoilt:
            yield Unusable(url, asked.spoilt[number])
            continue
        try:
            yield report_of(data, origin=url, url=url)
        except BadInput as err:
            yield Unusable(url, str(err))
