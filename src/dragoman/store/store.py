"""A dossier: reports with their readings, in one file or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import msgspec
from sqlalchemy import Column, Engine, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from dragoman.knowledge.tables import Kept
from dragoman.records import Correction, Dossier, Reading, Reject, Report
from dragoman.store import tables
from dragoman.store.errors import BusyDossier, NewerDossier
from dragoman.store.files import connect
from dragoman.store.lock import WriteLock

LARGEST = 900_000_000  # bytes that SQLite keeps in one value
RANK = (
    None,
    "file",
    "option",
    "dateline",
    "mail",
    "feed",
    "column",
    "page",
    "front matter",
    "table",
)  # of what says when a report was published

_decode_report = msgspec.json.Decoder(Report).decode
_decode_reading = msgspec.msgpack.Decoder(Reading).decode
_decode_reject = msgspec.json.Decoder(Reject).decode
_decode_dossier = msgspec.msgpack.Decoder(Dossier).decode
_decode_correction = msgspec.json.Decoder(Correction).decode


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """A correction that is no longer in force, with who took it back and when."""

    correction: Correction
    author: str
    at: str  # ISO time, UTC


class Store:
    """The dossier at a path, or one in memory; a context manager.

    >>> with Store.in_memory() as store:
    ...     len(store.reports())
    0
    """

    def __init__(self, engine: Engine, *, lock: WriteLock | None = None, writable: bool = True) -> None:
        self._engine = engine
        self._lock = lock
        self._writable = writable

    @classmethod
    def open(cls, path: Path, *, writable: bool = False) -> Store:
        """The dossier at `path`; with `writable` it is made when missing. Raises DossierError."""
        engine = connect(path, writable=writable)
        try:
            return cls(engine, lock=WriteLock(path) if writable else None, writable=writable)
        except BusyDossier:
            engine.dispose()
            raise

    @classmethod
    def in_memory(cls) -> Store:
        return cls(connect(None, writable=True))

    @property
    def engine(self) -> Engine:
        """The database itself, for those who keep rows of their own in it."""
        return self._engine

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # --- what is there ---

    def reports(self) -> tuple[Report, ...]:
        """All reports, by id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.reports.c.data).order_by(tables.reports.c.id))
            return tuple(_decode_report(row.data) for row in rows)

    def days(self) -> tuple[str | None, ...]:
        """The day of publication of each report."""
        with self._engine.connect() as connection:
            return tuple(connection.execute(select(tables.reports.c.published)).scalars())

    def report(self, ident: str) -> Report | None:
        with self._engine.connect() as connection:
            return _report(connection, ident)

    def readings(self) -> tuple[Reading, ...]:
        """The reading of every report, by the report's id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.readings.c.data).order_by(tables.readings.c.report))
            return tuple(_reading(row.data) for row in rows)

    def rejects(self) -> tuple[Reject, ...]:
        """What collecting set aside; the rejects of understanding stand in the readings."""
        c = tables.rejects.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(c.data).order_by(c.report, c.stage, c.reason, c.start))
            return tuple(_decode_reject(row.data) for row in rows)

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong: broken pages, references to rows that are not there."""
        with self._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        lost = [f"a row of {row[0]} refers to one of {row[2]} that is not there" for row in keys]
        return (*(str(line) for line in pages if line != "ok"), *lost)

    def models(self) -> tuple[str, ...]:
        """The reading models that read its reports: one, unless a newer Dragoman went on with an older dossier."""
        return self._distinct(tables.readings.c.model)

    def ontologies(self) -> tuple[str, ...]:
        """The ontologies by which its reports were read."""
        return self._distinct(tables.readings.c.ontology)

    def corrections(self) -> tuple[Correction, ...]:
        """The corrections in force, oldest first."""
        c = tables.corrections.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(c.data).where(c.undone.is_(None)).order_by(c.made, c.id))
            return tuple(_decode_correction(row.data) for row in rows)

    def undone(self) -> tuple[Undone, ...]:
        """The corrections that were taken back, the first taken back first."""
        c = tables.corrections.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(c.data, c.undone_by, c.undone).where(c.undone.is_not(None)).order_by(c.undone, c.id)
            )
            return tuple(Undone(correction=_decode_correction(r.data), author=r.undone_by, at=r.undone) for r in rows)

    def tables(self) -> dict[str, Kept]:
        """The user's own tables that its reports were read with, by name: `ontology`, `actors`."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.knowledge).order_by(tables.knowledge.c.name))
            return {row.name: Kept(row.origin, row.text) for row in rows}

    def _distinct(self, column: Column[str]) -> tuple[str, ...]:
        with self._engine.connect() as connection:
            return tuple(connection.execute(select(column).distinct().order_by(column)).scalars())

    def has(self, report: Report, version: str) -> bool:
        """Whether this very report, dates included, was read by this version."""
        where = tables.readings.c.report == report.id
        with self._engine.connect() as connection:
            found = connection.execute(select(tables.readings.c.version).where(where)).scalar()
            return found == version and _report(connection, report.id) == report

    def settled(self, report: Report) -> Report:
        """The report with the better of its own and the stored publication date.

        Reading a file again without its table of dates must not lose what the table said.
        """
        known = self.report(report.id)
        if known is None or RANK.index(report.published_from) >= RANK.index(known.published_from):
            return report
        return msgspec.structs.replace(
            report,
            published=known.published,
            published_from=known.published_from,
            outlet=report.outlet or known.outlet,
        )

    # --- the dossier as it was assembled last ---

    def assembled(self, key: str) -> Dossier | None:
        """The dossier as it was assembled last, None when something changed since or another `key` assembled it."""
        with self._engine.connect() as connection:
            data = connection.execute(select(tables.assembled.c.data).where(tables.assembled.c.key == key)).scalar()
        try:
            return None if data is None else _decode_dossier(data)
        except msgspec.MsgspecError:
            return None

    def keep_assembled(self, key: str, dossier: Dossier) -> None:
        """Keep an assembled dossier until something changes; one that may only be read keeps nothing."""
        data = msgspec.msgpack.encode(dossier)
        if self._writable and len(data) <= LARGEST:
            with self._change() as connection:
                _upsert(connection, tables.assembled, key=key, data=data)

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        """A transaction that changes something: what was assembled before holds no more."""
        with self._engine.begin() as connection:
            connection.execute(delete(tables.assembled))
            yield connection

    # --- what is added ---

    def add(
        self, report: Report, reading: Reading, *, model: str, ontology: str, rejects: Iterable[Reject] = ()
    ) -> None:
        """Put a report and its reading in, in one transaction; doing so twice changes nothing."""
        with self._change() as connection:
            _upsert(
                connection,
                tables.reports,
                id=report.id,
                sha256=report.sha256,
                published=report.published,
                data=msgspec.json.encode(report),
            )
            _upsert(
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
            _set_aside(connection, rejects)

    def correct(self, correction: Correction) -> None:
        """Keep what a person decided."""
        with self._change() as connection:
            _upsert(
                connection,
                tables.corrections,
                id=correction.id,
                made=correction.made,
                undone=None,
                undone_by=None,
                data=msgspec.json.encode(correction),
            )

    def undo(self, ident: str, *, author: str, at: str) -> Correction:
        """Take a correction back; it stays in the log. Raises KeyError when none of that id is in force."""
        c = tables.corrections.c
        with self._change() as connection:
            data = connection.execute(select(c.data).where(c.id == ident, c.undone.is_(None))).scalar()
            if data is None:
                raise KeyError(ident)
            connection.execute(update(tables.corrections).where(c.id == ident).values(undone=at, undone_by=author))
            return _decode_correction(data)

    def keep_tables(self, kept: Mapping[str, Kept]) -> None:
        """Remember the user's own tables, so that the next reading uses them too."""
        if not kept:
            return
        with self._change() as connection:
            for name, table in kept.items():
                _upsert(connection, tables.knowledge, name=name, origin=table.name, text=table.text)

    def set_aside(self, rejects: Iterable[Reject]) -> None:
        """Keep what could not be taken, with its reason."""
        with self._change() as connection:
            _set_aside(connection, rejects)


def _reading(data: bytes) -> Reading:
    """A stored reading. Raises NewerDossier when the records have changed since another version wrote it."""
    try:
        return _decode_reading(data)
    except msgspec.MsgspecError as err:
        raise NewerDossier(
            f"a reading in the dossier was written by another version of Dragoman ({err}); read its reports again into "
            "a new file"
        ) from None


def _report(connection: Connection, ident: str) -> Report | None:
    data = connection.execute(select(tables.reports.c.data).where(tables.reports.c.id == ident)).scalar()
    return None if data is None else _decode_report(data)


def _set_aside(connection: Connection, rejects: Iterable[Reject]) -> None:
    for reject in rejects:
        _upsert(
            connection,
            tables.rejects,
            report=reject.report,
            stage=reject.stage,
            reason=reject.reason,
            start=f"{reject.span.start:012}" if reject.span else "",
            data=msgspec.json.encode(reject),
        )


def _upsert(connection: Connection, table: Table, **values: object) -> None:
    statement = insert(table).values(**values)
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))
