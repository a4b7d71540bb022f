"""Handing over: the dossier in every format that `dragoman export` writes, to be saved."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from msgspec import Struct

from dragoman.tell.handover import FORMATS, Unavailable
from dragoman.web.query import Date
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of, shelf_of

router = APIRouter(tags=["handing over"])


class HandOver(Struct, frozen=True):
    """What can be saved: the name of the format, the ending of its files, and what it is."""

    forms: tuple[tuple[str, str, str], ...]


@page(router, "/handover", "handover.html")
def handover(request: Request) -> HandOver:
    """In which formats the dossier can be handed over."""
    return HandOver(tuple((form.name, form.ending, form.about) for form in FORMATS.values()))


@router.get("/handover/{name}", include_in_schema=False)
def saved(
    request: Request, name: str, everything: Literal["", "yes"] = "", as_of: Annotated[Date, Query()] = ""
) -> Response:
    if (form := FORMATS.get(name)) is None:
        raise HTTPException(404, f"There is no format {name!r}.")
    shelf = shelf_of(request)
    request.state.as_of = as_of
    try:
        body = form.written(sheet_of(request).dossier, shelf.knowledge(), everything=everything == "yes")
    except Unavailable as err:
        raise HTTPException(501, str(err)) from None
    file = f"{shelf.safe_name}{'-' if as_of else ''}{as_of}.{form.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(body, media_type="application/octet-stream", headers=headers)
