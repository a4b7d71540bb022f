"""The map: where events took place, and those of one place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from msgspec import Struct

from dragoman.tell.lines import Line, select
from dragoman.tell.places import Places, Spot, places
from dragoman.web.mapping import Zoom
from dragoman.web.query import BoardQuery, Page, Words
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["places"])
SIZE = 25  # events of a place
LISTED = 60  # places


class EventMap(Struct, frozen=True, kw_only=True):
    """Places with their events counted, those with most first; of the one chosen (`at`) the events themselves."""

    places: Places
    shown: int  # events that were asked for
    wanted: dict[str, str | int]
    offered: dict[str, list[str]]
    zoom: Zoom
    chosen: Spot | None
    page: int
    pages: int
    listed: tuple[Spot, ...]
    lines: tuple[Line, ...]


@page(router, "/map", "map.html")
def event_map(
    request: Request,
    query: Annotated[BoardQuery, Query()],
    at: Annotated[Words, Query(description="key of a place")] = "",
    zoom: Zoom = "",
    page: Page = 1,
) -> EventMap:
    """Where events took place, and how exactly that is known; the filters are the board's."""
    sheet = sheet_of(request)
    rows = sheet.own_lines if query.copies else sheet.all_lines
    found = select(rows, query.wanted(), sheet)
    told = places(sheet, found, sheet.spots)
    chosen = next((spot for spot in told.spots if spot.key == at), None)
    there = [line for line in found if (spot := sheet.spots.get(line.id)) and spot.key == at] if chosen else []
    pages = max(1, -(-(len(there) if chosen else len(told.spots)) // (SIZE if chosen else LISTED)))
    page = min(page, pages)
    return EventMap(
        places=told, shown=len(found), wanted=query.model_dump(exclude_defaults=True), offered=sheet.on_offer,
        zoom=zoom, chosen=chosen, page=page, pages=pages,
        listed=() if chosen else told.spots[(page - 1) * LISTED : page * LISTED],
        lines=tuple(there[(page - 1) * SIZE : page * SIZE]),
    )  # fmt: skip
