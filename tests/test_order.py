"""The same reports and corrections give the same dossier, byte for byte, in any order."""

from __future__ import annotations

import msgspec
import pytest
from crises import CRISES, dossier, dossier_of, knowledge_of, reports

from dragoman.reconcile.correct import correct
from dragoman.records import Correction, Dossier


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
    given, known = tuple(reports(crisis)), knowledge_of(crisis)
    forwards = msgspec.json.encode(dossier_of(given, known, rows))
    assert forwards == msgspec.json.encode(dossier_of(given[::-1], known, rows[::-1]))
    assert forwards != msgspec.json.encode(dossier(crisis))
