"""`coreference`: which given event mentions of many documents are one event.

The mentions here are single words of any kind (ECB+), without the participants that our own events are joined by: a
chain is the trigger's lemma inside a story, stories found over all documents of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.reconcile.stories import accounts, cluster
from dragoman.reconcile.words import stem
from dragoman.records import Sentence, Span
from evals.chains import conll
from evals.task import Metrics, Options, Record, Task, reader, report_of


def asked(record: Record) -> list[Record]:
    """The mentions that are predicted and scored."""
    return [m for m in record["mentions"] if m["kind"] == "event" and m["validated"]]


def inputs(record: Record) -> Record:
    mentions = [{key: m.get(key) for key in m if key not in ("chain", "desc")} for m in record["mentions"]]
    return {"doc": record["doc"], "sentences": record["sentences"], "mentions": mentions}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each document its mentions, those of events with a `chain`."""
    texts = [(r["doc"], "", " ".join(s["text"] for s in r["sentences"]), None) for r in records]
    stories = cluster(accounts(texts), with_original={})
    story = {doc: number for number, docs in enumerate(stories) for doc in docs}
    return [_chained(record, story[record["doc"]]) for record in records]


def _chained(record: Record, story: int) -> list[Record]:
    wanted = asked(record)
    sentences = _parsed(record, sorted({m["sent"] for m in wanted}))
    chains = {m["m_id"]: f"{story} {stem(_lemma(sentences[m['sent']], m['tokens']))}" for m in wanted}
    return [m | {"chain": chains[m["m_id"]]} if m["m_id"] in chains else m for m in record["mentions"]]


def _parsed(record: Record, numbers: Sequence[int]) -> dict[int, Sentence]:
    """The sentences that hold mentions, read over exactly the given tokens."""
    tokens = {s["id"]: s["tokens"] for s in record["sentences"]}
    text, spans = "", []
    for number in numbers:
        row = []
        for token in tokens[number]:
            row.append(Span(len(text), len(text) + len(token)))
            text += token + " "
        text += "\n"
        spans.append(row)
    if not spans:
        return {}
    return dict(zip(numbers, reader().parse(report_of(text), spans).sentences, strict=True))


def _lemma(sentence: Sentence, places: Sequence[int]) -> str:
    """The lemma of a mention's head: the word whose own head lies outside."""
    head = next((i for i in places if sentence.words[i].head not in places), places[-1])
    return sentence.words[head].lemma.lower()


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    """CoNLL F1 and its parts over all documents together."""
    gold = [m["chain"] for record in records for m in asked(record)]
    chains = {(r["doc"], m["m_id"]): m.get("chain") for r, ms in zip(records, found, strict=True) for m in ms}
    return conll(gold, [chains[record["doc"], m["m_id"]] for record in records for m in asked(record)])


TASK = Task(
    files=("coreference/dev.jsonl",),
    field="mentions",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: all("chain" in m for m in asked(record)),
    score=score,
)
