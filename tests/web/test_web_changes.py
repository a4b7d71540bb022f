"""What changes a dossier: reports added and corrections made, from the server's own pages only."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from msgspec.structs import replace
from starlette.testclient import TestClient

from dragoman.scale.clerk import Clerk
from dragoman.scale.worker import Worker
from dragoman.store import Place, Server, Store
from dragoman.web import create_app, jobs
from dragoman.web.jobs import safe_name
from dragoman.web.shelf import OFTEN

NEW = """Tessal and Oravia open talks

GORNA, March 14 - Tessal's Prime Minister Ilse Brandt met President Osman Radek in Gorna on Friday.
"""


@pytest.fixture
def own(oravia: Path, place: Place) -> TestClient:
    """A client over a copy that may be changed, in a file and on a server."""
    with Store.open(oravia) as kept, Store.open(place, writable=True) as copy:
        copy.keep_tables(kept.tables())
        for report, reading in zip(kept.reports(), kept.readings()):
            copy.add(report, reading, model=kept.models()[0], ontology=kept.ontologies()[0])
    return TestClient(create_app(place), base_url="http://127.0.0.1")


def token(client: TestClient, path: str = "/add") -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


def done(client: TestClient, path: str) -> Any:
    for _ in range(300):
        job = client.get(f"{path}.json").json()
        if job["state"] == "done":
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def post(client: TestClient, path: str, **given: Any) -> Any:
    files = given.pop("files", None)
    return client.post(path, data={"csrf": token(client), **given}, files=files, follow_redirects=False)


def routes(app: Any) -> list[APIRoute]:
    found: list[APIRoute] = []
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        found += [r for r in (inner.routes if inner else [route]) if isinstance(r, APIRoute)]
    return found


def test_every_change_wants_the_token_of_an_own_page(own: TestClient) -> None:
    changing = {r.path for r in routes(own.app) if not {"GET", "HEAD"} & set(r.methods or ())} - {"/enter"}
    assert {"/add", "/corrections", "/corrections/{ident}/undo"} <= changing
    own.get("/add")
    for path in changing:
        path = path.replace("{ident}", "k-1")
        given = {"text": NEW, "action": "reject", "ids": "e-1", "reason": "why", "author": "me"}
        assert own.post(path, data=given).status_code == 403, path
        assert own.post(path, data={**given, "csrf": "0" * 64}).status_code == 403, path
    stranger = TestClient(own.app, base_url="http://127.0.0.1")
    assert stranger.post("/add", data={"text": NEW, "csrf": token(own)}).status_code == 403


def test_a_pasted_report_is_read_and_its_changes_are_shown(own: TestClient) -> None:
    before = own.get("/board.json").json()
    sent = post(own, "/add", text=NEW, outlet="Border Post", published="2031-03-14")
    assert sent.status_code == 303
    job = done(own, sent.headers["location"])
    assert [row["outcome"] for row in job["outcomes"]] == ["read"]
    assert any(row["kind"] == "report" and row["sign"] == "added" for row in job["changes"])
    assert own.get(sent.headers["location"]).status_code == 200
    after = own.get("/board.json").json()
    assert after["reports"] == before["reports"] + 1
    assert after["latest"][0]["outlet"] == "Border Post"
    again = done(own, post(own, "/add", text=NEW, outlet="Border Post", published="2031-03-14").headers["location"])
    assert [row["outcome"] for row in again["outcomes"]] == ["known"]
    assert again["changes"] == []


def test_files_are_read_one_by_one_and_a_bad_one_says_why(own: TestClient) -> None:
    page = f"<html><body><article><h1>Talks</h1><p>{NEW}</p></article></body></html>"
    files = [("files", ("../../star.txt", NEW.encode())), ("files", ("empty.txt", b"")),
             ("files", ("page.html", page.encode()))]  # fmt: skip
    job = done(own, post(own, "/add", files=files).headers["location"])
    outcomes = {row["file"]: row for row in job["outcomes"]}
    assert outcomes["star.txt"]["outcome"] == "read"
    assert outcomes["empty.txt"]["outcome"] == "refused"
    assert "empty" in outcomes["empty.txt"]["message"]
    assert outcomes["page.html"]["outcome"] in ("read", "known")


@pytest.mark.usefixtures("tests_importable")
def test_a_file_that_kills_the_reader_costs_only_itself(own: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "Clerk", lambda: Clerk(Worker("scale.deadly:work")))
    texts = {"a.txt": NEW, "b.txt": f"{NEW} It is deadly to read.", "c.txt": NEW.replace("Gorna", "Vell")}
    files = [("files", (name, text.encode())) for name, text in texts.items()]
    job = done(own, post(own, "/add", files=files).headers["location"])
    assert [row["outcome"] for row in job["outcomes"]] == ["read", "refused", "read"]
    assert "SIGSEGV" in job["outcomes"][1]["message"]
    assert own.get("/board.json").status_code == 200


def test_what_others_write_is_seen(own: TestClient) -> None:
    place = own.app.state.shelf.place  # type: ignore[attr-defined]
    before = own.get("/board.json").json()["events"]
    with Store.open(place, writable=True) as store:
        gone = store.readings()[0]
        store.add(store.reports()[0], replace(gone, mentions=(), claims=()), model="other", ontology="other")
        if isinstance(place, Server):
            time.sleep(OFTEN)
        assert own.get("/board.json").json()["events"] < before  # while the other still holds it


def test_nothing_and_too_many_are_refused_with_words(own: TestClient) -> None:
    assert "Paste a report" in post(own, "/add").text
    many = [("files", (f"{n}.txt", b"x")) for n in range(61)]
    assert "At most 60" in post(own, "/add", files=many).text


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/passwd", "..\\..\\x.html", "...", "a" * 300 + ".pdf", "\x00\n.txt", ""]
)
def test_names_of_uploads_stay_in_their_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert Path(safe).name == safe
    assert safe not in (".", "..")
    assert len(safe) < 100


def event_of(client: TestClient, section: str = "differ") -> dict[str, Any]:
    columns = {c["section"]: c["lines"] for c in client.get("/board.json").json()["columns"]}
    found: dict[str, Any] = columns[section][0]
    return found


def test_a_headline_is_corrected_in_place_and_undone(own: TestClient) -> None:
    event = event_of(own)
    sent = post(own, "/corrections", action="rename", ids=event["id"], to="A better headline", reason="it reads badly",
                author="Ada")  # fmt: skip
    assert sent.headers["location"] == f"/events/{event['id']}"
    page = own.get(sent.headers["location"])
    assert "A better headline" in page.text
    assert "A person has decided" in page.text
    log = own.get("/corrections.json").json()
    assert log["held"][0]["author"] == "Ada"
    assert "it reads badly" in own.get("/corrections").text
    assert post(own, f"/corrections/{log['held'][0]['id']}/undo", author="Ben").status_code == 303
    assert own.get(f"/events/{event['id']}.json").json()["headline"] == event["text"]
    assert own.get("/corrections.json").json()["undone"][0]["author"] == "Ben"
    assert post(own, f"/corrections/{log['held'][0]['id']}/undo", author="Ben").status_code == 404


def test_an_event_is_split_retyped_rejected_and_two_are_merged(own: TestClient) -> None:
    event = event_of(own)
    why = {"reason": "so it is", "author": "Ada"}
    leaves = event["reports"][-1]
    assert post(own, "/corrections", action="split", ids=[event["id"], leaves], **why).status_code == 303
    left = {account["report"] for account in own.get(f"/events/{event['id']}.json").json()["accounts"]}
    assert left in ({leaves}, {*event["reports"]} - {leaves})  # the id stays with the part that was reported first
    count = own.get("/board.json").json()["events"]
    first, second = own.get("/board.json").json()["columns"][2]["lines"][:2]
    assert post(own, "/corrections", action="merge", ids=[first["id"], second["id"]], **why).status_code == 303
    assert own.get("/board.json").json()["events"] == count - 1
    third = own.get("/board.json").json()["columns"][2]["lines"][3]
    assert post(own, "/corrections", action="retype", ids=third["id"], to="PROTEST/demo", **why).status_code == 303
    assert own.get(f"/events/{third['id']}.json").json()["type"] == "PROTEST"
    assert post(own, "/corrections", action="reject", ids=third["id"], **why).status_code == 303
    assert own.get("/board.json").json()["events"] == count - 2


def test_an_actor_is_renamed(own: TestClient) -> None:
    actor = own.get("/actors.json").json()["rows"][0]["id"]
    sent = post(own, "/corrections", action="rename", ids=actor, to="Another Name", reason="spelling", author="Ada")
    assert "Another Name" in own.get(sent.headers["location"]).text


def test_what_cannot_be_corrected_says_why(own: TestClient) -> None:
    wrong = post(own, "/corrections", action="rename", ids="e-none", to="x", reason="why", author="Ada")
    assert wrong.status_code == 409
    path = own.app.state.shelf.place  # type: ignore[attr-defined]
    with Store.open(path, writable=True):
        busy = post(own, "/corrections", action="reject", ids=event_of(own)["id"], reason="why", author="Ada")
        assert busy.status_code == 409
        assert "writing" in busy.text


def test_what_is_new_since_a_day(client: TestClient) -> None:
    told = client.get("/new.json").json()
    assert told["since"] == "2031-03-12"
    assert any(row["kind"] == "report" for row in told["rows"])
    assert client.get("/new?since=2031-03-13").text.count("<li class") == 0
    assert client.get("/new?since=1900-01-01").status_code == 200
