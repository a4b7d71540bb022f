"""`python -m bench.growth [COUNT…]`: what one report more costs as a dossier grows, beside what reading it costs.

The reports are the examples told again about other people (`bench.many`); their readings are made beforehand. Seconds
are of this process's processor time; of the reports that are added, and read, the mean.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.many import example_readings, many
from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.reconcile import STEPS, Casebook, Memory, Touched
from dragoman.records import Reading, Report
from dragoman.store import Store, assemble
from dragoman.store.assemble import brought_up_to_date
from dragoman.understand import understand

COUNTS = (100, 1_000)
MORE = 10  # reports added, each by itself


def reading_one() -> float:
    """Seconds that reading one of the reports takes."""
    reader, knowledge = Reader(), Knowledge()
    reports = [report for report, _ in example_readings()]
    understand(reader.read(reports[0]), knowledge, version="bench")
    begun = time.process_time()
    for report in reports:
        understand(reader.read(report), knowledge, version="bench")
    return (time.process_time() - begun) / len(reports)


def adding(path: Path, given: list[tuple[Report, Reading]]) -> float:
    """Seconds until a report is added to the dossier at a path and reconciled."""
    knowledge, spent = Knowledge(), 0.0
    for report, reading in given:
        with Store.open(path, writable=True) as store:
            begun = time.process_time()
            store.add(report, reading, model="bench", ontology="bench")
            with brought_up_to_date(store, knowledge):
                pass
            spent += time.process_time() - begun
    return spent / len(given)


def by_step(path: Path, one: tuple[Report, Reading]) -> dict[str, float]:
    """Seconds of each step of reconciling one report more."""
    found = {}
    with Store.open(path, writable=True) as store:
        store.add(*one, model="bench", ontology="bench")
        with store.deriving() as (derived, _):
            book, touched = Casebook(Memory(derived), Knowledge()), Touched([one[0].id])
            for name, step in STEPS.items():
                begun = time.process_time()
                step(book, touched)
                found[name] = round(time.process_time() - begun, 3)
    return found


def figures(path: Path, given: list[tuple[Report, Reading]], count: int, before: int) -> dict[str, Any]:
    """What a dossier of `count` reports costs; `before` of them are in it."""
    knowledge = Knowledge()
    with Store.open(path, writable=True) as store:
        for report, reading in given[before:count]:
            store.add(report, reading, model="bench", ontology="bench")
        begun = time.process_time()
        with brought_up_to_date(store, knowledge):
            pass
        reconciled = time.process_time() - begun
    added = adding(path, given[count : count + MORE - 1])
    steps = by_step(path, given[count + MORE - 1])
    with Store.open(path, writable=True) as store:
        begun = time.process_time()
        whole = assemble(store, knowledge)
        shown = time.process_time() - begun
    return {
        "mentions": len(whole.mentions),
        "events": len(whole.events),
        "seconds_to_reconcile_those_since": round(reconciled, 2),
        "seconds_to_add_one_report": round(added, 3),
        "steps_of_one": steps,
        "seconds_to_show": round(shown, 2),
        "file_mb": round(path.stat().st_size / 1_000_000, 1),
    }


def main() -> int:
    counts = sorted(int(word) for word in sys.argv[1:]) or list(COUNTS)
    given = list(many(max(counts) + MORE))
    reading, before = reading_one(), 0
    gc.collect()
    gc.freeze()  # no dossier has these reports in memory: a search for cycles shall not look at them
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            row = figures(Path(folder) / "crisis.db", given, count, before)
            before = count + MORE
            print(json.dumps({"reports": count, "seconds_to_read_one": round(reading, 3), **row}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
