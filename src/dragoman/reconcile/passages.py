"""The passages that two reports share, word for word or edited: where a wire stands inside a round-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.reconcile.words import WORD, fold
from dragoman.records import Passage, Report, Span

RUN = 4  # words in a row that belong to a passage
GAP = 8  # words of an edit that a passage goes on across
LEAST = 8  # words that make a passage
PLACES = 4  # of a run that stands in many places, how many are looked at

Block = tuple[int, int, int]  # first word here, first word there, words


def shared_passages(report: Report, other: Report) -> tuple[Passage, ...]:
    """Stretches of `report` that stand in `other` too, in order.

    >>> words = "The two envoys left the old town on Sunday at noon"
    >>> one = Report(id="a", origin="a", sha256="", text=f"He came late. {words}.")
    >>> two = Report(id="b", origin="b", sha256="", text=f"{words}, it said.")
    >>> [p.span.of(one.text) == p.theirs.of(two.text) == words for p in shared_passages(one, two)]
    [True]
    """
    ones, others = _words(report.text), _words(other.text)
    groups: list[list[Block]] = []
    for a, b, size in _blocks([w for w, _ in ones], [w for w, _ in others]):
        if groups:
            c, d, last = groups[-1][-1]
            if a - (c + last) <= GAP and 0 <= b - (d + last) <= GAP:
                groups[-1].append((a, b, size))
                continue
        groups.append([(a, b, size)])
    found = []
    for group in groups:
        if sum(size for _, _, size in group) >= LEAST:
            (a, b, _), (c, d, size) = group[0], group[-1]
            here = Span(ones[a][1].start, ones[c + size - 1][1].end)
            there = Span(others[b][1].start, others[d + size - 1][1].end)
            found.append(Passage(other.id, here, there))
    return tuple(found)


def _blocks(ones: Sequence[str], others: Sequence[str]) -> Iterator[Block]:
    """From left to right the longest runs of words that both have."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(others) - RUN + 1):
        known = places[tuple(others[n : n + RUN])]
        if len(known) < PLACES:
            known.append(n)
    at = 0
    while at <= len(ones) - RUN:
        known = places.get(tuple(ones[at : at + RUN]), [])
        size, there = max(
            ((_length(ones, at, others, n), n) for n in known), default=(0, 0), key=lambda b: (b[0], -b[1])
        )
        if size:
            yield at, there, size
        at += size or 1


def _length(ones: Sequence[str], a: int, others: Sequence[str], b: int) -> int:
    size = RUN
    while a + size < len(ones) and b + size < len(others) and ones[a + size] == others[b + size]:
        size += 1
    return size


def _words(text: str) -> list[tuple[str, Span]]:
    return [(fold(m[0]), Span(m.start(), m.end())) for m in WORD.finditer(text)]
