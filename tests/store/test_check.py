"""A dossier that is whole has no fault; whatever is broken in it is found and named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from crises import knowledge_of, reader, reports
from msgspec.structs import replace

from dragoman.records import Anchor, Correction, Reading, Report, Span
from dragoman.store import Store, ingest
from dragoman.store.check import check


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "crisis.db"
    with Store.open(path, writable=True) as store:
        for report in reports("oravia"):
            ingest(store, report, reader=reader(), knowledge=knowledge_of("oravia"))
    return path


@pytest.fixture
def crisis(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "crisis.db"))


def test_what_was_read_is_whole(run: Any, crisis: Path) -> None:
    with Store.open(crisis) as store:
        assert list(check(store)) == []
    done = run("check", crisis)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "4 reports" in done.stderr


def reading(change: Callable[[Reading], Reading]) -> Callable[[sqlite3.Connection], None]:
    def broken(connection: sqlite3.Connection) -> None:
        ident, data = connection.execute("SELECT report, data FROM readings ORDER BY report LIMIT 1").fetchone()
        made = change(msgspec.msgpack.decode(data, type=Reading))
        connection.execute("UPDATE readings SET data = ? WHERE report = ?", (msgspec.msgpack.encode(made), ident))

    return broken


def report(change: Callable[[Report], Report]) -> Callable[[sqlite3.Connection], None]:
    def broken(connection: sqlite3.Connection) -> None:
        ident, data = connection.execute("SELECT id, data FROM reports ORDER BY id LIMIT 1").fetchone()
        made = change(msgspec.json.decode(data, type=Report))
        connection.execute("UPDATE reports SET data = ? WHERE id = ?", (msgspec.json.encode(made), ident))

    return broken


def corrected(connection: sqlite3.Connection) -> None:
    digest = connection.execute("SELECT sha256 FROM reports").fetchone()[0]
    row = Correction(id="k-1", action="reject", kind="mention", about="x", at=(Anchor(digest, Span(9**6, 9**7)),),
                     author="Ada", reason="no", made="2031")  # fmt: skip
    connection.execute(
        "INSERT INTO corrections (id, made, data) VALUES ('k-1', '2031', ?)", (msgspec.json.encode(row),)
    )


FAR = Span(10**6, 10**6 + 5)


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (report(lambda r: replace(r, text=r.text + "!")), "digest"),
        (report(lambda r: replace(r, boilerplate=(FAR,))), "beyond the text"),
        (reading(lambda r: replace(r, mentions=(replace(r.mentions[0], trigger=FAR),))), "beyond the text"),
        (reading(lambda r: replace(r, mentions=(replace(r.mentions[0], actor=("nobody",)),))), "nobody"),
        (reading(lambda r: replace(r, mentions=(replace(r.mentions[0], report="other"),))), "other"),
        (reading(lambda r: replace(r, claims=(replace(r.claims[0], content=FAR),))), "beyond the text"),
        (lambda c: c.execute("DELETE FROM readings WHERE report = (SELECT min(id) FROM reports)"), "no reading"),
        (lambda c: c.execute("DELETE FROM reports WHERE id = (SELECT min(id) FROM reports)"), "not here"),
        (corrected, "fastened"),
    ],
)
def test_what_is_broken_is_found(
    run: Any, crisis: Path, breaks: Callable[[sqlite3.Connection], None], said: str
) -> None:
    connection = sqlite3.connect(crisis)
    breaks(connection)
    connection.commit()
    connection.close()
    with Store.open(crisis) as store:
        faults = list(check(store))
    assert any(said in fault.wrong for fault in faults)
    done = run("check", crisis)
    assert done.exit_code == 1
    assert said in done.stdout
    assert "fault" in done.stderr
