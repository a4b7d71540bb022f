"""Where names of the reading model and of a machine's tags differ: who is right, judged by eye, and what F1 that makes.

    python -m evals.disagree draw names/silver_dev.jsonl.gz --rows 80 --seed 20261122 > sheet.jsonl
    python -m evals.judge keep sheet-with-verdicts.jsonl --as evals/judged/NAME.jsonl
    python -m evals.disagree estimate names/silver_dev.jsonl.gz --judged evals/judged/NAME.jsonl

A line of the sheet shows a name that only one of the two has, with its surroundings; who judges adds `right`: true
where a careful reader would mark this stretch with this type (a title before the name may be in or out), else false.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from evals.names import Name, inputs, load, predict
from evals.task import Options, Record, find, json_lines

KINDS = ("PER", "ORG")
_AROUND = 60


def names(file: str) -> list[tuple[Record, set[Name], set[Name]]]:
    """Each document with the names of the model and those of its tags."""
    records = load(find(file))
    found = predict([inputs(record) for record in records], Options())
    return [(r, set(map(tuple, mine)), set(map(tuple, r["names"]))) for r, mine in zip(records, found, strict=True)]


def draw(file: str, *, rows: int, seed: int) -> list[dict[str, Any]]:
    """For each kind a sample of the names that only one of the two has; the seed alone decides which."""
    lines: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for record, mine, tags in names(file):
        text, digest = record["text"], hashlib.sha256(record["text"].encode()).hexdigest()[:16]
        for start, end, kind in sorted(mine ^ tags):
            if kind in lines:
                who = "model" if (start, end, kind) in mine else "tags"
                lines[kind].append(
                    {"of": "names", "set": file, "doc": str(record["doc"]), "sha256": digest, "trigger": [start, end],
                     "coded": f"{kind} {who}", "before": text[max(0, start - _AROUND) : start],
                     "words": text[start:end], "after": text[end : end + _AROUND]}
                )  # fmt: skip
    chance = random.Random(seed)
    return [line for kind in KINDS for line in chance.sample(lines[kind], min(rows, len(lines[kind])))]


def estimate(file: str, judged: list[dict[str, Any]]) -> dict[str, str]:
    """F1 against the tags as they are, and as it would be if every difference were settled as the judged ones were."""
    read = names(file)
    verdicts: Counter[tuple[str, bool]] = Counter((line["coded"], bool(line["right"])) for line in judged)
    found = {}
    for kind in KINDS:
        both, model, tags = (
            sum(name[2] == kind for _, mine, gold in read for name in chosen(mine, gold))
            for chosen in (set.intersection, set.difference, lambda mine, gold: gold - mine)
        )
        right, also = share(verdicts, f"{kind} model"), share(verdicts, f"{kind} tags")
        found[kind] = (
            f"{settled(both, model, tags):.3f} against the tags; {model} names are the model's alone, {right:.2f} of "
            f"them right, {tags} the tags' alone, {also:.2f} right; so settled "
            f"{settled(both, model, tags, right=right, also=also):.3f}"
        )
    return found


def settled(both: int, model: int, tags: int, *, right: float = 0.0, also: float = 1.0) -> float:
    """The model's F1 where `both` found that many names and each alone so many; of these the shares that are right.

    >>> settled(90, 10, 10), settled(90, 10, 10, right=1.0, also=0.0)
    (0.9, 1.0)
    """
    found, hits = both + model, both + right * model
    return 2 * hits / (found + hits + also * tags)


def share(verdicts: Counter[tuple[str, bool]], coded: str) -> float:
    """The part of the judged lines so coded that is right.

    >>> share(Counter({("PER model", True): 3, ("PER model", False): 1}), "PER model")
    0.75
    """
    right, wrong = verdicts[coded, True], verdicts[coded, False]
    return right / (right + wrong) if right + wrong else 0.0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.disagree", description=__doc__)
    parser.add_argument("what", choices=("draw", "estimate"))
    parser.add_argument("file")
    parser.add_argument("--rows", type=int, default=80, help="of each kind")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--judged", type=Path)
    given = parser.parse_args(arguments)
    if given.what == "draw":
        for line in draw(given.file, rows=given.rows, seed=given.seed):
            print(json.dumps(line, ensure_ascii=False))
        return 0
    if not given.judged:
        parser.error("estimate needs --judged FILE, lines that evals.judge has kept")
    for kind, words in estimate(given.file, json_lines(given.judged)).items():
        print(f"{kind} {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
