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

FEW = 3  # words that a clause must share to share all


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


def head_of(lemma: str) -> str:
    """The verb of a trigger, with its particle when the table knows it: "break off relation" → "break off"."""
    words = lemma.split()
    lengths = range(len(words), 0, -1)
    return next((head for n in lengths if (head := " ".join(words[:n])) in _acts()), words[0] if words else "")


@cache
def acts_of(lemma: str) -> Mapping[str, float]:
    """The acts that a trigger may tell, with how near its fellows are; "sever relation" is found under "sever".

    >>> "break-relations" in acts_of("sever relation")
    True
    """
    return _acts().get(head_of(lemma), {})


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
    head: str  # the verb of its trigger
    acts: Mapping[str, float]
    stems: frozenset[str]  # of its clause, without trigger and participants: what it is about
    mass: float  # the weight of its stems
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
        """Weighted share of what the shorter clause is about that the other is about too; a word or two is little."""
        common = self.stems & other.stems
        if not common:
            return 0.0
        least = FEW * (self.mass + other.mass) / (len(self.stems) + len(other.stems))
        return sum(self.weights[s] for s in sorted(common)) / max(min(self.mass, other.mass), least)

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
    stems = {i: _substance(book, m) for i, m in book.mentions.items()}
    spread = Counter(word for bag in stems.values() for word in bag)
    weights = {w: math.log((1 + len(stems)) / (1 + n)) + 0.5 for w, n in spread.items()}
    named = _named_at(book)
    for ident in sorted(book.mentions):
        mention = book.mentions[ident]
        line = book.line(mention)
        start, end = _days(mention)
        book.tellings[ident] = Telling(
            mention,
            head_of(mention.lemma),
            acts_of(mention.lemma),
            stems[ident],
            sum(weights[s] for s in sorted(stems[ident])),
            _within(named.get(mention.report, []), line.span if line else mention.span),
            start,
            end,
            book.published(mention.report),
            vector_of(line.vector) if line else None,
            weights,
        )


def _substance(book: Casebook, mention: Mention) -> frozenset[str]:
    """What a clause is about: its content without its trigger, its participants and its time."""
    spoken = [book.words(mention.report, mention.trigger), *mention.actor_text, *mention.recipient_text]
    spoken += [mention.time.text] if mention.time else []
    known = {stem for words in spoken for stem in content(words)}
    return frozenset(content(book.words(mention.report, mention.span))) - known


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
