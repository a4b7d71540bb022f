"""What `read` gives: the words, trees, names and vectors of one report."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Literal

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
    types: bytes = b""  # 17 bytes a word: how likely a verb tells no event, or one of each of `TYPES`, in 255ths

    @cached_property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple([word.text.lower() for word in self.words])

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the places of its dependents, left to right."""
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                below[word.head].append(word.i)
        return tuple(map(tuple, below))

    @property
    def root(self) -> int:
        return next(word.i for word in self.words if word.head < 0)

    def dependents(self, i: int, *rels: str) -> list[int]:
        """Dependents of word `i` whose relation is one of `rels` (all when none is given)."""
        below = self.children[i]
        if not below or not rels:
            return list(below)
        words = self.words
        return [c for c in below if words[c].rel in rels]

    def chance(self, i: int, type: EventType | None) -> float:
        """How likely the reading model holds verb `i` to tell an event of this type, or none of any; 0..1."""
        at = i * (len(TYPES) + 1) + (TYPES.index(type) + 1 if type else 0)
        return self.types[at] / 255 if at < len(self.types) else 0.0

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
