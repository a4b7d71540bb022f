"""`boilerplate`: lines of plain text that are no part of the report, in pages of our own.

`precision` is of the lines passed over, `recall` of the lines that are debris; `kept` is the share of the report's
lines that are read, `kept_alike` of those that are put in words that debris might have. A line is passed over when most
of it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.collect.boilerplate import passed_over
from dragoman.records import Span
from evals.task import Metrics, Options, Record, Task

DEBRIS, ALIKE = "-", "?"


def load(path: Path) -> list[Record]:
    """A record a page: its `text`, and in `marks` what each line is that is not empty."""
    found: list[Record] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("=== "):
            found.append({"id": line[4:], "lines": [], "marks": []})
        else:
            found[-1]["lines"].append(line[2:])
            found[-1]["marks"] += [line[0]] if line else []
    return [{"id": page["id"], "text": "\n".join(page["lines"]), "marks": page["marks"]} for page in found]


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each page whether each of its lines is passed over."""
    return [lines_passed(record["text"]) for record in records]


def lines_passed(text: str) -> list[bool]:
    """For each line that is not empty whether most of it is passed over."""
    spans, at, found = passed_over(text), 0, []
    for line in text.split("\n"):
        if line:
            whole = Span(at, at + len(line))
            covered = sum(max(0, min(s.end, whole.end) - max(s.start, whole.start)) for s in spans)
            found.append(covered > len(line) / 2)
        at += len(line) + 1
    return found


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    rows = [(m, f) for record, mine in zip(records, found, strict=True) for m, f in zip(record["marks"], mine)]
    passed = [mark for mark, over in rows if over]
    precision = _share([mark == DEBRIS for mark in passed])
    recall = _share([over for mark, over in rows if mark == DEBRIS])
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "kept": _share([not over for mark, over in rows if mark != DEBRIS]),
        "kept_alike": _share([not over for mark, over in rows if mark == ALIKE]),
    }


def _share(those: Sequence[bool]) -> float:
    return sum(those) / len(those) if those else 0.0


TASK = Task(
    files=("evals/boilerplate/pages.txt",),
    field="passed",
    inputs=lambda record: {"id": record["id"], "text": record["text"]},
    predict=predict,
    has_gold=lambda record: "marks" in record,
    score=score,
    load=load,
)
