"""The typer's stage: labels and sentences are sound, sheets become labels, the net learns what can be learned."""

import json
from pathlib import Path

import numpy as np
import pytest

from dragoman.knowledge import Knowledge
from dragoman.records import TYPES
from dragoman.understand.weighing import Opinion
from learn import sheets
from learn.net import Net
from learn.typer import CLASSES, Row, fitted, labels, own_sentences, table


def test_own_sentences_mark_words_and_name_types() -> None:
    rows = list(own_sentences())
    assert len(rows) > 2500
    assert {type.lstrip("~") for _, told in rows for type in told.values()} == set(TYPES)
    for text, told in rows:
        assert not set("{|}") & set(text), text
        assert all(text[at].isalnum() and (at == 0 or not text[at - 1].isalnum()) for at in told), text


def test_labels_are_of_known_types() -> None:
    known = labels()
    assert sum(map(len, known.values())) > 12_000
    assert {type for of in known.values() for told in of.values() for type in told.values()} == set(TYPES)


def test_a_sheet_s_labels_are_kept_as_offsets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sheets, "LABELLED", tmp_path / "labelled.tsv")
    (tmp_path / "places.json").write_text(json.dumps({"S1": ["f", "d", [0, 7, 14]], "S2": ["f", "d", [30, 35]]}))
    (tmp_path / "labels-1.txt").write_text(
        "S1 1:ASSAULT a=0 r=2; 2~REQUEST a=- r=0,1\nS2 -\nS1 9:DANCE a=- r=-\nS9 -\n"
    )
    sheets.keep(tmp_path)
    assert [row[2:] for row in sheets.labelled()] == [["0", "7:ASSAULT:0:14;14~:REQUEST::0,7"], ["30", ""]]
    assert "not an event: 9:DANCE" in capsys.readouterr().out


def test_the_net_learns_what_can_be_learned() -> None:
    draw = np.random.default_rng(0)
    classes = draw.integers(0, 3, 20_000)
    rows = draw.normal(size=(20_000, 32)).astype(np.float16)
    rows[np.arange(20_000), classes] += 6
    net = Net(rows[:16_000], classes[:16_000], np.ones(16_000, np.float32), len(CLASSES))
    chances = net.shares(rows[16_000:])
    assert (chances.argmax(1) == classes[16_000:]).mean() > 0.9
    (_, events, right, recall) = table(chances, classes[16_000:], (0.5,))["0.5"]
    assert events >= right > 0.9
    assert recall > 0.9


def test_a_lexicon_that_is_right_gains_weight() -> None:
    draw = np.random.default_rng(0)
    kinds = draw.integers(0, len(CLASSES), 300)
    rows = [Row("d", np.zeros(1), int(kind), verb=True, opinion=Opinion(int(kind), 4.0)) for kind in kinds]
    shares = [draw.integers(0, 30, len(CLASSES), dtype=np.uint8).tobytes() for _ in rows]
    before = Knowledge().typer
    assert fitted(rows, shares, before).frame > before.frame
