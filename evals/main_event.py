"""`main-event`: who a report is about, and the day of what it tells (Giveme5W1H's who and when)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.understand import draft
from dragoman.understand.gist import gist
from evals.task import Metrics, Options, Record, Task, read

DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 10  # words of a gold phrase that counts


def inputs(record: Record) -> Record:
    return {key: record.get(key) for key in ("title", "text", "date")}


def predict(records: Sequence[Record], options: Options) -> list[dict[str, Any]]:
    """For each report the phrase for who did it and the ISO day of it."""
    knowledge = Knowledge(ontology=options.ontology)
    found = []
    for record in records:
        day = DAY.match(str(record["date"]))
        told, headline = (
            draft(read(text or "", published=day[0] if day else None), knowledge)
            for text in (record["text"], record["title"])
        )
        main = gist(told, headline, knowledge)
        found.append({"who": main.who, "when": main.when})
    return found


def phrases(record: Record) -> list[str]:
    """The gold phrases for who, those too long left out."""
    texts = [str(who.get("text") or "") for who in record["gold"].get("who") or []]
    return [text for text in texts if 0 < len(text.split()) <= LONGEST]


def days(record: Record) -> set[str]:
    """The gold day of the first answer to when."""
    answers = record["gold"].get("when") or []
    return {str(when["parsed"])[:10] for when in answers[:1] if when.get("parsed")}


def overlap(mine: str, gold: str) -> float:
    """F1 of the words of two phrases, case folded.

    >>> round(overlap("the rebels", "Rebels"), 2)
    0.67
    """
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (mine, gold))
    both = sum((one & other).values())
    return 2 * both / (sum(one.values()) + sum(other.values())) if both else 0.0


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    """Accuracy of the day, and the words' F1 with the best gold phrase, each over the reports that have one."""
    pairs = list(zip(records, found, strict=True))
    dated = [(mine["when"] or "") in days(record) for record, mine in pairs if days(record)]
    named = [max(overlap(mine["who"] or "", g) for g in phrases(record)) for record, mine in pairs if phrases(record)]
    return {"when_accuracy": sum(dated) / max(len(dated), 1), "who_f1": sum(named) / max(len(named), 1)}


TASK = Task(
    files=("fivew1h/dev.jsonl",),
    field="main",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "gold" in record,
    score=score,
)
