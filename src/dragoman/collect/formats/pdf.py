"""PDF: the text of its pages, with the lines of a paragraph joined again."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.dates import Published
from dragoman.collect.errors import BadInput
from dragoman.collect.formats import whole
from dragoman.collect.found import Found

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

PAGES = 200  # a report has a few
PARTED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
ENDED = re.compile(r"[.!?:…][\"'”’)]*\Z")


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one report of a PDF. Raises BadInput when it is locked or holds pictures only."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(whole(stream, asked.limit)))
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("the PDF is locked with a password; save it unlocked, or as text")
    pages = [page.extract_text() for page in reader.pages[:PAGES]]
    about = reader.metadata
    created = about.creation_date if about else None
    text = unwrapped("\n".join(pages))
    if not text.strip():
        raise BadInput("the PDF holds pictures of pages, no text; recognise the text first, for example with: ocrmypdf")
    yield Found(
        origin=asked.name,
        text=text,
        title=(about.title or None) if about and isinstance(about.title, str) else None,
        author=(about.author or None) if about and isinstance(about.author, str) else None,
        published=Published(created.date().isoformat(), "file") if created else None,
    )


def unwrapped(text: str) -> str:
    """Lines as laid out on paper, joined to paragraphs: one ends with a sentence on a line shorter than most.

    >>> unwrapped("The king fled the cap-\\nital on Friday and was\\nnot seen.\\nHis envoy stayed.")
    'The king fled the capital on Friday and was not seen.\\nHis envoy stayed.'
    """
    lines = [line.strip() for line in PARTED.sub("", text).splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    parts: list[str] = []
    joins = False
    for line in lines:
        if joins and line:
            parts[-1] += " " + line
        elif line or (parts and parts[-1]):
            parts.append(line)
        joins = bool(line) and not (ENDED.search(line) and len(line) < 0.9 * usual)
    return "\n".join(parts).strip()
