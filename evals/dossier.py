"""`dossier`: reports of one crisis read into one dossier, held against facts that a person wrote down.

A record is a `facts.yaml` with its reports beside it. `published` is one date or a date for each key of `reports`; a
`dates.tsv` beside it beats both; an `actors.tsv` beside it is the analyst's own list of actors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dragoman.collect.dates import Published, dates_table
from dragoman.collect.reports import report_of
from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier, Report
from dragoman.understand import understand
from evals.facts import Held
from evals.task import Metrics, Options, Record, Task, reader

SLOTS = ("found", "full", "type", "actor", "recipient", "time", "aux", "by", "certainty")


def load(path: Path) -> list[Record]:
    """One record: the facts, and where they lie."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) | {"doc": str(path)}]


def inputs(record: Record) -> Record:
    return {key: record.get(key) for key in ("doc", "reports", "published")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """A dossier for each crisis, as JSON has it."""
    return [msgspec.to_builtins(dossier(record, options)) for record in records]


def dossier(record: Record, options: Options) -> Dossier:
    folder = Path(record["doc"]).parent
    own = folder / "actors.tsv"
    actors = next(iter(options.actors), own if own.is_file() else None)
    knowledge = Knowledge(ontology=options.ontology, actors=actors)
    reports = collected(record, folder)
    readings = [understand(reader().read(report), knowledge, version="eval") for report in reports]
    return reconcile(reports, readings, knowledge, model=reader().model, ontology=knowledge.digest)


def collected(record: Record, folder: Path) -> list[Report]:
    """The reports of a crisis, each with its own date."""
    table = dates_table(folder / "dates.tsv") if (folder / "dates.tsv").is_file() else {}
    found = []
    for key, name in sorted(record["reports"].items()):
        path = next(p for p in sorted(folder.iterdir()) if name in p.name and p.suffix in (".txt", ".md", ".html"))
        published = record.get("published")
        day = published.get(key) if isinstance(published, dict) else published
        listed = table.get(path.name) or (Published(str(day), "table") if day else None)
        report = report_of(path.read_bytes(), origin=path.name, listed=listed).report
        if report is not None:
            found.append(report)
    return found


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """Shares over the rows of all crises; `false_merges` and `mentions_per_100_words` are counts."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    merges = mentions = words = 0
    for record, prediction in zip(records, predictions, strict=True):
        held = Held(msgspec.convert(prediction, Dossier), record)
        for slot, (good, total) in held.shares().items():
            right[slot] += good
            of[slot] += total
        for name, (rows, is_right) in held.checks().items():
            right[name] += sum(map(is_right, rows))
            of[name] += len(rows)
        merges += len(held.false_merges())
        mentions += len(held.mentions)
        words += sum(len(report.text.split()) for report in held.dossier.reports)
    names = [*SLOTS, "links", "differences", "quotes", "same_words", "positions", "actors", "expectations", "never"]
    shares = {name: right[name] / of[name] for name in names if of[name]}
    return shares | {"false_merges": float(merges), "mentions_per_100_words": 100 * mentions / max(words, 1)}


TASK = Task(
    files=("../seeds/facts.yaml",),
    field="dossier",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "facts" in record,
    score=score,
    load=load,
)
