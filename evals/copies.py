"""`copies`: whether one of two reports repeats the other, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.reconcile.copies import text_of
from evals.task import Metrics, Options, Record, Task, f1


def inputs(record: Record) -> Record:
    return {key: record[key] for key in ("text_a", "text_b")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """1 for a copy, else 0."""
    found = []
    for record in records:
        one, other = (text_of(record[key], None) for key in ("text_a", "text_b"))
        found.append(int(one.copies(other)))
    return found


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    gold = [record["label"] for record in records]
    return {"f1": f1(sum(g and m for g, m in zip(gold, found, strict=True)), sum(found), sum(gold))}


TASK = Task(
    files=("copies/constructed_dev.jsonl",),
    field="label",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "label" in record,
    score=score,
)
