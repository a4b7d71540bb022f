"""The scorer of roles: who may take part, how the tree joins two words, shares for those and for no others."""

from pathlib import Path

import numpy as np

from dragoman.read import Reader
from dragoman.read.rolemarks import Marks
from dragoman.read.roles import Roles
from dragoman.records import TYPES, Report, Word
from tests.read.fake import reader


def words(*rows: tuple[str, str, int, str]) -> list[Word]:
    return [Word(i, t, 9 * i, 9 * i + 8, t, upos, "", head, rel) for i, (t, upos, head, rel) in enumerate(rows)]


SENTENCE = words(
    ("Syrian", "ADJ", 1, "amod"),
    ("troops", "NOUN", 2, "nsubj"),
    ("shelled", "VERB", -1, "root"),
    ("the", "DET", 4, "det"),
    ("old", "ADJ", 5, "amod"),
    ("town", "NOUN", 2, "obj"),
    (".", "PUNCT", 2, "punct"),
)
MARKS = Marks(SENTENCE, (), ())


def test_nouns_and_demonyms_may_take_part() -> None:
    assert MARKS.candidates(2) == [0, 1, 5]
    assert MARKS.candidates(1) == [0, 5]


def test_the_way_from_one_word_to_another() -> None:
    assert MARKS.paths(2)[0] == (".nsubj.amod", 0, 2)
    assert MARKS.paths(1)[5] == ("^nsubj.obj", 1, 1)


def test_own_marks_go_up_the_tree() -> None:
    assert "1 shelled" in MARKS.own(1)
    assert "0 det the" in MARKS.own(4)


def test_opinions_are_given_where_an_event_is_likely(tmp_path: Path) -> None:
    reader(tmp_path)
    states = np.random.default_rng(1).normal(size=(7, 384)).astype(np.float32)
    types = np.zeros((7, len(TYPES) + 1), np.uint8)
    types[:, 0] = 255
    types[2, :2] = 55, 200
    quiet = types.copy()
    quiet[2, :2] = 255, 0
    none, found = Roles(tmp_path).opinions([states] * 2, [MARKS] * 2, [quiet.tobytes(), types.tobytes()])
    assert not none
    assert set(found) == {2}
    assert len(found[2]) == 1 + 2 * len(SENTENCE)
    told = np.frombuffer(found[2][1:], np.uint8).reshape(7, 2)
    assert told.all(axis=1).tolist() == [True, True, False, False, False, True, False]


def test_the_shipped_scorer_tells_the_sides_apart() -> None:
    text = "Gunmen shot the mayor of Karsh on Sunday."
    (sentence,) = Reader().read(Report(id="r", origin="r", text=text, sha256="")).sentences
    real, *told = sentence.roles[1]
    assert real > 200
    assert told[0] > 200 > 60 > told[1]  # gunmen
    assert told[7] > 150 > 60 > told[6]  # the mayor
