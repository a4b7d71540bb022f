"""Reports in any order and any portions, some taken away again: what is made of them is what is made of all at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.many import many
from dragoman.knowledge import Knowledge
from dragoman.reconcile import Casebook, Memory, cast, reconcile, update, whole
from dragoman.reconcile.correct import correct
from dragoman.reconcile.rows import READING, REPORT, TELLING
from dragoman.records import Correction, Dossier, Reading, Report
from dragoman.store import Store, assemble
from dragoman.store.assemble import brought_up_to_date

MANY = 16  # more than the examples hold, so that some stand there twice, told of other people


@cache
def made() -> tuple[tuple[Report, Reading], ...]:
    return tuple(many(MANY))


@cache
def decided() -> tuple[Correction, ...]:
    """A correction of every sort."""
    found = at_once()
    shared = next(e for e in found.events if len(e.reports) > 1)
    one, other, third = [e for e in found.events if e is not shared][:3]
    first, second, *_, person = [a for a in found.actors if a.kind == "person"]
    parts = next(a for a in found.actors if a.kind == "person" and len({s.report for s in a.spans}) > 1)
    rows = [
        ("split", (shared.id, shared.reports[-1]), None),
        ("merge", (one.id, other.id), None),
        ("reject", (third.id,), None),
        ("retype", (one.id,), "AID" if one.type != "AID" else "YIELD"),
        ("rename", (person.id,), "Somebody Else"),
        ("merge", (first.id, second.id), None),
        ("split", (parts.id, parts.spans[0].report), None),
    ]
    return tuple(
        correct(found, action, ids, to=to, author="Ada", reason="so", made=f"2031-04-0{n}")  # type: ignore[arg-type]
        for n, (action, ids, to) in enumerate(rows, 1)
    )


@cache
def at_once(corrected: bool = False) -> Dossier:
    reports, readings = zip(*made(), strict=True)
    return reconcile(reports, readings, Knowledge(), corrections=decided() if corrected else ())


class Grown:
    """A dossier that grows and shrinks."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.corrections: tuple[Correction, ...] = ()

    def book(self) -> Casebook:
        return Casebook(self.memory, Knowledge(), corrections=self.corrections)

    def come(self, numbers: list[int], *, gone: list[int]) -> None:
        here, away = [made()[n] for n in numbers], [made()[n][0].id for n in gone]
        self.memory.put(REPORT, {r.id: r for r, _ in here} | dict.fromkeys(away))
        self.memory.put(READING, {r.id: reading for r, reading in here} | dict.fromkeys(away))
        update(self.book(), [*(r.id for r, _ in here), *away])

    def decide(self, corrections: tuple[Correction, ...]) -> None:
        meant = {a.sha256 for c in {*self.corrections} ^ {*corrections} for a in (*c.at, *c.apart)}
        self.corrections = corrections
        update(self.book(), sorted(self.memory.having(REPORT, meant)))

    def told(self) -> bytes:
        return msgspec.json.encode(whole(self.book()))


@settings(deadline=None, max_examples=6)
@given(st.permutations(range(MANY)), st.lists(st.integers(1, 4), min_size=MANY, max_size=MANY), st.randoms())
def test_any_order_any_portions_and_some_withdrawn_between(order: list[int], sizes: list[int], dice: object) -> None:
    grown, todo, inside = Grown(), list(order), []
    for size in sizes:
        now, todo = todo[:size], todo[size:]
        gone = dice.sample(inside, min(len(inside), 1))  # type: ignore[attr-defined]
        grown.come(now, gone=gone)
        inside = [n for n in inside + now if n not in gone]
    grown.come([n for n in range(MANY) if n not in inside], gone=[])
    assert grown.told() == msgspec.json.encode(at_once())


@settings(deadline=None, max_examples=4)
@given(st.permutations(range(MANY)), st.integers(0, MANY), st.integers(0, MANY))
def test_corrections_at_any_time_and_undone_again(order: list[int], first: int, second: int) -> None:
    assert at_once(corrected=True) != at_once()
    grown, between = Grown(), sorted((first, second))
    grown.come(order[: between[0]], gone=[])
    grown.decide(decided()[::2])
    grown.come(order[between[0] : between[1]], gone=[])
    grown.decide(decided())
    grown.come(order[between[1] :], gone=[])
    assert grown.told() == msgspec.json.encode(at_once(corrected=True))
    grown.decide(())
    assert grown.told() == msgspec.json.encode(at_once())


@settings(deadline=None, max_examples=2)
@given(st.permutations(range(MANY)), st.integers(1, MANY - 1))
def test_what_a_dossier_keeps_between_two_openings(order: list[int], first: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "crisis.db"
        for some in (order[:first], order[first:-1], order[-1:]):
            with Store.open(path, writable=True) as store:
                for n in some:
                    store.add(*made()[n], model="", ontology="")
                assemble(store, Knowledge())
        with Store.open(path) as store, brought_up_to_date(store, Knowledge()) as book:
            assert msgspec.json.encode(whole(book)) == msgspec.json.encode(at_once())


def test_ids_that_begin_alike_are_the_same_whoever_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast, "DIGITS", 1)
    made = list(many(64))
    reports, readings = zip(*made, strict=True)
    expected = reconcile(reports, readings, Knowledge())
    assert any(a.id.rpartition("-")[2].isalnum() and len(a.id.rpartition("-")[2]) == 2 for a in expected.actors)
    for order in (range(64), range(63, -1, -1), [n * 37 % 64 for n in range(64)]):
        memory = Memory()
        for n in order:
            report, reading = made[n]
            memory.put(REPORT, {report.id: report})
            memory.put(READING, {report.id: reading})
            update(Casebook(memory, Knowledge()), [report.id])
        assert msgspec.json.encode(whole(Casebook(memory, Knowledge()))) == msgspec.json.encode(expected)


def test_one_report_more_loads_few_rows_and_writes_few() -> None:
    with Store.in_memory() as store:
        for report, reading in many(40):
            store.add(report, reading, model="", ontology="")
        assemble(store, Knowledge())
        report, reading = list(many(41))[-1]
        store.add(report, reading, model="", ontology="")
        with store.deriving() as (derived, _):
            memory = Memory(derived)
            update(Casebook(memory, Knowledge()), [report.id])
            written = {change.ident for change in memory.changes() if change.kind == TELLING}
        assert len(reading.mentions) <= len(written) < 100
