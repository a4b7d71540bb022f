"""The door of a server that asks for a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from dragoman.web.guard import COOKIE, is_token
from dragoman.web.serving import render

router = APIRouter(include_in_schema=False)


@router.get("/enter")
def door(request: Request) -> Response:
    return render(request, "enter.html", wrong=False)


@router.post("/enter")
def enter(request: Request, token: Annotated[str, Form(max_length=500)] = "") -> Response:
    if not is_token(token, request.app.state.token):
        return render(request, "enter.html", status=401, wrong=True)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
    return answer
