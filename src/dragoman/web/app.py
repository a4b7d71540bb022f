"""The application: a dossier's pages, their JSON, and what guards them."""

from __future__ import annotations

import secrets

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.store import DossierError, Place
from dragoman.web import openapi
from dragoman.web.counting import Counted, Counting
from dragoman.web.guard import Guard
from dragoman.web.jobs import Jobs
from dragoman.web.pages import add, board, compare, correcting, enter, handover, news, people, places, reports, times
from dragoman.web.serving import as_json, render
from dragoman.web.shelf import Shelf
from dragoman.web.templating import HERE

PAGES = (board, reports, compare, times, places, people, news, add, correcting, handover, enter, openapi)


def create_app(place: Place, *, token: str | None = None, counted: Counted | None = None) -> FastAPI:
    """The web application over the dossier at `place`; with `token` it answers whoever has that.

    `counted` is told of every request.
    """
    app = FastAPI(title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.shelf = Shelf(place)
    app.state.jobs = Jobs(app.state.shelf)
    app.state.key = secrets.token_bytes(32)
    app.state.token = token
    for part in PAGES:
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(DossierError, _unusable)
    app.add_middleware(Guard, token=token)
    if counted is not None:
        app.add_middleware(Counting, counted=counted, shelf=app.state.shelf)
    return app


def _answer(request: Request, status: int, message: str) -> Response:
    if request.url.path.endswith(".json"):
        return as_json({"error": message}, status)
    return render(request, "error.html", status=status, code=status, message=message)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = "There is no such page." if error.detail == "Not Found" else error.detail
    return _answer(request, error.status_code, message)


def _misunderstood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
    return _answer(request, 422, f"This cannot be asked for: {wrong}")


def _unusable(request: Request, error: Exception) -> Response:
    return _answer(request, 503, str(error))
