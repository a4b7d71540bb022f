"""What is new since a day: what the reports published after it added, changed and withdrew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from msgspec import Struct

from dragoman.tell.changes import Change, changes
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of, shelf_of

router = APIRouter(tags=["time"])
MOST = 300


class News(Struct, frozen=True, kw_only=True):
    """Changes since a day; `days` are those on which reports were published, the latest first."""

    since: str | None
    until: str | None
    days: tuple[str, ...]
    rows: tuple[Change, ...]
    total: int


@page(router, "/new", "new.html")
def news(request: Request, since: Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = "") -> News:
    """What was added, changed and withdrawn since a day; without one, since the day before the last report."""
    sheet = sheet_of(request)
    days = sorted({r.published[:10] for r in sheet.dossier.reports if r.published}, reverse=True)
    since = since or (days[1] if len(days) > 1 else "")
    rows = changes(shelf_of(request).as_of(since).dossier, sheet.dossier).rows if since else ()
    return News(since=since or None, until=sheet.dossier.read_at, days=tuple(days), rows=rows[:MOST], total=len(rows))
