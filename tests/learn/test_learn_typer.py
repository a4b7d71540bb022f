"""The typer's stage: its own sentences and verdicts are sound, and its net learns what can be learned."""

import numpy as np

from learn.typer import CLASSES, Net, own_sentences, reliability, softmax, verdicts


def test_own_sentences_mark_words_and_name_types() -> None:
    rows = list(own_sentences())
    assert len(rows) > 500
    assert {type for type, _, _ in rows} == set(CLASSES)
    for type, text, marks in rows:
        assert bool(marks) == (type != "NONE"), text
        assert all(text[at].isalpha() and not text[at - 1].isalpha() for at in marks), text
    assert len({text for _, text, _ in rows}) == len(rows)


def test_verdicts_are_of_known_types() -> None:
    assert len(verdicts()) > 300
    assert set(verdicts().values()) <= set(range(len(CLASSES)))


def test_the_net_learns_what_can_be_learned() -> None:
    draw = np.random.default_rng(0)
    classes = draw.integers(0, 3, 40_000)
    rows = draw.normal(size=(40_000, 32)).astype(np.float16)
    rows[np.arange(40_000), classes] += 6
    net = Net(rows[:36_000], classes[:36_000], np.ones(36_000, np.float32))
    chances = softmax(net.logits(rows[36_000:]))
    assert (chances.argmax(1) == classes[36_000:]).mean() > 0.9
    assert all(0 <= right <= 1 for _, _, right in reliability(chances, classes[36_000:]).values())
