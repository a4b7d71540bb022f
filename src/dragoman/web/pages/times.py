"""The timeline, and what is due."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from msgspec import Struct
from msgspec.structs import replace

from dragoman.tell.timeline import Lanes, Timeline, timeline
from dragoman.tell.view import Row
from dragoman.web.query import Day, Page
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["time"])
SIZE = 50


class Due(Struct, frozen=True, kw_only=True):
    """What is to happen, in the order of its days."""

    today: str | None
    total: int
    page: int
    pages: int
    rows: tuple[tuple[Row, str, str, tuple[str, ...]], ...]  # with the last day, the event, and the marks that met it


@page(router, "/timeline", "timeline.html")
def times(
    request: Request,
    since: Annotated[Day, Query()] = "",
    until: Annotated[Day, Query()] = "",
    by: Lanes = "type",
    background: Literal["", "show"] = "",
) -> Timeline:
    """Events in time, in lanes by kind, actor or outlet; plans and deadlines stand out from what happened."""
    return timeline(sheet_of(request), by=by, since=since, until=until, background=background == "show")


@page(router, "/due", "due.html")
def due(request: Request, status: Literal["", "open", "met", "missed", "unknown"] = "", page: Page = 1) -> Due:
    """What was announced, demanded or promised for a day, and what became of it."""
    sheet = sheet_of(request)
    told: dict[tuple[object, ...], tuple[Row, str, str, tuple[str, ...]]] = {}
    for row in sheet.due():
        expected = sheet.expected[row.id]
        if not status or expected.status == status:
            key = (expected.event, expected.due, expected.status)
            met = sheet.marks([sheet.mentions[m] for m in expected.met_by if m in sheet.mentions])
            if key in told:  # several reports of one event: one line
                first, *_, before = told[key]
                row, met = replace(first, marks=(*first.marks, *row.marks)), tuple(dict.fromkeys((*before, *met)))
            told[key] = (row, expected.due.end[:10], expected.event, met)
    rows = list(told.values())
    pages = max(1, -(-len(rows) // SIZE))
    page = min(page, pages)
    shown = tuple(rows[(page - 1) * SIZE : page * SIZE])
    return Due(today=sheet.dossier.read_at, total=len(rows), page=page, pages=pages, rows=shown)
