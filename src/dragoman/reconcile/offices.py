"""Offices by which persons are told apart: those that one person holds, and those of who serves an office holder."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables


class Office(Struct, frozen=True):
    """A row of `sole_offices.tsv`."""

    title: str


class Serving(Struct, frozen=True):
    """A row of `serving_offices.tsv`."""

    word: str


@cache
def offices() -> frozenset[str]:
    """Offices that one person holds.

    >>> "president" in offices()
    True
    """
    return frozenset(row.title for row in tables.rows("sole_offices.tsv", Office))


@cache
def _serving() -> frozenset[str]:
    return frozenset(row.word for row in tables.rows("serving_offices.tsv", Serving))


def serves(title: str) -> bool:
    """Whether who has this title serves an office holder.

    >>> serves("government spokesman")
    True
    """
    return title not in offices() and title.split()[-1] in _serving()
