"""What the event stage makes of one clause, before it is a mention."""

from __future__ import annotations

from msgspec import Struct

from dragoman.records import EventType
from dragoman.understand.draft import Clause
from dragoman.understand.matching import Fit, Match
from dragoman.understand.party import Party


class Coding(Struct, frozen=True):
    """A clause that fits a frame or is guessed: what it tells, of whom, and (`barred`) why it is no mention."""

    clause: Clause
    match: Match
    fit: Fit
    type: EventType
    mode: str | None
    cameo: str | None
    actor: Party
    recipient: Party
    barred: str = ""
    guessed: bool = False  # the learned typer decided, no frame of the type fits
    share: float = 0.0  # how likely the type is, lexicon and typer together; 0 where the typer was not asked
    none: float = 0.0  # how likely it is no event

    @property
    def mutual(self) -> bool:
        """Whether both sides do it together."""
        return len(self.fit.frame.actor) > 1
