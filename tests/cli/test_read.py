from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.records import Dossier
from dragoman.store import Store, knowledge_in


def dossier(stdout: bytes) -> Dossier:
    return msgspec.json.decode(stdout, type=Dossier)


def test_json_on_stdout_is_the_dossier_and_nothing_else(run: Any, folder: Path) -> None:
    done = run("read", folder / "dawn.txt", folder / "star.txt", "--published", "2021-03-01", "--format", "json")
    assert done.exit_code == 0
    found = dossier(done.stdout_bytes)
    assert [r.origin for r in found.reports] == ["dawn.txt", "star.txt"]
    assert {r.published for r in found.reports} == {"2021-03-01"}
    assert found.read_at == "2021-03-01"
    assert found.model == "stand-in 0"
    assert found.ontology
    assert done.stdout_bytes.endswith(b"}\n")
    assert done.stderr == ""


def test_the_same_reports_give_the_same_bytes_in_any_order(run: Any, folder: Path) -> None:
    files = [folder / "dawn.txt", folder / "star.txt"]
    first = run("read", *files, "--format", "json")
    second = run("read", *files[::-1], "--format", "json")
    assert first.stdout_bytes == second.stdout_bytes


def test_without_d_nothing_is_written(run: Any, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert run("read", folder, "--quiet").exit_code == 0
    assert sorted(folder.rglob("*")) == before


def test_with_d_the_dossier_grows_and_reading_twice_changes_nothing(run: Any, folder: Path) -> None:
    db = folder / "crisis.db"
    run("read", folder / "dawn.txt", "-d", db)
    both = run("read", folder, "-d", db, "--format", "json")
    again = run("read", folder, "-d", db, "--format", "json")
    assert len(dossier(both.stdout_bytes).reports) == 2
    assert both.stdout_bytes == again.stdout_bytes
    assert both.stdout_bytes == run("show", db, "--format", "json").stdout_bytes
    assert both.stdout_bytes == run("export", db, "--as", "json").stdout_bytes
    assert len(run.reader.read_ids) == 2


def test_stdin_is_a_report(run: Any, folder: Path) -> None:
    done = run("read", "-", "--format", "json", stdin=(folder / "dawn.txt").read_bytes())
    (report,) = dossier(done.stdout_bytes).reports
    assert report.origin == "stdin"


def test_the_board_and_the_brief_are_printed(run: Any, folder: Path) -> None:
    assert run("read", folder).stdout
    assert run("read", folder, "--format", "md").stdout.startswith("#")


def test_a_missing_date_is_said_once_and_names_the_option(run: Any, folder: Path) -> None:
    done = run("read", folder)
    assert done.stderr.count("--published") == 1
    assert "2 of 2" in done.stderr
    assert "--published" not in run("read", folder, "--published", "2021-03-01").stderr
    assert run("read", folder, "--quiet").stderr == ""


def test_one_bad_file_is_reported_and_the_rest_is_read(run: Any, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    done = run("read", folder, folder / "gone.txt", "--format", "json")
    assert done.exit_code == 0
    assert "empty.txt: the file is empty" in done.stderr
    assert "gone.txt: there is no such file" in done.stderr
    assert "2 of 4" in done.stderr
    found = dossier(done.stdout_bytes)
    assert len(found.reports) == 2
    assert {(r.report, r.stage) for r in found.rejects if r.stage == "collect"} == {
        ("empty.txt", "collect"),
        ("gone.txt", "collect"),
    }


def test_a_report_that_breaks_the_reader_costs_only_itself(run: Any, folder: Path) -> None:
    text = (folder / "dawn.txt").read_text(encoding="utf-8") + "This line is unreadable on purpose.\n"
    (folder / "bad.txt").write_text(text, encoding="utf-8")
    done = run("read", folder, "--format", "json")
    assert done.exit_code == 0
    assert "bad.txt: could not be read (ValueError: on purpose)" in done.stderr
    assert [r.origin for r in dossier(done.stdout_bytes).reports] == ["dawn.txt", "star.txt"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "pdftotext"),
        (b"Leave a Reply\n\nAdvertisement\n", "surrounds"),
        ("Der Minister hat gesagt, dass die beiden Länder nicht für den Frieden bereit sind.\n" * 3, "German"),
        (b"The king has fled to the south and the court with him. " * 200, "--limit"),
    ],
)
def test_when_nothing_was_read_the_status_says_so(run: Any, tmp_path: Path, data: bytes | str, words: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    done = run("read", path, "--limit", "0.01", "--format", "json")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert words in done.stderr
    assert "nothing was read" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["read"], 2, "Missing argument"),
        (["read", "{folder}", "--published", "yesterday"], 1, "YYYY-MM-DD"),
        (["read", "{folder}", "--dates", "{folder}/dawn.txt"], 1, "first line"),
        (["read", "{folder}/none"], 1, "no such file"),
        (["read", "{folder}", "-d", "{folder}"], 1, "folder"),
        (["read", "{folder}", "-d", "{folder}/dawn.txt"], 1, "no dossier"),
        (["read", "{folder}", "-d", "{folder}/no/crisis.db"], 1, "mkdir"),
        (["show", "{folder}/crisis.db"], 1, "dragoman read"),
        (["export", "{folder}/dawn.txt", "--as", "json"], 1, "no dossier"),
        (["explain", "{folder}/crisis.db", "x"], 1, "dragoman read"),
        (["rejects", "{folder}/crisis.db"], 1, "dragoman read"),
    ],
)
def test_an_error_is_one_message_with_the_next_step(
    run: Any, folder: Path, words: list[str], status: int, said: str
) -> None:
    before = sorted(folder.rglob("*"))
    done = run(*[word.format(folder=folder) for word in words])
    assert done.exit_code == status
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert sorted(folder.rglob("*")) == before


def test_a_knowledge_file_that_cannot_be_used_stops_the_reading(run: Any, folder: Path) -> None:
    (folder / "codes.tsv").write_text("lemma\tno such column\nurge\tx\n", encoding="utf-8")
    for option in ("--ontology", "--actors", "--places"):
        done = run("read", folder / "dawn.txt", option, folder / "codes.tsv")
        assert done.exit_code == 1, option
        assert "codes.tsv:1" in done.stderr


def test_places_of_ones_own_are_kept_with_the_dossier(run: Any, folder: Path) -> None:
    table = "name\taliases\tcountry\tlat\tlon\nBerlin\t\tNER\t13.5\t2.1\n"
    (folder / "own.tsv").write_text(table, encoding="utf-8")
    asked = [folder / "dawn.txt", "--published", "2021-03-01", "-d", folder / "own.db"]
    assert run("read", *asked, "--places", folder / "own.tsv").exit_code == 0
    with Store.open(folder / "own.db") as store:
        region = knowledge_in(store).gazetteer.region("Berlin")
    assert region is not None
    assert (region.country, region.lat) == ("NER", 13.5)
