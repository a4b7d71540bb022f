"""Opening the SQLite file of a dossier, and refusing what is none."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from dragoman.store.errors import NewerDossier, NotADossier
from dragoman.store.tables import APPLICATION, SCHEMA, metadata


def connect(path: Path | None, *, writable: bool) -> Engine:
    """An engine over the dossier at `path`, in memory when it is None; a new file gets its tables.

    One that an older Dragoman wrote is brought up to date: the file itself, after a copy of it was put beside it, when
    it is opened for writing, else a copy in memory. Raises NotADossier or NewerDossier.
    """
    if path is not None and path.is_dir():
        raise NotADossier(f"{path} is a folder; name the dossier's file, for example {path / 'crisis.db'}")
    new = path is None or not path.exists() or path.stat().st_size == 0
    if new and not writable:
        raise NotADossier(f"there is no dossier at {path}; make one with: dragoman read FILES… -d {path}")
    if path is not None and new and not path.parent.is_dir():
        raise NotADossier(f"there is no folder {path.parent}; make it with: mkdir -p {path.parent}")
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

    engine = create_engine("sqlite://", creator=dial, poolclass=StaticPool)
    if writable or old:
        metadata.create_all(engine)
        with engine.begin() as begun:
            begun.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    return engine


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
            damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    except PermissionError as err:
        raise NotADossier(f"{path} may not be read: {err.strerror}") from None
    except sqlite3.DatabaseError as err:
        raise NotADossier(
            f"{path} is no dossier, or is damaged ({err}); restore it from a copy, or read the reports into a new file"
        ) from None
    if application != APPLICATION:
        raise NotADossier(f"{path} is an SQLite file, but no dossier; name another file after -d")
    if schema > SCHEMA:
        raise NewerDossier(
            f"{path} was made by a newer Dragoman (its tables are version {schema}, this one reads {SCHEMA}); "
            "update with: pip install -U dragoman"
        )
    if damage != "ok":
        raise NotADossier(
            f"{path} is damaged ({damage.splitlines()[0]}); restore it from a copy, or read the reports into a new file"
        )
    return int(schema)


def _uri(path: Path | None) -> str:
    """The file as SQLite's URI; where nothing may be written it is opened as unchanging, or WAL would refuse it."""
    if path is None:
        return "file::memory:"
    whole = quote(str(path.absolute()))
    fixed = path.exists() and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))
    return f"file:{whole}?mode=ro&immutable=1" if fixed else f"file:{whole}"
