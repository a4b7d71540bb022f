"""Writing and reading rows: what is put in twice stands there once, on either database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from dragoman.records import Correction, Dossier, Reading, Reject, Report
from dragoman.store import tables
from dragoman.store.errors import NewerDossier

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

decode_report = msgspec.json.Decoder(Report).decode
decode_reject = msgspec.json.Decoder(Reject).decode
decode_correction = msgspec.json.Decoder(Correction).decode
decode_dossier = msgspec.msgpack.Decoder(Dossier).decode
_decode_reading = msgspec.msgpack.Decoder(Reading).decode


def insert_into(connection: Connection, table: Table) -> SqliteInsert | PostgresInsert:
    """An INSERT that can say what is to happen where the row is there."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def upsert(connection: Connection, table: Table, **values: object) -> None:
    """Put a row in, or these values into the row with its key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    statement = insert_into(connection, table).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def decode_reading(data: bytes) -> Reading:
    """A stored reading. Raises NewerDossier when the records have changed since another version wrote it."""
    try:
        return _decode_reading(data)
    except msgspec.MsgspecError as err:
        raise NewerDossier(
            f"a reading in the dossier was written by another version of Dragoman ({err}); read its reports again into "
            "a new dossier"
        ) from None


def report_at(connection: Connection, ident: str) -> Report | None:
    data = connection.execute(select(tables.reports.c.data).where(tables.reports.c.id == ident)).scalar()
    return None if data is None else decode_report(data)


def set_aside(connection: Connection, rejects: Iterable[Reject]) -> None:
    for reject in rejects:
        upsert(
            connection,
            tables.rejects,
            report=reject.report,
            stage=reject.stage,
            reason=reject.reason,
            start=f"{reject.span.start:012}" if reject.span else "",
            data=msgspec.json.encode(reject),
        )
