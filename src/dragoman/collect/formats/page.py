"""Web pages: the main text by trafilatura, title and dates from the page's own metadata."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.dates import Published, iso_day
from dragoman.collect.errors import BadInput
from dragoman.collect.formats import whole
from dragoman.collect.found import Found

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
DEEPEST = 2000  # nested elements; a page of news has some 40, and the tree is walked by recursion


def is_page(head: bytes) -> bool:
    """Whether a file's first bytes begin a web page."""
    return PAGE.match(head) is not None


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one report of a page. Raises BadInput when there is no main text in it."""
    yield report_of(whole(stream, asked.limit), origin=asked.name)


def report_of(page: bytes | str, *, origin: str, url: str | None = None) -> Found:
    """The main text of a page with what the page says about it.

    Bytes are decoded as the page declares. Tables are kept: more pages lay their text out in one than show figures.
    Raises BadInput when there is none.
    """
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports hostile pages to the user's terminal
    if _depth(page) > DEEPEST:
        raise BadInput("the page nests its elements too deeply to be a page for people; save its main text instead")
    try:
        found = bare_extraction(page, url=url, favor_precision=True, include_comments=False, with_metadata=True,
                                date_extraction_params={"extensive_search": False, "original_date": True})  # fmt: skip
    except (RecursionError, ValueError, AttributeError, TypeError) as err:  # lxml's and trafilatura's on broken pages
        raise BadInput(
            f"the page could not be taken apart ({type(err).__name__}); save its main text instead"
        ) from None
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise BadInput("there is no report on this page; save the page's main text")
    day = iso_day(found.date or "")
    return Found(
        origin=origin,
        text=found.text or "",
        title=found.title,
        outlet=found.sitename,
        author=found.author,
        url=url or found.url,
        published=Published(day, "page") if day else None,
        modified=_modified(page, day),
    )


def _modified(page: bytes | str, published: str | None) -> str | None:
    """The day of the page's last change, where it says one that is not its publication's."""
    from htmldate import find_date

    try:
        day = iso_day(find_date(page, extensive_search=False, original_date=False) or "")
    except (ValueError, TypeError, AttributeError):
        return None
    return day if day != published else None


def _depth(page: bytes | str) -> int:
    """How many elements are open at once at most, by a scan that nothing in the page can slow down."""
    data = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
    most = open_now = 0
    for tag in re.finditer(
        rb"<(/?)(?:div|span|table|tr|td|ul|ol|li|b|i|em|strong|font|a|section|article|blockquote|p)\b", data, re.I
    ):
        open_now = max(0, open_now - 1) if tag[1] else open_now + 1
        most = max(most, open_now)
    return most
