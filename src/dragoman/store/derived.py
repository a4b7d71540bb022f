"""What reconciling has found, kept as rows beside the readings: the next report loads what it touches, no more.

A dossier is up to date when every report that changed has been reconciled: those that wait stand in `stale`. Rows that
another code or other knowledge made are of no use, and all is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import TextClause, delete, select, text
from sqlalchemy.engine import Connection

from dragoman.reconcile.memory import Change, Kind
from dragoman.reconcile.rows import READING, REPORT
from dragoman.records import Correction
from dragoman.store import rows, tables

MADE = "made by"
CHUNK = 500  # values that one statement asks for
PUT = text("INSERT INTO derived (kind, id, data) VALUES (:kind, :id, :data)"
           " ON CONFLICT (kind, id) DO UPDATE SET data = excluded.data")  # fmt: skip
DROP = text("DELETE FROM derived WHERE kind = :kind AND id = :id")
POST = text("INSERT INTO postings (key, id) VALUES (:key, :id) ON CONFLICT (key, id) DO NOTHING")
UNPOST = text("DELETE FROM postings WHERE key = :key AND id = :id")

AMONG = {"sqlite": "IN (SELECT value FROM json_each(:some))", "postgresql": "= ANY(:some)"}
GIVEN: dict[str, Callable[[list[Any]], object]] = {
    "sqlite": lambda some: msgspec.json.encode(some).decode(),
    "postgresql": lambda some: some,
}

T = TypeVar("T")
Values = dict[str, Any]
_encode = msgspec.msgpack.Encoder().encode


@cache
def _decoder(kind: Kind[Any]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind.type)


@cache
def _statement(words: str) -> TextClause:
    return text(words)


def posted(kind: Kind[Any], key: str) -> int:
    """The number by which a key is looked up: 64 bits, signed."""
    return int.from_bytes(blake2b(f"{kind.name} {key}".encode(), digest_size=8).digest(), "big", signed=True)


class Derived:
    """The rows of a dossier's database, as reconciling asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, kind: Kind[Any], idents: Iterable[str]) -> Iterator[tuple[str, Any]]:
        if kind == REPORT:
            found = self._among("SELECT id, data FROM reports WHERE id {among}", idents)
            yield from ((ident, rows.decode_report(data)) for ident, data in found)
        elif kind == READING:
            found = self._among("SELECT report, data FROM readings WHERE report {among}", idents)
            yield from ((ident, rows.decode_reading(data)) for ident, data in found)
        else:
            decode = _decoder(kind).decode
            found = self._among(
                "SELECT id, data FROM derived WHERE kind = :kind AND id {among}", idents, kind=kind.name
            )
            yield from ((ident, decode(data)) for ident, data in found)

    def every(self, kind: Kind[Any]) -> Iterator[tuple[str, Any]]:
        if kind == REPORT:
            c = tables.reports.c
            yield from ((row.id, rows.decode_report(row.data)) for row in
                        self._connection.execute(select(c.id, c.data)))  # fmt: skip
        elif kind == READING:
            r = tables.readings.c
            yield from ((row.report, rows.decode_reading(row.data)) for row in
                        self._connection.execute(select(r.report, r.data)))  # fmt: skip
        else:
            d, decode = tables.derived.c, _decoder(kind).decode
            yield from ((row.id, decode(row.data)) for row in
                        self._connection.execute(select(d.id, d.data).where(d.kind == kind.name)))  # fmt: skip

    def postings(self, kind: Kind[Any], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        if kind == REPORT:
            yield from self._among("SELECT sha256, id FROM reports WHERE sha256 {among}", keys)
        else:
            number = {posted(kind, key): key for key in keys}
            found = self._among("SELECT key, id FROM postings WHERE key {among}", number)
            yield from ((number[key], ident) for key, ident in found)

    def counts(self, kind: Kind[Any], keys: Iterable[str]) -> Iterator[tuple[str, int]]:
        number = {posted(kind, key): key for key in keys}
        found = self._among("SELECT key, count(*) FROM postings WHERE key {among} GROUP BY key", number)
        yield from ((number[key], n) for key, n in found)

    def _among(self, asked: str, values: Iterable[Any], **more: str) -> Iterator[tuple[Any, Any]]:
        """What is found of those among some values, all of which are one parameter: many cost more than the looking."""
        name = self._connection.dialect.name
        statement, given = _statement(asked.format(among=AMONG[name])), GIVEN[name]
        for some in _chunks(values):
            yield from self._connection.execute(statement, {**more, "some": given(some)}).all()

    # --- keeping it up to date ---

    def made_by(self) -> str | None:
        """The code and knowledge that made the rows; None where there are none."""
        d = tables.derived.c
        found = self._connection.execute(select(d.data).where((d.kind == MADE) & (d.id == MADE))).scalar()
        return None if found is None else bytes(found).decode()

    def stale(self) -> list[str]:
        """The reports that came, or were read or corrected anew, since the rows were made."""
        return list(self._connection.execute(select(tables.stale.c.report).order_by(tables.stale.c.report)).scalars())

    def everything(self) -> list[str]:
        """All reports."""
        return list(self._connection.execute(select(tables.reports.c.id).order_by(tables.reports.c.id)).scalars())

    def forget(self) -> None:
        """Take all rows away."""
        for table in (tables.derived, tables.postings):
            self._connection.execute(delete(table))

    def keep(self, changes: Iterable[Change], *, made_by: str) -> None:
        """Write what changed; nothing is stale after it."""
        gone: list[Values] = []
        put: list[Values] = []
        lost: list[Values] = []
        gained: list[Values] = []
        for change in changes:
            at: Values = {"kind": change.kind.name, "id": change.ident}
            if change.row is None:
                gone.append(at)
            else:
                put.append({**at, "data": _encode(change.row)})
            lost += [{"key": posted(change.kind, key), "id": change.ident} for key in change.lost]
            gained += [{"key": posted(change.kind, key), "id": change.ident} for key in change.gained]
        for statement, values in ((DROP, gone), (PUT, put), (UNPOST, lost), (POST, gained)):
            for some in _chunks(values):
                self._connection.execute(statement, some)
        self._connection.execute(delete(tables.stale))
        rows.upsert(self._connection, tables.derived, kind=MADE, id=MADE, data=made_by.encode())


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    going = iter(values)
    while some := list(islice(going, CHUNK)):
        yield some


def wait(connection: Connection, reports: Iterable[str]) -> None:
    """Note that reports came, or were read or corrected anew."""
    for report in sorted(set(reports)):
        statement = rows.insert_into(connection, tables.stale).values(report=report)
        connection.execute(statement.on_conflict_do_nothing())


def wait_for(connection: Connection, correction: Correction) -> None:
    """Note that the reports that a correction is about are corrected anew."""
    meant = {anchor.sha256 for anchor in (*correction.at, *correction.apart)}
    c = tables.reports.c
    wait(connection, connection.execute(select(c.id).where(c.sha256.in_(meant))).scalars().all())
