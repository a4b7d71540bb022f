"""The frame of evals: what a task sees, what is written, what is said when data is missing, and the floors."""

import datetime
import gzip
import json
from pathlib import Path

import pytest

from evals import __main__ as command
from evals import floors
from evals.conllu import read_docs
from evals.floors import Floor
from evals.task import Metrics, MissingData, Options, Record, Task, find

GOLD = [{"id": "a", "text": "x", "label": "yes"}, {"id": "b", "text": "y", "label": "no"}]


def predict(records: object, options: Options) -> list[str]:
    for record in records:  # type: ignore[attr-defined]
        assert set(record) == {"text"}, "gold must not be seen"
    return ["yes", "yes"]


def score(records: object, predictions: object) -> Metrics:
    pairs = list(zip(records, predictions))  # type: ignore[call-overload]
    return {"accuracy": sum(r["label"] == p for r, p in pairs) / len(pairs)}


TOY = Task(
    files=(),
    field="label",
    inputs=lambda record: {"text": record["text"]},
    predict=predict,
    has_gold=lambda record: "label" in record,
    score=score,
)


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load", lambda name: TOY)


def lines(path: Path, records: list[Record]) -> Path:
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_one_json_object_with_metrics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lines(tmp_path / "gold.jsonl.gz", GOLD)
    out = tmp_path / "predictions.jsonl"
    assert command.main(["syntax", str(file), "--predictions", str(out)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["metrics"] == {"accuracy": 0.5}
    assert (result["n"], result["files"]) == (2, [str(file)])
    assert {"task", "seconds", "model", "ontology"} < set(result)
    assert [json.loads(line) for line in out.read_text().splitlines()] == [
        {"id": "a", "label": "yes"},
        {"id": "b", "label": "yes"},
    ]


def test_without_gold_there_are_no_metrics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lines(tmp_path / "bare.jsonl", [{"text": "x"}, {"text": "y", "label": "no"}])
    out = tmp_path / "predictions.jsonl"
    assert command.main(["syntax", str(file), "--predictions", str(out)]) == 0
    assert "metrics" not in json.loads(capsys.readouterr().out)
    assert json.loads(out.read_text().splitlines()[1]) == {"line": 2, "label": "yes"}


def test_missing_data_is_named_with_where_to_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path / "nowhere"))
    assert command.main(["syntax", "syntax/gum_dev.conllu"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "syntax/gum_dev.conllu" in said.err
    assert "evals/DATA.md" in said.err
    assert str(tmp_path / "nowhere") in said.err


def test_files_are_found_below_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))
    (tmp_path / "a.jsonl").touch()
    assert find("a.jsonl") == tmp_path / "a.jsonl"
    with pytest.raises(MissingData):
        find("b.jsonl")


def floor(value: float, **more: str) -> Floor:
    day = datetime.date(2026, 1, 1)
    return Floor(task="t", file="f", metric="m", floor=value, measured=0.9, date=day, **more)  # type: ignore[arg-type]


def test_a_floor_is_not_lowered_quietly() -> None:
    assert floors.lowered([floor(0.8)], [floor(0.8)]) == []
    assert floors.lowered([floor(0.9)], [floor(0.8)]) == []
    assert "give a reason" in floors.lowered([floor(0.7)], [floor(0.8)])[0]
    assert floors.lowered([floor(0.7, reason="gold was wrong")], [floor(0.8)]) == []
    assert floors.lowered([floor(0.6, reason="old")], [floor(0.7, reason="old")]) != []
    assert "is gone" in floors.lowered([], [floor(0.8)])[0]


def test_floors_say_what_they_did_not_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path / "nowhere"))
    file = tmp_path / "floors.toml"
    file.write_text(
        '[[floor]]\ntask = "t"\nfile = "f.jsonl"\nmetric = "m"\nfloor = 0.5\nmeasured = 0.6\ndate = 2026-01-01\n'
    )
    monkeypatch.setattr(floors, "FILE", file)
    monkeypatch.setattr(floors, "committed", list)
    assert floors.main([]) == 0
    assert f"floors not checked: no data at {tmp_path / 'nowhere'}" in capsys.readouterr().out


def test_a_floor_that_does_not_hold_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))
    lines(tmp_path / "f", GOLD)
    monkeypatch.setattr("evals.__main__.load", lambda name: TOY)
    pinned = Floor(task="t", file="f", metric="accuracy", floor=0.6, measured=0.6, date=datetime.date(2026, 1, 1))
    assert len(floors.measure([pinned])) == 1


def test_treebanks_are_read_with_offsets() -> None:
    (doc,) = read_docs(Path(__file__).parent.parent / "fixtures" / "evals" / "small.conllu")
    assert doc.report.text == "They don't. Go now\n\nYes"
    assert [w.span.of(doc.report.text) for s in doc.sentences for w in s.words] == [
        "They", "do", "n't", ".", "Go", "now", "Yes",
    ]  # fmt: skip
    assert [s.paragraph for s in doc.sentences] == [0, 0, 1]
    assert doc.sentences[1].words[1].rel == "obl:unmarked"
    assert [w.head for w in doc.sentences[0].words] == [1, -1, 1, 1]
