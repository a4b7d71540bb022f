"""`event-type`: which type of event links two marked phrases of a text (PLOVER; YIELD is CONCEDE or RETREAT).

Of the clauses that fit a frame, the one whose actor and recipient overlap the phrases; failing that, whose clause holds
them; failing that, the best fit of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import Span
from dragoman.understand.draft import Draft
from dragoman.understand.events import Coding
from dragoman.understand.participants import Party
from evals.coded import coded
from evals.task import Metrics, Options, Record, Task, f1, read

_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def inputs(record: Record) -> Record:
    event = record["events"][0]
    return {"text": record["text"], "source": event["source_text"], "target": event["target_text"]}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each record a PLOVER label, or None where no predicate of the text is known."""
    knowledge = Knowledge(ontology=options.ontology)
    return [event_type(record, knowledge) for record in records]


def event_type(record: Record, knowledge: Knowledge) -> str | None:
    work, found = coded(read(record["text"]), knowledge)
    source, target = (_find(record["text"], record[key]) for key in ("source", "target"))
    if not found:
        return None
    best = max(found, key=lambda c: (_fits(work, c, source, target), c.fit.score, -c.clause.i))
    return _YIELD.get(best.type, best.type)


def _find(text: str, words: str) -> Span | None:
    at = text.find(words.strip())
    return Span(at, at + len(words.strip())) if at >= 0 else None


def _fits(work: Draft, coding: Coding, source: Span | None, target: Span | None) -> float:
    """How well a coding links the two phrases."""
    sentence = work.doc.sentences[coding.clause.sentence]
    below = sentence.span_of(sentence.subtree(coding.clause.predicate))
    score = 0.0 if not coding.barred else -0.5
    for phrase, side, other in ((source, coding.actor, coding.recipient), (target, coding.recipient, coding.actor)):
        if phrase is None:
            continue
        if _touches(side, phrase):
            score += 2.0
        elif _touches(other, phrase):
            score += 1.0
        elif below.overlaps(phrase):
            score += 0.5
    depth = 0
    at = coding.clause.predicate
    while sentence.words[at].head >= 0:
        at, depth = sentence.words[at].head, depth + 1
    return score - 0.1 * depth - (0.3 if coding.clause.kind == "nominal" else 0.0)


def _touches(party: Party, phrase: Span) -> bool:
    return any(span.overlaps(phrase) for span in party.spans)


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`accuracy`, and `macro_f1` over the labels of the gold."""
    gold = [record["events"][0]["code"] for record in records]
    right = Counter(g for g, p in zip(gold, predictions, strict=True) if g == p)
    labels = sorted(set(gold))
    each = [f1(right[label], list(predictions).count(label), gold.count(label)) for label in labels]
    return {"accuracy": right.total() / len(gold), "macro_f1": sum(each) / len(each)}


TASK = Task(
    files=("events/plv_train.jsonl",),
    field="code",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "code" in record["events"][0],
    score=score,
)
