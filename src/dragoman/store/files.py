"""Opening the SQLite file of a dossier, and refusing what is none."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from dragoman.store.errors import NewerDossier, NotADossier
from dragoman.store.tables import APPLICATION, SCHEMA, metadata


def connect(path: Path | None, *, writable: bool) -> Engine:
    """An engine over the dossier at `path`, in memory when it is None; a new file gets its tables.

    Raises NotADossier or NewerDossier.
    """
    if path is not None and path.is_dir():
        raise NotADossier(f"{path} is a folder; name the dossier's file, for example {path / 'crisis.db'}")
    new = path is None or not path.exists() or path.stat().st_size == 0
    if new and not writable:
        raise NotADossier(f"there is no dossier at {path}; make one with: dragoman read FILES… -d {path}")
    if path is not None and new and not path.parent.is_dir():
        raise NotADossier(f"there is no folder {path.parent}; make it with: mkdir -p {path.parent}")
    if path is not None and not new:
        inspect(path)

    def dial() -> sqlite3.Connection:
        connection = sqlite3.connect(_uri(path), uri=True, timeout=10, check_same_thread=False)
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
    if writable:
        metadata.create_all(engine)
    return engine


def inspect(path: Path) -> None:
    """Raise NotADossier or NewerDossier unless the file is a dossier that this version reads."""
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


def _uri(path: Path | None) -> str:
    """The file as SQLite's URI; where nothing may be written it is opened as unchanging, or WAL would refuse it."""
    if path is None:
        return "file::memory:"
    whole = quote(str(path.absolute()))
    fixed = path.exists() and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))
    return f"file:{whole}?mode=ro&immutable=1" if fixed else f"file:{whole}"
