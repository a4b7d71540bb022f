"""Places for dossiers on both databases, and what a test does to their rows from outside."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, create_engine, select, text

from dragoman.store import Place, Server
from dragoman.store.tables import SCHEMA

VARIABLE = "DRAGOMAN_TEST_POSTGRES"
BOTH = (
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.skipif(VARIABLE not in os.environ, reason=f"{VARIABLE} names none")),
)


@contextmanager
def place_on(database: str, folder: Path) -> Iterator[Place]:
    """A place where no dossier is yet; what stands there in the end is taken away."""
    if database == "sqlite":
        yield folder / "crisis.db"
        return
    address = os.environ[VARIABLE]
    server = Server.at(f"{address}{'&' if '?' in address else '?'}schema=test_{secrets.token_hex(6)}")
    try:
        yield server
    finally:
        for schema in (server.schema, *(f"{server.schema}_v{n}" for n in range(1, SCHEMA))):
            tamper(server, f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def address_of(place: Place) -> str:
    """As a person would name it."""
    return place.address if isinstance(place, Server) else str(place)


@contextmanager
def raw(place: Place, schema: str | None = None) -> Iterator[Engine]:
    """The database as it lies there, without Dragoman."""

    def dial() -> object:
        if isinstance(place, Path):
            return sqlite3.connect(place)
        import psycopg

        return psycopg.connect(place.conninfo, options=f"-csearch_path={schema or place.schema}")

    engine = create_engine("sqlite://" if isinstance(place, Path) else "postgresql+psycopg://", creator=dial)
    try:
        yield engine
    finally:
        engine.dispose()


def tamper(place: Place, statement: str, **values: object) -> None:
    """Change rows from outside, with no regard to what refers to what."""
    with raw(place) as engine, engine.begin() as connection:
        if isinstance(place, Server):
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement), values)


def value(place: Place, query: str) -> object:
    """The first value that a query gives."""
    with raw(place) as engine, engine.connect() as connection:
        return connection.execute(text(query)).scalar()


def dump(place: Place, schema: str | None = None) -> list[str]:
    """Every row of every table, but for the count of changes."""
    with raw(place, schema) as engine, engine.connect() as connection:
        whole = MetaData()
        whole.reflect(connection)
        return sorted(
            f"{table.name} {row!r}"
            for table in whole.sorted_tables
            for row in connection.execute(select(*(c for c in table.columns if c.name != "changes")))
        )
