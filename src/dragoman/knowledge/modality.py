"""How surely and in which mode: modal auxiliaries, hedges, and predicates that govern other events."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dragoman.knowledge.tables import rows
from dragoman.records import Auxiliary

Doubt = Literal["", "probable", "possible"]
Mode = Auxiliary | Literal[""]


class Modal(Struct, frozen=True):
    """A modal auxiliary: see the header of `modality.tsv`."""

    word: str
    auxiliary: Mode = ""
    certainty: Doubt = ""
    reported: Mode = ""


class Hedge(Struct, frozen=True):
    """A hedging word: see the header of `hedges.tsv`."""

    word: str
    certainty: Doubt = ""
    auxiliary: Mode = ""
    on: Literal["noun", "verb", "both"] = "both"


class Embedder(Struct, frozen=True):
    """A word that governs another event: see the header of `embedders.tsv`."""

    word: str
    pos: str
    frame: str
    auxiliary: Mode = ""
    certainty: Doubt = ""
    turns: Literal["", "negation", "holds"] = ""


class Modality(Struct, frozen=True):
    """The three tables, looked up by lower-case word."""

    modals: dict[str, Modal]
    hedges: dict[str, Hedge]
    embedders: dict[tuple[str, str, str], Embedder]

    def embedder(self, lemma: str, pos: str, frame: str) -> Embedder | None:
        """What the word says of an event that hangs on it through `frame`.

        >>> load().embedder("refuse", "VERB", "to").auxiliary
        'negation'
        """
        return self.embedders.get((lemma.lower(), pos, frame))


def load() -> Modality:
    """The shipped tables; a later row wins for the frames it names."""
    embedders = {(e.word, e.pos, frame): e for e in rows("embedders.tsv", Embedder) for frame in e.frame.split()}
    return Modality(
        {m.word: m for m in rows("modality.tsv", Modal)},
        {h.word: h for h in rows("hedges.tsv", Hedge)},
        embedders,
    )
