"""Handing over: the dossier as a brief, as tables and as JSON, to be saved."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from msgspec import Struct

from dragoman.tell.brief import markdown
from dragoman.tell.export import to_json
from dragoman.tell.tables import table
from dragoman.web.serving import page
from dragoman.web.shelf import sheet_of, shelf_of

router = APIRouter(tags=["handing over"])
Form = Literal["brief.md", "plover.tsv", "cameo.tsv", "dossier.json"]
ABOUT: dict[Form, tuple[str, str]] = {
    "brief.md": ("text/markdown", "a brief in Markdown, every line footnoted to report and sentence"),
    "plover.tsv": ("text/tab-separated-values", "one row an event, in POLECAT's 40 columns"),
    "cameo.tsv": ("text/tab-separated-values", "one row an event, in GDELT's 61 columns"),
    "dossier.json": ("application/json", "the whole dossier, with reports, offsets and reasons"),
}


class HandOver(Struct, frozen=True):
    """What can be saved: the name of the file, and what it is."""

    forms: tuple[tuple[str, str], ...]


@page(router, "/handover", "handover.html")
def handover(request: Request) -> HandOver:
    """In which forms the dossier can be handed over."""
    return HandOver(tuple((form, about) for form, (_, about) in ABOUT.items()))


@router.get("/handover/{form}", include_in_schema=False)
def saved(request: Request, form: Form, everything: Literal["", "yes"] = "") -> Response:
    dossier, shelf = sheet_of(request).dossier, shelf_of(request)
    if form == "dossier.json":
        body = to_json(dossier)
    elif form == "brief.md":
        body = markdown(dossier, everything=everything == "yes").encode()
    else:
        body = table(
            dossier, shelf.knowledge(), form=form.removesuffix(".tsv"), everything=everything == "yes"
        ).encode()
    name = f"{shelf.safe_name}-{form}"
    return Response(body, media_type=ABOUT[form][0], headers={"Content-Disposition": f'attachment; filename="{name}"'})
