"""A mention as it is held against others: its acts, words, names nearby, days and vector."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.reconcile.acts import Sense
from dragoman.records import Mention

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
    headline: bool = False  # told in its report's title

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
