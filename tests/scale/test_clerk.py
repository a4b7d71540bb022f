"""A report that kills whoever opens or reads it costs exactly itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dragoman.collect import files
from dragoman.scale.clerk import Clerk
from dragoman.scale.worker import Worker
from dragoman.store import Store, Taken

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
BODY = "Envoys leave {0}\n\nThe two envoys left {0} on Sunday, and the palace said that talks would go on in June.\n"
TOWNS = ("Karsh", "Oster", "Vell", "Tarn", "Gorna")


@pytest.fixture
def clerk(tests_importable: None) -> Clerk:
    return Clerk(Worker("scale.deadly:work", seconds=3.0))


def taken(clerk: Clerk, *paths: Path) -> tuple[list[Taken], Store]:
    store = Store.in_memory()
    with clerk:
        return list(clerk.take(store, files(paths, published="2031-03-01"))), store


@pytest.mark.parametrize(
    ("words", "reason"),
    [("deadly", "ended by SIGSEGV"), ("endless", "longer than 3 seconds"), ("greedy", "GB of memory")],
)
@pytest.mark.parametrize("doing", ["to open", "to read"])
def test_one_row_of_a_table_costs_itself(clerk: Clerk, tmp_path: Path, words: str, reason: str, doing: str) -> None:
    rows = [{"id": town, "text": BODY.format(town)} for town in TOWNS]
    rows[2]["text"] += f"It is {words} {doing}.\n"
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found, store = taken(clerk, path)
    assert [(one.origin, one.outcome) for one in found] == [
        (f"rows.jsonl#{town}", "refused" if town == "Vell" else "read") for town in TOWNS
    ]
    (reject,) = store.rejects()
    assert reject.report == "rows.jsonl#Vell"
    assert reject.stage == ("collect" if doing == "to open" else "read")
    assert reason in reject.reason
    assert len(store.reports()) == len(store.readings()) == 4


def test_what_kills_before_anything_is_opened_costs_its_file(clerk: Clerk, tmp_path: Path) -> None:
    for name in ("a.txt", "deadly from the first byte.txt", "z.txt"):
        (tmp_path / name).write_text(BODY.format(f"Karsh{name[0]}"), encoding="utf-8")
    found, store = taken(clerk, tmp_path)
    assert [one.outcome for one in found] == ["read", "refused", "read"]
    assert "SIGSEGV" in store.rejects()[0].reason


def test_what_is_read_twice_is_known(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY.format("Karsh"), encoding="utf-8")
    with clerk, Store.in_memory() as store:
        outcomes = [one.outcome for _ in range(2) for one in clerk.take(store, files([path]))]
    assert outcomes == ["read", "known"]
