"""The same reports and corrections give the same dossier, byte for byte, in any order."""

from __future__ import annotations

import msgspec
import pytest
from crises import CRISES, dossier, dossier_of, knowledge, knowledge_of, reports
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_in import StandIn

from dragoman.collect.reports import report_of
from dragoman.reconcile.correct import correct
from dragoman.records import Correction, Dossier
from dragoman.store import Store, assemble, ingest


@pytest.mark.parametrize("crisis", CRISES)
def test_backwards(crisis: str) -> None:
    backwards = dossier_of(tuple(reversed(reports(crisis))), knowledge_of(crisis))
    assert msgspec.json.encode(backwards) == msgspec.json.encode(dossier(crisis))


def decided(found: Dossier) -> list[Correction]:
    """A correction of every sort."""
    shared = next(e for e in found.events if len(e.reports) > 1)
    one, other, third = [e for e in found.events if e is not shared][:3]
    person = next(a for a in found.actors if a.kind == "person")
    rows = [
        ("split", (shared.id, shared.reports[-1]), None),
        ("merge", (one.id, other.id), None),
        ("reject", (third.id,), None),
        ("retype", (one.id,), "AID" if one.type != "AID" else "YIELD"),
        ("rename", (person.id,), "Somebody Else"),
    ]
    return [
        correct(found, action, ids, to=to, author="Ada", reason="so", made=f"2031-04-0{n}")  # type: ignore[arg-type]
        for n, (action, ids, to) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize("crisis", CRISES)
def test_corrections_before_or_after_the_reports_they_are_about(crisis: str) -> None:
    rows = decided(dossier(crisis))
    all_of, known = tuple(reports(crisis)), knowledge_of(crisis)
    forwards = msgspec.json.encode(dossier_of(all_of, known, rows))
    assert forwards == msgspec.json.encode(dossier_of(all_of[::-1], known, rows[::-1]))
    assert forwards != msgspec.json.encode(dossier(crisis))


BODY = "Envoys leave {0}\n\nThe two envoys left {0} on Sunday, and the palace said that talks would go on in June.\n"
TOWNS = ("Karsh", "Oster", "Vell", "Tarn")


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(len(TOWNS))), st.lists(st.booleans(), min_size=len(TOWNS), max_size=len(TOWNS)))
def test_one_by_one_and_looked_at_between_or_all_at_once(order: list[int], looks: list[bool]) -> None:
    collected = [report_of(BODY.format(town).encode(), origin=f"{town}.txt").report for town in TOWNS]
    made = [one for one in collected if one is not None]
    known, stand_in = knowledge(), StandIn()
    with Store.in_memory() as all_of, Store.in_memory() as grown:
        for report in made:
            ingest(all_of, report, reader=stand_in, knowledge=known)
        for n, look in zip(order, looks, strict=True):
            ingest(grown, made[n], reader=stand_in, knowledge=known)
            if look:
                assemble(grown, known)
        assert msgspec.json.encode(assemble(grown, known)) == msgspec.json.encode(assemble(all_of, known))
