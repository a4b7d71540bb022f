"""What only a dossier in a file can meet: damage, other programs' files, no room, nothing that may be written."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from places import dump
from stand_in import StandIn
from store.test_store import correction, report

from dragoman.knowledge import Knowledge
from dragoman.store import MissingDossier, NotADossier, Store, ingest
from dragoman.store.databases import sqlite


def old(path: Path, stand_in: StandIn) -> None:
    """A dossier as version 1 wrote it."""
    with Store.open(path, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "DROP TABLE claims; DROP TABLE claim_words;"
            " DROP TABLE corrections; DROP TABLE knowledge; DROP TABLE assembled; PRAGMA user_version = 1"
        )


@pytest.mark.parametrize(
    "data", [b"no database at all, but long enough to be one" * 30, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "crisis.db"
    path.write_bytes(data)
    for writable in (False, True):
        with pytest.raises(NotADossier, match="no dossier, or is damaged"):
            Store.open(path, writable=writable)
    assert path.read_bytes() == data


def test_a_damaged_dossier_is_refused(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        for name in "abcdefgh":
            ingest(store, report(name, name * 900), reader=stand_in, knowledge=Knowledge())
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    path.write_bytes(data)
    with pytest.raises(NotADossier, match="damaged"):
        Store.open(path)


def test_what_is_damaged_in_a_large_dossier_is_said_where_it_is_met(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        for name in "abcdefgh":
            ingest(store, report(name, name * 900), reader=stand_in, knowledge=Knowledge())
    data = bytearray(path.read_bytes())
    pages = range(len(data) // 4096 // 2, len(data) // 4096)
    for page in pages:
        data[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    path.write_bytes(data)
    monkeypatch.setattr(sqlite, "SMALL", 0)
    with Store.open(path) as store, pytest.raises(NotADossier, match="is damaged"):
        store.reports(), store.readings(), store.rejects()


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(NotADossier, match="no dossier"):
        Store.open(path, writable=True)
    assert path.read_bytes() == before


def test_a_missing_dossier_or_folder_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(MissingDossier, match="dragoman read"):
        Store.open(tmp_path / "crisis.db")
    with pytest.raises(NotADossier, match="mkdir"):
        Store.open(tmp_path / "no" / "crisis.db", writable=True)
    with pytest.raises(NotADossier, match="folder"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="file permissions of POSIX")
def test_a_dossier_where_nothing_may_be_written_can_be_shown(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
    assert [p.name for p in tmp_path.iterdir()] == ["crisis.db"]
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Store.open(path) as store:
            assert len(store.readings()) == 1
    finally:
        tmp_path.chmod(0o755)


def test_an_older_dossier_is_shown_as_it_is_and_changed_only_after_a_copy(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    old(path, stand_in)
    before = dump(path)
    with Store.open(path) as store:
        assert len(store.reports()) == 1
        assert store.corrections() == ()
    assert dump(path) == before
    assert not (tmp_path / "crisis.db.v1").exists()
    with Store.open(path, writable=True) as store:
        store.correct(correction())
    assert dump(tmp_path / "crisis.db.v1") == before
    with Store.open(path) as store:
        assert (len(store.reports()), len(store.corrections())) == (1, 1)


def test_without_room_for_a_copy_an_older_dossier_is_left_alone(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    old(path, stand_in)
    before = dump(path)
    (tmp_path / "crisis.db.v1").mkdir()
    with pytest.raises(NotADossier, match="room"):
        Store.open(path, writable=True)
    assert dump(path) == before
