"""A dossier: reports with their readings, in a file, on a server or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

import msgspec
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.engine import Connection

from dragoman.knowledge.tables import Kept
from dragoman.records import Correction, Dossier, Reading, Reject, Report
from dragoman.store import claims, derived, rows, tables
from dragoman.store.contents import Contents
from dragoman.store.databases import Database, database_at
from dragoman.store.places import Place


class Store(Contents):
    """The dossier at a place, or one in memory; a context manager.

    >>> with Store.in_memory() as store:
    ...     len(store.reports())
    0
    """

    def __init__(self, database: Database, *, writable: bool) -> None:
        super().__init__(database)
        self._writable = writable

    @classmethod
    def open(cls, place: Place, *, writable: bool = False) -> Store:
        """The dossier at `place`; with `writable` it is made when missing. Raises DossierError."""
        return cls(database_at(place, writable=writable), writable=writable)

    @classmethod
    def in_memory(cls) -> Store:
        return cls(database_at(None, writable=True), writable=True)

    @property
    def engine(self) -> Engine:
        """The database itself, for those who keep rows of their own in it."""
        return self._database.engine

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong: broken pages, keys that are gone, references to rows not there."""
        return self._database.damage()

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        """A transaction that changes something: what was assembled before holds no more."""
        with self._database.engine.begin() as connection:
            connection.execute(delete(tables.assembled))
            self._database.changed(connection)
            yield connection

    def add(
        self, report: Report, reading: Reading, *, model: str, ontology: str, rejects: Iterable[Reject] = ()
    ) -> None:
        """Put a report and its reading in, in one transaction; doing so twice changes nothing."""
        with self._change() as connection:
            rows.upsert(
                connection,
                tables.reports,
                id=report.id,
                sha256=report.sha256,
                published=report.published,
                data=msgspec.json.encode(report),
            )
            rows.upsert(
                connection,
                tables.readings,
                report=report.id,
                version=reading.version,
                model=model,
                ontology=ontology,
                data=msgspec.msgpack.encode(reading),
            )
            about = tables.rejects.c.report.in_((report.id, report.origin))
            connection.execute(delete(tables.rejects).where(about))
            rows.set_aside(connection, rejects)
            claims.note(connection, report, reading)
            derived.wait(connection, [report.id])

    def set_aside(self, rejects: Iterable[Reject]) -> None:
        """Keep what could not be taken, with its reason."""
        with self._change() as connection:
            rows.set_aside(connection, rejects)

    def correct(self, correction: Correction) -> None:
        """Keep what a person decided."""
        with self._change() as connection:
            rows.upsert(
                connection,
                tables.corrections,
                id=correction.id,
                made=correction.made,
                undone=None,
                undone_by=None,
                data=msgspec.json.encode(correction),
            )
            derived.wait_for(connection, correction)

    def undo(self, ident: str, *, author: str, at: str) -> Correction:
        """Take a correction back; it stays in the log. Raises KeyError when none of that id is in force."""
        c = tables.corrections.c
        with self._change() as connection:
            data = connection.execute(select(c.data).where(c.id == ident, c.undone.is_(None))).scalar()
            if data is None:
                raise KeyError(ident)
            connection.execute(update(tables.corrections).where(c.id == ident).values(undone=at, undone_by=author))
            correction = rows.decode_correction(data)
            derived.wait_for(connection, correction)
            return correction

    def keep_tables(self, kept: Mapping[str, Kept]) -> None:
        """Remember the user's own tables, so that the next reading uses them too."""
        if not kept:
            return
        with self._change() as connection:
            for name, table in kept.items():
                rows.upsert(connection, tables.knowledge, name=name, origin=table.name, text=table.text)

    @contextmanager
    def deriving(self) -> Iterator[tuple[derived.Derived, bool]]:
        """What reconciling has found, in one transaction with all that is asked within, and whether it may be kept."""
        if not self._writable:
            with self.snapshot(), self._looking() as connection:
                yield derived.Derived(connection), False
            return
        with self._database.engine.begin() as connection:
            self._held = connection
            try:
                yield derived.Derived(connection), True
            finally:
                self._held = None

    def keep_assembled(self, key: str, dossier: Dossier) -> None:
        """Keep an assembled dossier until something changes; one that may only be read keeps nothing."""
        data = msgspec.msgpack.encode(dossier)
        if self._writable and len(data) <= self._database.largest:
            with self._change() as connection:
                rows.upsert(connection, tables.assembled, key=key, data=data)
