"""Merges across outlets, to be read by eye: one development as several outlets tell it, read into one dossier.

    python -m evals.merges draw newswcl50/dev.jsonl --seed 11 > sheet.jsonl     # a line for each merge, shuffled
    python -m evals.merges count newswcl50/dev.jsonl                            # events against mentions
    python -m evals.merges keep sheet-with-verdicts.jsonl > evals/judged/NAME.jsonl

Records have `doc`, `topic`, `outlet`, `url` and `sentences`; a topic is a dossier. A merge is an event with mentions of
two or more outlets; who judges adds `right` (true: all its sentences tell one event). A kept line holds no text;
`python -m evals.judge count` counts them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier, Event, Report
from dragoman.understand import understand
from evals.task import Record, find, json_lines, reader

DAY = re.compile(r"(20\d\d)[/-]?(\d\d)[/-]?(\d\d)")


def dossiers(records: Sequence[Record]) -> Iterator[tuple[str, Dossier]]:
    """A dossier for each topic; the day of a report is the one in its address."""
    knowledge = Knowledge()
    by_topic: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_topic[str(record["topic"])].append(record)
    for topic, together in sorted(by_topic.items()):
        reports = [report(record) for record in together]
        readings = [understand(reader().read(one), knowledge, version="eval") for one in reports]
        yield topic, reconcile(reports, readings, knowledge)


def report(record: Record) -> Report:
    text = "\n".join(sentence["text"] for sentence in record["sentences"])
    day = DAY.search(record.get("url") or "")
    return Report(
        id=record["doc"],
        origin=record["doc"],
        outlet=record["outlet"],
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published="-".join(day.groups()) if day else None,
    )


def draw(file: str, seed: int) -> list[dict[str, Any]]:
    """All merges of a file in an order that the seed alone decides."""
    rows = [
        shown(file, topic, dossier, event)
        for topic, dossier in dossiers(json_lines(find(file)))
        for event in dossier.events
        if len(event.reports) > 1
    ]
    random.Random(seed).shuffle(rows)
    return rows


def shown(file: str, topic: str, dossier: Dossier, event: Event) -> dict[str, Any]:
    """A merge as it is judged: each mention's sentence with the words that tell the event."""
    reports = {r.id: r for r in dossier.reports}
    mentions = {m.id: m for m in dossier.mentions}
    names = {a.id: a.name for a in dossier.actors}
    told = []
    for mention in sorted((mentions[i] for i in event.mentions), key=lambda m: (m.report, m.trigger)):
        text = reports[mention.report].text
        around = [s for s in reports[mention.report].sentences if s.start <= mention.trigger.start < s.end]
        told.append(
            {
                "report": mention.report,
                "published": reports[mention.report].published,
                "sentence": (around[0] if around else mention.span).of(text),
                "trigger": [mention.trigger.start, mention.trigger.end],
                "words": mention.trigger.of(text),
                "by": [names[i] for i in mention.actor] or list(mention.actor_text),
                "to": [names[i] for i in mention.recipient] or list(mention.recipient_text),
                "when": [mention.time.start, mention.time.end] if mention.time else None,
                "modes": list(mention.auxiliary),
            }
        )
    return {
        "of": "merges",
        "set": file,
        "topic": topic,
        "coded": event.type,
        "headline": event.headline,
        "differences": [d.line for d in event.differences],
        "told": told,
        "right": None,
    }


def keep(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Judged merges without a word of the texts."""
    return [
        {
            "of": "merges",
            "set": line["set"],
            "topic": line["topic"],
            "coded": line["coded"],
            "told": [[one["report"], *one["trigger"]] for one in line["told"]],
            "right": line["right"],
        }
        for line in lines
    ]


def count(file: str) -> dict[str, int]:
    """How many mentions and events a file's dossiers hold, and how many events two outlets or more tell."""
    found = [dossier for _, dossier in dossiers(json_lines(find(file)))]
    return {
        "reports": sum(len(d.reports) for d in found),
        "mentions": sum(len(d.mentions) for d in found),
        "events": sum(len(d.events) for d in found),
        "told_by_two_or_more": sum(len(e.reports) > 1 for d in found for e in d.events),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.merges", description="Merges across outlets, read by eye.")
    parser.add_argument("what", choices=("draw", "count", "keep"))
    parser.add_argument("file")
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    if given.what == "count":
        print(json.dumps(count(given.file)))
        return
    rows = draw(given.file, given.seed) if given.what == "draw" else keep(json_lines(find(given.file)))
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
