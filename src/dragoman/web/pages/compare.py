"""Reports side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from msgspec import Struct

from dragoman.tell.parallel import Parallel, parallel
from dragoman.tell.reported import ReportRow
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["reports"])
MOST = 6  # columns
LISTED = 60  # reports to choose from


class Compared(Struct, frozen=True, kw_only=True):
    """Reports side by side, and what else could stand there."""

    side_by_side: Parallel
    chosen: tuple[str, ...]
    listed: tuple[ReportRow, ...]


@page(router, "/compare", "compare.html")
def compare(
    request: Request,
    report: Annotated[list[str], Query(description="letter or id of a report; several times", max_length=MOST)] = [],  # noqa: B006
) -> Compared:
    """Two or more reports in columns; without any named, the two that tell most of the same events."""
    sheet = sheet_of(request)
    chosen = [sheet.report_of.get(name.upper(), name) for name in report if name] or list(sheet.kin)
    rows = sheet.reports_listed
    listed = [row for row in rows if row.id in chosen]
    listed += [row for row in rows[::-1] if row.id not in chosen][: LISTED - len(listed)]
    try:
        found = parallel(sheet, chosen)
    except KeyError as missing:
        raise HTTPException(404, f"There is no report {missing.args[0]!r} in this dossier.") from None
    return Compared(side_by_side=found, chosen=tuple(dict.fromkeys(chosen)), listed=tuple(listed))
