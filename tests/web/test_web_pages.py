"""Every page answers, says what its JSON says, shows hostile text as text, and loads nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from stand_in import StandIn
from starlette.testclient import TestClient

from dragoman.collect import collect
from dragoman.knowledge import Knowledge
from dragoman.store import Store, ingest
from dragoman.tell.handover import FORMATS
from dragoman.web import create_app
from dragoman.web.serving import RECORDS
from dragoman.web.templating import NAV

LISTS = [path for path, _ in NAV]
HOSTILE = '<script>alert("x")</script> & <img src=x onerror=alert(1)> \u202egnirts\u202c مرحبا {{ 7 * 7 }}'


class Links(HTMLParser):
    """What a page loads, where it leads, and what runs in it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.inline += [name for name, _ in attrs if name == "style" or name.startswith("on")]
        self.inline += ["script"] if tag == "script" and "src" not in given else []
        self.inline += ["style"] if tag == "style" else []
        if tag in ("script", "img", "link", "iframe", "source"):
            self.loads.append(given.get("src") or given.get("href") or "")
        elif tag == "a":
            self.leads.append(given.get("href") or "")


def pages(client: TestClient) -> list[str]:
    events = [line["id"] for column in client.get("/board.json").json()["columns"] for line in column["lines"]]
    reports = [row["id"] for row in client.get("/reports.json").json()["rows"]]
    actors = [row["id"] for row in client.get("/actors.json").json()["rows"]]
    some = {"events": events[:8], "reports": reports, "actors": actors[:8]}
    return [*LISTS, "/api", *(f"/{kind}/{ident}" for kind, idents in some.items() for ident in idents)]


def test_every_page_is_whole_and_every_link_leads_somewhere(client: TestClient) -> None:
    todo, seen = pages(client), set[str]()
    while todo:
        path = todo.pop().partition("#")[0]
        if path in seen or not path.startswith("/"):
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        found = Links(answer.text)
        assert not found.inline, path
        assert all(address.startswith("/static/") for address in found.loads), path
        assert len(found.ids) == len(set(found.ids)), path
        assert answer.text.count("<h1") == 1, path
        if len(seen) < 150:
            todo += found.leads
    assert len(seen) > 20


@pytest.mark.parametrize("path", ["/board", *LISTS[1:]])
def test_every_list_has_its_twin_in_json(client: TestClient, path: str) -> None:
    assert client.get(f"{path}.json").headers["content-type"] == "application/json"


def test_a_line_of_the_board_leads_to_its_sentences(client: TestClient) -> None:
    columns = {column["section"]: column["lines"] for column in client.get("/board.json").json()["columns"]}
    line = columns["differ"][0]
    event = client.get(f"/events/{line['id']}.json").json()
    assert {p["mark"] for a in event["accounts"] for p in a["passages"]} == set(line["marks"])
    page = client.get(f"/events/{line['id']}").text
    for account in event["accounts"]:
        report = client.get(f"/reports/{account['report']}").text
        for passage in account["passages"]:
            assert f'id="{passage["mark"]}"' in report
            assert f"#{passage['mark']}" in page


def test_former_ids_lead_to_the_event(client: TestClient) -> None:
    lines = [line for column in client.get("/board.json").json()["columns"] for line in column["lines"]]
    events = [client.get(f"/events/{line['id']}.json").json() for line in lines]
    former = next(event for event in events if event["was"])
    assert client.get(f"/events/{former['was'][0]}.json").json() == former


def test_what_is_not_there_is_said(client: TestClient) -> None:
    for path in ("/events/none", "/reports/none", "/actors/none", "/none"):
        assert client.get(path).status_code == 404
        assert "To the board" in client.get(path).text
        assert client.get(f"{path}.json").status_code == 404
        assert "error" in client.get(f"{path}.json").json()
    wrong = client.get("/?since=yesterday")
    assert wrong.status_code == 422
    assert "since" in wrong.text
    assert client.get("/?page=999").status_code == 200


def test_an_empty_dossier_shows_empty_pages(empty: TestClient) -> None:
    for path in LISTS:
        assert empty.get(path).status_code == 200, path


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    file = tmp_path / "<b>bold.txt"
    file.write_text(
        f"{HOSTILE}\n\nTroops left {HOSTILE} on Sunday, and the mayor said that they would be back before the vote.\n",
        encoding="utf-8",
    )
    with Store.open(tmp_path / "crisis.db", writable=True) as store:
        for item in collect([file]):
            assert item.report is not None
            ingest(store, item.report, reader=StandIn(), knowledge=Knowledge())
    client = TestClient(create_app(tmp_path / "crisis.db"), base_url="http://127.0.0.1")
    report = client.get("/reports.json").json()["rows"][0]["id"]
    for path in (*LISTS, f"/reports/{report}", f"/?q={HOSTILE}", f"/reports?q={HOSTILE}", f"/events/{HOSTILE[:8]}"):
        words = client.get(path).text
        assert "<script>" not in words
        assert "<img" not in words
        assert "<b>bold" not in words
        assert "\u202e" not in words
        assert not Links(words).inline
    shown = client.get(f"/reports/{report}").text
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in shown
    assert "{{ 7 * 7 }}" in shown
    assert not re.search(r"href=\"javascript", shown)


def test_what_a_page_gives_is_what_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for path in pages(client):
        twin = "/board.json" if path == "/" else f"{path}.json"
        told = client.get(twin)
        if path == "/api":
            continue
        kind = twin if twin in described["paths"] else f"/{twin.split('/')[1]}/{{ident}}.json"
        shape = described["paths"][kind]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        name = shape["$ref"].rsplit("/", 1)[-1]
        assert set(told.json()) == set(described["components"]["schemas"][name]["properties"])
        msgspec.json.decode(told.content, type=RECORDS[name])


@pytest.mark.parametrize("form", ["json", "md", "html", "plover", "cameo", "timeline", "graphml"])
def test_the_dossier_is_handed_over_as_a_file(client: TestClient, form: str) -> None:
    saved = client.get(f"/handover/{form}")
    assert saved.headers["content-disposition"] == f'attachment; filename="oravia.{FORMATS[form].ending}"'
    assert len(saved.content) > 2000
    assert client.get("/handover/secrets").status_code == 404


def test_the_api_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert {"/board.json", "/reports.json", "/events/{ident}.json", "/reports/{ident}.json"} <= set(described["paths"])
    for name, ways in described["paths"].items():
        for way in ways.values():
            assert way["responses"]["200"]["content"]["application/json"]["schema"], name
    assert "/board.json" in client.get("/api").text


def test_a_dossier_that_grows_is_shown_anew(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "crisis.db"
    with Store.open(path, writable=True):
        pass
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    assert client.get("/board.json").json()["reports"] == 0
    with Store.open(path, writable=True) as store:
        for item in collect([folder]):
            assert item.report is not None
            ingest(store, item.report, reader=StandIn(), knowledge=Knowledge())
    assert client.get("/board.json").json()["reports"] == 2
