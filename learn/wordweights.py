"""`python -m learn.wordweights`: how common words are in news, counted in the training reports of PolNeAR and ECB+.

Writes `src/dragoman/knowledge/word_shares.tsv`. Stems that mostly stand in capitals (names) are left out: whom the news
was about then says nothing of today.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.reconcile.words import WORD, content, fold, stem
from evals.task import data_root

LEAST = 8  # reports that a stem must stand in
TABLE = Path(__file__).resolve().parent.parent / "src/dragoman/knowledge/word_shares.tsv"
HEADER = """\
# How common words are in news: two accounts that share a rare word are nearer than two that share a common one.
# Counted in {reports} reports of PolNeAR and ECB+ (the training parts), stems in fewer than {least} and names left out:
# `python -m learn.wordweights`. A stem that is not here is a rare word.
# stem    a folded word without its ending
# share   of a thousand reports, those that have it
stem\tshare
"""


def texts() -> Iterator[str]:
    """The reports of both sets."""
    with (data_root() / "attribution/train.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)
    with (data_root() / "coreference/train.jsonl").open(encoding="utf-8") as lines:
        yield from (" ".join(s["text"] for s in json.loads(line)["sentences"]) for line in lines)


def main() -> None:
    having: Counter[str] = Counter()
    cases: Counter[tuple[str, bool]] = Counter()
    total = 0
    for text in texts():
        total += 1
        having.update(set(content(text)))
        cases.update((stem(fold(word)), word[:1].isupper()) for word in WORD.findall(text))
    rows = sorted(s for s, n in having.items() if n >= LEAST and cases[s, True] <= cases[s, False])
    lines = [f"{s}\t{round(1000 * having[s] / total)}\n" for s in rows]
    TABLE.write_text(HEADER.format(reports=total, least=LEAST) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
