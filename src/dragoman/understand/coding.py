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
    guessed: float = 0.0  # the learned typer's share for the type, where no frame decided
    doubt: float = 0.0  # its share for no event, where a frame fits barely
