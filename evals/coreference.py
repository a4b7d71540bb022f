"""`coreference`: which given event mentions of many documents are one event, documents put into stories first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.chains import conll
from evals.task import Metrics, Options, Record, Task
from evals.triggers import chains, corpus, features, learnt, odds


def asked(record: Record) -> list[Record]:
    """The mentions that are predicted and scored."""
    return [m for m in record["mentions"] if m["kind"] == "event" and m["validated"]]


def inputs(record: Record) -> Record:
    mentions = [{key: m.get(key) for key in m if key not in ("chain", "desc")} for m in record["mentions"]]
    return {"doc": record["doc"], "sentences": record["sentences"], "mentions": mentions}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each document its mentions, those of events with a `chain`."""
    wanted = {r["doc"]: asked(r) for r in records}
    known = corpus(records, wanted)
    pairs = known.pairs()
    near = odds([features(known, known.mentions[a], known.mentions[b]) for a, b in pairs], learnt())
    numbers = iter(chains(len(known.mentions), pairs, list(near), enough=learnt().enough))
    chain = {(r["doc"], m["m_id"]): next(numbers) for r in records for m in wanted[r["doc"]]}
    return [
        [m | {"chain": chain[r["doc"], m["m_id"]]} if (r["doc"], m["m_id"]) in chain else m for m in r["mentions"]]
        for r in records
    ]


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    """CoNLL F1 and its parts over all documents together."""
    gold = [m["chain"] for record in records for m in asked(record)]
    chain = {(r["doc"], m["m_id"]): m.get("chain") for r, ms in zip(records, found, strict=True) for m in ms}
    return conll(gold, [chain[record["doc"], m["m_id"]] for record in records for m in asked(record)])


TASK = Task(
    files=("coreference/dev.jsonl",),
    field="mentions",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: all("chain" in m for m in asked(record)),
    score=score,
)
