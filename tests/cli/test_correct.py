from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from crises import EXAMPLES, dossier, knowledge_of, reader, reports

from dragoman.knowledge.tables import Kept
from dragoman.store import Store, ingest
from dragoman.tell.footnotes import Footnotes

CRISIS = "oravia"
REASON = ("--reason", "told so", "--author", "Ada")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crisis") / "crisis.db"
    own = EXAMPLES / CRISIS / "actors.tsv"
    with Store.open(path, writable=True) as store:
        store.keep_tables({"actors": Kept(str(own), own.read_text(encoding="utf-8"))})
        for report in reports(CRISIS):
            ingest(store, report, reader=reader(), knowledge=knowledge_of(CRISIS))
    return path


@pytest.fixture
def crisis(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "crisis.db"))


def test_a_correction_is_made_listed_explained_and_undone(run: Any, crisis: Path) -> None:
    before = run("export", crisis, "--as", "json").stdout
    event = dossier(CRISIS).events[0]
    done = run("correct", crisis, "rename", event.id, "--to", "A line of my own", *REASON)
    assert done.exit_code == 0
    ident = done.stdout.strip()
    assert "--undo" in done.stderr
    assert "A line of my own" in run("explain", crisis, event.id).stdout
    assert "corrected" in run("show", crisis, "--all").stdout
    assert "told so" in run("explain", crisis, ident).stdout
    listed = run("corrections", crisis).stdout
    assert all(word in listed for word in (ident, "Ada", "told so", event.id))
    (row,) = [json.loads(line) for line in run("corrections", crisis, "--format", "json").stdout.splitlines()]
    assert row["rows"] == [event.id]
    assert run("corrections", crisis, "--undo", ident).exit_code == 0
    assert run("export", crisis, "--as", "json").stdout == before
    assert "undone by" in run("corrections", crisis, "--log").stdout
    assert "Nothing was corrected" in run("corrections", crisis).stderr


def test_a_mark_of_the_board_stands_for_the_one_event_of_its_sentence(run: Any, crisis: Path) -> None:
    many = run("correct", crisis, "reject", "A4", *REASON)
    assert many.exit_code == 1
    assert "name one by its id" in many.stderr
    assert run("correct", crisis, "reject", "D5", *REASON).exit_code == 0


def test_what_a_report_tells_leaves_an_event_by_the_letter_of_the_board(run: Any, crisis: Path) -> None:
    before = json.loads(run("export", crisis, "--as", "json").stdout)
    letters = Footnotes(dossier(CRISIS)).letters
    event = next(e for e in before["events"] if len(e["reports"]) > 1)
    done = run("correct", crisis, "split", event["id"], letters[event["reports"][-1]], *REASON)
    assert done.exit_code == 0, done.stderr
    after = json.loads(run("export", crisis, "--as", "json").stdout)
    away = [i for i in event["mentions"] if i.startswith(event["reports"][-1])]
    homes = {e["id"] for e in after["events"] for i in away if i in e["mentions"]}
    assert homes  # an event of its own, or another that it fits
    assert event["id"] not in homes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["correct", "{db}", "reject", "e-none", *REASON], "explain"),
        (["correct", "{db}", "reject", "e-none"], "--reason"),
        (["correct", "{db}", "reject", "Z9", *REASON], "lettered A to D"),
        (["explain", "{db}", "a7"], "report A has the sentences 1 to"),
        (["explain", "{db}", "B700"], "as the board prints it: A7"),
        (["explain", "{db}", "e-none"], "--format json"),
        (["correct", "{db}", "ban", "e-none", *REASON], "reject"),
        (["correct", "{db}.no", "reject", "e-none", *REASON], "dragoman read"),
        (["corrections", "{db}", "--undo", "k-none"], "dragoman corrections"),
        (["show", "{db}", "--as-of", "Friday"], "YYYY-MM-DD"),
        (["show", "{db}", "--as-of", "2031-03-01"], "2031-03-11"),
    ],
)
def test_what_cannot_be_done_names_the_next_step(run: Any, crisis: Path, words: list[str], said: str) -> None:
    done = run(*(word.format(db=crisis) for word in words))
    assert done.exit_code in (1, 2)
    assert said in done.stderr
    assert sorted(p.name for p in crisis.parent.iterdir()) == ["crisis.db"]


def test_as_of_a_day_the_later_reports_are_not_known(run: Any, crisis: Path) -> None:
    found = json.loads(run("export", crisis, "--as", "json", "--as-of", "2031-03-11").stdout)
    assert {r["published"] for r in found["reports"]} == {"2031-03-11"}
    assert found["read_at"] == "2031-03-11"
    assert {e["status"] for e in found["expectations"] if e["due"]["end"] >= "2031-03-11"} == {"open"}


def test_a_kept_dossier_goes_on_with_its_own_tables(run: Any, folder: Path) -> None:
    table = folder / "actors.tsv"
    table.write_text("name\tkind\tcountry\nHarbour League\torganization\tORV\n", encoding="utf-8")
    run("read", folder / "dawn.txt", "-d", folder / "crisis.db", "--actors", table)
    table.unlink()
    run("read", folder / "star.txt", "-d", folder / "crisis.db")
    with Store.open(folder / "crisis.db") as store:
        assert len(store.ontologies()) == 1


def test_stories_are_listed_and_one_is_shown(run: Any, crisis: Path) -> None:
    rows = [json.loads(line) for line in run("stories", crisis, "--format", "json").stdout.splitlines()]
    assert sorted(r for row in rows for r in row["reports"]) == sorted(r.id for r in dossier(CRISIS).reports)
    assert all(row["id"] in run("stories", crisis).stdout for row in rows)
    shown = json.loads(run("show", crisis, "--story", rows[0]["id"], "--format", "json").stdout)
    assert [r["id"] for r in shown["reports"]] == rows[0]["reports"]
    for report in shown["reports"]:
        assert run("show", crisis, "--story", f"s-{report['sha256'][:8]}").exit_code == 0
    assert "dragoman stories" in run("show", crisis, "--story", "s-none").stderr
