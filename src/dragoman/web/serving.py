"""One page, two forms: every page is a function that gives a record, shown by a template and, at `.json`, as it is."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import HTMLResponse

from dragoman import __version__
from dragoman.web.csrf import COOKIE, token_of
from dragoman.web.days import on_that_day
from dragoman.web.query import Date
from dragoman.web.shelf import as_of, sheet_of, shelf_of
from dragoman.web.templating import NAV, environment

Make = Callable[..., msgspec.Struct]
AS_OF = inspect.Parameter(
    "as_of", inspect.Parameter.KEYWORD_ONLY, default="",
    annotation=Annotated[Date, Query(description="show what could be known on this day")],
)  # fmt: skip
RECORDS: dict[str, type[msgspec.Struct]] = {}  # what the pages give, by name

_encode = msgspec.json.Encoder(order="deterministic").encode


def page(
    router: APIRouter, path: str, template: str, *, twin: str | None = None, dated: bool = True
) -> Callable[[Make], Make]:
    """Serve what a function gives at `path` as a page, and at `path`.json, or at `twin`, as JSON.

    The function takes the request first and query parameters after it, and returns a Struct. A `dated` page can be
    asked for as of a day: `sheet_of` then gives the dossier of that day.
    """

    def register(make: Make) -> Make:
        result = get_type_hints(make)["return"]
        RECORDS[result.__name__] = result

        @functools.wraps(make)
        def shown(request: Request, as_of: str = "", **given: Any) -> Response:
            request.state.as_of = as_of
            view = make(request, **given)
            return render(request, template, view=view, report_of=sheet_of(request).report_of, dated=dated)

        @functools.wraps(make)
        def told(request: Request, as_of: str = "", **given: Any) -> Response:
            request.state.as_of = as_of
            return as_json(make(request, **given))

        signature = inspect.signature(make, eval_str=True)
        asked = [*signature.parameters.values(), *([AS_OF] if dated else [])]
        for endpoint in (shown, told):
            endpoint.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]
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


def render(request: Request, template: str, *, status: int = 200, **given: object) -> Response:
    """A template with what every page needs: the dossier, its name, and the token that changes must carry."""
    day = as_of(request)
    given = {"dated": False} | given
    words = environment.get_template(template).render(
        request=request, shelf=shelf_of(request), version=__version__, csrf=token_of(request), nav=NAV,
        author=request.cookies.get("dragoman_author", ""), as_of=day,
        address=functools.partial(_address, request), **given
    )  # fmt: skip
    answer = HTMLResponse(on_that_day(words, day) if day else words, status)
    if (visit := getattr(request.state, "new_visit", None)) is not None:
        answer.set_cookie(COOKIE, visit, httponly=True, samesite="strict")
    return answer
