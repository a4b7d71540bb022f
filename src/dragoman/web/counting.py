"""What is asked for, told to whoever counts: the page, the status of its answer, and the seconds it took."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.shelf import Shelf

Counted = Callable[[str, int, float, dict[str, int]], None]


class Counting:
    """ASGI middleware around all else; `counted` is called once a request has its answer."""

    def __init__(self, app: ASGIApp, *, counted: Counted, shelf: Shelf) -> None:
        self.app, self.counted, self.shelf = app, counted, shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            self.counted(_page(scope), status, perf_counter() - begun, self.shelf.sizes())


def _page(scope: Scope) -> str:
    """The page asked for, without what stands in its address: names of actors would be labels without end."""
    if (route := scope.get("route")) is not None:
        return str(route.path)
    return "/static" if scope["path"].startswith("/static/") else "other"
