"""`python -m bench.growth [COUNT…]`: what reconciling costs as a dossier grows, step by step, and showing it again.

The reports are the examples told again about other people (`bench.many`); their readings are made beforehand. Seconds
are of this process's processor time.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.many import many
from dragoman.knowledge import Knowledge
from dragoman.reconcile import STEPS
from dragoman.reconcile.casebook import Casebook
from dragoman.records import Reading, Report
from dragoman.store import Store, assemble

COUNTS = (100, 1_000)


def by_step(given: list[tuple[Report, Reading]]) -> dict[str, float]:
    """Seconds of each step of reconciling."""
    book = Casebook.of([r for r, _ in given], [r for _, r in given], Knowledge())
    found = {}
    for step in STEPS:
        begun = time.process_time()
        step.run(book)
        found[step.name] = round(time.process_time() - begun, 2)
    return found


def kept(given: list[tuple[Report, Reading]], folder: Path) -> dict[str, Any]:
    """Seconds until a dossier in a file is assembled: with one report more, and again when nothing changed."""
    path, knowledge = folder / f"{len(given)}.db", Knowledge()
    with Store.open(path, writable=True) as store:
        for report, reading in given[:-1]:
            store.add(report, reading, model="bench", ontology="bench")
    with Store.open(path, writable=True) as store:
        begun = time.process_time()
        store.add(*given[-1], model="bench", ontology="bench")
        whole = assemble(store, knowledge)
        added = time.process_time() - begun
    with Store.open(path) as store:
        begun = time.process_time()
        assemble(store, knowledge)
        again = time.process_time() - begun
    return {
        "mentions": len(whole.mentions),
        "events": len(whole.events),
        "seconds_to_add_one_report": round(added, 2),
        "seconds_to_show_again": round(again, 2),
        "file_mb": round(path.stat().st_size / 1_000_000, 1),
    }


def main() -> int:
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    made = list(many(max(counts)))
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            given = made[:count]
            figures = {"reports": count, "steps": by_step(given), **kept(given, Path(folder))}
            print(json.dumps(figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
