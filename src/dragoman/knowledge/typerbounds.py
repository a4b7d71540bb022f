"""How sure the learned typer must be: `typer.toml`."""

from __future__ import annotations

import tomllib

from msgspec import Struct, convert

from dragoman.knowledge.tables import shipped


class TyperBounds(Struct, frozen=True):
    """The bounds of a guess (`least`, `share`) and of a doubt (`barely`, `none`)."""

    least: float
    share: float
    barely: float
    none: float


def load() -> TyperBounds:
    """The shipped bounds.

    >>> 0 < load().share < load().least < 1
    True
    """
    return convert(tomllib.loads(shipped("typer.toml")), TyperBounds)
