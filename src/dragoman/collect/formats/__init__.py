"""The formats a report may come in: each module opens one, the list says which is tried when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import BinaryIO

from msgspec import Struct

from dragoman.collect.errors import BadInput
from dragoman.collect.formats.columns import Columns
from dragoman.collect.found import Found, Unusable

HEAD = 4096  # bytes: what a format is told by


class Asked(Struct, frozen=True, kw_only=True):
    """What was asked of a file: its name, the most bytes that one report may have, the columns of a table.

    `spoilt` names parts, counted from 0, that are not to be opened again, with what happened when they were. `first`
    is the number of the first row, where only a stretch of a table is read; parts are counted from the table's first.
    """

    name: str
    limit: int
    columns: Columns = Columns()
    spoilt: Mapping[int, str] = {}
    first: int = 1


class Format(Struct, frozen=True):
    """A format: how it is told by first bytes and name, the module that opens it, what helps when it is broken.

    `parts` says that it may hold several reports.
    """

    name: str
    module: str
    remedy: str
    told: Callable[[bytes, str], bool]
    parts: bool = False


def _named(*endings: str) -> Callable[[bytes, str], bool]:
    return lambda head, name: name.endswith(endings)


def _opens(*magic: bytes) -> Callable[[bytes, str], bool]:
    return lambda head, name: head.startswith(magic)


def _page(head: bytes, name: str) -> bool:
    from dragoman.collect.formats.page import is_page

    return is_page(head)


def _feed(head: bytes, name: str) -> bool:
    from dragoman.collect.formats.feed import is_feed

    return is_feed(head)


def _mail(head: bytes, name: str) -> bool:
    return name.endswith((".eml", ".mht", ".mhtml")) or (b"\nMIME-Version:" in head and b"\nSubject:" in head)


SAVE = "save its text instead"
FORMATS = (
    Format("PDF", "pdf", "turn it into text, for example with: pdftotext", _opens(b"%PDF")),
    Format("ZIP", "zipped", SAVE, _opens(b"PK\x03\x04"), parts=True),
    Format("WARC", "warc", "fetch it again", _opens(b"WARC/"), parts=True),
    Format("gzip", "gzipped", "save or fetch it again", _opens(b"\x1f\x8b"), parts=True),
    Format("Parquet", "parquet", "write it again", _opens(b"PAR1"), parts=True),
    Format("feed", "feed", "fetch it again", _feed, parts=True),
    Format("mail", "mail", SAVE, _mail),
    Format("page", "page", SAVE, _page),
    Format("table", "table", "write it again as CSV in UTF-8", _named(".csv", ".tsv"), parts=True),
    Format("JSON", "lines", "write it again, one object a line", _named(".jsonl", ".ndjson", ".json"), parts=True),
    Format("text", "plain", SAVE, lambda head, name: True),
)
ENDINGS = (  # what a folder gives; a .tsv is as likely a table of dates, so it is named or not read
    *(".txt", ".text", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".eml", ".pdf", ".docx"),
    *(".xml", ".rss", ".atom", ".csv", ".jsonl", ".ndjson", ".parquet", ".warc", ".wacz"),
)


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The reports in an open, seekable file, in their order. Raises BadInput when it cannot be read as what it is.

    >>> from io import BytesIO
    >>> [found.text for found in reports_in(BytesIO(b"The king fled."), Asked(name="dawn.txt", limit=100))]
    ['The king fled.']
    """
    head = stream.read(HEAD)
    stream.seek(0)
    form = next(form for form in FORMATS if form.told(head, asked.name.lower()))
    if 0 in asked.spoilt and not form.parts:
        yield Unusable(asked.name, asked.spoilt[0])
        return
    found = None
    try:
        for found in import_module(f"dragoman.collect.formats.{form.module}").reports_in(stream, asked):
            yield found
    except (BadInput, MemoryError):
        raise
    except ModuleNotFoundError as err:
        if err.name is None or err.name.startswith("dragoman"):
            raise
        raise BadInput(
            f"reading {form.name} files needs more packages: make install, or pip install 'dragoman[collect]'"
        ) from None
    except Exception as err:  # whatever a library throws at a damaged file, the other files are read
        before = "; what came before is read" if found else ""
        raise BadInput(f"the {form.name} file is damaged ({type(err).__name__}){before}; {form.remedy}") from None
    if found is None:
        raise BadInput(f"there is no report in this {form.name} file; see what is in it")


def whole(stream: BinaryIO, limit: int) -> bytes:
    """The bytes of a file that is one report. Raises BadInput; never holds more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise BadInput(
            f"larger than {limit / 1e6:g} MB, so hardly one report; split it, or raise the limit with --limit MB"
        )
    return data
