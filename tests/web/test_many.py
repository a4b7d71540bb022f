"""Thousands of events: every page stays small and quick."""

from __future__ import annotations

import time

import crises
import pytest
from big import many
from starlette.testclient import TestClient

from dragoman.store import Store
from dragoman.web import create_app
from dragoman.web.shelf import Sheet
from dragoman.web.templating import NAV

TIMES = 140
SLOW = 1.0  # seconds; a page takes a twentieth of it on a quiet machine


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = tmp_path_factory.mktemp("many") / "many.db"
    with Store.open(path, writable=True):
        pass
    app = create_app(path)
    sheet = Sheet(many(crises.dossier("oravia"), TIMES)).warm()
    app.state.shelf.look = lambda: sheet
    return TestClient(app, base_url="http://127.0.0.1")


def test_thousands_of_events_are_paged_and_quick(crowded: TestClient) -> None:
    board = crowded.get("/board.json").json()
    assert board["events"] > 4500
    assert board["pages"] > 100
    event = board["columns"][1]["lines"][0]
    actor = event["actors"][0] if event["actors"] else "lena-marosh-0"
    for path in (*(path for path, _ in NAV if path != "/new"), f"/events/{event['id']}", f"/actors/{actor}",
                 f"/reports/{event['reports'][0]}", "/?q=marosh&accounts=2", "/?copies=hide&page=90"):  # fmt: skip
        crowded.get(path)
        begun = time.perf_counter()
        answer = crowded.get(path)
        assert time.perf_counter() - begun < SLOW, path
        assert answer.status_code == 200, path
        assert len(answer.content) < (120_000 if path.startswith("/actors/") else 400_000), path


def test_pages_together_hold_every_line_once(crowded: TestClient) -> None:
    total = crowded.get("/board.json?type=REJECT").json()
    seen = [
        line["id"]
        for page in range(1, total["pages"] + 1)
        for column in crowded.get(f"/board.json?type=REJECT&page={page}").json()["columns"]
        for line in column["lines"]
    ]
    assert len(seen) == len(set(seen)) == total["shown"]
