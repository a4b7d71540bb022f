"""A run gives the same parts with any number of workers, however it was stopped and whatever dies in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from stand_in import StandIn

from dragoman.knowledge import Knowledge
from dragoman.scale import local
from dragoman.scale.local import Local
from dragoman.scale.loop import TRIES, Lost, parts_in, run
from dragoman.scale.mapping import Done
from dragoman.scale.order import PARTS, Order, begin, order_in
from dragoman.scale.places import Folder, ScaleError
from dragoman.scale.shards import Shard, plan
from dragoman.scale.slices import Asking
from dragoman.scale.status import status_of
from dragoman.store import version_of

pytest.importorskip("pyarrow")
pytest.importorskip("fsspec")
TESTS = Path(__file__).resolve().parent.parent
BODY = "Envoys leave {0}\n\nThe two envoys left {0} on Sunday, and the palace said that talks would go on in June.\n"


@pytest.fixture(autouse=True)
def stand_in_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH", "")))))
    monkeypatch.setattr(local, "WORK", "scale.stand_in_mapping:work")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for n in range(30):
        (folder / f"report-{n:02}.txt").write_text(BODY.format(f"Karsh{n}"), encoding="utf-8")
    (folder / "french.txt").write_text("Le ministre a quitté la ville dimanche et le palais a dit que les pourparlers "
                                       "allaient continuer en juin.", encoding="utf-8")  # fmt: skip
    rows = "".join(f'"{BODY.format(n)}",2031-03-{n % 28 + 1:02}\n' for n in range(60))
    (folder / "table.csv").write_text(f"text,date\n{rows}", encoding="utf-8")
    return folder


def order(out: Path | str) -> Order:
    knowledge = Knowledge()
    model = StandIn.model
    return Order(out=str(out), asking=Asking(limit=10**6), model=model, version=version_of(model, knowledge),
                 coded_by=f"plover {knowledge.digest}")  # fmt: skip


def parts(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / PARTS).iterdir()}


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.scale.shards.SLICE", 3000)
    monkeypatch.setattr("dragoman.scale.shards.MOST", 8)


def done(archive: Path, out: Path, workers: int) -> dict[str, bytes]:
    shards = plan([str(archive)])
    begin(order(out), shards)
    result = run(order(out), shards, Local(workers), told=lambda done, shard: None)
    assert not result.lost
    return parts(out)


@pytest.mark.usefixtures("small_shards")
def test_any_number_of_workers_writes_the_same_bytes_and_goes_on_where_it_was(archive: Path, tmp_path: Path) -> None:
    alone = done(archive, tmp_path / "alone", 1)
    assert len(alone) > 5
    assert done(archive, tmp_path / "three", 3) == alone
    gone = sorted(alone)[:2]
    for name in gone:
        (tmp_path / "alone" / PARTS / name).unlink()
    shards = plan([str(archive)])
    again = run(order(tmp_path / "alone"), shards, Local(2), told=lambda done, shard: None)
    assert {done.shard for done in again.done} == {name.removesuffix(".parquet") for name in gone}
    assert parts(tmp_path / "alone") == alone
    found = status_of(Folder(str(tmp_path / "alone")))
    assert (found.missing, found.reports) == (0, 90)
    assert [reason for reason in found.reasons if "not in English" in reason]


@pytest.mark.usefixtures("small_shards")
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_report_that_kills_its_worker_costs_one_row(archive: Path, tmp_path: Path) -> None:
    before = done(archive, tmp_path / "well", 1)
    (archive / "report-07.txt").write_text(BODY.format("a report that kills whoever reads it"), encoding="utf-8")
    after = done(archive, tmp_path / "ill", 2)
    assert len([name for name in before if after.get(name) != before[name]]) == 1  # the shard it is in has another name
    found = status_of(Folder(str(tmp_path / "ill")))
    assert found.reports == 89
    assert [count for reason, count in found.reasons.items() if "SIGKILL" in reason] == [1]


@pytest.mark.usefixtures("small_shards")
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_row_that_kills_who_opens_it_costs_one_row_and_a_file_that_cannot_be_opened_itself(
    archive: Path, tmp_path: Path
) -> None:
    table = (archive / "table.csv").read_text(encoding="utf-8").replace("2031-03-08", "doomsday", 1)
    (archive / "table.csv").write_text(table, encoding="utf-8")
    (archive / "zz.txt").write_text("doomsday for who opens it", encoding="utf-8")
    (archive / "zzz.csv").write_text("text,doomsday\n", encoding="utf-8")
    done(archive, tmp_path / "ill", 2)
    found = status_of(Folder(str(tmp_path / "ill")))
    assert found.reports == 89
    assert [count for reason, count in found.reasons.items() if "SIGKILL" in reason] == [3]


@pytest.mark.usefixtures("small_shards")
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_worker_that_somebody_kills_costs_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "report-07.txt").write_text(BODY.format("an unlucky town"), encoding="utf-8")
    well = done(archive, tmp_path / "well", 1)
    (tmp_path / "once").touch()
    monkeypatch.setenv("DRAGOMAN_UNLUCKY", str(tmp_path / "once"))
    assert done(archive, tmp_path / "ill", 2) == well
    assert not (tmp_path / "once").exists()


class Flaky:
    """Hands that lose a shard each time but the last."""

    free = 1

    def __init__(self, losses: int) -> None:
        self.losses, self.begun = losses, 0
        self._shard: Shard | None = None

    def start(self, order: Order, shard: Shard) -> None:
        self._shard, self.free, self.begun = shard, 0, self.begun + 1

    def ended(self) -> Iterable[Done | Lost]:
        assert self._shard
        self.free = 1
        yield Lost(self._shard.name, "gone") if self.begun <= self.losses else Done(shard=self._shard.name)

    def close(self) -> None:
        self.free = -1


@pytest.mark.parametrize("losses", [0, TRIES - 1, TRIES])
def test_a_shard_whose_machine_is_lost_is_done_again_but_not_for_ever(tmp_path: Path, losses: int) -> None:
    hands = Flaky(losses)
    shard = Shard(name="one", cut="files", files=("one.txt",))
    result = run(order(tmp_path), [shard], hands, told=lambda done, shard: None)
    assert (len(result.done), len(result.lost)) == ((1, 0) if losses < TRIES else (0, 1))
    assert hands.begun == min(losses + 1, TRIES)
    assert hands.free == -1


def test_another_order_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    import msgspec

    begin(order(tmp_path), [])
    begin(order(tmp_path), [])
    with pytest.raises(ScaleError, match="other options"):
        begin(msgspec.structs.replace(order(tmp_path), asking=Asking(limit=7)), [])
    with pytest.raises(ScaleError, match="code, model or knowledge"):
        begin(msgspec.structs.replace(order(tmp_path), version="newer"), [])


@pytest.fixture
def memory() -> Iterator[str]:
    import fsspec

    yield "memory://results"
    fsspec.filesystem("memory").rm("/results", recursive=True)


def test_a_folder_elsewhere_is_written_whole_or_not_at_all(memory: str) -> None:
    folder = Folder(memory)
    begin(order(memory), [])
    assert order_in(folder) == order(memory)
    with suppress(ZeroDivisionError), folder.written(PARTS, "one.parquet") as file:
        file.write(bytes([1 // 0]))
    assert parts_in(folder) == set()
    with folder.written(PARTS, "one.parquet") as file:
        file.write(b"all of it")
    assert parts_in(folder) == {"one"}
    assert folder.bytes_of(PARTS, "one.parquet") == b"all of it"


def test_an_address_that_cannot_be_reached_says_what_to_do() -> None:
    with pytest.raises(ScaleError, match="write a path"):
        plan(["nowhere://bucket/news"])
