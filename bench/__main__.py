"""`python -m bench [FILE…]`: words and reports a second of reading and understanding, against what the machine can do.

Without files our own examples are read, put together to reports of some 600 words. The floor is measured in the same
run (`bench.floor`): how fast this machine multiplies the encoder's matrices and does nothing else. Each figure is the
best of `--rounds` rounds over all reports, in seconds of this process's processor time (all its threads), so that
other load on the machine counts little.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it

from bench.floor import OPERATIONS, rates
from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.read.session import Model
from dragoman.records import Doc, Report
from dragoman.understand import understand

ROOT = Path(__file__).resolve().parent.parent


class Timed:
    """A model that counts the processor time spent in it."""

    def __init__(self, model: Model) -> None:
        self.model, self.labels, self.seconds, self.pieces = model, model.labels, 0.0, 0

    def run(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        begun = time.process_time()
        found = self.model.run(inputs)
        self.seconds += time.process_time() - begun
        self.pieces += int(inputs["mask"].sum())
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


def of_length(reports: Sequence[Report], words: int) -> list[Report]:
    """As many reports of about so many words: each and those after it, one after the other."""
    found = []
    for at in range(len(reports)):
        parts, size = [], 0
        for report in (*reports[at:], *reports[:at]):
            if size < words * 0.9:
                parts.append(report.text)
                size += len(report.text.split())
        text = "\n\n".join(parts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        found.append(Report(id=digest[:12], origin="examples", text=text, sha256=digest))
    return found


def together(count: int, seconds: float = 12.0) -> float:
    """Reports a second of wall time of so many processes side by side, each reading and understanding."""
    code = f"from bench.__main__ import work; print(work({seconds}))"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return sum(float(process.communicate()[0]) for process in started)


def work(seconds: float) -> float:
    """Reports a second that this process reads and understands, once its model is loaded."""
    reports = of_length(load(sorted((ROOT / "examples").glob("*/*.txt"))), 600)
    reader, knowledge, done = Reader(), Knowledge(), 0
    understand(reader.read(reports[0]), knowledge, version="bench")
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        understand(reader.read(reports[done % len(reports)]), knowledge, version="bench")
        done += 1
    return done / (time.perf_counter() - begun)


def measure(reports: Sequence[Report], *, threads: int, rounds: int) -> dict[str, Any]:
    """The figures for these reports."""
    int8, fp32 = rates()
    begun = time.process_time()
    network = Timed(Reader(threads=threads).network)
    reader = Reader(network=network)
    docs = [reader.read(report) for report in reports]
    start = time.process_time() - begun
    knowledge = Knowledge()
    reading, encoding, understanding = [], [], []
    for _ in range(rounds):
        network.seconds, network.pieces, begun = 0.0, 0, time.process_time()
        docs = [reader.read(report) for report in reports]
        reading.append(time.process_time() - begun)
        encoding.append(network.seconds)
        begun = time.process_time()
        for doc in docs:
            understand(doc, knowledge, version="bench")
        understanding.append(time.process_time() - begun)
    words, read, understood = count(docs), min(reading), min(understanding)
    encoded, both = min(encoding), read + understood
    floor = network.pieces * OPERATIONS / int8
    return {
        "machine": machine(),
        "model": reader.model,
        "threads": threads,
        "reports": len(reports),
        "words": words,
        "int8_gop_per_second": round(int8 / 1e9),
        "fp32_gop_per_second": round(fp32 / 1e9),
        "operations_per_piece": OPERATIONS,
        "pieces": network.pieces,
        "floor_pieces_per_second": round(int8 / OPERATIONS),
        "encoder_pieces_per_second": round(network.pieces / encoded),
        "encoder_percent_of_floor": round(100 * floor / encoded, 1),
        "share_of_encoder": round(encoded / both, 3),
        "share_of_tokens_and_trees": round((read - encoded) / both, 3),
        "share_of_understanding": round(understood / both, 3),
        "first_pass_seconds": round(start, 3),  # the model is loaded in it
        "read_words_per_second": round(words / read),
        "read_reports_per_second": round(len(reports) / read, 1),
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
    parser.add_argument("--workers", action="store_true", help="also two processes against one, by the clock")
    given = parser.parse_args(arguments)
    files = given.files or sorted((ROOT / "examples").glob("*/*.txt"))
    if not files:
        print("nothing to read: name some text files", file=sys.stderr)
        return 2
    reports = load(files) if given.files else of_length(load(files), 600)
    found = measure(reports, threads=given.threads, rounds=given.rounds)
    if given.workers:
        one, two = together(1), together(2)
        found |= {"one_worker_reports_per_second": round(one, 1), "two_workers_reports_per_second": round(two, 1)}
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
