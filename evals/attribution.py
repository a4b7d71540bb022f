"""`attribution`: who says what, as source, cue and content spans over whole documents (PolNeAR's scheme).

Exact: a field with several spans is right when all are; each attribution counts once, also where two share a source.
A gold `Attribution-no-source` counts for cue and content, not for the source; what lies in a `discard` span counts
for nobody, gold or predicted. Contents are also compared by their characters: `chars` over the union of contents of a
document, `j50` one to one, best overlap first, Jaccard at least one half; `j50_source` where the two sources overlap
as well (gold without a source, and what was matched to it, left out).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft
from dragoman.understand.speech import prepared, sayings
from evals.task import Metrics, Options, Record, Task, f1, read

FIELDS = ("source", "cue", "content")
Spans = tuple[tuple[int, int], ...]
Row = dict[str, Spans]


def predict(records: Sequence[Record], options: Options) -> list[list[dict[str, list[list[int]]]]]:
    """The attributions of each text, as lists of spans."""
    knowledge = Knowledge(ontology=options.ontology)
    return [_attributions(record["text"], knowledge) for record in records]


def _attributions(text: str, knowledge: Knowledge) -> list[dict[str, list[list[int]]]]:
    draft = prepared(Draft(read(text)), knowledge)
    return [
        {field: [[s.start, s.end] for s in getattr(saying, field)] for field in FIELDS}
        for saying in sayings(draft, knowledge)
    ]


def score(records: Sequence[Record], found: Sequence[Any]) -> Metrics:
    """Exact F1 of each field, character F1 of contents, and contents matched by overlap without and with source."""
    counts: Counter[str] = Counter()
    for record, prediction in zip(records, found, strict=True):
        dropped = {at for start, end in record.get("discard", ()) for at in range(start, end)}
        gold = _rows(record["attributions"], dropped)
        mine = _rows(prediction, dropped)
        _exact(counts, gold, mine)
        _characters(counts, gold, mine, dropped)
        _matched(counts, gold, mine)
    names = [*FIELDS, "chars", "j50", "j50_source"]
    result = {f"{n}_f1": f1(counts[n, "right"], counts[n, "mine"], counts[n, "gold"]) for n in names}
    for name in names:
        result[f"{name}_precision"] = counts[name, "right"] / max(counts[name, "mine"], 1)
        result[f"{name}_recall"] = counts[name, "right"] / max(counts[name, "gold"], 1)
    return result


def _rows(attributions: Iterable[Record], dropped: set[int]) -> list[Row]:
    """Attributions with sorted spans; those that touch a discarded stretch are left out."""
    rows = [{f: tuple(sorted((a, b) for a, b in one.get(f) or ())) for f in FIELDS} for one in attributions]
    return [row for row in rows if not any(at in dropped for f in FIELDS for a, b in row[f] for at in range(a, b))]


def _exact(counts: Counter[Any], gold: list[Row], mine: list[Row]) -> None:
    for field in FIELDS:
        expected = Counter(row[field] for row in gold if row[field])
        given = Counter(row[field] for row in mine if row[field])
        counts[field, "gold"] += expected.total()
        counts[field, "mine"] += given.total()
        counts[field, "right"] += (expected & given).total()


def _characters(counts: Counter[Any], gold: list[Row], mine: list[Row], dropped: set[int]) -> None:
    expected = {at for row in gold for a, b in row["content"] for at in range(a, b)} - dropped
    given = {at for row in mine for a, b in row["content"] for at in range(a, b)} - dropped
    counts["chars", "gold"] += len(expected)
    counts["chars", "mine"] += len(given)
    counts["chars", "right"] += len(expected & given)


def _matched(counts: Counter[Any], gold: list[Row], mine: list[Row]) -> None:
    pairs = match([row["content"] for row in gold], [row["content"] for row in mine])
    unsourced = {g for g, row in enumerate(gold) if not row["source"]}
    aside = sum(g in unsourced for g, _ in pairs)
    counts["j50", "gold"] += sum(bool(row["content"]) for row in gold)
    counts["j50", "mine"] += sum(bool(row["content"]) for row in mine)
    counts["j50", "right"] += len(pairs)
    counts["j50_source", "gold"] += sum(bool(row["content"] and row["source"]) for row in gold)
    counts["j50_source", "mine"] += sum(bool(row["content"]) for row in mine) - aside
    counts["j50_source", "right"] += sum(
        g not in unsourced and _overlap(gold[g]["source"], mine[m]["source"]) > 0 for g, m in pairs
    )


def match(gold: Sequence[Spans], mine: Sequence[Spans], *, least: float = 0.5) -> list[tuple[int, int]]:
    """One-to-one pairs (gold, mine) whose characters overlap by a Jaccard of at least `least`, best first.

    >>> match([((0, 10),)], [((0, 4),), ((0, 9),)])
    [(0, 1)]
    """
    scored = []
    for g, one in enumerate(gold):
        for m, other in enumerate(mine):
            if both := _overlap(one, other):
                scored.append((both / (_size(one) + _size(other) - both), -g, -m))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for jaccard, g, m in sorted(scored, reverse=True):
        if jaccard >= least and -g not in taken[0] and -m not in taken[1]:
            pairs.append((-g, -m))
            taken[0].add(-g)
            taken[1].add(-m)
    return sorted(pairs)


def _overlap(one: Spans, other: Spans) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _size(spans: Spans) -> int:
    return sum(b - a for a, b in spans)


TASK = Task(
    files=("attribution/dev.jsonl",),
    field="attributions",
    inputs=lambda record: {"text": record["text"]},
    predict=predict,
    has_gold=lambda record: "attributions" in record,
    score=score,
)
