"""One page, two forms: every page is a function that gives a record, shown by a template and, at `.json`, as it is."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from dragoman import __version__
from dragoman.tell.stances import Grid, Square
from dragoman.tell.words import SECTIONS, days
from dragoman.web.csrf import COOKIE, token_of
from dragoman.web.drawing import draw_sources, draw_stances, draw_timeline
from dragoman.web.shelf import Sheet, Shelf

HERE = Path(__file__).parent
Make = Callable[..., msgspec.Struct]
RECORDS: dict[str, type[msgspec.Struct]] = {}  # what the pages give, by name

NAV = (
    ("/", "Board"),
    ("/reports", "Reports"),
    ("/compare", "Side by side"),
    ("/timeline", "Timeline"),
    ("/sides", "Who stands where"),
    ("/actors", "Actors"),
    ("/claims", "Claims"),
    ("/due", "Due"),
    ("/sources", "Sources"),
)

_encode = msgspec.json.Encoder(order="deterministic").encode


def _square(grid: Grid, actor: str, toward: str) -> Square | None:
    return next((s for s in grid.squares if s.actor == actor and s.toward == toward), None)


environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals.update(draw_timeline=draw_timeline, draw_stances=draw_stances, draw_sources=draw_sources,
                           squares=_square)  # fmt: skip
environment.filters.update(
    day=lambda iso: days(iso, iso),
    heading=lambda section: SECTIONS[section][0],
    about=lambda section: SECTIONS[section][1],
    kind=lambda kind: f"k-{kind}",
    kind_name=str.lower,
    kinds=lambda types: [(kind, kind.lower()) for kind in types],
)


def page(router: APIRouter, path: str, template: str, *, twin: str | None = None) -> Callable[[Make], Make]:
    """Serve what a function gives at `path` as a page, and at `path`.json, or at `twin`, as JSON.

    The function takes the request first and query parameters after it, and returns a Struct.
    """

    def register(make: Make) -> Make:
        result = get_type_hints(make)["return"]
        RECORDS[result.__name__] = result

        @functools.wraps(make)
        def shown(request: Request, **given: Any) -> Response:
            view = make(request, **given)
            sheet = sheet_of(request)
            return render(request, template, view=view, report_of=sheet.report_of)

        @functools.wraps(make)
        def told(request: Request, **given: Any) -> Response:
            return as_json(make(request, **given))

        for endpoint in (shown, told):
            endpoint.__signature__ = inspect.signature(make, eval_str=True).replace(  # type: ignore[attr-defined]
                return_annotation=inspect.Signature.empty
            )
        router.add_api_route(
            twin or f"{path}.json", told, response_model=None, name=make.__name__,
            openapi_extra={"x-record": result.__name__}, summary=inspect.getdoc(make),
        )  # fmt: skip
        # after its twin: `/reports/{ident}` would take `/reports/x.json` too
        router.add_api_route(path, shown, response_class=HTMLResponse, response_model=None, include_in_schema=False)
        return make

    return register


def _address(request: Request, **more: object) -> str:
    """The address of the page asked for, with `more` in place of what its query has."""
    given = {**request.query_params, **more}
    return "?" + urlencode({key: value for key, value in given.items() if value not in (None, "", 0)})


def as_json(value: object, status: int = 200) -> Response:
    return Response(_encode(value), status, media_type="application/json")


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def sheet_of(request: Request) -> Sheet:
    """The dossier as it is now; the same throughout one request."""
    if not hasattr(request.state, "sheet"):
        request.state.sheet = shelf_of(request).look()
    sheet: Sheet = request.state.sheet
    return sheet


def render(request: Request, template: str, *, status: int = 200, **given: object) -> Response:
    """A template with what every page needs: the dossier, its name, and the token that changes must carry."""
    words = environment.get_template(template).render(
        request=request, shelf=shelf_of(request), version=__version__, csrf=token_of(request), nav=NAV,
        address=functools.partial(_address, request), **given
    )  # fmt: skip
    answer = HTMLResponse(words, status)
    if (visit := getattr(request.state, "new_visit", None)) is not None:
        answer.set_cookie(COOKIE, visit, httponly=True, samesite="strict")
    return answer
