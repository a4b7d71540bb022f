from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from places import dump, tamper
from stand_in import StandIn

from dragoman.collect.reports import report_of
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import Kept
from dragoman.reconcile import whole as everything
from dragoman.records import Correction, Dossier, Reject, Report
from dragoman.store import (
    BusyDossier,
    NewerDossier,
    Place,
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


def test_reading_twice_changes_nothing(place: Place, stand_in: StandIn) -> None:
    rows = []
    for expected in ("read", "known"):
        with Store.open(place, writable=True) as store:
            outcomes = {ingest(store, r, reader=stand_in, knowledge=Knowledge()) for r in (report("a"), report("b"))}
        assert outcomes == {expected}
        rows.append(dump(place))
    assert rows[0] == rows[1]
    assert len(stand_in.read_ids) == 2


def test_the_order_of_reading_does_not_show(place: Place, stand_in: StandIn) -> None:
    given = [report("a", "Karsh"), report("b", "Oster"), report("c", "Vell")]
    dossiers = []
    for where, order in ((Store.in_memory(), given), (Store.open(place, writable=True), given[::-1])):
        with where as store:
            for each in order:
                ingest(store, each, reader=stand_in, knowledge=Knowledge())
            dossiers.append(msgspec.json.encode(assemble(store, Knowledge())))
    assert dossiers[0] == dossiers[1]


def test_another_version_reads_again(place: Place, stand_in: StandIn) -> None:
    with Store.open(place, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        stand_in.model = "stand-in 1"
        assert ingest(store, report("a"), reader=stand_in, knowledge=Knowledge()) == "read"
        assert [r.version for r in store.readings()] == [version_of("stand-in 1", Knowledge())]


def test_a_better_date_reads_again_and_a_worse_one_does_not_undo_it(place: Place, stand_in: StandIn) -> None:
    from dragoman.collect.dates import Published

    with Store.open(place, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        listed = report("a", listed=Published("2021-03-01", "table", "Dawn"))  # type: ignore[arg-type]
        assert ingest(store, listed, reader=stand_in, knowledge=Knowledge()) == "read"
        assert ingest(store, report("a"), reader=stand_in, knowledge=Knowledge()) == "known"
        assert ingest(store, report("a", default="2021-03-09"), reader=stand_in, knowledge=Knowledge()) == "known"
        (kept,) = store.reports()
        assert (kept.published, kept.published_from, kept.outlet) == ("2021-03-01", "table", "Dawn")


def test_what_was_set_aside_is_in_the_dossier_until_it_is_read(place: Place, stand_in: StandIn) -> None:
    with Store.open(place, writable=True) as store:
        store.set_aside([Reject(report="a.txt", span=None, stage="collect", reason="the file is empty")])
        assert [r.reason for r in assemble(store, Knowledge()).rejects] == ["the file is empty"]
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        assert store.rejects() == ()


def test_read_at_is_the_latest_date_or_the_epoch_given_never_the_clock(
    place: Place, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with Store.open(place, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        assert assemble(store, Knowledge()).read_at is None
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        assert assemble(store, Knowledge()).read_at == "1970-01-02"
        ingest(store, report("b", default="2021-03-09"), reader=stand_in, knowledge=Knowledge())
        assert assemble(store, Knowledge()).read_at == "2021-03-09"


def test_a_dossier_cut_off_while_it_was_made_is_gone_on_with(place: Place) -> None:
    Store.open(place, writable=True).close()
    for table in ("claims", "rejects", "readings", "reports", "corrections", "knowledge", "assembled"):
        tamper(place, f"DROP TABLE {table}")
    with Store.open(place, writable=True) as store:
        assert store.reports() == ()


def test_a_newer_dossier_is_refused(place: Place) -> None:
    Store.open(place, writable=True).close()
    tamper(place, "PRAGMA user_version = 99" if isinstance(place, Path) else "UPDATE dossier SET version = 99")
    with pytest.raises(NewerDossier, match=r"newer Dragoman.*pip install -U"):
        Store.open(place)


def test_a_reading_of_another_version_that_cannot_be_read_is_refused(place: Place, stand_in: StandIn) -> None:
    with Store.open(place, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
    tamper(place, "UPDATE readings SET data = :data", data=msgspec.msgpack.encode({"report": 7}))
    with Store.open(place) as store, pytest.raises(NewerDossier, match="another version"):
        store.readings()


def test_one_writer_at_a_time_and_readers_beside_it(place: Place, stand_in: StandIn) -> None:
    with Store.open(place, writable=True) as store:
        ingest(store, report("a"), reader=stand_in, knowledge=Knowledge())
        with pytest.raises(BusyDossier, match="wait"):
            Store.open(place, writable=True)
        with Store.open(place) as other:
            assert [r.origin for r in other.reports()] == ["a.txt"]
        ingest(store, report("b"), reader=stand_in, knowledge=Knowledge())
    with Store.open(place, writable=True) as store:
        assert len(store.reports()) == 2


def correction(ident: str = "k-1", made: str = "2031-04-01T00:00:00+00:00") -> Correction:
    return Correction(id=ident, action="reject", kind="event", about="x", at=(), author="Ada", reason="no", made=made)


def test_corrections_are_kept_in_order_of_time_and_the_log_keeps_those_undone(place: Place) -> None:
    with Store.open(place, writable=True) as store:
        store.correct(correction("k-1", "2031-04-02"))
        store.correct(correction("k-2", "2031-04-01"))
        assert [c.id for c in store.corrections()] == ["k-2", "k-1"]
        assert store.undo("k-2", author="Bo", at="2031-04-03").id == "k-2"
        with pytest.raises(KeyError):
            store.undo("k-2", author="Bo", at="2031-04-03")
    with Store.open(place) as store:
        assert [c.id for c in store.corrections()] == ["k-1"]
        assert [(u.correction.id, u.author, u.at) for u in store.undone()] == [("k-2", "Bo", "2031-04-03")]


def test_as_of_a_day_only_what_was_published_by_then(place: Place, stand_in: StandIn) -> None:
    days = {"a": "2021-03-01", "b": "2021-03-09", "c": None}
    with Store.open(place, writable=True) as store:
        for name, day in days.items():
            ingest(store, report(name, name * 9, default=day), reader=stand_in, knowledge=Knowledge())  # type: ignore[arg-type]
        then = assemble(store, Knowledge(), as_of="2021-03-08")
        assert [r.origin for r in then.reports] == ["a.txt"]
        assert then.read_at == "2021-03-08"
        ident = then.reports[0].id
        assert [r.origin for r in assemble(store, Knowledge(), without={ident}).reports] == ["b.txt", "c.txt"]


def test_a_dossier_keeps_the_tables_it_was_read_with(place: Place, tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("name\tkind\tcountry\nHarbour League\torganization\tORV\n", encoding="utf-8")
    with Store.open(place, writable=True) as store:
        store.keep_tables({"actors": Kept(str(table), table.read_text(encoding="utf-8"))})
    table.unlink()
    with Store.open(place) as store:
        known = knowledge_in(store)
        assert any(o.name == "Harbour League" for o in known.world.organizations)
        assert known.digest != Knowledge().digest


def test_what_was_assembled_is_kept_until_something_changes(
    place: Place, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, plain = [], everything

    def counted(*given: Any, **more: Any) -> Dossier:
        made.append(1)
        return plain(*given, **more)

    monkeypatch.setattr(sys.modules[assemble.__module__], "whole", counted)

    def looked() -> int:
        with Store.open(place) as store:
            assemble(store, Knowledge())
        return len(made)

    with Store.open(place, writable=True) as store:
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
