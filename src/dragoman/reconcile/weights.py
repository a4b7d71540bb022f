"""How much a word in common says, whatever else a dossier holds: rare words much, common ones little."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables

RARE = 14  # of a thousand reports: a word is never taken for rarer than this, whoever the news is about


class WordShare(Struct, frozen=True):
    """A row of `word_shares.tsv`."""

    stem: str
    share: float


@cache
def _shares() -> Mapping[str, float]:
    return {row.stem: row.share for row in tables.rows("word_shares.tsv", WordShare)}


@cache
def weight(stem: str) -> float:
    """The weight of a stem, at least 0.

    >>> weight("polic") < weight("ceasefir")
    True
    """
    return max(math.log(1000 / (_shares().get(stem, 0.0) + RARE)), 0.0)


def mass(stems: Iterable[str]) -> float:
    """The weight of some stems together."""
    return sum(weight(s) for s in sorted(stems))


def is_common(stem: str) -> bool:
    """Whether a stem stands in small letters in much of the news: no name."""
    return stem in _shares()
