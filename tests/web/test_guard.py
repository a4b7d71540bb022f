"""Who may ask, and for how much."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from starlette.testclient import TestClient

from dragoman.web import create_app
from dragoman.web.guard import LIMIT, host_of

TOKEN = "0123456789abcdef0123"


def test_every_answer_forbids_what_a_page_does_not_need(client: TestClient) -> None:
    for path in ("/", "/board.json", "/none", "/static/dragoman.css"):
        headers = client.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]"])
def test_another_name_for_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machines_own_names_are(client: TestClient, host: str) -> None:
    assert client.get("/board.json", headers={"host": host}).status_code == 200


def test_a_host_without_its_bracket_is_no_name() -> None:
    assert host_of("[::1") == "["


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"},
     {"origin": "null"}],
)  # fmt: skip
def test_a_change_asked_for_by_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/enter", headers=headers).status_code == 403


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/enter", content=b"x", headers={"content-length": str(LIMIT + 1)}).status_code == 413

    def much() -> object:
        for _ in range(LIMIT // 1_000_000 + 2):
            yield b"x" * 1_000_000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/enter", content=much(), headers=kind).status_code in (400, 413)  # type: ignore[arg-type]


def test_with_a_token_only_who_has_it_is_answered(oravia: Path) -> None:
    client = TestClient(create_app(oravia, token=TOKEN), base_url="http://desk.example", follow_redirects=False)
    assert client.get("/").headers["location"] == "/enter"
    assert client.get("/board.json").status_code == 401
    assert client.get("/board.json", headers={"authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert client.get("/board.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    door = client.get("/enter")
    assert door.status_code == 200
    assert "oravia" not in door.text
    assert client.post("/enter", data={"token": "wrong"}).status_code == 401
    assert client.post("/enter", data={"token": TOKEN}).headers["location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("words", "says"),
    [(("--host", "0.0.0.0"), "needs a token"), (("--host", "0.0.0.0", "--token", "short"), "openssl rand")],
)
def test_the_command_says_what_a_team_needs(run: object, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    done: Result = run("serve", tmp_path / "crisis.db", *words)  # type: ignore[operator]
    assert done.exit_code == 2
    assert says in done.stderr


def test_what_is_no_dossier_is_said_before_anything_is_served(run: object, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a dossier, but long enough to be looked at twice", encoding="utf-8")
    done: Result = run("open", tmp_path / "notes.db", "--no-browser")  # type: ignore[operator]
    assert done.exit_code == 1
    assert "is no dossier" in done.stderr
