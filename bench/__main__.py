"""`python -m bench [FILE…]`: words and reports a second of reading and understanding, and what they take of memory.

Without files our own examples are read. Each figure is the best of `--rounds` rounds over all reports, in seconds of
this process's processor time (all its threads), so that other load on the machine counts little.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.read.session import Model
from dragoman.records import Doc, Report
from dragoman.understand import understand

ROOT = Path(__file__).resolve().parent.parent


class Timed:
    """A model that counts the processor time spent in it."""

    def __init__(self, model: Model) -> None:
        self.model, self.labels, self.seconds = model, model.labels, 0.0

    def run(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        begun = time.process_time()
        found = self.model.run(inputs)
        self.seconds += time.process_time() - begun
        return found

    def relations(self, dependents: Any, governors: Any) -> Any:
        begun = time.process_time()
        found = self.model.relations(dependents, governors)
        self.seconds += time.process_time() - begun
        return found


def load(paths: Sequence[Path]) -> list[Report]:
    """The reports in text files."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        found.append(Report(id=digest[:12], origin=path.name, text=text, sha256=digest))
    return found


def measure(reports: Sequence[Report], *, threads: int, rounds: int) -> dict[str, Any]:
    """The figures for these reports."""
    begun = time.process_time()
    network = Timed(Reader(threads=threads).network)
    reader = Reader(network=network)
    docs = [reader.read(report) for report in reports]
    start = time.process_time() - begun
    knowledge = Knowledge()
    reading, encoding, understanding = [], [], []
    for _ in range(rounds):
        network.seconds, begun = 0.0, time.process_time()
        docs = [reader.read(report) for report in reports]
        reading.append(time.process_time() - begun)
        encoding.append(network.seconds)
        begun = time.process_time()
        for doc in docs:
            understand(doc, knowledge, version="bench")
        understanding.append(time.process_time() - begun)
    words, read, understood = count(docs), min(reading), min(understanding)
    return {
        "machine": machine(),
        "model": reader.model,
        "threads": threads,
        "reports": len(reports),
        "words": words,
        "first_pass_seconds": round(start, 3),  # the model is loaded in it
        "read_words_per_second": round(words / read),
        "read_reports_per_second": round(len(reports) / read, 1),
        "encoder_share_of_read": round(encoding[reading.index(read)] / read, 3),
        "understand_words_per_second": round(words / understood),
        "understand_reports_per_second": round(len(reports) / understood, 1),
        "both_reports_per_second": round(len(reports) / (read + understood), 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def count(docs: Sequence[Doc]) -> int:
    return sum(len(sentence.words) for doc in docs for sentence in doc.sentences)


def machine() -> str:
    """The processor's name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{name or platform.processor() or platform.machine()}, Python {platform.python_version()}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast Dragoman reads on this machine.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="text files; default: examples/")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    files = given.files or sorted((ROOT / "examples").glob("*/*.txt"))
    if not files:
        print("nothing to read: name some text files", file=sys.stderr)
        return 2
    print(json.dumps(measure(load(files), threads=given.threads, rounds=given.rounds), indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
