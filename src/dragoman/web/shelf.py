"""The dossier that a server shows: made once for each state of its file, and again when the file has changed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock

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

    def _read(self) -> Dossier:
        with Store.open(self.path) as store:
            return assemble(store, knowledge_in(store))

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
