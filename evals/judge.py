"""Judging by eye: draw a sample before anybody looks, keep verdicts without texts, count them with intervals.

    python -m evals.judge draw stories/basil_dev.jsonl --reports 60 --mentions 200 --seed 11 > sheet.jsonl
    python -m evals.judge keep sheet-with-verdicts.jsonl --as evals/judged/NAME.jsonl
    python -m evals.judge count evals/judged/NAME.jsonl

A line of the sheet shows the sentence and the row; who judges adds `event`, `type`, `actor`, `recipient`, `time` and
`source` (true, false, or null where there is nothing to judge). A kept line holds digests, offsets and verdicts only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import Mention, Reading
from dragoman.tell.score import interval
from evals.task import find, json_lines, reading

VERDICTS = ("event", "type", "actor", "recipient", "time", "source")


def draw(file: str, *, reports: int, mentions: int, seed: int) -> list[dict[str, Any]]:
    """A sample of mentions from a sample of reports; the seed alone decides which."""
    chance = random.Random(seed)
    records = [r for r in json_lines(find(file)) if len(r["text"].split()) > 100]
    chosen = chance.sample(records, min(reports, len(records)))
    knowledge = Knowledge()
    rows = []
    for record in chosen:
        published = str(record.get("day") or record.get("date") or "")[:10] or None
        found = reading(record["text"], knowledge=knowledge, published=published)
        rows += [_shown(file, record, found, mention, published) for mention in found.mentions]
    return chance.sample(rows, min(mentions, len(rows)))


def _shown(
    file: str, record: dict[str, Any], found: Reading, mention: Mention, published: str | None
) -> dict[str, Any]:
    text = record["text"]
    names = {actor.id: f"{actor.name} [{actor.kind}, {actor.country or '-'}]" for actor in found.actors}
    return {
        "set": file,
        "doc": str(record.get("doc") or record.get("id")),
        "sha256": hashlib.sha256(text.encode()).hexdigest()[:16],
        "trigger": [mention.trigger.start, mention.trigger.end],
        "published": published,
        "sentence": found.lines[mention.sentence].span.of(text),
        "before": found.lines[mention.sentence - 1].span.of(text) if mention.sentence else "",
        "words": mention.trigger.of(text),
        "coded": f"{mention.type} {mention.mode or ''}".strip(),
        "by": [names.get(a, a) for a in mention.actor] or list(mention.actor_text),
        "to": [names.get(a, a) for a in mention.recipient] or list(mention.recipient_text),
        "when": [mention.time.text, mention.time.start, mention.time.end] if mention.time else None,
        "modes": list(mention.auxiliary),
        "certainty": mention.certainty,
        "said_by": [link.source for link in mention.attribution],
    }


def keep(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Judged lines without a word of the texts."""
    kept = ("set", "doc", "sha256", "trigger", "coded", *VERDICTS)
    return [{key: line.get(key) for key in kept} for line in lines]


def count(lines: list[dict[str, Any]]) -> dict[str, str]:
    """For each verdict the share that is right, with its interval; `all` is type, actor and recipient together."""
    found = {}
    whole = [all(line.get(key) is not False for key in ("event", "type", "actor", "recipient")) for line in lines]
    for name, verdicts in [(v, [line[v] for line in lines if line.get(v) is not None]) for v in VERDICTS] + [
        ("all", whole)
    ]:
        right, n = sum(map(bool, verdicts)), len(verdicts)
        low, high = interval(right, n)
        found[name] = f"{right}/{n} = {right / n:.3f} ({low:.3f}–{high:.3f})" if n else "nothing judged"
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.judge", description=__doc__)
    parser.add_argument("what", choices=("draw", "keep", "count"))
    parser.add_argument("file")
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--mentions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--as", dest="out", type=Path)
    given = parser.parse_args(arguments)
    if given.what == "draw":
        for row in draw(given.file, reports=given.reports, mentions=given.mentions, seed=given.seed):
            print(json.dumps(row, ensure_ascii=False))
        return 0
    lines = json_lines(Path(given.file))
    if given.what == "keep":
        text = "\n".join(json.dumps(line) for line in keep(lines)) + "\n"
        given.out.write_text(text, encoding="utf-8") if given.out else sys.stdout.write(text)
        return 0
    for name, line in count(lines).items():
        print(f"{name:10s}{line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
