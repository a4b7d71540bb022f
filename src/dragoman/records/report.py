"""What `collect` gives: reports, and what was found and not taken."""

from __future__ import annotations

from msgspec import Struct

from dragoman.records.span import Span


class Passage(Struct, frozen=True):
    """A stretch of one report that stands in another too: `span` here, `theirs` in `report`."""

    report: str
    span: Span
    theirs: Span


class Report(Struct, frozen=True, kw_only=True):
    """One report as it was collected; `text` is what every offset counts in."""

    id: str
    origin: str
    text: str
    sha256: str
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None  # ISO date
    published_from: str | None = None  # table, front matter, page, column, feed, mail, dateline, option, file
    modified: str | None = None  # ISO date of the last change, where a page or a feed tells it
    language: str = "en"
    copy_of: str | None = None
    shared: tuple[Passage, ...] = ()  # what it has in common with the report it repeats; filled in the dossier
    boilerplate: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()  # as they were read; filled in the dossier


class Reject(Struct, frozen=True, kw_only=True, order=True):
    """Something that was found and not taken, with the reason."""

    report: str
    span: Span | None
    stage: str
    reason: str
