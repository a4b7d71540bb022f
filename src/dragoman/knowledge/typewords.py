"""Types of event in words for a reader who knows no codes."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables


class TypeWord(Struct, frozen=True):
    """A row of `type_words.tsv`."""

    type: str
    word: str


@cache
def _words() -> dict[str, str]:
    return {row.type: row.word for row in tables.rows("type_words.tsv", TypeWord)}


def type_word(type: str) -> str:
    """What an act of a type is called; a type of one's own keeps its name.

    >>> type_word("REQUEST"), type_word("TRADE")
    ('a demand', 'TRADE')
    """
    return _words().get(type, type)
