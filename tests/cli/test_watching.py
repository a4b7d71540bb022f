"""A watch whose dossier cannot be written for a while: it waits, says why, and goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from places import BOTH, VARIABLE, place_on, tamper
from store.test_watch import Site, site

from dragoman.collect import Fetcher
from dragoman.store import FullDossier, Place, Server, Store


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """Takes the place of the clock and of sleep: what stands in the list is done at the next pauses, then Ctrl-C."""
    now, then = [datetime(2021, 3, 2, 12, tzinfo=UTC)], list[Callable[[], object]]()

    def sleep(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)
        if not then:
            raise KeyboardInterrupt
        then.pop(0)()

    module = sys.modules["dragoman.cli.watch"]  # by its name the command is found
    monkeypatch.setattr(module, "sleep", sleep)
    monkeypatch.setattr(module, "_now", lambda: now[0])
    fetcher = partial(Fetcher, allowed=lambda address: True, pause=0.0, sleep=lambda pause: None)
    monkeypatch.setattr("dragoman.collect.Fetcher", fetcher)
    return then


def watched(run: Any, place: Place, web: Site, *more: str) -> Any:
    return run("watch", f"{web.url}/feed", "-d", place, "--format", "json", *more)


def test_a_busy_dossier_is_waited_for(run: Any, place: Place, clock: list[Any]) -> None:
    with site() as web:
        other = Store.open(place, writable=True)
        clock += [lambda: None, other.close]
        done = watched(run, place, web)
    assert done.exit_code == 130
    assert "another command is writing to" in done.stderr
    assert "(tried again in 30 seconds)" in done.stderr
    assert "2 read" in done.stderr
    assert '"kind":"report"' in done.stdout


def test_a_watch_of_one_round_does_not_wait(run: Any, place: Place, clock: list[Any]) -> None:
    with site() as web, Store.open(place, writable=True):
        done = watched(run, place, web, "--once")
    assert done.exit_code == 1
    assert "another command is writing to" in done.stderr


@pytest.mark.parametrize("base", BOTH[1:])
def test_a_server_that_goes_away_in_the_middle_is_waited_for(
    run: Any, base: str, tmp_path: Path, clock: list[Any]
) -> None:
    with place_on(base, tmp_path) as place, site() as web:
        assert isinstance(place, Server), VARIABLE
        whole = web.feed()
        web.feed = lambda: (gone(place), whole)[1]  # type: ignore[method-assign]

        def back() -> None:
            web.feed = lambda: whole  # type: ignore[method-assign]

        clock += [back]
        done = watched(run, place, web)
        assert "went away in the middle" in done.stderr
        assert "2 read" in done.stderr
        with Store.open(place) as store:
            assert len(store.reports()) == 2


def gone(server: Server) -> None:
    tamper(server, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
           " AND objid = hashtext(:schema)::bigint & 4294967295", schema=server.schema)  # fmt: skip


def test_what_was_read_before_the_disk_was_full_is_told_after(
    run: Any, tmp_path: Path, clock: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, add, taken = tmp_path / "crisis.db", Store.add, []

    def full(*given: Any, **more: Any) -> None:
        if taken:
            raise FullDossier("the disk is full; make room")
        taken.append(add(*given, **more))

    monkeypatch.setattr(Store, "add", full)
    clock += [lambda: monkeypatch.setattr(Store, "add", add)]
    with site() as web:
        done = watched(run, place, web)
    assert "make room (tried again in 30 seconds)" in done.stderr
    assert "1 read" in done.stderr
    assert done.stdout.count('"kind":"report"') == 2


def test_what_no_waiting_mends_ends_the_watch(run: Any, tmp_path: Path, clock: list[Any]) -> None:
    (tmp_path / "crisis.db").write_text("no dossier at all, but a letter", encoding="utf-8")
    with site() as web:
        done = watched(run, tmp_path / "crisis.db", web)
    assert done.exit_code == 1
    assert "is no dossier" in done.stderr
