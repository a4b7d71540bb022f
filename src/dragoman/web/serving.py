"""One page, two forms: every page is a function that gives a record, shown by a template and, at `.json`, as it is."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from dragoman import __version__
from dragoman.web.csrf import COOKIE, token_of
from dragoman.web.shelf import sheet_of, shelf_of
from dragoman.web.templating import NAV, environment

Make = Callable[..., msgspec.Struct]
RECORDS: dict[str, type[msgspec.Struct]] = {}  # what the pages give, by name

_encode = msgspec.json.Encoder(order="deterministic").encode


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


def render(request: Request, template: str, *, status: int = 200, **given: object) -> Response:
    """A template with what every page needs: the dossier, its name, and the token that changes must carry."""
    words = environment.get_template(template).render(
        request=request, shelf=shelf_of(request), version=__version__, csrf=token_of(request), nav=NAV,
        author=request.cookies.get("dragoman_author", ""),
        address=functools.partial(_address, request), **given
    )  # fmt: skip
    answer = HTMLResponse(words, status)
    if (visit := getattr(request.state, "new_visit", None)) is not None:
        answer.set_cookie(COOKIE, visit, httponly=True, samesite="strict")
    return answer
