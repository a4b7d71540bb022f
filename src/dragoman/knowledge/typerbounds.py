"""How the lexicon and the learned typer are put together: `typer.toml`, `typer_slots.tsv`."""

from __future__ import annotations

import tomllib

from msgspec import Struct, convert
from msgspec.structs import replace

from dragoman.knowledge.ontology import Ontology
from dragoman.knowledge.predicates import Frame
from dragoman.knowledge.tables import rows, shipped
from dragoman.records import EventType


class TyperBounds(Struct, frozen=True):
    """Weights of the two opinions, and how sure they must be together."""

    trust: float
    sense: float
    frame: float
    score: float
    barred: float
    unfit: float
    silent: float
    least: float
    none: float
    doubtful: float
    faint: float
    firm: float
    hopeless: float
    unheard: float
    even: float
    unreal: float
    other: float
    sure: float
    specific: float
    event: float
    torn: float
    brief: int
    quiet: float

    def changed(self, name: str, by: float) -> TyperBounds:
        """The same with one of them more or less."""
        return replace(self, **{name: getattr(self, name) + by})


class Slots(Struct, frozen=True):
    """A row of `typer_slots.tsv`."""

    type: EventType
    pos: str
    actor: str
    recipient: str


def load() -> TyperBounds:
    """The shipped weights and bounds.

    >>> 0 < load().least < load().none < 1
    True
    """
    return convert(tomllib.loads(shipped("typer.toml")), TyperBounds)


def load_slots(types: Ontology) -> dict[tuple[EventType, str], Frame]:
    """By type and part of speech: a frame that asks for nothing and says where the parties stand."""
    return {
        (row.type, row.pos): Frame(
            type=row.type,
            lemma="",
            pos=row.pos,
            companions=(),
            text="",
            mode=None,
            cameo=f"{types[row.type].root}0",
            actor=tuple(tuple(group.split("|")) for group in row.actor.split("+")),
            recipient=tuple(row.recipient.split("|")),
            gloss="no frame of this word is of the type",
            rank=0,
        )
        for row in rows("typer_slots.tsv", Slots)
    }
