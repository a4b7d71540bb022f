"""Who copied whom: exact, edited and truncated copies, and a wire inside a round-up, by shared runs of three words.

Containment (the share of the SMALLER report found in the other) is the measure: likeness of two whole texts (Jaccard,
MinHash) misses a wire of ten lines inside a round-up of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations
from zlib import crc32

from msgspec import Struct

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.links import Links, parts, relink
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.passages import shared_passages
from dragoman.reconcile.rows import COPY, Copy
from dragoman.reconcile.weights import weight
from dragoman.reconcile.words import plain_words, stem, tokens
from dragoman.records import Report

CONTAINED = 0.3  # of the smaller report's runs of three words, found in the other
SHORT, SHORT_CONTAINED = 20, 0.8  # a report of fewer runs must be there nearly whole
SAMPLE = 4  # one run in four is looked up when candidates are sought
TELLING = 3.0  # weight of a run that is looked up: "the united states" stands in reports that have nothing in common
SIEVE = 4096  # bits
LEAST = 2  # such runs that two reports must share


def runs(text: str) -> dict[int, float]:
    """The runs of three words of a text, as 32-bit hashes (crc32: the same in every process), with their weights.

    >>> len(runs("the pact holds, the pact fails"))
    4
    """
    words = tokens(text)
    return {
        crc32(" ".join(run).encode()): sum(weight(stem(word)) for word in run if word not in plain_words())
        for run in zip(words, words[1:], words[2:])
    }


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


class Text(Struct, frozen=True, dict=True):
    """A report as it is held against others to find copies."""

    runs: frozenset[int]
    sought: tuple[int, ...]  # the runs by which its copies are found
    published: str | None

    @cached_property
    def sieve(self) -> int:
        """A bit for each of its runs, where several may share one."""
        bits = 0
        for run in self.runs:
            bits |= 1 << run % SIEVE
        return bits

    def may_share(self, other: Text) -> int:
        """How many runs the two have in common at most."""
        return (self.sieve & other.sieve).bit_count() + len(self.runs) - self.sieve.bit_count()

    def copies(self, other: Text) -> bool:
        """Whether one of the two repeats the other; most that do not are told by their sieves."""
        least = CONTAINED * min(len(self.runs), len(other.runs))
        return self.may_share(other) >= least and is_copy(self.runs, other.runs)


def text_of(text: str, published: str | None) -> Text:
    """A text as it is held against others; of its telling runs it is found by one in four, where it is short by all."""
    found = runs(text)
    few = len(found) < 4 * SHORT
    sought = (run for run, telling in found.items() if few or (run % SAMPLE == 0 and telling >= TELLING))
    return Text(frozenset(found), tuple(sorted(sought)), published)


def run_keys(text: Text) -> list[str]:
    return [str(run) for run in text.sought]


TEXTS: Kind[Text] = Kind("text", Text, lambda ident, text: run_keys(text))
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
    touched = relink(memory, TEXTS, TWINS, texts, asks=run_keys, least=LEAST,
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
