"""A large dossier out of a small one: the same reports many times over, every id made new, days moved on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from msgspec.structs import replace

from dragoman.records import Dossier


def many(dossier: Dossier, times: int) -> Dossier:
    """`times` crises of the same shape, with actors shared by ten of them."""
    parts: dict[str, list[Any]] = {}
    raw = msgspec.to_builtins(dossier)
    lists = ("reports", "actors", "mentions", "events", "claims", "positions", "expectations", "stories")
    idents = {row["id"] for name in lists for row in raw[name]}
    for n in range(times):
        for name in lists:
            copied = [_renamed(row, idents, n) for row in raw[name]]
            parts.setdefault(name, []).extend(msgspec.convert(copied, list[_type(dossier, name)]))  # type: ignore[misc]
    return replace(dossier, **{name: tuple(rows) for name, rows in parts.items()})


def _type(dossier: Dossier, name: str) -> Any:
    return type(getattr(dossier, name)[0])


def _renamed(value: Any, idents: set[str], n: int) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(v, idents, n) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(v, idents, n) for v in value]
    if isinstance(value, str) and value in idents:
        return f"{value}-{n}"
    if isinstance(value, str) and len(value) == 10 and value[:5] == "2031-":
        return (dt.date.fromisoformat(value) + dt.timedelta(days=n % 700)).isoformat()
    return value
