"""The reports: their list, and each with everything that was found in it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from msgspec import Struct

from dragoman.tell.reported import ReportRow, ReportSheet, report_sheet
from dragoman.web.query import Page
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["reports"])
SIZE = 50


class Reports(Struct, frozen=True, kw_only=True):
    """A page of the list of reports."""

    total: int
    page: int
    pages: int
    rows: tuple[ReportRow, ...]


@page(router, "/reports", "reports.html")
def reports(request: Request, q: str = "", page: Page = 1) -> Reports:
    """All reports, newest first."""
    rows = sheet_of(request).reports_listed[::-1]
    words = q.casefold().split()
    rows = tuple(r for r in rows if all(w in f"{r.title} {r.outlet}".casefold() for w in words))
    pages = max(1, -(-len(rows) // SIZE))
    page = min(page, pages)
    return Reports(total=len(rows), page=page, pages=pages, rows=rows[(page - 1) * SIZE : page * SIZE])


@page(router, "/reports/{ident}", "report.html")
def report(request: Request, ident: str) -> ReportSheet:
    """One report: its text with what was found in it, and the events it tells."""
    try:
        return report_sheet(sheet_of(request), ident)
    except KeyError:
        raise HTTPException(404, f"There is no report {ident!r} in this dossier.") from None
