"""A report as it lies in a file: its text and what the file says about it, before it is judged."""

from __future__ import annotations

from msgspec import Struct

from dragoman.collect.dates import Published


class Found(Struct, frozen=True, kw_only=True):
    """One report found in a file; `loss` says what could not be decoded, `remark` what could not be used."""

    origin: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: Published | None = None
    modified: str | None = None  # ISO day
    loss: str = ""
    remark: str = ""


class Unusable(Struct, frozen=True):
    """A part of a file (a row, an entry, a record) that holds no report, with the reason."""

    origin: str
    reason: str
