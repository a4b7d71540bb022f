"""Trees and tags against brute force on small inputs."""

import itertools

import numpy as np
import pytest

from dragoman.read import tags, trees


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and every word reaches it."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


def best_tree(scores: np.ndarray) -> float:
    size = len(scores) - 1
    every = filter(is_tree, itertools.product(range(size + 1), repeat=size))
    return max(sum(scores[i + 1, head] for i, head in enumerate(heads)) for heads in every)


@pytest.mark.parametrize("seed", range(60))
def test_the_tree_has_one_root_and_the_best_score(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(1, 6))
    scores = (draw.normal(size=(size + 1, size + 1)) * 10.0 ** draw.integers(-2, 4)).astype(np.float32)
    if seed % 3 == 0:  # many ties
        scores = np.rint(scores)
    if seed % 4 == 0:  # the root attracts every word
        scores[:, 0] += 50
    heads = trees.heads(scores)
    assert is_tree(tuple(heads.tolist()))
    mine = sum(scores[i + 1, head] for i, head in enumerate(heads))
    assert mine == pytest.approx(best_tree(scores), rel=1e-5, abs=1e-4)


def test_a_long_sentence_of_noise_is_still_a_tree() -> None:
    scores = np.random.default_rng(1).normal(size=(201, 201)).astype(np.float32)
    assert is_tree(tuple(trees.heads(scores).tolist()))


LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


@pytest.mark.parametrize("seed", range(40))
def test_tags_are_the_best_allowed_sequence(seed: int) -> None:
    draw = np.random.default_rng(seed)
    logits = draw.normal(size=(int(draw.integers(1, 5)), len(LABELS))).astype(np.float32)
    follows = tags.allowed(LABELS)

    def fits(sequence: tuple[int, ...]) -> bool:
        pairs = zip((len(LABELS), *sequence), sequence)
        return all(follows[before, after] for before, after in pairs)

    every = filter(fits, itertools.product(range(len(LABELS)), repeat=len(logits)))
    best = max(sum(logits[i, tag] for i, tag in enumerate(sequence)) for sequence in every)
    mine = tags.best(logits, follows)
    assert fits(tuple(mine))
    assert sum(logits[i, tag] for i, tag in enumerate(mine)) == pytest.approx(best, abs=1e-5)
