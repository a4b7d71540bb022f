"""The timeline, and what is due."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from msgspec import Struct

from dragoman.tell.expected import DueRow
from dragoman.tell.timeline import Lanes, Timeline, timeline
from dragoman.web.query import Day, Page
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["time"])
SIZE = 50


class Due(Struct, frozen=True, kw_only=True):
    """What is to happen, the next first, and what was to happen, the latest first."""

    today: str | None
    total: int
    page: int
    pages: int
    rows: tuple[DueRow, ...]


@page(router, "/timeline", "timeline.html")
def times(
    request: Request,
    since: Annotated[Day, Query()] = "",
    until: Annotated[Day, Query()] = "",
    by: Lanes = "type",
    background: Literal["", "show"] = "",
    span: Annotated[Literal["", "whole"], Query(description="all time, not only the days around the reports")] = "",
) -> Timeline:
    """Events in time, in lanes by kind, actor or outlet; plans and deadlines stand out from what happened."""
    sheet = sheet_of(request)
    return timeline(
        sheet, by=by, since=since, until=until, background=background == "show", whole=span == "whole"
    )  # fmt: skip


@page(router, "/due", "due.html")
def due(request: Request, status: Literal["", "open", "met", "missed", "unknown"] = "", page: Page = 1) -> Due:
    """What was announced, demanded or promised for a day, and what became of it."""
    sheet = sheet_of(request)
    rows = [row for row in sheet.deadlines if not status or row.status == status]
    pages = max(1, -(-len(rows) // SIZE))
    page = min(page, pages)
    shown = tuple(rows[(page - 1) * SIZE : page * SIZE])
    return Due(today=sheet.dossier.read_at, total=len(rows), page=page, pages=pages, rows=shown)
