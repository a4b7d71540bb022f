"""What a program may ask: the OpenAPI description, made from the routes and the records, and a page that lists it."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from msgspec import Struct
from starlette.responses import JSONResponse

from dragoman.web.serving import RECORDS, render

router = APIRouter(include_in_schema=False)


class Way(Struct, frozen=True):
    """One thing that can be asked."""

    method: str
    path: str
    about: str
    parameters: tuple[tuple[str, str], ...]


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the JSON side; what a page returns is described from its record."""
    whole = get_openapi(title=app.title, version=app.version, routes=app.routes, description=app.description)
    ways = [way for path in whole["paths"].values() for way in path.values() if "x-record" in way]
    given = [RECORDS[way.pop("x-record")] for way in ways]
    shapes, records = msgspec.json.schema_components(given, ref_template="#/components/schemas/{name}")
    for way, shape in zip(ways, shapes):
        way["responses"]["200"]["content"] = {"application/json": {"schema": shape}}
        for status in ("404", "422"):
            way["responses"][status] = {"description": "the reason, as error"}
    whole.setdefault("components", {}).setdefault("schemas", {}).update(records)
    return whole


@router.get("/openapi.json")
def description(request: Request) -> Response:
    return JSONResponse(describe(request.app))


@router.get("/api")
def listing(request: Request) -> Response:
    """What a program may ask, as a page."""
    ways = [
        Way(method.upper(), path, way.get("summary", ""),
            tuple((p["name"], p.get("description", "")) for p in way.get("parameters", ())))
        for path, methods in describe(request.app)["paths"].items()
        for method, way in methods.items()
    ]  # fmt: skip
    return render(request, "api.html", ways=ways)
