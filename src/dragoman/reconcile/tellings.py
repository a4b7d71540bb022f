"""A mention made ready to be held against others: its acts, words, names nearby, days and vector."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.reconcile.acts import Sense, acts_of, head_of, sense
from dragoman.reconcile.casebook import Casebook
from dragoman.records import Mention, Span

FEW = 3  # words that a clause must share to share all


class Telling(Struct, frozen=True):
    """What is compared of a mention."""

    mention: Mention
    head: str  # the verb of its trigger
    acts: Mapping[str, float]
    about: Sense  # its clause without trigger and participants
    mass: float  # the weight of what it is about
    names: frozenset[str]  # actors named in its sentence
    start: date | None
    end: date | None
    published: date | None
    vector: NDArray[np.float32] | None
    weights: Mapping[str, float]  # of stems, over the whole dossier
    affair: str

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
        common = self.about.common(other.about)
        if not common:
            return 0.0
        least = FEW * (self.mass + other.mass) / (len(self.about.stems) + len(other.about.stems))
        return min(1.0, sum(self.weights[s] for s in sorted(common)) / max(min(self.mass, other.mass), least))

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
    about = {i: _substance(book, m) for i, m in book.mentions.items()}
    spread = Counter(word for what in about.values() for word in what.stems)
    weights = {w: math.log((1 + len(about)) / (1 + n)) + 0.5 for w, n in spread.items()}
    named = book.named_at
    for ident in sorted(book.mentions):
        mention = book.mentions[ident]
        line = book.line(mention)
        start, end = _days(mention)
        book.tellings[ident] = Telling(
            mention,
            head_of(mention.lemma),
            _acts(mention),
            about[ident],
            sum(weights[s] for s in sorted(about[ident].stems)),
            _within(named.get(mention.report, []), line.span if line else mention.span),
            start,
            end,
            book.published(mention.report),
            vector_of(line.vector) if line else None,
            weights,
            book.affair_of[mention.report],
        )


def _acts(mention: Mention) -> Mapping[str, float]:
    """What its trigger tells; where nobody acts, what its subject tells: "the invasion began"."""
    subject = mention.actor_text[0].lower().split()[-1:] if mention.actor_text and not mention.actor else []
    return {**acts_of(mention.lemma), **(acts_of(subject[0]) if subject else {})}


def _substance(book: Casebook, mention: Mention) -> Sense:
    """What a clause is about: its content without its trigger, its participants and its time."""
    spoken = [book.words(mention.report, mention.trigger), *mention.actor_text, *mention.recipient_text]
    spoken += [mention.time.text] if mention.time else []
    known = frozenset(stem for words in spoken for stem in sense(words).stems)
    return sense(book.words(mention.report, mention.span)).without(known)


def _days(mention: Mention) -> tuple[date | None, date | None]:
    time = mention.time
    if time is None or not time.start:
        return None, None
    start = date.fromisoformat(time.start[:10])
    return start, date.fromisoformat(time.end[:10]) if time.end else start


def _within(spots: list[tuple[Span, str]], span: Span) -> frozenset[str]:
    return frozenset(actor for spot, actor in spots if span.covers(spot))
