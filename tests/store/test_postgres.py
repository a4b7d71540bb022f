"""What only a dossier on a server can meet: its users, its wire, its other tables, a crowd of readers."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from places import VARIABLE, dump, place_on, raw, tamper, value
from sqlalchemy import text
from stand_in import StandIn
from store.test_store import correction, report

from dragoman.knowledge import Knowledge
from dragoman.store import (
    BusyDossier,
    DossierError,
    MissingDossier,
    NotADossier,
    Server,
    Store,
    UnreachableDossier,
    assemble,
    ingest,
    state_of,
)
from dragoman.store.check import check
from dragoman.tell.export import to_json

pytestmark = pytest.mark.skipif(VARIABLE not in os.environ, reason=f"{VARIABLE} names none")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with place_on("postgresql", tmp_path) as found:
        assert isinstance(found, Server)
        yield found


def filled(server: Server, *names: str) -> None:
    with Store.open(server, writable=True) as store:
        for name in names or ("a",):
            ingest(store, report(name, name * 9), reader=StandIn(), knowledge=Knowledge())


def beside(server: Server, statement: str) -> None:
    """Run what cannot run in a transaction's wake, as a keeper of the server would."""
    with raw(server) as engine, engine.connect() as connection:
        connection.execute(text(statement))
        connection.commit()


def test_the_same_reports_give_the_same_bytes_as_a_file_does(server: Server, tmp_path: Path) -> None:
    made = []
    for place in (tmp_path / "crisis.db", server):
        with Store.open(place, writable=True) as store:
            for name in ("b", "Ä", "a", "B", "_"):
                ingest(store, report(name, name * 9), reader=StandIn(), knowledge=Knowledge())
            store.correct(correction())
            made.append(to_json(assemble(store, Knowledge())))
        with Store.open(place) as store:
            made.append(to_json(assemble(store, Knowledge())))
    assert len(set(made)) == 1


def test_text_is_sorted_by_code_point_whatever_the_servers_language(server: Server) -> None:
    filled(server)
    query = (
        "SELECT count(*) FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid JOIN pg_collation c ON"
        f" attcollation = c.oid WHERE relnamespace = '{server.schema}'::regnamespace AND relkind = 'r' AND attnum > 0"
    )
    assert value(server, query) == value(server, f"{query} AND collname = 'C'")
    assert int(str(value(server, query))) > 10


def test_text_with_nul_can_be_kept(server: Server) -> None:
    from dragoman.records import Reject

    with Store.open(server, writable=True) as store:
        store.set_aside([Reject(report="a\0b.csv#1", span=None, stage="collect", reason="odd \0 sign")])
        assert store.rejects()[0].reason == "odd \0 sign"


def test_several_dossiers_in_one_database_know_nothing_of_each_other(server: Server, tmp_path: Path) -> None:
    filled(server)
    with place_on("postgresql", tmp_path) as other, Store.open(server, writable=True):
        with pytest.raises(MissingDossier, match=r"dragoman read FILES… -d 'postgresql://"):
            Store.open(other)
        with Store.open(other, writable=True) as store:
            assert store.reports() == ()


def test_tables_of_another_program_are_left_alone(server: Server) -> None:
    for schema in (f'CREATE SCHEMA "{server.schema}"', f'CREATE TABLE "{server.schema}".reports (theirs text)'):
        beside(server, schema)
    before = dump(server)
    for writable in (False, True):
        with pytest.raises(NotADossier, match=r"tables of another program.*\?schema=NAME"):
            Store.open(server, writable=writable)
    assert dump(server) == before
    assert value(server, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'reports'") == 1


def older(server: Server) -> None:
    """A dossier as a version 1 would have been."""
    filled(server)
    for table in ("claims", "corrections", "knowledge", "assembled"):
        tamper(server, f"DROP TABLE {table}")
    tamper(server, "UPDATE dossier SET version = 1")


def test_an_older_dossier_is_shown_as_it_is_and_changed_only_after_a_copy(server: Server) -> None:
    older(server)
    before = dump(server)
    with Store.open(server) as store:
        assert (len(store.reports()), store.corrections()) == (1, ())
    assert dump(server) == before
    with Store.open(server, writable=True) as store:
        store.correct(correction())
    assert dump(server, f"{server.schema}_v1") == before
    with Store.open(server) as store:
        assert (len(store.reports()), len(store.corrections())) == (1, 1)


def test_without_room_for_a_copy_an_older_dossier_is_left_alone(server: Server) -> None:
    older(server)
    beside(server, f"CREATE SCHEMA {server.schema}_v1")
    before = dump(server)
    with pytest.raises(NotADossier, match="is taken; rename it with: ALTER SCHEMA"):
        Store.open(server, writable=True)
    assert dump(server) == before


@pytest.mark.parametrize(
    ("table", "constraint", "said"),
    [
        ("readings", "readings_report_fkey", "the table readings has lost its reference to another"),
        ("corrections", "corrections_pkey", "the table corrections has lost its key"),
    ],
)
def test_half_a_restore_is_found(server: Server, table: str, constraint: str, said: str) -> None:
    filled(server)
    tamper(server, f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    with Store.open(server) as store:
        assert [fault.wrong for fault in check(store)] == [said]


def test_a_second_writer_is_told_who_writes(server: Server) -> None:
    with Store.open(server, writable=True), pytest.raises(BusyDossier, match=r"\(\w+, since \d\d:\d\d UTC\); wait"):
        Store.open(server, writable=True)
    Store.open(server, writable=True).close()


def test_every_change_that_shows_changes_the_state(server: Server) -> None:
    filled(server)
    seen = [state_of(server)]
    for change in (
        lambda store: store.correct(correction()),
        lambda store: store.undo("k-1", author="Bo", at="2031"),
        lambda store: ingest(store, report("b", "Oster"), reader=StandIn(), knowledge=Knowledge()),
    ):
        with Store.open(server, writable=True) as store:
            change(store)
        seen.append(state_of(server))
    assert len(set(seen)) == 4
    filled(server)
    assert state_of(server) == seen[-1]


def test_readers_beside_a_writer_see_whole_states(server: Server) -> None:
    """Each state has a reading for every report, and no reader ever goes back in time."""
    names = [f"r{n}" for n in range(40)]
    Store.open(server, writable=True).close()
    done, wrong, looks = threading.Event(), [], []

    def look() -> None:
        last = 0
        while not done.is_set():
            with Store.open(server) as store:
                with store.snapshot():
                    reports = {r.id for r in store.reports()}
                    readings = {r.report for r in store.readings()}
                whole = len(assemble(store, Knowledge()).reports)
            if reports != readings or not last <= len(reports) <= whole:
                wrong.append((last, len(reports), len(readings), whole))
            last = whole
            looks.append(last)

    readers = [threading.Thread(target=look) for _ in range(4)]
    for reader in readers:
        reader.start()
    filled(server, *names)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(set(looks)) > 3  # they did look while it was written


def test_a_connection_that_is_cut_names_the_server_and_costs_only_what_was_not_kept(server: Server) -> None:
    with Store.open(server, writable=True) as store:
        ingest(store, report("a"), reader=StandIn(), knowledge=Knowledge())
        cut(server)
        with pytest.raises(UnreachableDossier, match=r"went away.*goes on from there") as told:
            ingest(store, report("b", "Oster"), reader=StandIn(), knowledge=Knowledge())
        assert str(server) in str(told.value)
        assert ingest(store, report("b", "Oster"), reader=StandIn(), knowledge=Knowledge()) == "read"
        with pytest.raises(BusyDossier):  # the new connection has the lock as the old one had
            Store.open(server, writable=True)
    with Store.open(server) as store:
        assert len(store.reports()) == len(store.readings()) == 2


def cut(server: Server) -> None:
    """End all other connections that hold this dossier's lock."""
    tamper(
        server,
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        " AND objid = hashtext(:schema)::bigint & 4294967295",
        schema=server.schema,
    )


def test_a_read_that_loses_its_server_goes_on_where_it_was(server: Server, folder: Path) -> None:
    from cli.test_process import program

    text = (folder / "dawn.txt").read_text(encoding="utf-8")
    for number in range(10):
        (folder / f"more{number}.txt").write_text(text.replace("Karsh", f"Karsh{number}"), encoding="utf-8")
    command = ["read", str(folder), "-d", server.address, "--format", "json"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*program(0.2), *command], **pipes) as process:  # type: ignore[call-overload]
        for _ in range(4):
            assert process.stderr.readline() == b"reading\n"
        cut(server)
        said = process.stderr.read().decode()
        status = process.wait()
    assert status == 1
    assert f"{server} went away" in said
    assert "the same command goes on" in said
    assert "Traceback" not in said
    kept = int(str(value(server, "SELECT count(*) FROM reports")))
    assert kept in (3, 4)
    assert value(server, "SELECT count(*) FROM readings") == kept
    assert value(server, "SELECT count(*) FROM rejects") == 0
    again = subprocess.run([*program(), *command], capture_output=True, check=True)
    whole = subprocess.run([*program(), "read", str(folder), "--format", "json"], capture_output=True, check=True)
    assert again.stderr.count(b"reading\n") == 12 - kept
    assert again.stdout == whole.stdout


@contextmanager
def viewer(server: Server) -> Iterator[Server]:
    """The dossier as a user sees it who may only read it."""
    name = f"{server.schema}_viewer"
    beside(server, f"CREATE ROLE {name} LOGIN")
    beside(server, f"GRANT USAGE ON SCHEMA {server.schema} TO {name}")
    beside(server, f"GRANT SELECT ON ALL TABLES IN SCHEMA {server.schema} TO {name}")
    rest = server.address.rpartition("@")[2]
    try:
        yield Server.at(f"postgresql://{name}@{rest}")
    finally:
        beside(server, f"DROP OWNED BY {name}")
        beside(server, f"DROP ROLE {name}")


def test_a_user_who_may_only_read_can_look_and_is_told_what_he_may_not(server: Server) -> None:
    filled(server)
    with viewer(server) as seen:
        with Store.open(seen) as store:
            assert len(assemble(store, Knowledge()).reports) == 1
        assert state_of(seen) == state_of(server)
        with Store.open(seen, writable=True) as store, pytest.raises(DossierError, match=r"permission denied.*GRANT"):
            store.correct(correction())
        beside(server, f"REVOKE USAGE ON SCHEMA {server.schema} FROM {server.schema}_viewer")
        with pytest.raises(DossierError, match=r"GRANT USAGE ON SCHEMA"):
            Store.open(seen)


def swapped(server: Server, **parts: str) -> Server:
    """The server with another part of its address."""
    from psycopg.conninfo import conninfo_to_dict

    given = {"user": "postgres", "host": "127.0.0.1", "port": "5432", **conninfo_to_dict(server.conninfo), **parts}
    return Server.at("postgresql://{user}:geheim@{host}:{port}/{dbname}".format(**given))


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("port", "1", "pg_isready -h"),
        ("host", "nowhere.invalid", "pg_isready -h nowhere.invalid"),
        ("dbname", "no_such_database", "createdb -h .* no_such_database"),
        ("user", "no_such_user", "createuser"),
    ],
)
def test_a_wrong_address_says_what_is_wrong_and_no_password(server: Server, part: str, value: str, said: str) -> None:
    with pytest.raises(UnreachableDossier, match=said) as told:
        Store.open(swapped(server, **{part: value}))
    assert "geheim" not in str(told.value)
    assert told.value.__cause__ is None


class Refusing(socketserver.BaseRequestHandler):
    """A server that asks for a password and takes none."""

    def handle(self) -> None:
        asked = self.request.recv(4096)
        if asked[4:8] == b"\x04\xd2\x16/":  # for TLS
            self.request.sendall(b"N")
            self.request.recv(4096)
        self.request.sendall(b"R\0\0\0\x08\0\0\0\x03")
        self.request.recv(4096)
        fields = b'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "ada"\0\0'
        self.request.sendall(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)


def test_a_wrong_password_is_said_and_not_shown() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Refusing) as refusing:
        threading.Thread(target=refusing.serve_forever, daemon=True).start()
        port = refusing.server_address[1]
        with pytest.raises(UnreachableDossier, match=r"ada:\*\*\*@.*password authentication failed.*\.pgpass") as told:
            Store.open(Server.at(f"postgresql://ada:geheim@127.0.0.1:{port}/crises?gssencmode=disable"))
        refusing.shutdown()
    assert "geheim" not in str(told.value)


def test_without_psycopg_the_package_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UnreachableDossier, match=r"psycopg.*pip install 'dragoman\[postgres\]'"):
        Store.open(server)
