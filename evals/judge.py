"""Judging by eye: draw a sample before anybody looks, keep verdicts without texts, count them with intervals.

    python -m evals.judge draw stories/basil_dev.jsonl --reports 60 --rows 200 --seed 11 > sheet.jsonl
    python -m evals.judge draw stories/giveme5w_dev.jsonl --of said --seed 11 > said.jsonl   # or --of days
    python -m evals.judge keep sheet-with-verdicts.jsonl --as evals/judged/NAME.jsonl
    python -m evals.judge count evals/judged/NAME.jsonl

A line of the sheet shows the sentence and the row; who judges adds true, false, or null (nothing to judge). Of an event
`event`, `type`, `actor`, `recipient`, `time` and `source`; of what was said (`--of said`) `speaker`, `content`, `kind`;
of when an event was (`--of days`) `day`. A kept line holds digests, offsets and verdicts only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import Claim, Mention, Reading
from dragoman.tell.score import interval
from evals.task import find, json_lines, reading

EVENT = ("event", "type", "actor", "recipient")
VERDICTS = {
    "events": (*EVENT, "time", "source"),
    "said": ("speaker", "content", "kind"),
    "days": ("day",),
    "merges": ("right",),  # drawn and kept by evals.merges
    "names": ("right",),  # drawn by evals.disagree
}


def draw(file: str, *, reports: int, rows: int, seed: int, of: str = "events") -> list[dict[str, Any]]:
    """A sample of mentions, claims or days from a sample of reports; the seed alone decides which."""
    chance = random.Random(seed)
    records = [r for r in json_lines(find(file)) if len(r["text"].split()) > 100]
    chosen = chance.sample(records, min(reports, len(records)))
    knowledge = Knowledge()
    found_rows: list[dict[str, Any]] = []
    for record in chosen:
        day = re.match(r"\d{4}-\d\d-\d\d", str(record.get("day") or record.get("date") or ""))
        published = day[0] if day else None
        found = reading(record["text"], knowledge=knowledge, published=published)
        if of == "said":
            found_rows += [_told(file, record, found, claim) for claim in found.claims]
        else:
            told = [m for m in found.mentions if of == "events" or (m.time and m.time.start)]
            found_rows += [_shown(file, record, found, mention, published) | {"of": of} for mention in told]
    return chance.sample(found_rows, min(rows, len(found_rows)))


def _told(file: str, record: dict[str, Any], found: Reading, claim: Claim) -> dict[str, Any]:
    """A claim with its paragraph's sentences around it."""
    text = record["text"]
    at = next(n for n, line in enumerate(found.lines) if line.span.end > claim.content.start)
    names = {actor.id: actor.name for actor in found.actors}
    return {
        "of": "said",
        "set": file,
        "doc": str(record.get("doc") or record.get("id")),
        "sha256": hashlib.sha256(text.encode()).hexdigest()[:16],
        "trigger": [claim.content.start, claim.content.end],
        "before": " ".join(line.span.of(text) for line in found.lines[max(0, at - 3) : at]),
        "sentence": found.lines[at].span.of(text),
        "after": " ".join(line.span.of(text) for line in found.lines[at + 1 : at + 2]),
        "coded": f"{claim.kind} {'direct' if claim.direct else 'indirect'}",
        "source": claim.source,
        "who": names.get(claim.actor or "", ""),
        "cue": claim.cue,
        "words": claim.content.of(text),
    }


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
        "before": " ".join(line.span.of(text) for line in found.lines[max(0, mention.sentence - 3) : mention.sentence]),
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
    kept = ("of", "set", "doc", "sha256", "trigger", "coded")
    return [{key: line.get(key) for key in (*kept, *VERDICTS[line.get("of") or "events"])} for line in lines]


def count(lines: list[dict[str, Any]]) -> dict[str, str]:
    """For each verdict the share that is right, with its interval; `all` is type, actor and recipient together."""
    found = {}
    of = next((line.get("of") for line in lines), None) or "events"
    judged = {v: [line[v] for line in lines if line.get(v) is not None] for v in VERDICTS[of]}
    if of == "events":
        judged["all"] = [all(line.get(key) is not False for key in EVENT) for line in lines]
    for name, verdicts in judged.items():
        right, n = sum(map(bool, verdicts)), len(verdicts)
        low, high = interval(right, n)
        found[name] = f"{right}/{n} = {right / n:.3f} ({low:.3f}–{high:.3f})" if n else "nothing judged"
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.judge", description=__doc__)
    parser.add_argument("what", choices=("draw", "keep", "count"))
    parser.add_argument("file")
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--of", choices=("events", "said", "days"), default="events")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--as", dest="out", type=Path)
    given = parser.parse_args(arguments)
    if given.what == "draw":
        for row in draw(given.file, reports=given.reports, rows=given.rows, seed=given.seed, of=given.of):
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
