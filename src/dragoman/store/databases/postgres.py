"""A dossier on a PostgreSQL server: a schema of its own, with one writer at a time and readers beside it.

The lock is the server's, on the one connection that writes: it is gone when the writer is, and a connection that is
made anew takes it anew. Every transaction reads one state of the dossier (repeatable read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    func,
    inspect,
    literal_column,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from dragoman.store import claims
from dragoman.store.databases import refusals
from dragoman.store.errors import BusyDossier, DossierError, MissingDossier, NewerDossier, NotADossier
from dragoman.store.places import Server
from dragoman.store.tables import APPLICATION, SCHEMA, metadata

if TYPE_CHECKING:
    import psycopg

SETTINGS: dict[str, Any] = {
    "application_name": "dragoman",
    "client_encoding": "utf8",
    "connect_timeout": 10,
    "keepalives_idle": 30,  # of a server that vanished without a word a command knows after a minute
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

# which schema is a dossier, of which version; `changes` counts those that show
made = Table(
    "dossier",
    MetaData(),
    Column("application", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("changes", BigInteger, nullable=False, default=0),
)


class Postgres:
    """The database in a schema of a server, which is made where it is missing and may be written.

    One that an older Dragoman wrote is brought up to date when it is opened for writing, in one transaction that first
    copies its tables into a schema beside it (`dragoman` → `dragoman_v1`); readers find the tables that it lacks empty.
    """

    largest = 400_000_000  # a value of a gigabyte, which travels as twice as many digits

    def __init__(self, server: Server, *, writable: bool) -> None:
        self._server = server
        self._writable = writable
        self._older = False
        self._settings = SETTINGS | refusals.understood(server)
        self.engine = create_engine("postgresql+psycopg://", creator=self._dial, poolclass=StaticPool)
        event.listen(self.engine, "handle_error", lambda context: refusals.refusal(server, context))
        try:
            with self.engine.begin() as connection:
                version = self._version(connection)
                if writable:
                    self._prepare(connection, version)
            if not writable and version is not None and version < SCHEMA:
                self._fill()
        except BaseException:
            self.close()
            raise

    def hold(self, connection: Connection) -> None:
        """Nothing is to be done: every transaction reads one state."""

    def changed(self, connection: Connection) -> None:
        connection.execute(update(made).values(changes=made.c.changes + 1))

    def state(self) -> tuple[tuple[int, int], ...]:
        """The number of changes to this very dossier; that of one made in its place is another's."""
        with self.engine.connect() as connection:
            table, changes = connection.execute(select(literal_column("tableoid"), made.c.changes)).one()
        return ((int(table), int(changes)),)

    def damage(self) -> tuple[str, ...]:
        """Keys that are gone, as after half a restore; the server finds broken pages when they are read."""
        found = []
        with self.engine.connect() as connection:
            seen = inspect(connection)
            for table in metadata.sorted_tables:
                wanted = {column.name for column in table.primary_key}
                if set(seen.get_pk_constraint(table.name)["constrained_columns"]) != wanted:
                    found.append(f"the table {table.name} has lost its key")
                if table.foreign_keys and not seen.get_foreign_keys(table.name):
                    found.append(f"the table {table.name} has lost its reference to another")
        return tuple(found)

    def close(self) -> None:
        self.engine.dispose()

    def _dial(self) -> psycopg.Connection[Any]:
        """A connection to the schema; one for writing has the lock. Raises UnreachableDossier or BusyDossier."""
        import psycopg
        from psycopg import IsolationLevel, sql

        try:
            connection = psycopg.connect(**self._settings, autocommit=True)
        except psycopg.Error as err:
            raise refusals.unreachable(self._server, err) from None
        path = [sql.Identifier(self._server.schema)]
        if self._older:
            path.insert(0, sql.Identifier("pg_temp"))
        try:
            connection.execute(sql.SQL("SET search_path TO {}").format(sql.SQL(", ").join(path)))
            if self._writable:
                connection.execute(
                    "SELECT set_config('synchronous_commit', 'on', false)"
                    " WHERE current_setting('synchronous_commit') = 'off'"
                )
                self._lock(connection)
        except psycopg.Error as err:
            connection.close()
            raise refusals.unreachable(self._server, err) from None
        except BusyDossier:
            connection.close()
            raise
        connection.autocommit = False
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = not self._writable and not self._older
        return connection

    def _lock(self, connection: psycopg.Connection[Any]) -> None:
        key = (APPLICATION, self._server.schema)
        taken = connection.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key).fetchone()
        if taken == (True,):
            return
        who = connection.execute(
            "SELECT usename, to_char(backend_start AT TIME ZONE 'UTC', 'HH24:MI') FROM pg_stat_activity"
            " JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = %s"
            " AND objid = hashtext(%s)::bigint & 4294967295 AND datname = current_database()",
            key,
        ).fetchone()
        by = f" ({who[0]}, since {who[1]} UTC)" if who else ""
        raise BusyDossier(
            f"another command is writing to {self._server}{by}; wait until it is done, or read into another dossier"
        )

    def _version(self, connection: Connection) -> int | None:
        """The version of the tables, None where there are none yet. Raises NotADossier or NewerDossier."""
        schema = self._server.schema
        present = set(inspect(connection).get_table_names(schema))
        if present and not connection.execute(select(func.has_schema_privilege(schema, "USAGE"))).scalar():
            raise DossierError(
                f"{self._server} does not let this user look into it; ask its owner for: GRANT USAGE ON SCHEMA {schema}"
            )
        if not present and not self._writable:
            raise MissingDossier(
                f"there is no dossier at {self._server}; make one with: dragoman read FILES… -d '{self._server}'"
            )
        if not present:
            return None
        row = connection.execute(select(made)).one_or_none() if made.name in present else None
        if row is None or row.application != APPLICATION:
            raise NotADossier(
                f"the schema {schema} of {self._server} holds tables of another program; name another schema with"
                " ?schema=NAME"
            )
        if row.version > SCHEMA:
            raise NewerDossier(
                f"{self._server} was made by a newer Dragoman (its tables are version {row.version}, this one reads"
                f" {SCHEMA}); update with: pip install -U dragoman"
            )
        return int(row.version)

    def _prepare(self, connection: Connection, version: int | None) -> None:
        """Make what is missing; an older dossier is copied into a schema beside it first."""
        if version is None:
            self._make_room(connection)
        elif version < SCHEMA:
            self._copy_beside(connection, f"{self._server.schema}_v{version}")
        metadata.create_all(connection)
        if version is None:
            made.create(connection)
            connection.execute(made.insert().values(application=APPLICATION, version=SCHEMA))
        elif version < SCHEMA:
            claims.note_all(connection)
            connection.execute(update(made).values(version=SCHEMA))

    def _make_room(self, connection: Connection) -> None:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise NotADossier(
                f"the database of {self._server} cannot hold every script (its encoding is {encoding}); make one that"
                " can with: createdb -E UTF8 -T template0 NAME"
            )
        if not inspect(connection).has_schema(self._server.schema):
            connection.exec_driver_sql(f'CREATE SCHEMA "{self._server.schema}"')

    def _copy_beside(self, connection: Connection, beside: str) -> None:
        if inspect(connection).has_schema(beside):
            raise NotADossier(
                f"{self._server} was made by an older Dragoman, and the schema {beside}, where a copy of it would go"
                f" before it is changed, is taken; rename it with: ALTER SCHEMA {beside} RENAME TO NAME"
            )
        connection.exec_driver_sql(f'CREATE SCHEMA "{beside}"')
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'CREATE TABLE "{beside}"."{name}" AS TABLE "{self._server.schema}"."{name}"')

    def _fill(self) -> None:
        """Tables that an older dossier lacks, empty and for this connection only."""
        self._older = True
        self.engine.dispose()  # the next connection looks among its own tables first
        metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            claims.note_all(connection)
