"""Mail and pages saved as one file (MHTML): the text of the message, or its page."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from email.utils import parseaddr
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from dragoman.collect.dates import Published, iso_day, mail_day
from dragoman.collect.errors import BadInput
from dragoman.collect.formats import HEAD, whole
from dragoman.collect.formats.page import is_page, report_of
from dragoman.collect.found import Found

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one report of a message; attachments are not opened. Raises BadInput when there is no text in it."""
    message = BytesParser(policy=policy.default).parsebytes(whole(stream, asked.limit))
    body = message.get_body(("plain", "html")) or next(
        (part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain")), None
    )
    content = body.get_content() if body is not None else ""
    fields = {name: str(message.get(name) or "") for name in ("Subject", "From", "Date", "Snapshot-Content-Location")}
    if not isinstance(content, str) or not content.strip():
        raise BadInput("there is no text in this message, only attachments; save and read those")
    name, address = parseaddr(fields["From"])
    day = iso_day(mail_day(fields["Date"]) or "")
    found = Found(
        origin=asked.name,
        text=content.replace("\r\n", "\n"),
        title=fields["Subject"] or None,
        author=(name or address or None) if "<" not in name else None,
        published=Published(day, "mail") if day else None,
        url=fields["Snapshot-Content-Location"] or None,
    )
    if body is None or body.get_content_type() != "text/html":
        yield found
        return
    markup = content if is_page(content[:HEAD].encode("utf-8", "replace")) else f"<html><body>{content}</body></html>"
    page = report_of(markup, origin=asked.name, url=found.url)
    yield replace(page, title=page.title or found.title, author=page.author or found.author,
                  published=page.published or found.published)  # fmt: skip
