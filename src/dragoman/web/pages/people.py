"""Those who act and speak: the grid of stances, the actors, their claims, and the chains of sources."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from msgspec import Struct

from dragoman.records import ActorKind, SourceKind
from dragoman.tell.cast import ActorRow, ActorSheet, actor_sheet, named
from dragoman.tell.lines import Line
from dragoman.tell.sayings import Saying, spoken
from dragoman.tell.sources import Sources
from dragoman.tell.stances import Grid, grid
from dragoman.web.query import Page, Words
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of, shelf_of

router = APIRouter(tags=["people"])
SIZE = 40
LINES = 30  # events on an actor's page


class Actors(Struct, frozen=True, kw_only=True):
    """A page of the list of actors."""

    total: int
    page: int
    pages: int
    rows: tuple[ActorRow, ...]


class ActorPage(Struct, frozen=True, kw_only=True):
    """One actor with what it does, says and stands for."""

    sheet: ActorSheet
    events: int
    lines: tuple[Line, ...]
    says: tuple[Saying, ...]
    stances: Grid


class Claims(Struct, frozen=True, kw_only=True):
    """A page of claims."""

    total: int
    page: int
    pages: int
    rows: tuple[Saying, ...]


@page(router, "/sides", "sides.html")
def sides(request: Request) -> Grid:
    """Who stands with whom: the latest stance of each toward each, with the words that show it."""
    return sheet_of(request).stances


@page(router, "/actors", "actors.html")
def actors(
    request: Request, q: Annotated[Words, Query()] = "", kind: Literal["", ActorKind] = "", page: Page = 1
) -> Actors:
    """Persons, groups, states and organisations, the busiest first."""
    rows = named(sheet_of(request).actors_listed, words=q, kind=kind)
    pages = max(1, -(-len(rows) // SIZE))
    page = min(page, pages)
    return Actors(total=len(rows), page=page, pages=pages, rows=rows[(page - 1) * SIZE : page * SIZE])


@page(router, "/actors/{ident}", "actor.html")
def actor(request: Request, ident: str) -> ActorPage:
    """One actor: names, offices, deeds, words, and where it stands."""
    view = sheet_of(request)
    try:
        sheet = actor_sheet(view, ident)
    except KeyError:
        raise HTTPException(404, f"There is no actor {ident!r} in this dossier.") from None
    lines = tuple(line for line in view.all_lines if ident in line.actors)
    says = tuple(view.said_by.get(ident, ()))
    return ActorPage(
        sheet=sheet, events=len(lines), lines=lines[:LINES], says=says[:LINES],
        stances=grid(view, actor=ident),
    )  # fmt: skip


@page(router, "/claims", "claims.html")
def claims(
    request: Request,
    q: Annotated[Words, Query()] = "",
    speaker: Annotated[Words, Query()] = "",
    kind: Literal["", "direct", "hedged", SourceKind] = "",
    page: Page = 1,
) -> Claims:
    """Who said what; the same words in several reports stand together. `q` finds words in any form and their
    beginnings, and what stands between quotation marks as it stands there."""
    rows = spoken(sheet_of(request).said, shelf_of(request).claims_with, words=q, speaker=speaker, kind=kind)
    pages = max(1, -(-len(rows) // SIZE))
    page = min(page, pages)
    return Claims(total=len(rows), page=page, pages=pages, rows=rows[(page - 1) * SIZE : page * SIZE])


@page(router, "/sources", "sources.html")
def chains(request: Request) -> Sources:
    """Who has it from whom: outlets, the sources they name, and the sources those name."""
    return sheet_of(request).chains
