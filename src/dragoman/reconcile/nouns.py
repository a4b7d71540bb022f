"""Nouns by which two accounts may tell of one nameless group, or of one thing: "a mob", "the demonstrators"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.knowledge.lemmas import singulars
from dragoman.reconcile.words import fold, stem, tokens

ANYBODY = "anybody"  # the sort of words that say only what somebody did: "the attackers"
AFTER = re.compile(r" (?:of|in|from|at|on|for|with|who|that|which) |,")  # ends what a phrase tells of by its head


class GroupWord(Struct, frozen=True):
    """A row of `group_words.tsv`."""

    sort: str
    word: str


class ThingWord(Struct, frozen=True):
    """A row of `thing_words.tsv`."""

    thing: str
    word: str


@cache
def _groups() -> dict[str, str]:
    return {row.word: row.sort for row in tables.rows("group_words.tsv", GroupWord)}


@cache
def _things() -> dict[str, str]:
    return {stem(fold(row.word)): stem(fold(row.thing)) for row in tables.rows("thing_words.tsv", ThingWord)}


@cache
def group_sort(description: str) -> str:
    """The sort of a nameless group by its head; empty where the table does not know it.

    >>> group_sort("thousands of his supporters"), group_sort("a mob") == group_sort("demonstrators")
    ('', True)
    """
    words = tokens(AFTER.split(description, maxsplit=1)[0])
    last = words[-1] if words else ""
    return next((sort for word in (last, *singulars(last)) if (sort := _groups().get(word))), "")


def thing_of(stemmed: str) -> str:
    """The word that stands for a thing in whatever words it is told, both stemmed."""
    return _things().get(stemmed, stemmed)


def two_things(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether what is acted on is known to be of different sorts: "four airfields", "the vessel Arva"."""
    left, right = _sorts(ones), _sorts(others)
    return bool(left and right) and left.isdisjoint(right)


@lru_cache(maxsize=1 << 14)
def _sorts(things: frozenset[str]) -> frozenset[str]:
    return frozenset(_things().values()).intersection(map(thing_of, things))


@cache
def owner_of(description: str) -> str:
    """Whose the described are, folded; empty where it is not told.

    >>> owner_of("Lena Morat's followers")
    'lena morat'
    """
    owner, mark, _ = description.replace("’", "'").rpartition("'s ")
    return fold(owner) if mark else ""
