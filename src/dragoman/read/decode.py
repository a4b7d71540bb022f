"""From the model's outputs for one window to sentences with words, trees, names and vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dragoman.knowledge.lemmas import lemmas
from dragoman.read import lemma, reduced, splitting, tags, trees
from dragoman.read.session import Labels
from dragoman.read.typer import Typer
from dragoman.records import Phrase, Sentence, Span, Stretch, Word

_KINDS = {"PER": "person", "LOC": "place", "ORG": "organization", "OTHER": "other"}
_GROUPS: tuple[Literal["source", "cue", "content"], ...] = ("source", "cue", "content")
_BIO = ("O", "B-x", "I-x")
_SMALL = frozenset({"ADP", "CCONJ", "DET", "PUNCT", "SCONJ"})  # what no name ends in


@lru_cache(maxsize=100_000)
def lemmatise(edit: str, form: str, upos: str) -> str:
    """The lemma that the model's edit script makes of a form, corrected by what the tables know."""
    return lemmas().settle(form, upos, lemma.apply(edit, form))


class Decoder:
    """Holds what decoding needs of the labels, and the projection to sentence vectors [384, 384]."""

    def __init__(self, labels: Labels, projection: NDArray[np.float32], typer: Typer) -> None:
        self.upos = labels.upos
        self.feats = ["" if value == "_" else value for value in labels.feats]
        self.scripts = labels.lemma
        self.rels = labels.rel
        self.names, self.name_follows = labels.names, tags.allowed(labels.names)
        self.nominals, self.nominal_follows = labels.nominals, tags.allowed(labels.nominals)
        self.stretch_follows = tags.allowed(_BIO)
        self.projection = projection
        self.typer = typer

    def sentences(
        self,
        out: Mapping[str, Any],
        text: str,
        *,
        spans: Sequence[tuple[int, int]],
        paragraph: int,
        starts: Sequence[int] | None = None,
    ) -> list[Sentence]:
        """The sentences of one window; `out` are its outputs ([W, …], slot 0 the root), `spans` its words in `text`.

        `starts` says where sentences start; None leaves it to the model. Sentences are numbered from 0.
        """
        size = len(spans)
        forms = [text[a:b] for a, b in spans]
        if starts is None:
            starts = splitting.starts(out["start"][1 : size + 1].tolist(), forms, spaced=splitting.spaces(spans))
        names = tags.best(out["names"][1 : size + 1], self.name_follows).tolist()
        nominals = tags.best(out["nominals"][1 : size + 1], self.nominal_follows).tolist()
        upos, feats = out["upos"][1:].tolist(), out["feats"][1:].tolist()
        scripts = out["lemma"][1:].tolist()
        vectors = self._vectors(out["states"][1 : size + 1], starts)
        found: list[Sentence] = []
        for first, last, vector in zip(starts, [*starts[1:], size], vectors):
            heads, numbers = self._tree(out, first, last)
            rels = [self.rels[number] for number in numbers]
            reduced.restore([self.upos[number] for number in upos[first:last]], heads, rels)
            words = tuple(
                Word(
                    i,
                    forms[at],
                    spans[at][0],
                    spans[at][1],
                    lemmatise(self.scripts[scripts[at]], forms[at], self.upos[upos[at]]),
                    self.upos[upos[at]],
                    self.feats[feats[at]],
                    heads[i],
                    rels[i],
                )
                for i, at in enumerate(range(first, last))
            )
            found.append(
                Sentence(
                    len(found),
                    paragraph,
                    words,
                    trimmed(_phrases(names[first:last], self.names), words),
                    _phrases(nominals[first:last], self.nominals),
                    vector,
                    self.typer.types(out["states"][first + 1 : last + 1], words),
                )
            )
        return found

    def _tree(self, out: Mapping[str, Any], first: int, last: int) -> tuple[list[int], list[int]]:
        """Heads (-1 the root) and label numbers of words `[first, last)` of a window."""
        slots = np.arange(first, last + 1)
        slots[0] = 0
        heads = trees.heads(out["arcs"][np.ix_(slots, slots)])
        rels = out["labels"][slots[1:], slots[heads]]
        return (heads - 1).tolist(), rels.tolist()

    def _vectors(self, states: NDArray[np.float32], starts: Sequence[int]) -> list[bytes]:
        """A unit vector times 127 for each sentence: the projected mean of its words' states."""
        total = np.add.reduceat(states, list(starts), axis=0) @ self.projection
        total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
        return [row.tobytes() for row in np.rint(total * 127).astype(np.int8)]

    def stretches(self, logits: NDArray[np.float32], spans: Sequence[tuple[int, int]]) -> list[Stretch]:
        """Sources, cues and contents that the attribution head proposes in a window; `logits` [W, 9] with the root."""
        found = []
        for k, role in enumerate(_GROUPS):
            mine = logits[1 : len(spans) + 1, 3 * k : 3 * k + 3]
            chosen = tags.best(mine, self.stretch_follows)
            if not chosen.any():
                continue
            odds = np.exp(mine - mine.max(1, keepdims=True))
            share = 1.0 - odds[:, 0] / odds.sum(1)
            for first, last, _ in tags.spans(chosen.tolist(), _BIO):
                score = round(float(share[first:last].mean()), 4)
                found.append(Stretch(role, Span(spans[first][0], spans[last - 1][1]), score))
        return found


def trimmed(names: Sequence[Phrase], words: Sequence[Word]) -> tuple[Phrase, ...]:
    """Names without the small words at their ends; an article that stands as a name of its own joins its neighbour."""
    found: list[Phrase] = []
    article: Phrase | None = None
    for name in names:
        first, last = name.first, name.last
        if article and article.last == first and article.kind == name.kind:
            first = article.first
        article = name if last == first + 1 and words[first].upos == "DET" else None
        while last > first and words[last - 1].upos in _SMALL:
            last -= 1
        while first < last and words[first].upos in _SMALL - {"DET"}:
            first += 1
        if first < last:
            found.append(Phrase(first, last, name.kind))
    return tuple(found)


def _phrases(chosen: Sequence[int], labels: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase(first, last, _KINDS[kind]) for first, last, kind in tags.spans(chosen, labels))
