"""Numbers in words: `numberwords.toml`."""

from __future__ import annotations

import tomllib
from functools import cached_property

from msgspec import Struct, convert

from dragoman.knowledge.tables import shipped


class NumberWords(Struct, frozen=True, dict=True):
    """Values of words, bounds that words set, and the nouns that tell a unit."""

    cardinals: dict[str, float]
    scales: dict[str, float]
    vague: dict[str, tuple[float, float]]
    bounds: dict[str, str]
    lists: dict[str, list[str]]

    @cached_property
    def money(self) -> dict[str, str]:
        return dict(pair.split(" ") for pair in self.lists["money"])

    def has(self, name: str, word: str) -> bool:
        """Whether a word stands in one of the lists."""
        return word in self.lists[name]


def load_numbers() -> NumberWords:
    """The shipped words.

    >>> load_numbers().cardinals["seven"]
    7.0
    """
    return convert(tomllib.loads(shipped("numberwords.toml")), NumberWords)
