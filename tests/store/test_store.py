from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from stand_in import StandIn

from dragoman.collect.reports import report_of
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import Kept
from dragoman.reconcile import reconcile
from dragoman.records import Correction, Dossier, Reject, Report
from dragoman.store import (
    BusyDossier,
    NewerDossier,
    NotADossier,
    Store,
    assemble,
    ingest,
    knowledge_in,
    version_of,
)

TEXT = "Envoys leave {}\n\nThe two envoys left {} on Sunday, and the palace said that the talks would go on in June.\n"


def report(name: str, place: str = "Karsh", **more: str) -> Report:
    found = report_of(TEXT.format(place, place).encode(), origin=f"{name}.txt", **more).report  # type: ignore[arg-type]
    assert found is not None
    return found


def dump(path: Path) -> list[str]:
    """Every row of a dossier file, as SQL."""
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def test_reading_twice_changes_nothing(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    rows = []
    for expected in ("read", "known"):
        with Store.open(path, writable=True) as store:
            outcomes = {ingest(store, r, reader=stand_in, knowledge=Knowledge()) for r in (report("a"), report("b"))}
        assert outcomes == {expected}
        rows.append(dump(path))
    assert rows[0] == rows[1]
    assert len(stand_in.read_ids) == 2


def test_the_order_of_reading_does_not_show(stand_in: StandIn) -> None:
    given = [report("a", "Karsh"), report("b", "Oster"), report("c", "Vell")]
    dossiers = []
    for order in (given, given[::-1]):
        with Store.in_memory() as store:
            for each in order:
                ingest(store, each, reader=stand_in, knowledge=Knowledge())
            dossiers.append(msgspec.json.encode(assemble(store, Knowledge())))
    assert dossiers[0] == dossiers[1]


def test_another_version_reads_again(stand_in: StandIn) -> None:
    with Store.in_memory() as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        stand_in.model = "stand-in 1"
        assert ingest(store, report("a"), reader=stand_in, knowledge=Knowledge()) == "read"
        assert [r.version for r in store.readings()] == [version_of("stand-in 1", Knowledge())]


def test_a_better_date_reads_again_and_a_worse_one_does_not_undo_it(stand_in: StandIn) -> None:
    from dragoman.collect.dates import Published

    with Store.in_memory() as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        listed = report("a", listed=Published("2021-03-01", "table", "Dawn"))  # type: ignore[arg-type]
        assert ingest(store, listed, reader=stand_in, knowledge=Knowledge()) == "read"
        assert ingest(store, report("a"), reader=stand_in, knowledge=Knowledge()) == "known"
        assert ingest(store, report("a", default="2021-03-09"), reader=stand_in, knowledge=Knowledge()) == "known"
        (kept,) = store.reports()
        assert (kept.published, kept.published_from, kept.outlet) == ("2021-03-01", "table", "Dawn")


def test_what_was_set_aside_is_in_the_dossier_until_it_is_read(stand_in: StandIn) -> None:
    with Store.in_memory() as store:
        store.set_aside([Reject(report="a.txt", span=None, stage="collect", reason="the file is empty")])
        assert [r.reason for r in assemble(store, Knowledge()).rejects] == ["the file is empty"]
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        assert store.rejects() == ()


def test_read_at_is_the_latest_date_or_the_epoch_given_never_the_clock(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with Store.in_memory() as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        assert assemble(store, Knowledge()).read_at is None
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        assert assemble(store, Knowledge()).read_at == "1970-01-02"
        ingest(store, report("b", default="2021-03-09"), reader=stand_in, knowledge=Knowledge())
        assert assemble(store, Knowledge()).read_at == "2021-03-09"


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


def test_a_dossier_cut_off_while_it_was_made_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    Store.open(path, writable=True).close()
    with sqlite3.connect(path) as connection:
        for table in ("rejects", "readings", "reports", "corrections", "knowledge", "assembled"):
            connection.execute(f"DROP TABLE {table}")
    with Store.open(path, writable=True) as store:
        assert store.reports() == ()


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(NotADossier, match="no dossier"):
        Store.open(path, writable=True)
    assert len(dump(path)) == 3


def test_a_newer_dossier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    Store.open(path, writable=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerDossier, match=r"newer Dragoman.*pip install -U"):
        Store.open(path)


def test_a_reading_of_another_version_that_cannot_be_read_is_refused(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE readings SET data = ?", (msgspec.msgpack.encode({"report": 7}),))
    with Store.open(path) as store, pytest.raises(NewerDossier, match="another version"):
        store.readings()


def test_a_missing_dossier_or_folder_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(NotADossier, match="dragoman read"):
        Store.open(tmp_path / "crisis.db")
    with pytest.raises(NotADossier, match="mkdir"):
        Store.open(tmp_path / "no" / "crisis.db", writable=True)
    with pytest.raises(NotADossier, match="folder"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_writer_at_a_time_and_readers_beside_it(tmp_path: Path, stand_in: StandIn) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        with pytest.raises(BusyDossier, match="wait"):
            Store.open(path, writable=True)
        with Store.open(path) as other:
            assert [r.origin for r in other.reports()] == ["a.txt"]
        ingest(store, report("b"), reader=stand_in, knowledge=Knowledge())
    with Store.open(path, writable=True) as store:
        assert len(store.reports()) == 2


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


def correction(ident: str = "k-1", made: str = "2031-04-01T00:00:00+00:00") -> Correction:
    return Correction(id=ident, action="reject", kind="event", about="x", at=(), author="Ada", reason="no", made=made)


def test_corrections_are_kept_in_order_of_time_and_the_log_keeps_those_undone(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        store.correct(correction("k-1", "2031-04-02"))
        store.correct(correction("k-2", "2031-04-01"))
        assert [c.id for c in store.corrections()] == ["k-2", "k-1"]
        assert store.undo("k-2", author="Bo", at="2031-04-03").id == "k-2"
        with pytest.raises(KeyError):
            store.undo("k-2", author="Bo", at="2031-04-03")
    with Store.open(path) as store:
        assert [c.id for c in store.corrections()] == ["k-1"]
        assert [(u.correction.id, u.author, u.at) for u in store.undone()] == [("k-2", "Bo", "2031-04-03")]


def test_as_of_a_day_only_what_was_published_by_then(stand_in: StandIn) -> None:
    days = {"a": "2021-03-01", "b": "2021-03-09", "c": None}
    with Store.in_memory() as store:
        for name, day in days.items():
            ingest(store, report(name, name * 9, default=day), reader=stand_in, knowledge=Knowledge())  # type: ignore[arg-type]
        then = assemble(store, Knowledge(), as_of="2021-03-08")
        assert [r.origin for r in then.reports] == ["a.txt"]
        assert then.read_at == "2021-03-08"
        ident = then.reports[0].id
        assert [r.origin for r in assemble(store, Knowledge(), without={ident}).reports] == ["b.txt", "c.txt"]


def test_a_dossier_keeps_the_tables_it_was_read_with(tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("name\tkind\tcountry\nHarbour League\torganization\tORV\n", encoding="utf-8")
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True) as store:
        store.keep_tables({"actors": Kept(str(table), table.read_text(encoding="utf-8"))})
    table.unlink()
    with Store.open(path) as store:
        known = knowledge_in(store)
        assert any(o.name == "Harbour League" for o in known.world.organizations)
        assert known.digest != Knowledge().digest


def old(path: Path, stand_in: StandIn) -> None:
    """A dossier as version 1 wrote it."""
    with Store.open(path, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "DROP TABLE corrections; DROP TABLE knowledge; DROP TABLE assembled; PRAGMA user_version = 1"
        )


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


def test_what_was_assembled_is_kept_until_something_changes(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made, plain = tmp_path / "crisis.db", [], reconcile

    def counted(*given: Any, **more: Any) -> Dossier:
        made.append(1)
        return plain(*given, **more)

    monkeypatch.setattr(sys.modules[assemble.__module__], "reconcile", counted)

    def looked() -> int:
        with Store.open(path) as store:
            assemble(store, Knowledge())
        return len(made)

    with Store.open(path, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        whole = assemble(store, Knowledge())
        assert (assemble(store, Knowledge()), looked()) == (whole, 1)
        changes = (
            lambda: ingest(store, report("b", "Oster"), reader=stand_in, knowledge=Knowledge()),
            lambda: store.correct(correction()),
            lambda: store.undo("k-1", author="Ada", at="2031"),
            lambda: store.set_aside([Reject(report="c.txt", span=None, stage="collect", reason="empty")]),
            lambda: store.keep_tables({"actors": Kept("a.tsv", "")}),
        )
        for n, change in enumerate(changes, 1):
            change()
            assert looked() == 2 * n
            assemble(store, Knowledge())
            assert looked() == 2 * n + 1
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        assert looked() == 2 * n + 2
