"""`python -m evals TASK FILE… [--predictions OUT]`: reads a gold set, prints one JSON object with the metrics.

Exit codes: 0 done, 2 wrong use or missing data (the message, on stderr, names what is missing).
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from evals.task import MissingData, Options, Record, Task, find

# TASK -> module with a `TASK` of its own; a module is imported only when its task is run.
TASKS = {
    "event-type": "evals.event_type",
    "event-spans": "evals.event_spans",
    "coding": "evals.coding",
    "dossier": "evals.dossier",
    "stories": "evals.stories",
    "copies": "evals.copies",
    "pairs": "evals.pairs",
    "coreference": "evals.coreference",
    "certainty": "evals.certainty",
    "attribution": "evals.attribution",
    "syntax": "evals.syntax",
    "names": "evals.names",
    "timex": "evals.timex",
    "extraction": "evals.extraction",
    "wordings": "evals.wordings",
    "boilerplate": "evals.boilerplate",
    "main-event": "evals.main_event",
}


def load(name: str) -> Task:
    """The task of that name."""
    task: Task = importlib.import_module(TASKS[name]).TASK
    return task


def evaluate(name: str, files: list[str], *, options: Options, predictions: Path | None = None) -> dict[str, Any]:
    """Predict on the files of a task and score them together where all of them carry gold."""
    from dragoman.knowledge import Knowledge
    from dragoman.read import model_version

    task = load(name)
    paths = [find(file) for file in files or task.files]
    begun = time.perf_counter()
    records: list[Record] = []
    found: list[Any] = []
    for path in paths:
        mine = [record for record in task.load(path) if options.holds(record)]
        found += task.predict([task.inputs(record) for record in mine], options)
        records += mine
    seconds = time.perf_counter() - begun
    if predictions:
        write(records, found, predictions, field=task.field)
    result: dict[str, Any] = {
        "task": name,
        "files": [str(path) for path in paths],
        "n": len(records),
        "seconds": round(seconds, 3),
        "model": model_version(),
        "ontology": Knowledge(ontology=options.ontology).digest,
    }
    if records and all(task.has_gold(record) for record in records):
        result["metrics"] = {key: round(value, 4) for key, value in task.score(records, found).items()}
    return result


def write(records: list[Record], found: list[Any], out: Path, *, field: str) -> None:
    """One line a record: its `id` or `doc`, else its line number, and the predicted field."""
    with out.open("w", encoding="utf-8") as stream:
        for number, (record, prediction) in enumerate(zip(records, found, strict=True), 1):
            key = next((key for key in ("id", "doc") if key in record), None)
            line = {key: record[key]} if key else {"line": number}
            stream.write(json.dumps(line | {field: prediction}, ensure_ascii=False) + "\n")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure Dragoman on a gold set.")
    parser.add_argument("task", choices=sorted(TASKS), metavar="TASK", help=", ".join(sorted(TASKS)))
    parser.add_argument("files", nargs="*", metavar="FILE", help="default: the task's development files")
    parser.add_argument("--predictions", type=Path, metavar="OUT", help="also write a line for each record")
    parser.add_argument(
        "--ontology", type=Path, metavar="FILE", help="predicates that extend or replace the shipped ones"
    )
    parser.add_argument("--actors", type=Path, action="append", default=[], metavar="FILE", help="actor lists (coding)")
    parser.add_argument("--agents", type=Path, action="append", default=[], metavar="FILE", help="agent lists (coding)")
    parser.add_argument("--half", choices=("even", "odd"), default="", help="half the records, by md5 of id or doc")
    given = parser.parse_args(arguments)
    options = Options(ontology=given.ontology, actors=tuple(given.actors), agents=tuple(given.agents), half=given.half)
    try:
        result = evaluate(given.task, given.files, options=options, predictions=given.predictions)
    except MissingData as missing:
        print(missing, file=sys.stderr)
        return 2
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
