"""`stories`: a stream of reports, in the order of the file, put into developments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.reconcile import Casebook, Memory
from dragoman.reconcile.rows import REPORT
from dragoman.reconcile.stories import find_stories
from dragoman.records import Report
from evals.task import Metrics, Options, Record, Task, f1


def inputs(record: Record) -> Record:
    return {key: record.get(key) for key in ("title", "text", "day")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each report its story."""
    return stories_of([(r["title"] or "", r["text"] or "", r["day"]) for r in records])


def stories_of(told: Sequence[tuple[str, str, str | None]]) -> list[str]:
    """For each report, given as (title, text, day) and in order of time, the first report of its story."""
    memory = Memory()
    reports = [
        Report(id=f"{n:06}", origin="", sha256=f"{n:06}", title=title, text=text, published=day and day[:10])
        for n, (title, text, day) in enumerate(told)
    ]
    memory.put(REPORT, {r.id: r for r in reports})
    book = Casebook(memory, Knowledge())
    find_stories(book, [r.id for r in reports], set())
    return [book.story_of(r.id) for r in reports]


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    gold = [record["event"] for record in records]
    return {"b3_f1": b_cubed(gold, found), "pair_f1": pairs(gold, found)}


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """B-cubed F1 of two partitions, given as a label for each item.

    >>> b_cubed("aabb", "xxyy"), round(b_cubed("aabb", "xxxx"), 3)
    (1.0, 0.667)
    """
    golds, mine = _members(gold), _members(found)
    both = [(len(golds[g] & mine[m]), len(mine[m]), len(golds[g])) for g, m in zip(gold, found, strict=True)]
    precision = sum(shared / size for shared, size, _ in both) / len(both)
    recall = sum(shared / size for shared, _, size in both) / len(both)
    return 2 * precision * recall / (precision + recall)


def _members(labels: Sequence[Hashable]) -> dict[Hashable, set[int]]:
    found: dict[Hashable, set[int]] = defaultdict(set)
    for place, label in enumerate(labels):
        found[label].add(place)
    return found


def pairs(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """F1 over pairs of items that stand together."""

    def together(labels: Sequence[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    return f1(together(list(zip(gold, found, strict=True))), together(found), together(gold))


TASK = Task(
    files=("stories/allsides_stream_dev.jsonl",),
    field="event",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "event" in record,
    score=score,
)
