"""What a watch is about: words that a report must, may or must not have."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from msgspec import Struct

from dragoman.collect.errors import BadInput


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """Words or phrases: one of `any` and every one of `all` must be there, none of `none`; nothing asked fits all.

    >>> Topic(any=("Oravia", "Karsh")).fits("Envoys leave Karsh"), Topic(none=("football",)).fits("Football in Karsh")
    (True, False)
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Whether a text is about the topic; words count whole, in whatever case."""
        return (
            (not self.any or _one(self.any, text))
            and all(_one((word,), text) for word in self.all)
            and not (self.none and _one(self.none, text))
        )


def topic_of(path: Path) -> Topic:
    """The topic in a TOML file. Raises BadInput."""
    try:
        topic = msgspec.toml.decode(path.read_bytes(), type=Topic)
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as err:
        raise BadInput(f'{path} is no topic ({err}); write for example: any = ["Oravia", "Karsh"]') from None
    if not all(word.strip() for word in (*topic.any, *topic.all, *topic.none)):
        raise BadInput(f"{path} has an empty word, which every text would fit; take it out")
    return topic


def _one(words: tuple[str, ...], text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", text, re.I) is not None
