"""ZIP files that are a report or an archive of pages: office documents (DOCX) and web archives (WACZ)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import ZipFile

from dragoman.collect.dates import Published
from dragoman.collect.errors import BadInput
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

GROWTH = 20  # times the limit: what a document may hold unpacked


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The reports of a DOCX or a WACZ. Raises BadInput for what is neither, or unpacks to no end."""
    with ZipFile(stream) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            if sum(item.file_size for item in archive.infolist()) > GROWTH * asked.limit:
                raise BadInput("the document unpacks to far more than one report; save it as plain text")
            yield _document(stream, asked)
        elif warcs := sorted(n for n in names if n.endswith((".warc", ".warc.gz"))):
            from dragoman.collect.formats.warc import records

            for name in warcs:
                with archive.open(name) as inside:
                    yield from records(cast("BinaryIO", inside), asked)
        else:
            raise BadInput("this is a ZIP archive or an office document of another kind; save what is in it as text")


def _document(stream: BinaryIO, asked: Asked) -> Found:
    """The paragraphs of a DOCX, tables and notes left out."""
    from docx import Document

    document = Document(stream)
    about = document.core_properties
    day = about.created or about.modified
    return Found(
        origin=asked.name,
        text="\n".join(paragraph.text for paragraph in document.paragraphs),
        title=about.title or None,
        author=about.author or None,
        published=Published(day.date().isoformat(), "file") if day else None,
    )
