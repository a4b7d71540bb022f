"""A dossier file of an example crisis, and a client of the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import crises
import pytest
from starlette.testclient import TestClient

from dragoman.store import Store
from dragoman.web import create_app

HERE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def oravia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crises.write("oravia", tmp_path_factory.mktemp("web") / "oravia.db")


@pytest.fixture(scope="session")
def client(oravia: Path) -> Iterator[TestClient]:
    with TestClient(create_app(oravia), base_url=HERE) as found:
        yield found


@pytest.fixture
def empty(tmp_path: Path) -> TestClient:
    path = tmp_path / "empty.db"
    with Store.open(path, writable=True):
        pass
    return TestClient(create_app(path), base_url=HERE)


@pytest.fixture(scope="session")
def suez(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = crises.write("suez-1956", tmp_path_factory.mktemp("web") / "suez.db")
    with TestClient(create_app(path), base_url=HERE) as found:
        yield found
