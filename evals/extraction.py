"""`extraction`: the main text of web pages, by shared runs of four words, as the Zyte benchmark counts them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from dragoman.collect import BadInput
from dragoman.collect.formats.page import report_of
from evals.task import Metrics, Options, Record, Task, json_lines, read_bytes

RUN = 4  # words


def load(path: Path) -> list[Record]:
    """The records with the whole path of their page, which stands beside the file."""
    return [record | {"html": str(path.parent / record["html"])} for record in json_lines(path)]


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    return [main_text(read_bytes(Path(record["html"]))) for record in records]


def main_text(page: bytes) -> str:
    try:
        return report_of(page, origin="page").text
    except BadInput:
        return ""


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    """Precision and recall are means over the pages."""
    precisions, recalls = [], []
    for record, text in zip(records, found, strict=True):
        gold, mine = runs(record["text"]), runs(text)
        shared = (gold & mine).total()
        precisions.append(shared / mine.total() if mine else 0.0)
        recalls.append(shared / gold.total() if gold else 0.0)
    precision, recall = mean(precisions), mean(recalls)
    whole = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"f1": whole, "precision": precision, "recall": recall}


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words stands in a text; a shorter text is one run."""
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)) if words)


TASK = Task(
    files=("extraction/zyte_dev.jsonl",),
    field="text",
    inputs=lambda record: {"html": record["html"]},
    predict=predict,
    has_gold=lambda record: "text" in record,
    score=score,
    load=load,
)
