"""Who copied whom: exact, edited and truncated copies, and a wire inside a round-up, by shared runs of three words.

Containment (the share of the SMALLER report found in the other) is the measure: likeness of two whole texts (Jaccard,
MinHash) misses a wire of ten lines inside a round-up of a hundred. Who may be a copy is told by longer runs, of which
reports that have nothing in common share few: a tenth of those of the smaller one must stand in the other.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import combinations
from zlib import crc32

from msgspec import Struct

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.links import Links, parts, relink
from dragoman.reconcile.memory import Kind, Memory
from dragoman.reconcile.passages import shared_passages
from dragoman.reconcile.rows import COPY, Copy
from dragoman.reconcile.weights import weight
from dragoman.reconcile.words import plain_words, stem, tokens
from dragoman.records import Report

CONTAINED = 0.3  # of the smaller report's runs of three words, found in the other
SHORT, SHORT_CONTAINED = 20, 0.8  # a report of fewer runs must be there nearly whole
LONG = 5  # words of the runs by which candidates are sought
SAMPLE = 2  # one of these in two is looked up
TELLING = 6.0  # weight of one that is looked up: "the president of the united" says little
NEEDS = (1, 2, 4, 6, 10, 16)  # how many must be shared, as far as it is told by the key
FEW = 40  # such runs below which a report is sought by all
SHARED = 0.1  # of those of the report that has fewer, how many the other must have


def runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """The runs of so many words.

    >>> sorted(runs(["the", "pact", "holds", "the", "pact"], 2))
    [('holds', 'the'), ('pact', 'holds'), ('the', 'pact')]
    """
    return set(zip(*(words[at:] for at in range(length))))


def number(run: tuple[str, ...]) -> int:
    """A run as a number of 32 bits, the same in every process."""
    return crc32(" ".join(run).encode())


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Share of the smaller text's runs that the other has."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether one text repeats the other, whole or in part."""
    if not one or not other:
        return False
    enough = SHORT_CONTAINED if min(len(one), len(other)) < SHORT else CONTAINED
    return containment(one, other) >= enough


def own_text(report: Report) -> str:
    """A report's text without its boilerplate: two pages of one site are no copies for their footers."""
    text, at, kept = report.text, 0, []
    for span in sorted(report.boilerplate):
        kept.append(text[at : span.start])
        at = max(at, span.end)
    return "\n".join([*kept, text[at:]])


class Text(Struct, frozen=True):
    """A report as it is held against others to find copies."""

    runs: frozenset[int]
    sought: frozenset[int]  # the longer runs by which its copies are found
    published: str | None

    @property
    def needs(self) -> int:
        """How many runs that are sought it must share with a text that has as many or more."""
        return max(1, math.ceil(SHARED * len(self.sought)))

    def may_copy(self, other: Text) -> bool:
        """Whether one of the two may repeat the other."""
        return len(self.sought & other.sought) >= min(self.needs, other.needs)

    def copies(self, other: Text) -> bool:
        """Whether one of the two repeats the other."""
        return self.may_copy(other) and is_copy(self.runs, other.runs)


def text_of(text: str, published: str | None) -> Text:
    """A text as it is held against others."""
    words = tokens(text)
    longer = {number(run): run for run in runs(words, LONG)}
    sought = longer if len(longer) < FEW else (n for n, run in longer.items() if n % SAMPLE == 0 and _telling(run))
    return Text(frozenset(map(number, runs(words, 3))), frozenset(sought), published)


def _telling(run: tuple[str, ...]) -> bool:
    return sum(weight(stem(word)) for word in run if word not in plain_words()) >= TELLING


def run_keys(text: Text) -> list[str]:
    """Under what a text is found: each of its runs, with about how many of them must be shared."""
    return _keys(text, NEEDS[bisect_right(NEEDS, text.needs) - 1])


def _keys(text: Text, needs: int) -> list[str]:
    return [f"{run} {needs}" for run in text.sought]


TEXTS: Kind[Text] = Kind("text", Text, lambda ident, text: run_keys(text))


def may_be_copies(memory: Memory, text: Text) -> set[str]:
    """The texts that share so many runs with one that one of the two may repeat the other, and some that do not."""
    return set().union(*(memory.sharing(TEXTS, _keys(text, n), min(n, text.needs)) for n in NEEDS))


TWINS: Kind[Links[bool]] = Kind("twins", dict[str, bool])


def originals(texts: dict[str, Text], twins: dict[str, Links[bool]]) -> dict[str, str]:
    """For each of some reports that repeats another: the original's id.

    The earlier is the original; on one day the longer, unless it holds several reports that are no copies of each
    other: then it is a round-up and repeats them.
    """

    def gathers(report: str) -> bool:
        return any(
            other not in twins[one] and all(len(texts[p].runs) < len(texts[report].runs) for p in (one, other))
            for one, other in combinations(sorted(twins[report]), 2)
        )

    rank = {r: (gathers(r), texts[r].published or "9999", -len(texts[r].runs), r) for r in twins}
    source: dict[str, str] = {}
    for report in sorted(twins, key=rank.__getitem__):
        earlier = [p for p in twins[report] if rank[p] < rank[report] and not (rank[p][0] and rank[report][0])]
        if earlier:
            best = min(earlier, key=lambda p: (-len(texts[p].runs & texts[report].runs), rank[p]))
            source[report] = source.get(best, best)
    return source


def mark_copies(book: Casebook, changed: Iterable[str]) -> set[str]:
    """Find who repeats whom among the changed reports and those they touch; the reports of which that changed."""
    memory = book.memory
    texts = {i: text_of(own_text(report), report.published) if (report := book.collected(i)) else None for i in changed}
    touched = relink(memory, TEXTS, TWINS, texts, beside=lambda text: may_be_copies(memory, text),
                     link=lambda one, other: one.copies(other) or None)  # fmt: skip
    found: dict[str, Copy | None] = {}
    for part in parts(touched, lambda todo: memory.many(TWINS, todo)):
        source = originals(memory.many(TEXTS, part), memory.many(TWINS, part)) if len(part) > 1 else {}
        found.update(_told(book, part, source, texts.keys()))
    known = memory.many(COPY, found)
    differs = {i for i, copy in found.items() if copy != known.get(i)}
    memory.put(COPY, {i: found[i] for i in sorted(differs)})
    return differs


def _told(
    book: Casebook, part: Sequence[str], source: dict[str, str], changed: Iterable[str]
) -> dict[str, Copy | None]:
    found: dict[str, Copy | None] = dict.fromkeys(part)
    for report, original in source.items():
        known = book.memory.get(COPY, report)
        if known is not None and known.original == original and not {report, original} & set(changed):
            found[report] = known
            continue
        one, other = book.collected(report), book.collected(original)
        if one is not None and other is not None:
            found[report] = Copy(original, shared_passages(one, other))
    return found
