"""The dossier that a server shows: made once for each state of its file, and again when the file has changed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock

from fastapi import Request

from dragoman.records import Dossier
from dragoman.store import Store, assemble, knowledge_in
from dragoman.tell.lines import Line, lines
from dragoman.tell.picture import View

Stamp = tuple[tuple[int, int], ...]


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
    def report_of(self) -> dict[str, str]:
        """The report of each letter."""
        return {letter: ident for ident, letter in self.notes.letters.items()}


class Shelf:
    """Keeps the dossier of one file at hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._sheet: Sheet | None = None
        self._then: tuple[Sheet, str, Dossier] | None = None

    @property
    def name(self) -> str:
        return self.path.stem

    def look(self) -> Sheet:
        """The dossier as it is now. Raises DossierError."""
        with self._lock:
            stamp = self._now()
            if self._sheet is None or stamp != self._stamp:
                self._sheet, self._stamp = Sheet(self._read()), stamp
            return self._sheet

    def then(self, day: str) -> Dossier:
        """The dossier as it could be known on a day; the last one asked for is kept."""
        now = self.look()
        with self._lock:
            if self._then is None or self._then[:2] != (now, day):
                self._then = now, day, self._read(as_of=day)
            return self._then[2]

    def _read(self, *, as_of: str | None = None) -> Dossier:
        with Store.open(self.path) as store:
            return assemble(store, knowledge_in(store), as_of=as_of)

    def _now(self) -> Stamp:
        """Times and sizes of the file and of its write-ahead log; an empty log is none."""
        found = []
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            if told.st_size:
                found.append((told.st_mtime_ns, told.st_size))
        return tuple(found)


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def sheet_of(request: Request) -> Sheet:
    """The dossier as it is now; the same throughout one request."""
    if not hasattr(request.state, "sheet"):
        request.state.sheet = shelf_of(request).look()
    sheet: Sheet = request.state.sheet
    return sheet
