"""A mention made ready to be held against others: its acts, words, names nearby, days and vector."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.knowledge import tables
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.words import content
from dragoman.records import Mention, Span


class Act(Struct, frozen=True):
    """A row of `related.tsv`."""

    act: str
    lemma: str
    near: float = 1.0


class TypeKin(Struct, frozen=True):
    """A row of `type_kin.tsv`."""

    one: str
    other: str
    why: str


@cache
def acts_of(lemma: str) -> Mapping[str, float]:
    """The acts that a trigger may tell, with how near its fellows are."""
    return _acts().get(lemma, {})


@cache
def _acts() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in tables.rows("related.tsv", Act):
        found[row.lemma][row.act] = row.near
    return found


@cache
def type_kin() -> frozenset[frozenset[str]]:
    """Pairs of types under which one event may be coded."""
    return frozenset(frozenset((row.one, row.other)) for row in tables.rows("type_kin.tsv", TypeKin))


class Telling(Struct, frozen=True):
    """What is compared of a mention."""

    mention: Mention
    acts: Mapping[str, float]
    stems: frozenset[str]  # of its clause
    names: frozenset[str]  # actors named in its sentence
    start: date | None
    end: date | None
    published: date | None
    vector: NDArray[np.float32] | None
    weights: Mapping[str, float]  # of stems, over the whole dossier

    @property
    def id(self) -> str:
        return self.mention.id

    @property
    def days(self) -> int | None:
        """How many days its time spans, None when it has none."""
        return (self.end - self.start).days + 1 if self.start and self.end else None

    def near(self, other: Telling) -> float | None:
        """Cosine of the two sentences, None without vectors."""
        if self.vector is None or other.vector is None:
            return None
        return float(self.vector @ other.vector)

    def shared(self, other: Telling) -> float:
        """Weighted share of the shorter clause's content that the other clause has."""
        if not self.stems or not other.stems:
            return 0.0
        mass = min(sum(self.weights[s] for s in sorted(t.stems)) for t in (self, other))
        return sum(self.weights[s] for s in sorted(self.stems & other.stems)) / mass

    def gap(self, other: Telling) -> int | None:
        """Days between the two times: 0 when they overlap, None when one has none."""
        if not (self.start and self.end and other.start and other.end):
            return None
        return max((other.start - self.end).days, (self.start - other.end).days, 0)


def vector_of(raw: bytes) -> NDArray[np.float32] | None:
    """A sentence's vector at unit length."""
    if not raw:
        return None
    vector = np.frombuffer(raw, dtype=np.int8).astype(np.float32)
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else None


def prepare(book: Casebook) -> None:
    """Make every mention of the dossier ready."""
    stems = {i: frozenset(content(book.words(m.report, m.span))) for i, m in book.mentions.items()}
    spread = Counter(word for bag in stems.values() for word in bag)
    weights = {w: math.log((1 + len(stems)) / (1 + n)) + 0.5 for w, n in spread.items()}
    named = _named_at(book)
    for ident in sorted(book.mentions):
        mention = book.mentions[ident]
        line = book.line(mention)
        start, end = _days(mention)
        book.tellings[ident] = Telling(
            mention,
            acts_of(mention.lemma),
            stems[ident],
            _within(named.get(mention.report, []), line.span if line else mention.span),
            start,
            end,
            book.published(mention.report),
            vector_of(line.vector) if line else None,
            weights,
        )


def _days(mention: Mention) -> tuple[date | None, date | None]:
    time = mention.time
    if time is None or not time.start:
        return None, None
    start = date.fromisoformat(time.start[:10])
    return start, date.fromisoformat(time.end[:10]) if time.end else start


def _named_at(book: Casebook) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for actor in book.actors.values():
        for spot in actor.spans:
            found[spot.report].append((spot.span, actor.id))
    return {report: sorted(spots) for report, spots in found.items()}


def _within(spots: list[tuple[Span, str]], span: Span) -> frozenset[str]:
    return frozenset(actor for spot, actor in spots if span.covers(spot))
