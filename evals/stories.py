"""`stories`: a stream of reports, in the order of the file, put into developments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

from dragoman.reconcile.stories import accounts, cluster
from evals.task import Metrics, Options, Record, Task, f1


def inputs(record: Record) -> Record:
    return {key: record.get(key) for key in ("title", "text", "day")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each report the number of its story."""
    texts = [(str(n), r["title"] or "", r["text"] or "", _day(r["day"])) for n, r in enumerate(records)]
    stories = cluster(accounts(texts), with_original={})
    number = {member: n for n, members in enumerate(stories) for member in members}
    return [number[ident] for ident, *_ in texts]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


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
