"""The typer: shares for verbs, nouns and adjectives, for other words none, a message when its file is missing."""

from pathlib import Path

import numpy as np
import pytest

from dragoman.read import Reader, session
from dragoman.read.session import ModelError
from dragoman.read.typer import SPEECH, Typer, features
from dragoman.records import TYPES, Report, Word
from tests.read.fake import reader


def words(*rows: tuple[str, int, str]) -> list[Word]:
    return [Word(i, "w", 2 * i, 2 * i + 1, "w", upos, "", head, rel) for i, (upos, head, rel) in enumerate(rows)]


SENTENCE = words(("NOUN", 1, "nsubj"), ("VERB", -1, "root"), ("NOUN", 1, "obj"), ("PUNCT", 1, "punct"))


def test_only_words_that_may_tell_an_event_have_shares_and_they_add_up(tmp_path: Path) -> None:
    reader(tmp_path)
    states = np.random.default_rng(1).normal(size=(4, 384)).astype(np.float32)
    found = np.frombuffer(Typer(tmp_path).types([states], [SENTENCE])[0], np.uint8).reshape(4, len(TYPES) + 1)
    assert not found[3].any()
    assert (abs(found[:3].sum(1, dtype=int) - 255) <= len(TYPES)).all()


def test_features_take_the_sides_apart() -> None:
    states = np.eye(4, 384, dtype=np.float32)
    row = features(states, SENTENCE, [1]).reshape(4, 384)
    assert row[0].argmax() == 1
    assert np.flatnonzero(row[1]).tolist() == [0, 1, 2, 3]
    assert (row[2].argmax(), row[3].argmax()) == (0, 2)
    assert (
        not features(states, words(("VERB", -1, "root"), *[("PUNCT", 0, "punct")] * 3), [0]).reshape(4, 384)[2:].any()
    )


def test_a_sentence_gives_its_chances(tmp_path: Path) -> None:
    doc = reader(tmp_path).read(Report(id="r", origin="r", text="They left. Others stayed.", sha256=""))
    for sentence in doc.sentences:
        assert len(sentence.types) == (len(TYPES) + 1) * len(sentence.words)
        for word in sentence.words:
            whole = sentence.chance(word.i, None) + sum(sentence.chance(word.i, type) for type in TYPES)
            assert whole == pytest.approx(1.0 if word.upos in SPEECH else 0.0, abs=0.05)


def test_a_model_without_typer_is_named(tmp_path: Path) -> None:
    reader(tmp_path)
    (tmp_path / "typer.npz").unlink()
    assert session.version(tmp_path) == "none"
    with pytest.raises(ModelError, match=r"lacks typer\.npz"):
        session.check(tmp_path)


def test_the_shipped_typer_fits_the_shipped_model() -> None:
    doc = Reader().read(Report(id="r", origin="r", text="Gunmen shot the mayor of Karsh on Sunday.", sha256=""))
    shot = next(word for word in doc.sentences[0].words if word.text == "shot")
    assert doc.sentences[0].chance(shot.i, "ASSAULT") > 0.8
