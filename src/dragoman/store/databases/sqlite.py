"""A dossier in one SQLite file, or in memory; what is no dossier is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import StaticPool

from dragoman.store import claims
from dragoman.store.databases.lock import WriteLock
from dragoman.store.errors import (
    BusyDossier,
    DossierError,
    FullDossier,
    MissingDossier,
    NewerDossier,
    NotADossier,
)
from dragoman.store.tables import APPLICATION, SCHEMA, metadata

TABLE = "claim_words USING fts5(words, content='claims', content_rowid='n', tokenize='ascii')"
CAME = "INSERT INTO claim_words(rowid, words) VALUES (new.n, new.words)"
WENT = "INSERT INTO claim_words(claim_words, rowid, words) VALUES ('delete', old.n, old.words)"
INDEX = (  # of the words of claims
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE}",
    f"CREATE TRIGGER IF NOT EXISTS claims_came AFTER INSERT ON claims BEGIN {CAME}; END",
    f"CREATE TRIGGER IF NOT EXISTS claims_went AFTER DELETE ON claims BEGIN {WENT}; END",
)
ROOM = 100_000  # bytes: what a change takes at the least


REMEDY = "restore it from a copy, or read the reports into a new file"
SMALL = 30_000_000  # bytes up to which a file is looked through whenever it is opened; a larger one by `dragoman check`


class Sqlite:
    """The database in a file, which is made where it is missing and may be written.

    One that an older Dragoman wrote is brought up to date: the file itself, after a copy of it was put beside it, when
    it is opened for writing, else a copy in memory.
    """

    largest = 900_000_000

    def __init__(self, path: Path | None, *, writable: bool) -> None:
        self._path = path
        new = _missing(path, writable=writable)
        old = path is not None and not new and inspect(path) < SCHEMA
        if old and writable and path is not None:
            copy_beside(path)

        def dial() -> sqlite3.Connection:
            connection = sqlite3.connect(_uri(path), uri=True, timeout=10, check_same_thread=False)
            if old and not writable:
                connection = _in_memory(connection)
            if new:  # first of all, and in one write: a file that a kill leaves behind is still known as a dossier
                connection.executescript(
                    f"BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA}; COMMIT"
                )
            if writable:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            return connection

        self.engine = create_engine("sqlite://", creator=dial, poolclass=StaticPool)
        event.listen(self.engine, "handle_error", self._refusal)
        if writable or old:
            metadata.create_all(self.engine)
            with self.engine.begin() as begun:
                for statement in INDEX:
                    begun.exec_driver_sql(statement)
                if old:
                    claims.note_all(begun)
                begun.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        try:
            self._lock = WriteLock(path) if writable and path is not None else None
        except DossierError:
            self.engine.dispose()
            raise

    def hold(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    def changed(self, connection: Connection) -> None:
        """Nothing is to be done: the file's own time tells."""

    def damage(self) -> tuple[str, ...]:
        with self.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        lost = [f"a row of {row[0]} refers to one of {row[2]} that is not there" for row in keys]
        return (*(str(line) for line in pages if line != "ok"), *lost)

    def close(self) -> None:
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _refusal(self, context: ExceptionContext) -> DossierError | None:
        """What is wrong with the file, in words; None for what is wrong with the program."""
        error = context.original_exception
        if isinstance(error, sqlite3.OperationalError):
            return refusal(self._path, error)
        if type(error) is sqlite3.DatabaseError:  # its subclasses are the program's faults
            return NotADossier(f"{self._path} is damaged ({error}); {REMEDY}")
        return None


def refusal(path: Path | None, error: sqlite3.OperationalError) -> DossierError:
    """What keeps SQLite from working, and the next step."""
    name = getattr(error, "sqlite_errorname", "")  # missing where Python itself found it out
    if name.startswith("SQLITE_READONLY"):
        return DossierError(f"{path} may not be written; see whose it is with: ls -l {path}, or work on a copy")
    if "fts5" in str(error):
        return DossierError("the SQLite of this Python cannot search texts (FTS5); take a Python from python.org")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyDossier(f"another program is busy with {path}; give the same command again when it is done")
    if path is not None and (name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and no_room(path))):
        return FullDossier(
            f"the disk of {path} is full; make room (df -h {path.absolute().parent} shows how much there is) and give"
            " the same command again: it goes on from what was kept"
        )
    return DossierError(f"{path} cannot be used ({error}); see that its disk is there and sound: dragoman check {path}")


def no_room(path: Path) -> bool:
    """Whether the disk of a file is as good as full: SQLite calls some of that an input/output error."""
    return shutil.disk_usage(path.absolute().parent).free < ROOM


def state(path: Path) -> tuple[tuple[int, int], ...]:
    """Times and sizes of the file and of its write-ahead log; an empty log is none."""
    found = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        try:
            told = each.stat()
        except FileNotFoundError:
            continue
        if told.st_size:
            found.append((told.st_mtime_ns, told.st_size))
    return tuple(found)


def _missing(path: Path | None, *, writable: bool) -> bool:
    """Whether a file is to be made first. Raises NotADossier where it is not."""
    if path is None:
        return True
    if path.is_dir():
        raise NotADossier(f"{path} is a folder; name the dossier's file, for example {path / 'crisis.db'}")
    new = not path.exists() or path.stat().st_size == 0
    if new and not writable:
        raise MissingDossier(f"there is no dossier at {path}; make one with: dragoman read FILES… -d {path}")
    if new and not path.parent.is_dir():
        raise NotADossier(f"there is no folder {path.parent}; make it with: mkdir -p {path.parent}")
    return new


def copy_beside(path: Path) -> Path:
    """A copy of a dossier of an older version, made before it is changed: `crisis.db` → `crisis.db.v1`."""
    with closing(sqlite3.connect(_uri(path), uri=True, timeout=10)) as source:
        version = source.execute("PRAGMA user_version").fetchone()[0]
        beside = path.with_name(f"{path.name}.v{version}")
        part = path.with_name(f"{beside.name}.part")
        try:
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)
            part.replace(beside)
        except (OSError, sqlite3.Error) as err:
            part.unlink(missing_ok=True)
            raise NotADossier(
                f"{path} was made by an older Dragoman, and no copy of it can be made before it is changed ({err});"
                " make room in its folder"
            ) from None
    return beside


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.backup(copy)
    connection.close()
    return copy


def inspect(path: Path) -> int:
    """The version of a dossier's tables. Raises NotADossier or NewerDossier where this version cannot read it."""
    try:
        connection = sqlite3.connect(_uri(path), uri=True, timeout=10)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
            small = path.stat().st_size <= SMALL
            damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0] if small else "ok"
        finally:
            connection.close()
    except PermissionError as err:
        raise NotADossier(f"{path} may not be read: {err.strerror}") from None
    except sqlite3.DatabaseError as err:
        raise NotADossier(f"{path} is no dossier, or is damaged ({err}); {REMEDY}") from None
    if application != APPLICATION:
        raise NotADossier(f"{path} is an SQLite file, but no dossier; name another file after -d")
    if schema > SCHEMA:
        raise NewerDossier(
            f"{path} was made by a newer Dragoman (its tables are version {schema}, this one reads {SCHEMA}); "
            "update with: pip install -U dragoman"
        )
    if damage != "ok":
        raise NotADossier(f"{path} is damaged ({damage.splitlines()[0]}); {REMEDY}")
    return int(schema)


def _uri(path: Path | None) -> str:
    """The file as SQLite's URI; where nothing may be written it is opened as unchanging, or WAL would refuse it."""
    if path is None:
        return "file::memory:"
    whole = quote(str(path.absolute()))
    fixed = path.exists() and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))
    return f"file:{whole}?mode=ro&immutable=1" if fixed else f"file:{whole}"
