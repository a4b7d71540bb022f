"""`certainty`: how certain each given event of a tokenised sentence is told to be, from -3 (did not) to 3 (did)."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence, Span
from dragoman.understand.clauses import clauses_of
from dragoman.understand.factuality import Verdict, factuality
from evals.task import Metrics, Options, Record, Task, reader, report_of

CLASSES = ("did", "did not", "uncertain")


def predict(records: Sequence[Record], options: Options) -> list[list[dict[str, float]]]:
    """For each sentence its events with `fact`."""
    knowledge = Knowledge(ontology=options.ontology)
    found = []
    for record in records:
        sentence = parsed(record["tokens"])
        clauses = {c.predicate: c for c in clauses_of(sentence, knowledge.grammar)}
        found.append(
            [{"i": i, "fact": fact(factuality(sentence, i, clauses, knowledge=knowledge))} for i in record["events"]]
        )
    return found


def parsed(tokens: Sequence[str]) -> Sentence:
    """The tree over exactly these tokens."""
    text = " ".join(tokens)
    ends = [len(" ".join(tokens[: n + 1])) for n in range(len(tokens))]
    spans = [Span(end - len(token), end) for token, end in zip(tokens, ends, strict=True)]
    return reader().parse(report_of(text), [spans]).sentences[0]


def fact(verdict: Verdict) -> float:
    """A verdict on the scale of the sets."""
    sure = {"certain": 3.0, "probable": 1.5, "possible": 0.6}[verdict.certainty]
    if "hypothetical" in verdict.modes:
        return 0.5 if verdict.certainty == "certain" else 0.3
    if "future" in verdict.modes:
        sure = min(sure, 1.2)
    return -sure if "negation" in verdict.modes else sure


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    """Macro-F1 and accuracy over did, did not, uncertain; Pearson's r of the numbers."""
    gold = [event["fact"] for record in records for event in record["events"]]
    mine = [event["fact"] for prediction in found for event in prediction]
    pairs = [(_class(g), _class(m)) for g, m in zip(gold, mine, strict=True)]
    f1s = []
    for name in CLASSES:
        right = sum(g == m == name for g, m in pairs)
        total = sum(g == name for g, _ in pairs) + sum(m == name for _, m in pairs)
        f1s.append(2 * right / total if total else 0.0)
    result = {f"{n.replace(' ', '_')}_f1": value for n, value in zip(CLASSES, f1s, strict=True)}
    accuracy = sum(g == m for g, m in pairs) / len(pairs)
    return {"macro_f1": sum(f1s) / len(f1s), "accuracy": accuracy, "pearson": pearson(gold, mine), **result}


def _class(value: float) -> str:
    return "did" if value >= 1 else "did not" if value <= -1 else "uncertain"


def pearson(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Pearson's correlation, 0 where either side never changes.

    >>> round(pearson([1, 2, 3], [2, 4, 6]), 6)
    1.0
    """
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / spread if spread else 0.0


TASK = Task(
    files=("factuality/uw_dev.jsonl",),
    field="events",
    inputs=lambda record: {"tokens": record["tokens"], "events": [event["i"] for event in record["events"]]},
    predict=predict,
    has_gold=lambda record: all("fact" in event for event in record["events"]),
    score=score,
)
