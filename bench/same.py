"""`python -m bench.same --against REV TEXT…`: whether understanding says what it said at REV, and how long each takes.

Both understand what the reader of this checkout reads in the texts (files of text, or JSON lines with `text` or
`sentences`). Prints the reports whose readings differ, byte for byte; exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dragoman.records import Doc, Report

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def texts(path: Path) -> Iterator[str]:
    """The texts of a file; sentences without paragraphs are put two to a paragraph."""
    if path.suffix != ".jsonl":
        yield path.read_text(encoding="utf-8")
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences = row.get("sentences")
        if row.get("text"):
            yield row["text"]
        elif sentences and isinstance(sentences[0], str):
            yield "\n\n".join(" ".join(sentences[k : k + 2]) for k in range(0, len(sentences), 2))


def reports(paths: list[Path], limit: int) -> list[Report]:
    """At most `limit` reports, in the order of the files."""
    found = []
    for path in paths:
        for text in texts(path):
            digest = hashlib.sha256(text.encode()).hexdigest()
            found.append(Report(id=digest[:12], origin=path.name, text=text, sha256=digest, published="2019-06-03"))
    return found[:limit]


def readings(docs: list[Doc]) -> tuple[list[str], float]:
    """The digest of every reading, and the best seconds of processor time for all."""
    import msgspec

    from dragoman.knowledge import Knowledge
    from dragoman.understand import understand

    knowledge, best = Knowledge(), float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        found = [understand(doc, knowledge, version="same") for doc in docs]
        best = min(best, time.process_time() - begun)
    return [hashlib.sha256(msgspec.json.encode(reading)).hexdigest() for reading in found], best


def in_tree(tree: Path, docs: Path) -> tuple[list[str], float]:
    """What the understanding in another working tree makes of pickled docs."""
    run = [sys.executable, str(Path(__file__).resolve()), "--docs", str(docs)]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    told = json.loads(subprocess.run(run, env=environment, check=True, capture_output=True, text=True).stdout)
    return told["readings"], told["seconds"]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.same", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT")
    parser.add_argument("--against", metavar="REV", help="a revision of this repository")
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--docs", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.docs:
        found, seconds = readings(pickle.loads(given.docs.read_bytes()))
        print(json.dumps({"readings": found, "seconds": seconds}))
        return 0
    if not given.against or not given.texts:
        parser.error("name --against REV and some texts")
    from dragoman.read import Reader

    reader = Reader()
    docs = [reader.read(report) for report in reports(given.texts, given.limit)]
    with tempfile.TemporaryDirectory() as temporary:
        pickled, tree = Path(temporary) / "docs", Path(temporary) / "tree"
        pickled.write_bytes(pickle.dumps(docs))
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", tree, given.against], check=True)
        try:
            (before, slow), (after, fast) = in_tree(tree, pickled), in_tree(ROOT, pickled)
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", tree], check=True)
    words = sum(len(sentence.words) for doc in docs for sentence in doc.sentences)
    changed = [doc.report for doc, one, other in zip(docs, before, after) if one != other]
    for report in changed:
        print(f"differs: {report.id} {report.origin}")
    print(f"{len(docs)} reports, {words} words: {len(docs) - len(changed)} readings alike, {len(changed)} differ")
    print(f"words a second: {words / slow:.0f} at {given.against}, {words / fast:.0f} here")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
