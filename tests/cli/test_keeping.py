"""What is kept beside the readings: raw inputs, what is to be tried again, copies; and how it is said."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.cli.metrics import serve_metrics, watch_metrics
from dragoman.collect import files
from dragoman.store import DossierError, Raw, Round, Store, backup
from dragoman.web import create_app


def test_raw_inputs_are_kept_once_for_each_content(run: Any, folder: Path) -> None:
    db = folder / "crisis.db"
    (folder / "again.txt").write_bytes((folder / "dawn.txt").read_bytes())
    for _ in range(2):
        assert run("read", folder, "-d", db, "--keep-raw").exit_code == 0
    kept = sorted((folder / "crisis.db.raw").glob("??/*"))
    assert {path.name for path in kept} == {
        hashlib.sha256((folder / f"{name}.txt").read_bytes()).hexdigest() for name in ("dawn", "star")
    }
    entries = list(Raw(db).entries())
    assert [entry.name for entry in entries] == ["again.txt", "dawn.txt", "star.txt"]
    assert entries[0].found == str(folder / "again.txt")
    assert run("check", db).exit_code == 0
    kept[0].write_bytes(b"another")
    assert "not what its name says" in run("check", db).stdout


def test_raw_inputs_need_a_dossier_in_a_file(run: Any, folder: Path) -> None:
    assert "-d crisis.db" in run("read", folder, "--keep-raw").stderr


def test_what_was_refused_is_tried_again_on_request(run: Any, folder: Path) -> None:
    db, bad = folder / "crisis.db", folder / "bad.txt"
    bad.write_bytes(b"")
    run("read", folder, "-d", db)
    assert run("rejects", db).stdout.startswith("collect\t")  # files that could not be read stand before single words
    assert "empty" in run("rejects", db, "--retry").stdout
    bad.write_bytes((folder / "dawn.txt").read_bytes().replace(b"Karsh", b"Gorna"))
    again = run("rejects", db, "--retry")
    assert "1 tried again: 1 reports read." in again.stderr
    assert "bad.txt" not in again.stdout
    with Store.open(db) as store:
        assert len(store.reports()) == 3
    assert "0 tried again" in run("rejects", db, "--retry").stderr


def test_what_is_new_of_late_is_told(run: Any, folder: Path) -> None:
    db = folder / "crisis.db"
    run("read", folder / "dawn.txt", "-d", db, "--published", "2021-03-01")
    run("read", folder / "star.txt", "-d", db, "--published", "2021-03-05")
    told = json.loads(run("brief", db, "--since", "2021-03-05", "--format", "json").stdout)
    assert [row["sign"] for row in told["rows"] if row["kind"] == "report"] == ["added"]
    assert "nothing changed" in run("brief", db).stdout
    assert run("brief", db, "--since", "soon").exit_code == 2


def test_a_copy_is_made_while_the_dossier_is_written(run: Any, folder: Path) -> None:
    db = folder / "crisis.db"
    run("read", folder / "dawn.txt", "-d", db)
    with Store.open(db, writable=True):
        assert run("backup", db, folder / "copy.db").exit_code == 0
    assert run("check", folder / "copy.db").exit_code == 0
    shown = [run("show", path, "--format", "json").stdout for path in (db, folder / "copy.db")]
    assert shown[0] == shown[1]
    assert "already" in run("backup", db, folder / "copy.db").stderr
    assert "cannot be written" in run("backup", db, folder / "none" / "copy.db").stderr
    assert "pg_dump" in run("backup", "postgresql://ada@db.example/crises", folder / "c.db").stderr


def test_copies_made_during_a_reading_are_whole(folder: Path, tmp_path: Path) -> None:
    db, stop, wrong = tmp_path / "busy.db", threading.Event(), []
    with Store.open(db, writable=True) as store:

        def write() -> None:
            while not stop.is_set():
                store.set_aside(())

        writer = threading.Thread(target=write)
        writer.start()
        for n in range(5):
            try:
                backup(db, tmp_path / f"copy{n}.db")
            except DossierError as err:
                wrong.append(err)
        stop.set()
        writer.join()
    assert wrong == []
    assert all(Store.open(tmp_path / f"copy{n}.db").damage() == () for n in range(5))


def test_logs_are_json_on_request(run: Any, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    lines = [json.loads(line) for line in run("--log-format", "json", "read", folder).stderr.splitlines()]
    assert {line["level"] for line in lines} == {"info"}
    assert any("empty" in line["message"] for line in lines)
    assert {line["command"] for line in lines} == {"read"}
    failed = run("--log-format", "json", "read", folder / "empty.txt")
    assert failed.exit_code == 1
    assert json.loads(failed.stderr.splitlines()[-1])["level"] == "error"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["read", "{folder}"], 0),
        (["read", "{folder}/none.txt"], 1),
        (["show", "{folder}/none.db"], 1),
        (["check", "{folder}/dawn.txt"], 1),
        (["read"], 2),
        (["brief", "{folder}/none.db", "--since", "x"], 2),
        (["nothing"], 2),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_exit_statuses_are_those_that_are_documented(
    run: Any, folder: Path, words: list[str], status: int, form: str
) -> None:
    given = [word.format(folder=folder) for word in words]
    assert run("--log-format", form, *given).exit_code == status


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def figures(port: int) -> str:
    said: bytes = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read()
    return said.decode()


def test_figures_of_a_watch_are_given_to_prometheus() -> None:
    port = free_port()
    counted = watch_metrics(port)
    counted(Round(["a", "b"], ["a feed is away"], announced=5, passed=2))
    assert "dragoman_reports_read_total 2.0" in figures(port)
    assert "dragoman_troubles_total 1.0" in figures(port)


def test_figures_of_a_server_are_given_to_prometheus(run: Any, folder: Path) -> None:
    run("read", folder, "-d", folder / "crisis.db")
    port = free_port()
    app = create_app(folder / "crisis.db", counted=serve_metrics(port))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for path in ("/", "/board.json", "/actors/nobody", "/actors/nobody.json", "/static/dragoman.css", "/x"):
            client.get(path)
        client.get("/", headers={"host": "evil.example"})
    said = figures(port)
    assert 'dragoman_requests_total{page="/",status="200"} 1.0' in said
    assert 'dragoman_requests_total{page="/actors/{ident}",status="404"} 1.0' in said
    assert "nobody" not in said
    assert 'dragoman_requests_total{page="/static",status="200"} 1.0' in said
    assert 'page="other",status="421"' in said
    assert 'dragoman_request_seconds_count{page="/board.json"} 1.0' in said
    assert 'dragoman_dossier_rows{list="reports"} 2.0' in said


def test_the_files_of_a_folder_have_names() -> None:
    assert files([Path("-")])[0].name == "stdin"


def test_lines_of_the_table_of_dates_that_fit_no_file_are_said(run: Any, folder: Path) -> None:
    (folder / "dates.tsv").write_text("file\tpublished\ndawn.txt\t2021-03-01\ndusk.txt\t2021-03-02\n", encoding="utf-8")
    said = run("read", folder, "--dates", folder / "dates.tsv").stderr
    assert "1 lines of" in said
    assert "dusk.txt" in said


def test_a_watch_of_feeds_that_are_all_away_says_so(run: Any, folder: Path) -> None:
    done = run("watch", "http://127.0.0.1:9/feed", "-d", folder / "crisis.db", "--once")
    assert done.exit_code == 1
    assert "no feed could be had" in done.stderr
