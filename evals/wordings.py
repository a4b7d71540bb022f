"""`wordings`: sentences of our own, each with one event marked or with none: which wordings are understood at all.

Shares: `found` (an event stands on the marked words), its `type`, `actor`, `recipient`; of the sentences that tell no
event `quiet` is the share in which none is found, `invented` the number found per 100.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.reconcile.words import fold
from evals.task import Metrics, Options, Record, Task, reading

PUBLISHED = "2020-06-15"
PARTIES = ("actor", "recipient")
NONE = "-"  # the type of a sentence that tells no event


def load(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def inputs(record: Record) -> Record:
    return {key: record[key] for key in ("id", "sentence")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each sentence its events: the trigger's words and place, the type, and all that the parties are called."""
    knowledge = Knowledge(ontology=options.ontology)
    return [events(record["sentence"], knowledge) for record in records]


def events(sentence: str, knowledge: Knowledge) -> list[dict[str, Any]]:
    found = reading(sentence, knowledge=knowledge, published=PUBLISHED)
    names = {actor.id: (actor.name, *actor.aliases) for actor in found.actors}
    return [
        {
            "start": mention.trigger.start,
            "end": mention.trigger.end,
            "trigger": sentence[mention.trigger.start : mention.trigger.end],
            "type": mention.type,
            "actor": [*mention.actor_text, *(name for i in mention.actor for name in names.get(i, ()))],
            "mutual": not mention.recipient and len(mention.actor_text) > 1,
            "recipient": [*mention.recipient_text, *(name for i in mention.recipient for name in names.get(i, ()))],
        }
        for mention in found.mentions
    ]


def judged(record: Record, found: Sequence[dict[str, Any]]) -> dict[str, bool]:
    """Slot by slot what is right, of the event on the marked words that has most right; slots left open are absent."""
    start = record["sentence"].index(record["trigger"])
    end = start + len(record["trigger"])
    wanted = ["found", "type", *(slot for slot in PARTIES if record[slot])]
    here = [_slots(record, event) for event in found if event["start"] < end and start < event["end"]]
    best = max(here, key=lambda slots: sum(slots[slot] for slot in wanted), default={})
    return {slot: best.get(slot, False) for slot in wanted}


def _slots(record: Record, event: dict[str, Any]) -> dict[str, bool]:
    parties = {slot: any(fold(record[slot]) in fold(name) for name in event[slot]) for slot in PARTIES}
    if event.get("mutual"):  # a deal between two: all parties are actors
        parties["recipient"] |= any(fold(record["recipient"]) in fold(name) for name in event["actor"])
    return {"found": True, "type": event["type"] in record["type"].split("|")} | parties


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`found type actor recipient` over the sentences that tell an event, `quiet` and `invented` over the others."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for record, found in zip(records, predictions, strict=True):
        if record["type"] == NONE:
            right["quiet"] += not found
            of["quiet"] += 1
            right["invented"] += 100 * len(found)
            of["invented"] += 1
            continue
        for slot, good in judged(record, found).items():
            right[slot] += good
            of[slot] += 1
    return {slot: right[slot] / of[slot] for slot in ("found", "type", *PARTIES, "quiet", "invented") if of[slot]}


TASK = Task(
    files=("evals/wordings/wordings.tsv",),
    field="events",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: bool(record.get("type")),
    score=score,
    load=load,
)
