"""The databases that can hold a dossier, and the little in which they differ."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from dragoman.store.places import Place


class Database(Protocol):
    """An open database with the tables of a dossier; one that is open for writing keeps other writers out.

    What it cannot do comes out of its engine as DossierError.
    """

    @property
    def engine(self) -> Engine: ...

    @property
    def largest(self) -> int:
        """Bytes that it keeps in one value."""

    def hold(self, connection: Connection) -> None:
        """Let all that this connection reads from now on come from one state."""

    def changed(self, connection: Connection) -> None:
        """Note, in the same transaction, that what the dossier says has changed."""

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong."""

    def close(self) -> None: ...


def database_at(place: Place | None, *, writable: bool) -> Database:
    """The database at a place, in memory when it is None; a new one gets its tables. Raises DossierError."""
    if place is None or isinstance(place, Path):
        from dragoman.store.databases.sqlite import Sqlite

        return Sqlite(place, writable=writable)
    from dragoman.store.databases.postgres import Postgres

    return Postgres(place, writable=writable)


def state_of(place: Place) -> tuple[tuple[int, int], ...]:
    """Numbers that are others whenever the dossier at a place has changed. Raises DossierError."""
    if isinstance(place, Path):
        from dragoman.store.databases.sqlite import state

        return state(place)
    from dragoman.store.databases.postgres import Postgres

    database = Postgres(place, writable=False)
    try:
        return database.state()
    finally:
        database.close()
