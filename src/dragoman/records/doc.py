"""What `read` gives: the words, trees, names and vectors of one report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Literal

import msgspec
from msgspec import Struct

from dragoman.records.report import Report
from dragoman.records.span import Span
from dragoman.records.terms import TYPES, EventType


class Word(Struct, frozen=True):
    """A syntactic word of a sentence; `head` is the place of its head in the sentence, -1 for the root."""

    i: int
    text: str
    start: int
    end: int
    lemma: str
    upos: str
    feats: str
    head: int
    rel: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def feat(self, name: str) -> str | None:
        """One morphological feature: `word.feat("Tense")` → `"Past"` or None."""
        return _features(self.feats).get(name)


@cache
def _features(feats: str) -> dict[str, str]:
    """Features by their names; of a name that stands twice the first. There are some hundred such strings."""
    return {key: value for key, _, value in (pair.partition("=") for pair in reversed(feats.split("|")))}


class Phrase(Struct, frozen=True):
    """A name or a nominal found by the reading model: words `[first, last)` of one sentence."""

    first: int
    last: int
    kind: str  # person, organization, place, other


class Stretch(Struct, frozen=True):
    """A proposal of the attribution head: a span of the report that may be a source, a cue or a content."""

    role: Literal["source", "cue", "content"]
    span: Span
    score: float  # 0..1, mean probability over its words


class Sentence(Struct, frozen=True, dict=True):
    """A sentence with its tree; offsets of words are offsets into the report."""

    i: int
    paragraph: int
    words: tuple[Word, ...]
    names: tuple[Phrase, ...] = ()
    nominals: tuple[Phrase, ...] = ()
    vector: bytes = b""  # 384 signed bytes: a unit vector times 127
    types: bytes = b""  # 17 bytes a word: how likely it tells no event, or one of each of `TYPES`, in 255ths
    # By place of a word that may tell an event, in 255ths: how likely it is real, then two bytes for each word of the
    # sentence, how likely it is who acts and who is acted on.
    roles: Mapping[int, bytes] = msgspec.field(default_factory=dict)

    @cached_property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple([word.text.lower() for word in self.words])

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple([word.start for word in self.words])

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple([word.end for word in self.words])

    def inside(self, span: Span) -> range:
        """The places of the words that a span covers."""
        return range(bisect_left(self._starts, span.start), bisect_right(self._ends, span.end))

    def touched(self, span: Span) -> range:
        """The places of the words that a span overlaps."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """Its lemmas in lower case."""
        return tuple([word.lemma.lower() for word in self.words])

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every word and lemma in it, in lower case."""
        return frozenset(self.plain).union(self.lemmas)

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """For each word the preposition of its phrase, fixed expressions included: `because of`; empty without one."""
        parts: dict[int, list[int]] = {}
        for word in self.words:
            if word.rel == "case" and word.head >= 0:
                parts.setdefault(word.head, []).extend((word.i, *self.dependents(word.i, "fixed")))
        plain, found = self.plain, [""] * len(self.words)
        for head, places in parts.items():
            found[head] = " ".join([plain[p] for p in sorted(places)])
        return tuple(found)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the places of its dependents, left to right."""
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                below[word.head].append(word.i)
        return tuple(map(tuple, below))

    @cached_property
    def _below(self) -> tuple[dict[str, tuple[int, ...]], ...]:
        """For each word its dependents by their relation."""
        none: dict[str, tuple[int, ...]] = {}  # one for all that have no dependents
        below = [none] * len(self.words)
        for word in self.words:
            if word.head >= 0:
                mine = below[word.head] or {}
                mine[word.rel] = (*mine.get(word.rel, ()), word.i)
                below[word.head] = mine
        return tuple(below)

    @property
    def root(self) -> int:
        return next(word.i for word in self.words if word.head < 0)

    def dependents(self, i: int, *rels: str) -> tuple[int, ...]:
        """Dependents of word `i` whose relation is one of `rels` (all when none is given)."""
        below = self._below[i]
        if not below:
            return ()
        if not rels:
            return self.children[i]
        found: tuple[int, ...] = ()
        for rel in rels:
            if rel in below:
                found = below[rel] if not found else tuple(sorted(found + below[rel]))
        return found

    def chance(self, i: int, type: EventType | None) -> float:
        """How likely the reading model holds word `i` to tell an event of this type, or none of any; 0..1."""
        shares = self.shares(i)
        return shares[TYPES.index(type) + 1 if type else 0] / 255 if shares else 0.0

    def shares(self, i: int) -> bytes:
        """The 17 shares of word `i` in 255ths, none of the types first; all 0 where the reading model says nothing."""
        size = len(TYPES) + 1
        return self.types[i * size : (i + 1) * size]

    def subtree(self, i: int) -> list[int]:
        """Places of word `i` and all below it, in order of the text."""
        children = self.children
        found = [i]
        for at in found:  # grows as it is walked
            found += children[at]
        return sorted(found)

    def span_of(self, places: list[int] | tuple[int, ...]) -> Span:
        """The stretch of text from the first to the last of these words."""
        return Span(self.words[min(places)].start, self.words[max(places)].end)


class Doc(Struct, frozen=True):
    """A report with its words, trees, names and vectors: what the reading model makes of it in one pass."""

    report: Report
    sentences: tuple[Sentence, ...]
    stretches: tuple[Stretch, ...] = ()
    model: str = ""
