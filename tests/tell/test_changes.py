"""What one dossier says that another did not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from crises import CRISES, dossier, dossier_of, knowledge_of, reports

from dragoman.reconcile.correct import correct
from dragoman.records import Dossier
from dragoman.tell.changes import Change, changes


def upto(crisis: str, n: int) -> Dossier:
    ordered = sorted(reports(crisis), key=lambda r: (r.published or "", r.id))
    return dossier_of(tuple(ordered[:n]), knowledge_of(crisis))


def rows(old: Dossier, new: Dossier, kind: str, sign: str) -> list[Change]:
    return [r for r in changes(old, new).rows if (r.kind, r.sign) == (kind, sign)]


@pytest.mark.parametrize("crisis", CRISES)
def test_a_dossier_does_not_differ_from_itself(crisis: str) -> None:
    assert changes(dossier(crisis), dossier(crisis)).rows == ()


@pytest.mark.parametrize("crisis", CRISES)
def test_what_is_added_one_way_is_withdrawn_the_other(crisis: str) -> None:
    few, all_of = upto(crisis, 2), dossier(crisis)
    for kind in ("report", "event", "actor"):
        added = {r.id for r in rows(few, all_of, kind, "added")}
        assert added == {r.id for r in rows(all_of, few, kind, "withdrawn")}
        assert added


@pytest.mark.parametrize("crisis", CRISES)
def test_every_event_of_the_new_dossier_is_old_or_told_as_a_change(crisis: str) -> None:
    few, all_of = upto(crisis, 1), dossier(crisis)
    known = {m for e in few.events for m in e.mentions}
    told = {r.id for r in changes(few, all_of).rows if r.kind == "event" and r.sign != "withdrawn"}
    assert {e.id for e in all_of.events if set(e.mentions) - known} <= told
    assert {r.id for r in rows(few, all_of, "event", "added")}.isdisjoint(
        e.id for e in all_of.events if set(e.mentions) & known
    )


def test_a_merge_is_a_change_of_the_event_not_a_loss() -> None:
    before = dossier("oravia")
    one, other = before.events[0].id, before.events[1].id
    row = correct(before, "merge", [one, other], author="Ada", reason="one", made="2031-04-01")
    after = dossier_of(tuple(reports("oravia")), knowledge_of("oravia"), [row])
    assert rows(before, after, "event", "withdrawn") == []
    (merged,) = [r for r in rows(before, after, "event", "changed") if len(r.was) == 2]
    assert set(merged.was) == {one, other}
    assert [r.id for r in rows(before, after, "correction", "added")] == [row.id]


def test_what_became_of_a_plan_is_told() -> None:
    early, late = upto("oravia", 2), dossier("oravia")
    turns = {t.after for r in rows(early, late, "expectation", "changed") for t in r.slots if t.slot == "status"}
    assert "met" in turns


def test_the_command_compares_days_reports_and_files(run: Any, folder: Path) -> None:
    dates = folder / "dates.tsv"
    dates.write_text("file\tpublished\ndawn.txt\t2021-03-01\nstar.txt\t2021-03-03\n", encoding="utf-8")
    run("read", folder / "dawn.txt", "-d", folder / "old.db", "--dates", dates)
    run("read", folder / "dawn.txt", folder / "star.txt", "-d", folder / "new.db", "--dates", dates)
    ways = (
        [folder / "old.db", folder / "new.db"],
        [folder / "new.db", "--since", "2021-03-02"],
        [folder / "new.db", "--without", "star.txt"],
        [folder / "new.db", "--without", "B"],
    )
    found = [json.loads(run("diff", *way, "--format", "json").stdout) for way in ways]
    assert [r["kind"] for r in found[0]["rows"]].count("report") == 1
    assert all(f["rows"] == found[0]["rows"] for f in found)
    board = run("diff", *ways[0]).stdout
    assert "1 Mar 2021 → 3 Mar 2021" in board
    assert "1 report added" in board
    assert "nothing changed" in run("diff", folder / "new.db", folder / "new.db").stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["{db}"], 2, "--since"),
        (["{db}", "{db}", "--since", "2021-03-01"], 2, "one of"),
        (["{db}", "--without", "Z"], 1, "dragoman show"),
        (["{db}", "{db}.no"], 1, "dragoman read"),
    ],
)
def test_what_cannot_be_compared_names_the_next_step(
    run: Any, folder: Path, words: list[str], status: int, said: str
) -> None:
    run("read", folder, "-d", folder / "crisis.db")
    done = run("diff", *(w.format(db=folder / "crisis.db") for w in words))
    assert (done.exit_code, done.stdout) == (status, "")
    assert said in done.stderr


def test_json_is_the_changes(run: Any, folder: Path) -> None:
    from dragoman.tell.changes import Changes

    run("read", folder, "-d", folder / "crisis.db")
    out = run("diff", folder / "crisis.db", "--without", "dawn.txt", "--format", "json").stdout_bytes
    assert msgspec.json.decode(out, type=Changes).rows
