"""A dossier that is whole has no fault; whatever is broken in it is found and named."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
import pytest
from crises import knowledge_of, reader, reports
from msgspec.structs import replace
from places import tamper, value

from dragoman.records import Anchor, Correction, Reading, Report, Span
from dragoman.store import Place, Store, ingest
from dragoman.store.check import check

Breaks = Callable[[Place], None]


@cache
def read() -> list[tuple[Report, Reading]]:
    with Store.in_memory() as store:
        for report in reports("oravia"):
            ingest(store, report, reader=reader(), knowledge=knowledge_of("oravia"))
        return list(zip(store.reports(), store.readings()))


@pytest.fixture
def crisis(place: Place) -> Place:
    with Store.open(place, writable=True) as store:
        for report, reading in read():
            store.add(report, reading, model="the one", ontology="plover")
    return place


def test_what_was_read_is_whole(run: Any, crisis: Place) -> None:
    with Store.open(crisis) as store:
        assert list(check(store)) == []
    done = run("check", crisis)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "4 reports" in done.stderr


def reading(change: Callable[[Reading], Reading]) -> Breaks:
    def broken(place: Place) -> None:
        data = value(place, "SELECT data FROM readings ORDER BY report LIMIT 1")
        made = change(msgspec.msgpack.decode(data, type=Reading))  # type: ignore[arg-type]
        tamper(place, "UPDATE readings SET data = :data WHERE report = :id",
               data=msgspec.msgpack.encode(made), id=made.report)  # fmt: skip

    return broken


def report(change: Callable[[Report], Report]) -> Breaks:
    def broken(place: Place) -> None:
        data = value(place, "SELECT data FROM reports ORDER BY id LIMIT 1")
        made = change(msgspec.json.decode(data, type=Report))  # type: ignore[arg-type]
        tamper(place, "UPDATE reports SET data = :data WHERE id = :id", data=msgspec.json.encode(made), id=made.id)

    return broken


def gone(table: str, key: str) -> Breaks:
    return lambda place: tamper(place, f"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})")


def corrected(place: Place) -> None:
    digest = str(value(place, "SELECT sha256 FROM reports"))
    row = Correction(id="k-1", action="reject", kind="mention", about="x", at=(Anchor(digest, Span(9**6, 9**7)),),
                     author="Ada", reason="no", made="2031")  # fmt: skip
    tamper(place, "INSERT INTO corrections (id, made, data) VALUES ('k-1', '2031', :data)",
           data=msgspec.json.encode(row))  # fmt: skip


FAR = Span(10**6, 10**6 + 5)


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (report(lambda r: replace(r, text=r.text + "!")), "digest"),
        (report(lambda r: replace(r, boilerplate=(FAR,))), "beyond the text"),
        (reading(lambda r: replace(r, mentions=(replace(r.mentions[0], trigger=FAR),))), "beyond the text"),
        (reading(lambda r: replace(r, mentions=(replace(r.mentions[0], actor=("nobody",)),))), "nobody"),
        (reading(lambda r: replace(r, mentions=(replace(r.mentions[0], report="other"),))), "other"),
        (reading(lambda r: replace(r, claims=(replace(r.claims[0], content=FAR),))), "beyond the text"),
        (gone("readings", "report"), "no reading"),
        (gone("reports", "id"), "not here"),
        (corrected, "fastened"),
    ],
)
def test_what_is_broken_is_found(run: Any, crisis: Place, breaks: Breaks, said: str) -> None:
    breaks(crisis)
    with Store.open(crisis) as store:
        faults = list(check(store))
    assert any(said in fault.wrong for fault in faults)
    done = run("check", crisis)
    assert done.exit_code == 1
    assert said in done.stdout
    assert "fault" in done.stderr
