"""What is read into parts and reconciled is what one process makes of the same reports."""

from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec
import pytest
from click.testing import CliRunner

from dragoman.cli import dragoman
from dragoman.records import Dossier
from dragoman.scale.gathering import RECORDS, UNDATED, gathered, lay_out, view
from dragoman.scale.order import order_in
from dragoman.scale.places import Folder, ScaleError
from dragoman.tell.export import to_json

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(*words: str | Path) -> str:
    done = CliRunner().invoke(dragoman, [str(word) for word in words])
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    given = [*sorted((EXAMPLES / "suez-1956").glob("*.txt")), EXAMPLES / "oravia"]
    given.append(folder / "empty.txt")
    given[-1].write_text("", encoding="utf-8")
    run(
        "run", *given, "--dates", EXAMPLES / "suez-1956" / "dates.tsv", "--out", folder, "--workers", "1", "--reconcile"
    )
    return folder


def test_the_same_dossier_as_in_one_process(out: Path) -> None:
    order = order_in(Folder(str(out)))
    assert order is not None
    given = [*sorted((EXAMPLES / "suez-1956").glob("*.txt")), EXAMPLES / "oravia", out / "empty.txt"]
    alone = run("read", *given, "--dates", EXAMPLES / "suez-1956" / "dates.tsv", "--format", "json", "--quiet")
    assert gathered(order) == msgspec.json.decode(alone, type=Dossier)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_order_and_any_number_of_workers_export_the_same_bytes(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.scale.shards.MOST", 1)  # a shard a report
    given = sorted((EXAMPLES / "oravia").glob("*.txt"))
    assert len(given) > 3
    Random(workers).shuffle(given)
    dates = ("--dates", EXAMPLES / "oravia" / "dates.tsv")
    run("run", *given, *dates, "--out", tmp_path / "out", "--workers", str(workers), "--quiet")
    order = order_in(Folder(str(tmp_path / "out")))
    assert order is not None
    found = gathered(order)
    given.reverse()
    for name in given[::2], given:  # some first, then all
        run("read", *name, *dates, "-d", tmp_path / "crisis.db", "--quiet")
    kept = run("export", tmp_path / "crisis.db", "--as", "json")
    assert to_json(found).decode() == kept


@pytest.mark.parametrize("workers", [2, 3])
def test_pairs_held_against_each_other_side_by_side_give_the_same_bytes(
    workers: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.scale.forks.FEW", 0)
    order = order_in(Folder(str(out)))
    assert order is not None
    assert to_json(gathered(order, workers=workers)) == to_json(gathered(order))


def test_the_tables_hold_the_dossier_by_day_of_publication(out: Path) -> None:
    order = order_in(Folder(str(out)))
    assert order is not None
    dossier = gathered(order)
    with duckdb.connect() as connection:
        for name in RECORDS:
            connection.execute(view(name).replace("'tables/", f"'{out}/tables/"))
            (count,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
            assert count == len(getattr(dossier, name)), name
        told = connection.execute("SELECT day, published[:10] FROM reports WHERE day IS NOT NULL").fetchall()
        assert {str(day) for day, _ in told} == {published for _, published in told}
        ids = connection.execute("SELECT id, type, reports FROM events ORDER BY id").fetchall()
    assert ids == [(e.id, e.type, list(e.reports)) for e in dossier.events]
    assert (out / "tables" / "reports" / f"day={UNDATED}").is_dir()


def test_laying_out_again_leaves_nothing_of_before(out: Path) -> None:
    order = order_in(Folder(str(out)))
    assert order is not None
    before = {path: path.read_bytes() for path in (out / "tables").rglob("*") if path.is_file()}
    (out / "tables" / "events" / "day=1900-01-01").mkdir()
    lay_out(order, gathered(order))
    assert {path: path.read_bytes() for path in (out / "tables").rglob("*") if path.is_file()} == before
    assert not (out / "tables" / "events" / "day=1900-01-01").exists()


def test_missing_parts_are_no_whole(out: Path) -> None:
    order = order_in(Folder(str(out)))
    assert order is not None
    part = next((out / "parts").iterdir())
    data = part.read_bytes()
    part.unlink()
    with pytest.raises(ScaleError, match="parts are missing"):
        gathered(order)
    part.write_bytes(data)
