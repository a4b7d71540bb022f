"""Offices by which persons are told apart: those that one person holds, and those of who serves an office holder."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.words import ARTICLES, fold

_WORD = re.compile(r"[^\s,]+")


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


class Told(Struct, frozen=True):
    """A row of `told_by_office.tsv`."""

    title: str


@cache
def _told_by() -> frozenset[str]:
    return frozenset(row.title for row in tables.rows("told_by_office.tsv", Told))


class Bygone(Struct, frozen=True):
    """A row of `bygone.tsv`."""

    word: str


@cache
def _bygone() -> frozenset[str]:
    return frozenset(row.word for row in tables.rows("bygone.tsv", Bygone))


@cache
def office_of(words: str) -> str:
    """The office by which a description tells of a person, held now or before; empty when it tells none.

    >>> office_of("the former Governor"), office_of("Ruritanian president"), office_of("deputy president")
    ('governor', 'president', '')
    """
    told = [w for w in _WORD.findall(words) if fold(w) not in ARTICLES]
    while told and (fold(told[0]) in _bygone() or (len(told) > 1 and told[0][:1].isupper() and told[1][:1].islower())):
        told = told[1:]
    office = fold(" ".join(told))
    return office if office in _told_by() else ""


@cache
def _serving() -> frozenset[str]:
    return frozenset(row.word for row in tables.rows("serving_offices.tsv", Serving))


def serves(title: str) -> bool:
    """Whether who has this title serves an office holder.

    >>> serves("government spokesman")
    True
    """
    return title not in offices() and title.split()[-1] in _serving()
