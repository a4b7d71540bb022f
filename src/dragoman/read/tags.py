"""BIO tags from logits: the best sequence in which no I stands without its B (Viterbi, run only where needed)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e9


def allowed(labels: Sequence[str]) -> NDArray[np.bool_]:
    """Which label may follow which, [K + 1, K]; the last row is the start."""
    table = np.ones((len(labels) + 1, len(labels)), bool)
    for j, label in enumerate(labels):
        if label[0] == "I":
            table[:, j] = [before != "O" and before[2:] == label[2:] for before in labels] + [False]
    return table


def best(logits: NDArray[np.float32], follows: NDArray[np.bool_]) -> list[int]:
    """The best allowed label of each of n words from `logits` [n, K]; `follows` as `allowed` gives it.

    >>> best(np.array([[0, 1, 2], [0, 1, 3]], dtype=np.float32), allowed(["O", "B-PER", "I-PER"]))
    [1, 2]
    """
    found = logits.argmax(1)
    before = np.concatenate(([logits.shape[1]], found[:-1]))
    if follows[before, found].all():
        chosen: list[int] = found.tolist()
        return chosen
    return _viterbi(logits.astype(np.float64).tolist(), follows)


def _viterbi(logits: list[list[float]], follows: NDArray[np.bool_]) -> list[int]:
    """The best allowed sequence. Most labels may follow any: of them the best one before is looked for once."""
    few = [None if column.all() else np.flatnonzero(column).tolist() for column in follows[:-1].T]
    score = [value if may else value + _NEVER for value, may in zip(logits[0], follows[-1].tolist())]
    back: list[list[int]] = []
    for row in logits[1:]:
        top = max(range(len(score)), key=score.__getitem__)
        came = [top if places is None else max(places, key=score.__getitem__) for places in few]
        score = [score[place] + value for place, value in zip(came, row)]
        back.append(came)
    found = [max(range(len(score)), key=score.__getitem__)]
    for came in reversed(back):
        found.append(came[found[-1]])
    return found[::-1]


def spans(tags: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """`[first, last, kind]` of each B with the I's that follow it.

    >>> spans([0, 1, 2, 1], ["O", "B-PER", "I-PER"])
    [(1, 3, 'PER'), (3, 4, 'PER')]
    """
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if not tag:
            continue
        head, kind = labels[tag][0], labels[tag][2:]
        if head == "I" and found and found[-1][1] == i and found[-1][2] == kind:
            found[-1] = (found[-1][0], i + 1, kind)
        else:
            found.append((i, i + 1, kind))
    return found
