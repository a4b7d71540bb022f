"""The rows that one step of reconciling leaves for the next, by kind."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dragoman.reconcile.memory import Kind
from dragoman.reconcile.telling import Affair, Telling, block_keys
from dragoman.records import Actor, Event, Passage, Reading, Report, Story

REPORT: Kind[Report] = Kind("report", Report, lambda ident, report: (report.sha256,), derived=False)
READING: Kind[Reading] = Kind("reading", Reading, derived=False)


class Copy(Struct, frozen=True):
    """Whom a report repeats, and where."""

    original: str
    shared: tuple[Passage, ...]


COPY: Kind[Copy] = Kind("copy", Copy, lambda ident, copy: (copy.original,))


class Placed(Struct, frozen=True):
    """Where a report stands among stories: its place in time, the earlier report it goes on from, the story's first."""

    order: tuple[str, bool, str]
    parent: str | None
    first: str


def _of_tree(ident: str, placed: Placed) -> Iterator[str]:
    yield f"from {placed.parent}"
    yield f"in {placed.first}"


PLACED: Kind[Placed] = Kind("placed", Placed, _of_tree)
STORY: Kind[Story] = Kind("story", Story)
ACTOR: Kind[Actor] = Kind("actor", Actor, lambda ident, a: (a.country,) if a.kind == "state" and a.country else ())


def _of_telling(ident: str, telling: Telling) -> Iterator[str]:
    yield f"report {telling.mention.report}"
    yield from block_keys(telling)


TELLING: Kind[Telling] = Kind("telling", Telling, _of_telling)


AFFAIR: Kind[Affair] = Kind("affair", Affair)  # of a report


class Home(Struct, frozen=True):
    """The event that a mention belongs to."""

    event: str


HOME: Kind[Home] = Kind("home", Home, lambda ident, home: (home.event,))
EVENT: Kind[Event] = Kind("event", Event)
