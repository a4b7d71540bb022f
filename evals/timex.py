"""Time expressions against TIMEX3 gold, as TempEval-3 scores them: micro-averaged over documents.

relaxed: an expression counts when it overlaps a gold one (one to one); strict: when it has the same ends;
value: when it overlaps and its value is the gold one's. Each is the F1 of right over found and right over gold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.understand.times import Lean
from dragoman.understand.timex import tag
from evals.task import Metrics, Options, Record, Task, f1, read


def inputs(record: Record) -> Record:
    return {"text": record["text"], "dct": record.get("dct")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """As reports are read: with the tenses of the trees."""
    words = Knowledge(ontology=options.ontology).times
    found = []
    for record in records:
        published = record["dct"][:10] if record["dct"] else None
        lean = Lean(read(record["text"], published=published), words)
        reference = date.fromisoformat(published) if published else None
        timexes = tag(record["text"], reference, words=words, tense=lean)
        found.append([{"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value} for t in timexes])
    return found


def pair(gold: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    """One-to-one pairs of overlapping expressions: first those with the same ends, then in the order of the text.

    >>> pair([{"start": 0, "end": 4}], [{"start": 2, "end": 6}])
    [({'start': 0, 'end': 4}, {'start': 2, 'end': 6})]
    """
    left_gold, left_found = list(gold), list(found)
    pairs = []
    for fits in (_same, _overlap):
        for g in list(left_gold):
            match = next((f for f in left_found if fits(g, f)), None)
            if match is not None:
                pairs.append((g, match))
                left_gold.remove(g)
                left_found.remove(match)
    return pairs


def _same(a: Record, b: Record) -> bool:
    return bool((a["start"], a["end"]) == (b["start"], b["end"]))


def _overlap(a: Record, b: Record) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    gold = sum(len(record["timex"]) for record in records)
    found = sum(map(len, predictions))
    pairs = [p for record, mine in zip(records, predictions) for p in pair(record["timex"], mine)]
    return {
        "relaxed_f1": f1(len(pairs), found, gold),
        "strict_f1": f1(sum(_same(g, f) for g, f in pairs), found, gold),
        "value_f1": f1(sum(g["value"] == f["value"] for g, f in pairs), found, gold),
    }


TASK = Task(
    files=("timex/te3_timebank.jsonl", "timex/te3_aquaint.jsonl"),
    field="timex",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "timex" in record,
    score=score,
)
