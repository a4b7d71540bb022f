"""`pairs`: how surely two sentences tell of one event, as a number."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.reconcile.acts import Sense, sense
from dragoman.reconcile.telling import vector_of
from evals.task import Metrics, Options, Record, Task, read

NEIGHBOURS, STEP = 12, 0.5  # how many near sentences each is led to, and how likely a walk goes on
WORDS, SENSE = 2.0, 1.0  # weights of the words in common and of the cosine of the sentences


class Told(Struct, frozen=True):
    """A sentence ready to be compared."""

    about: Sense
    vector: NDArray[np.float32] | None


def inputs(record: Record) -> Record:
    return {side: {"text": record[side]["text"]} for side in "ab"}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """A score for each pair; the weights of words come from all sentences of the file."""
    texts = sorted({record[side]["text"] for record in records for side in "ab"})
    place = {text: n for n, text in enumerate(texts)}
    told = {text: _told(text) for text in texts}
    spread = Counter(stem for one in told.values() for stem in one.about.stems)
    weights = {stem: math.log((1 + len(told)) / (1 + n)) + 0.2 for stem, n in spread.items()}
    direct = np.array([[nearness(told[one], told[other], weights) for other in texts] for one in texts])
    near = in_company(direct)
    return [round(float(near[place[r["a"]["text"]], place[r["b"]["text"]]]), 6) for r in records]


def in_company(direct: NDArray[np.float64]) -> NDArray[np.float64]:
    """Nearness by all ways through near sentences (a random walk over the nearest neighbours), 0..1.

    Two accounts of one event may share few words, and each share many with a third.
    """
    near = direct - np.diag(np.diag(direct))
    rank = np.argsort(np.argsort(-near, axis=1, kind="stable"), axis=1)
    graph = np.where((rank < NEIGHBOURS) | (rank.T < NEIGHBOURS), np.maximum(near, 0.0), 0.0)
    degree = np.sqrt(np.maximum(graph.sum(axis=1), 1e-9))
    ways = np.linalg.inv(np.eye(len(graph)) - STEP * graph / np.outer(degree, degree))
    own = np.sqrt(np.diag(ways))
    result: NDArray[np.float64] = ways / np.outer(own, own)
    return result


def _told(text: str) -> Told:
    vectors = [v for s in read(text).sentences if (v := vector_of(s.vector)) is not None]
    if not vectors:
        return Told(sense(text), None)
    mean: NDArray[np.float32] = np.sum(vectors, axis=0)
    return Told(sense(text), mean / float(np.linalg.norm(mean)))


def nearness(one: Told, other: Told, weights: Mapping[str, float]) -> float:
    """TF-IDF cosine over stems and acts, and the cosine of the vectors."""
    common = sum(weights[s] ** 2 for s in sorted(one.about.common(other.about)))
    norms = [math.sqrt(sum(weights[s] ** 2 for s in sorted(t.about.stems))) or 1.0 for t in (one, other)]
    near = float(one.vector @ other.vector) if one.vector is not None and other.vector is not None else 0.0
    return WORDS * common / (norms[0] * norms[1]) + SENSE * near


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    gold = [bool(record["same_event"]) for record in records]
    return {"ap": average_precision(gold, found), "best_f1": best_f1(gold, found)}


def _ranked(gold: Sequence[bool], found: Sequence[float]) -> list[bool]:
    return [gold[i] for i in sorted(range(len(gold)), key=lambda i: (-found[i], i))]


def average_precision(gold: Sequence[bool], found: Sequence[float]) -> float:
    """Mean of the precisions at each right pair, best scores first.

    >>> average_precision([True, False, True], [0.9, 0.8, 0.7])
    0.8333333333333333
    """
    right, total = 0, 0.0
    for rank, hit in enumerate(_ranked(gold, found), 1):
        right += hit
        total += hit * right / rank
    return total / max(sum(gold), 1)


def best_f1(gold: Sequence[bool], found: Sequence[float]) -> float:
    """F1 at the threshold that is best for it."""
    right, best = 0, 0.0
    for rank, hit in enumerate(_ranked(gold, found), 1):
        right += hit
        best = max(best, 2 * right / (rank + sum(gold)))
    return best


TASK = Task(
    files=("coreference/sentpairs_dev.jsonl",),
    field="score",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "same_event" in record,
    score=score,
)
