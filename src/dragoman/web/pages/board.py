"""The front page: what the accounts agree on, where they differ, what only one tells; and each event's own page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from msgspec import Struct

from dragoman.tell.accounts import EventSheet, event_sheet
from dragoman.tell.lines import Line, select
from dragoman.tell.reported import ReportRow, report_row
from dragoman.tell.view import Section
from dragoman.web.query import BoardQuery, Page
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["board"])
SIZE = 12  # lines of a column
LATEST = 8  # reports named below the board


class Column(Struct, frozen=True):
    """One column of the board."""

    section: Section
    total: int
    lines: tuple[Line, ...]


class Board(Struct, frozen=True, kw_only=True):
    """The board as it was asked for."""

    reports: int
    mentions: int
    events: int
    shown: int
    read_at: str | None
    page: int
    pages: int
    wanted: dict[str, str | int]
    offered: dict[str, list[str]]
    columns: tuple[Column, ...]
    latest: tuple[ReportRow, ...]


@page(router, "/", "board.html", twin="/board.json")
def board(request: Request, query: Annotated[BoardQuery, Query()], page: Page = 1) -> Board:
    """Events as all reports tell them: agree, differ, only one tells; newest first."""
    sheet = sheet_of(request)
    rows = sheet.own_lines if query.copies else sheet.all_lines
    found = select(rows, query.wanted(), sheet)
    parts: dict[Section, list[Line]] = {"agree": [], "differ": [], "alone": []}
    for line in found:
        parts[line.section].append(line)
    pages = max(1, *(-(-len(lines) // SIZE) for lines in parts.values()))
    page = min(page, pages)
    cut = slice((page - 1) * SIZE, page * SIZE)
    dossier = sheet.dossier
    return Board(
        reports=len(dossier.reports), mentions=len(dossier.mentions), events=len(dossier.events), shown=len(found),
        read_at=dossier.read_at, page=page, pages=pages, wanted=query.model_dump(exclude_defaults=True),
        offered=sheet.on_offer,
        columns=tuple(Column(key, len(lines), tuple(lines[cut])) for key, lines in parts.items()),
        latest=tuple(report_row(sheet, ident) for ident in list(sheet.notes.reports)[-LATEST:][::-1]),
    )  # fmt: skip


@page(router, "/events/{ident}", "event.html")
def event(request: Request, ident: str) -> EventSheet:
    """One event: its accounts side by side, what differs, what one alone adds, and why they were joined."""
    try:
        return event_sheet(sheet_of(request), ident)
    except KeyError:
        raise HTTPException(404, f"There is no event {ident!r} in this dossier.") from None
