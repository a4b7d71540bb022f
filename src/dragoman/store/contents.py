"""What a dossier holds, as it can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import Column, select
from sqlalchemy.engine import Connection

from dragoman.knowledge.sought import Term
from dragoman.knowledge.tables import Kept
from dragoman.records import Correction, Dossier, Reading, Reject, Report
from dragoman.store import claims, rows, tables
from dragoman.store.databases import Database

RANK = (None, "file", "option", "dateline", "mail", "feed", "column", "page", "front matter", "table")  # of what says
# when a report was published, the worst first


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """A correction that is no longer in force, with who took it back and when."""

    correction: Correction
    author: str
    at: str  # ISO time, UTC


class Contents:
    """The rows of a dossier, as records."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: Connection | None = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is asked within comes from one state of the dossier, whatever is written beside it."""
        with self._database.engine.connect() as connection:
            self._database.hold(connection)
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        if self._held is not None:
            yield self._held
        else:
            with self._database.engine.connect() as connection:
                yield connection

    def reports(self) -> tuple[Report, ...]:
        """All reports, by id."""
        with self._looking() as connection:
            found = connection.execute(select(tables.reports.c.data).order_by(tables.reports.c.id))
            return tuple(rows.decode_report(row.data) for row in found)

    def days(self) -> tuple[str | None, ...]:
        """The day of publication of each report."""
        with self._looking() as connection:
            return tuple(connection.execute(select(tables.reports.c.published)).scalars())

    def report(self, ident: str) -> Report | None:
        with self._looking() as connection:
            return rows.report_at(connection, ident)

    def has(self, report: Report, version: str) -> bool:
        """Whether this very report, dates included, was read by this version."""
        where = tables.readings.c.report == report.id
        with self._looking() as connection:
            found = connection.execute(select(tables.readings.c.version).where(where)).scalar()
            return found == version and rows.report_at(connection, report.id) == report

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

    def readings(self) -> tuple[Reading, ...]:
        """The reading of every report, by the report's id."""
        with self._looking() as connection:
            found = connection.execute(select(tables.readings.c.data).order_by(tables.readings.c.report))
            return tuple(rows.decode_reading(row.data) for row in found)

    def claims_with(self, term: Term) -> frozenset[str]:
        """The ids of the claims in which a term stands."""
        with self._looking() as connection:
            return claims.found(connection, term)

    def models(self) -> tuple[str, ...]:
        """The reading models that read its reports: one, unless a newer Dragoman went on with an older dossier."""
        return self._distinct(tables.readings.c.model)

    def ontologies(self) -> tuple[str, ...]:
        """The ontologies by which its reports were read."""
        return self._distinct(tables.readings.c.ontology)

    def _distinct(self, column: Column[str]) -> tuple[str, ...]:
        with self._looking() as connection:
            return tuple(connection.execute(select(column).distinct().order_by(column)).scalars())

    def rejects(self) -> tuple[Reject, ...]:
        """What collecting set aside; the rejects of understanding stand in the readings."""
        c = tables.rejects.c
        with self._looking() as connection:
            found = connection.execute(select(c.data).order_by(c.report, c.stage, c.reason, c.start))
            return tuple(rows.decode_reject(row.data) for row in found)

    def corrections(self) -> tuple[Correction, ...]:
        """The corrections in force, oldest first."""
        c = tables.corrections.c
        with self._looking() as connection:
            found = connection.execute(select(c.data).where(c.undone.is_(None)).order_by(c.made, c.id))
            return tuple(rows.decode_correction(row.data) for row in found)

    def undone(self) -> tuple[Undone, ...]:
        """The corrections that were taken back, the first taken back first."""
        c = tables.corrections.c
        asked = select(c.data, c.undone_by, c.undone).where(c.undone.is_not(None)).order_by(c.undone, c.id)
        with self._looking() as connection:
            return tuple(
                Undone(correction=rows.decode_correction(row.data), author=row.undone_by, at=row.undone)
                for row in connection.execute(asked)
            )

    def tables(self) -> dict[str, Kept]:
        """The user's own tables that its reports were read with, by name: `ontology`, `actors`, `places`."""
        with self._looking() as connection:
            found = connection.execute(select(tables.knowledge).order_by(tables.knowledge.c.name))
            return {row.name: Kept(row.origin, row.text) for row in found}

    def assembled(self, key: str) -> Dossier | None:
        """The dossier as it was assembled last, None when something changed since or another `key` assembled it."""
        with self._looking() as connection:
            data = connection.execute(select(tables.assembled.c.data).where(tables.assembled.c.key == key)).scalar()
        try:
            return None if data is None else rows.decode_dossier(data)
        except msgspec.MsgspecError:
            return None
