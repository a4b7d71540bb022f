"""Who copied whom: exact, edited and truncated copies, and a wire inside a round-up, by shared runs of three words.

Containment (the share of the SMALLER report found in the other) is the measure: likeness of two whole texts (Jaccard,
MinHash) misses a wire of ten lines inside a round-up of a hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from zlib import crc32

from msgspec.structs import replace

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.passages import shared_passages
from dragoman.reconcile.words import tokens
from dragoman.records import Report

CONTAINED = 0.3  # of the smaller report's runs of three words, found in the other
SHORT, SHORT_CONTAINED = 20, 0.8  # a report of fewer runs must be there nearly whole
SAMPLE = 4  # one run in four is looked up when candidates are sought
CROWD = 3  # of the reports that share a run, each is held against the first few only


def runs(text: str) -> frozenset[int]:
    """The runs of three words of a text, as 32-bit hashes (crc32: the same in every process).

    >>> len(runs("the pact holds, the pact fails"))
    4
    """
    words = tokens(text)
    return frozenset(crc32(" ".join(words[i : i + 3]).encode()) for i in range(len(words) - 2))


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
    text, at, parts = report.text, 0, []
    for span in sorted(report.boilerplate):
        parts.append(text[at : span.start])
        at = max(at, span.end)
    return "\n".join([*parts, text[at:]])


def candidates(texts: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs of reports that share a sampled run; far fewer than all pairs, and none that matters is lost."""
    having: dict[int, list[str]] = defaultdict(list)
    for report in sorted(texts):
        few = len(texts[report]) < 4 * SHORT
        for run in sorted(texts[report]):
            if few or run % SAMPLE == 0:
                having[run].append(report)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for reports in having.values():
        for one, other in combinations(reports[:CROWD], 2):
            shared[one, other] += 1
        for other in reports[CROWD:]:
            for one in reports[:CROWD]:
                shared[one, other] += 1
    return sorted(pair for pair, count in shared.items() if count >= 2)


def find_copies(reports: Iterable[Report]) -> dict[str, str]:
    """For each report that repeats another: the original's id.

    The earlier is the original; on one day the longer, unless it holds several reports that are no copies of each
    other: then it is a round-up and repeats them.
    """
    known = {r.id: r for r in reports}
    texts = {ident: runs(own_text(report)) for ident, report in known.items()}
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in candidates(texts):
        if is_copy(texts[one], texts[other]):
            partners[one].add(other)
            partners[other].add(one)

    def gathers(report: str) -> bool:
        return any(
            other not in partners[one] and all(len(texts[p]) < len(texts[report]) for p in (one, other))
            for one, other in combinations(sorted(partners[report]), 2)
        )

    rank = {r: (gathers(r), known[r].published or "9999", -len(texts[r]), r) for r in known}
    source: dict[str, str] = {}
    for report in sorted(partners, key=rank.__getitem__):
        earlier = [p for p in partners[report] if rank[p] < rank[report] and not (rank[p][0] and rank[report][0])]
        if earlier:
            best = min(earlier, key=lambda p: (-len(texts[p] & texts[report]), rank[p]))
            source[report] = source.get(best, best)
    return source


def mark_copies(book: Casebook) -> None:
    """Set `copy_of` and the passages in common on every report that repeats another."""
    for report, original in find_copies(book.reports.values()).items():
        known = book.reports[report]
        shared = shared_passages(known, book.reports[original])
        book.reports[report] = replace(known, copy_of=original, shared=shared)
