"""`python -m bench.memory [COUNT]`: what reading many reports takes of memory, in us and in the process that reads.

COUNT short reports of our own making (20,000 unless said otherwise) are read from one table into a dossier, without
reconciling them; a line of JSON at every tenth of the way says how much memory both processes hold just then.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.faults import told
from dragoman.collect import files
from dragoman.scale.clerk import DESK, Clerk
from dragoman.scale.worker import Worker
from dragoman.store import Store


def held(process: int | str) -> float:
    """Megabytes that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def table(path: Path, count: int) -> None:
    dice = Random(0)
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            day, town, text = told(dice, n // 40, sentences=1)
            row = {"id": str(n), "date": str(day), "text": f"Day {n} in {town}\n\n{text}"}
            stream.write(json.dumps(row) + "\n")


def figures(count: int, folder: Path) -> Iterator[dict[str, float]]:
    table(folder / "reports.jsonl", count)
    begun = time.monotonic()
    worker = Worker(DESK)
    with Clerk(worker) as clerk, Store.open(folder / "crisis.db", writable=True) as store:
        for n, _ in enumerate(clerk.take(store, files([folder / "reports.jsonl"])), 1):
            if n % max(1, count // 10) == 0:
                yield {"reports": n, "we_hold_mb": held("self"), "reader_holds_mb": held(worker.process or "self"),
                       "file_mb": round((folder / "crisis.db").stat().st_size / 1e6, 1),
                       "seconds": round(time.monotonic() - begun)}  # fmt: skip


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with TemporaryDirectory() as folder:
        for row in figures(count, Path(folder)):
            print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
