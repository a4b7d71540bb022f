"""The ontology (`ontology.tsv`): PLOVER's types, what they become in the future tense and as complements."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.tables import rows
from dragoman.records import EventType


class Type(Struct, frozen=True, dict=True):
    """One type of event."""

    type: EventType
    quad: int
    intensity: float
    root: str
    modes: str = ""
    future: EventType | None = None
    embeds: Literal["yes", "no"] = "no"
    asked: str | None = None
    menaced: str | None = None
    about: str = ""

    @cached_property
    def mode_names(self) -> frozenset[str]:
        return frozenset(m.strip() for m in self.modes.split(",") if m.strip())


Ontology = dict[EventType, Type]


def load() -> Ontology:
    """Every type by its name."""
    return {row.type: row for row in rows("ontology.tsv", Type)}
