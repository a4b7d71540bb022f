"""Correcting in place: reject, retype, rename, merge, split; each with its reason, and undone from the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from msgspec import Struct
from starlette.responses import RedirectResponse

from dragoman.reconcile.correct import ImpossibleCorrection
from dragoman.reconcile.correct import correct as made
from dragoman.records import Correction, CorrectionAction
from dragoman.store import DossierError, Store, Undone
from dragoman.web.csrf import own_page
from dragoman.web.serving import page, render
from dragoman.web.shelf import sheet_of, shelf_of

router = APIRouter(tags=["corrections"])
AUTHOR = "dragoman_author"
Words = Annotated[str, Form(max_length=500)]


class Log(Struct, frozen=True, kw_only=True):
    """Corrections in force, the latest first, and those taken back."""

    held: tuple[Correction, ...]
    undone: tuple[Undone, ...]


@page(router, "/corrections", "corrections.html", dated=False)
def log(request: Request) -> Log:
    """What people decided about this dossier, and what they took back."""
    with Store.open(shelf_of(request).place) as store:
        undone = store.undone()
    held = sorted(sheet_of(request).dossier.corrections, key=lambda c: (c.made, c.id), reverse=True)
    return Log(held=tuple(held), undone=undone)


@router.post("/corrections", dependencies=[Depends(own_page)], include_in_schema=False)
def correct(
    request: Request,
    action: Annotated[CorrectionAction, Form()],
    ids: Annotated[list[str], Form(max_length=200)],
    reason: Words,
    author: Words,
    to: Words = "",
) -> Response:
    sheet = sheet_of(request)
    try:
        row = made(
            sheet.dossier, action, [ident for ident in ids if ident], to=to.strip() or None,
            author=author.strip() or "somebody", reason=reason, made=_now(),
        )  # fmt: skip
        with Store.open(shelf_of(request).place, writable=True) as store:
            store.correct(row)
    except (ImpossibleCorrection, DossierError) as err:
        return render(request, "error.html", status=409, code=409, message=str(err))
    return _kept(_where(request, row.id), author)


@router.post("/corrections/{ident}/undo", dependencies=[Depends(own_page)], include_in_schema=False)
def undo(request: Request, ident: str, author: Words) -> Response:
    try:
        with Store.open(shelf_of(request).place, writable=True) as store:
            store.undo(ident, author=author.strip() or "somebody", at=_now())
    except KeyError:
        return render(request, "error.html", status=404, code=404, message="This correction is not in force any more.")
    except DossierError as err:
        return render(request, "error.html", status=409, code=409, message=str(err))
    shelf_of(request).renew()
    return _kept("/corrections", author)


def _where(request: Request, ident: str) -> str:
    """The page of what a correction bears on now, else the log."""
    sheet = shelf_of(request).renew()
    row = next((c for c in sheet.dossier.corrections if c.id == ident), None)
    for touched in row.rows if row else ():
        event = sheet.events.get(touched) or sheet.event_of.get(touched)
        if event:
            return f"/events/{event.id}"
        if touched in sheet.actors:
            return f"/actors/{touched}"
    return "/corrections"


def _kept(path: str, author: str) -> Response:
    answer = RedirectResponse(path, 303)
    answer.set_cookie(AUTHOR, author.strip().encode("ascii", "ignore").decode(), httponly=True, samesite="strict")
    return answer


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
