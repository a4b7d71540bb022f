"""The dossier that a server shows: made once for each state of it, and again when it has changed."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from fastapi import Request

from dragoman.knowledge import Knowledge
from dragoman.knowledge.sought import Term
from dragoman.records import Dossier
from dragoman.store import DossierError, Place, Server, Store, assemble, knowledge_in, state_of
from dragoman.tell.cast import ActorRow, actor_rows
from dragoman.tell.expected import DueRow, due_rows
from dragoman.tell.lines import Line, lines, offered
from dragoman.tell.parallel import kindred
from dragoman.tell.places import Spot, spots_of
from dragoman.tell.reported import ReportRow, report_rows
from dragoman.tell.sayings import Saying, sayings
from dragoman.tell.sources import Sources, sources
from dragoman.tell.stances import Grid, grid
from dragoman.tell.view import View
from dragoman.tell.words import days

Stamp = tuple[tuple[int, int], ...]
LONG = 3.0  # seconds; a reader waits so long for the latest state
KEPT = 4  # states of former days
OFTEN = 1.0  # seconds between two questions to a server whether a dossier has changed


class Sheet(View):
    """One state of a dossier, with what several pages need of it."""

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        return lines(self)

    @cached_property
    def own_lines(self) -> tuple[Line, ...]:
        """The lines without what only copies tell."""
        return lines(self, copies=False)

    @cached_property
    def beside(self) -> dict[str, tuple[Line, ...]]:
        """Lines by the actors and the days that they share: what could be the same event."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.all_lines:
            for key in (*line.actors, *([line.start] if line.start else [])):
                found[key].append(line)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def line_of(self) -> dict[str, Line]:
        return {line.id: line for line in self.all_lines}

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """The place of each event that has one."""
        return spots_of(self)

    @cached_property
    def reports_listed(self) -> tuple[ReportRow, ...]:
        return report_rows(self)

    @cached_property
    def actors_listed(self) -> tuple[ActorRow, ...]:
        return actor_rows(self)

    @cached_property
    def said(self) -> tuple[Saying, ...]:
        return sayings(self)

    @cached_property
    def said_by(self) -> dict[str, list[Saying]]:
        found: dict[str, list[Saying]] = defaultdict(list)
        for saying in self.said:
            if saying.actor:
                found[saying.actor].append(saying)
        return found

    @cached_property
    def deadlines(self) -> tuple[DueRow, ...]:
        return due_rows(self)

    @cached_property
    def stances(self) -> Grid:
        return grid(self)

    @cached_property
    def kin(self) -> tuple[str, ...]:
        return kindred(self)

    @cached_property
    def chains(self) -> Sources:
        return sources(self)

    @cached_property
    def on_offer(self) -> dict[str, list[str]]:
        """What the board can be filtered by."""
        return offered(self.all_lines, self, most=100)

    def warm(self) -> Sheet:
        """Make what the first pages need, so that no reader waits for it."""
        needed = (self.beside, self.line_of, self.said, self.actors_listed, self.on_offer, self.dated, self.formerly)
        assert all(made is not None for made in needed)
        return self

    @cached_property
    def report_of(self) -> dict[str, str]:
        """The report of each letter."""
        return {letter: ident for ident, letter in self.notes.letters.items()}


class Shelf:
    """Keeps the dossier of one place at hand.

    A dossier that takes long to make is made anew in the background while the old one is shown.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._sheet: Sheet | None = None
        self._past: dict[tuple[Stamp | None, str], Sheet] = {}  # by the state of the file, and the day
        self._recalling: set[str] = set()
        self._took = 0.0
        self._making = False
        self._asked = -OFTEN
        self._asking = Lock()
        self._asked_of: tuple[int, Store] | None = None  # open for searching, and which file that is

    @property
    def name(self) -> str:
        return self.place.name if isinstance(self.place, Server) else self.place.stem

    @property
    def safe_name(self) -> str:
        """The dossier's name as a header may hold it."""
        return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in self.name)

    def sizes(self) -> dict[str, int]:
        """How many reports, events and claims are shown; nothing before the first page is."""
        if (held := self._sheet) is None:
            return {}
        return {name: len(getattr(held.dossier, name)) for name in ("reports", "events", "claims")}

    def knowledge(self) -> Knowledge:
        """The tables that the dossier was read with."""
        with Store.open(self.place) as store:
            return knowledge_in(store)

    def claims_with(self, term: Term) -> frozenset[str]:
        """The ids of the claims in which a term stands. Raises DossierError."""
        with self._asking:
            here = self.place.stat().st_ino if isinstance(self.place, Path) and self.place.exists() else 0
            if self._asked_of is None or self._asked_of[0] != here:
                self._stop_asking()
                self._asked_of = here, Store.open(self.place)
            try:
                return self._asked_of[1].claims_with(term)
            except DossierError:
                self._stop_asking()
                raise

    def _stop_asking(self) -> None:
        if self._asked_of is not None:
            self._asked_of[1].close()
            self._asked_of = None

    def look(self) -> Sheet:
        """The dossier as it is now, or before a change that is still being worked in. Raises DossierError."""
        held = self._sheet
        if held is not None and isinstance(self.place, Server) and monotonic() - self._asked < OFTEN:
            return held
        if held is None or self._took < LONG:
            return self.renew()
        if self._stamp != self._now() and not self._making:
            self._making = True
            Thread(target=self.renew, daemon=True).start()
        return held

    def renew(self) -> Sheet:
        """The dossier as it is now, however long that takes. Raises DossierError."""
        with self._lock:
            try:
                stamp = self._now()
                if self._sheet is None or stamp != self._stamp:
                    begun = monotonic()
                    self._sheet, self._stamp = Sheet(self._read()).warm(), stamp
                    self._took = monotonic() - begun
                return self._sheet
            finally:
                self._making = False

    def as_of(self, day: str) -> Sheet:
        """The dossier as it could be known on a day; the last few asked for are kept.

        Raises DossierError while one that takes long is being made.
        """
        self.look()
        if (kept := self._past.get((self._stamp, day))) is not None:
            return kept
        if self._took < LONG:
            return self._recall(day)
        if day not in self._recalling:
            self._recalling.add(day)
            Thread(target=self._recall, args=(day,), daemon=True).start()
        raise DossierError(f"The dossier as of {days(day, day)} is being put together: load this page again later.")

    def _recall(self, day: str) -> Sheet:
        try:
            stamp, made = self._stamp, Sheet(self._read(as_of=day))
            self._past = {**dict([*self._past.items()][1 - KEPT :]), (stamp, day): made}
            return made
        finally:
            self._recalling.discard(day)

    def _read(self, *, as_of: str | None = None) -> Dossier:
        with Store.open(self.place) as store:
            return assemble(store, knowledge_in(store), as_of=as_of)

    def _now(self) -> Stamp:
        self._asked = monotonic()
        return state_of(self.place)


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def sheet_of(request: Request) -> Sheet:
    """The dossier as it is now, or on the day that was asked for; the same throughout one request."""
    if not hasattr(request.state, "sheet"):
        day = as_of(request)
        request.state.sheet = shelf_of(request).as_of(day) if day else shelf_of(request).look()
    sheet: Sheet = request.state.sheet
    return sheet


def as_of(request: Request) -> str:
    """The day as of which the dossier is to be shown; empty for now."""
    day: str = getattr(request.state, "as_of", "")
    return day
