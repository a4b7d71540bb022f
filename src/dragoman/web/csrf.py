"""Changes are taken only from this server's own pages: every form carries a token that no other site can know."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from fastapi import HTTPException, Request

COOKIE = "dragoman_visit"


def token_of(request: Request) -> str:
    """The token that the forms of this visit carry."""
    key: bytes = request.app.state.key
    return hmac.new(key, visit_of(request).encode(), sha256).hexdigest()


def visit_of(request: Request) -> str:
    """What tells this browser from others: its cookie, or a new one that the answer will set."""
    visit = getattr(request.state, "visit", None) or request.cookies.get(COOKIE)
    if not visit:
        visit = secrets.token_urlsafe(16)
        request.state.new_visit = visit
    request.state.visit = visit
    return str(visit)


async def own_page(request: Request) -> None:
    """A dependency of every change: 403 unless the form, or the header X-CSRF-Token, carries the visit's token."""
    given = request.headers.get("x-csrf-token") or str((await request.form()).get("csrf", ""))
    if COOKIE not in request.cookies or not hmac.compare_digest(given.encode(), token_of(request).encode()):
        raise HTTPException(403, "This form is out of date: load the page again, then send it again.")
