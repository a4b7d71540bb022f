"""Fixtures that several rooms' tests share: a reader without a model, and the command line with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from here import Here
from places import BOTH, address_of, place_on
from stand_in import StandIn

from dragoman.cli import dragoman
from dragoman.store import Place

BODY = "Envoys leave {0}\n\nThe two envoys left {0} on Sunday, and the palace said that talks would go on in June.\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browser", action="store_true", help="run the tests that want a real Chromium")


class Command:
    """Runs `dragoman …` in this process and keeps stdout and stderr apart."""

    def __init__(self, stand_in: StandIn) -> None:
        self.reader = stand_in
        self.runner = CliRunner()

    def __call__(self, *words: str | Place, stdin: bytes | None = None) -> Result:
        given = [word if isinstance(word, str) else address_of(word) for word in words]
        return self.runner.invoke(dragoman, given, input=stdin)


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
def run(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr("dragoman.read.Reader", lambda: stand_in)
    monkeypatch.setattr("dragoman.scale.desk._reader", lambda: stand_in)
    monkeypatch.setattr("dragoman.scale.worker.Worker", Here)
    return Command(stand_in)


@pytest.fixture
def tests_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that are started find the modules of the tests."""
    there = (str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, there)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two reports."""
    for name, place in (("dawn", "Karsh"), ("star", "Oster")):
        (tmp_path / f"{name}.txt").write_text(BODY.format(place), encoding="utf-8")
    return tmp_path


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a dossier can be made: a file, and a schema on the server that the tests are given."""
    with place_on(request.param, tmp_path) as found:
        yield found
