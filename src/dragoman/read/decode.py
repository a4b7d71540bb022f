"""From the model's outputs for one window to sentences with words, trees, names and vectors.

First the trees of all windows, then the labels of their arcs in one go: a label is worked out for arcs that are taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.knowledge.lemmas import lemmas
from dragoman.read import lemma, mending, reduced, splitting, tags, trees
from dragoman.read.rolemarks import Marks
from dragoman.read.roles import Roles
from dragoman.read.session import Labels, Model
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


class Parsed(Struct, frozen=True):
    """A sentence with its tree, before its arcs have labels."""

    paragraph: int
    spans: Sequence[tuple[int, int]]
    forms: Sequence[str]
    upos: list[str]
    feats: list[int]
    scripts: list[int]
    heads: list[int]  # -1 the root
    names: tuple[Phrase, ...]
    nominals: tuple[Phrase, ...]
    vector: bytes
    states: NDArray[np.float32]
    dependents: NDArray[np.float32]  # [n, 96], of every word
    governors: NDArray[np.float32]  # [n, 96], of every word's head


class Decoder:
    """Holds what decoding needs of the model, and the projection to sentence vectors [384, 384]."""

    def __init__(self, network: Model, projection: NDArray[np.float32], typer: Typer, roles: Roles) -> None:
        labels: Labels = network.labels
        self.network = network
        self.upos = labels.upos
        self.feats = ["" if value == "_" else value for value in labels.feats]
        self.scripts = labels.lemma
        self.rels = labels.rel
        self.names, self.name_follows = labels.names, tags.allowed(labels.names)
        self.nominals, self.nominal_follows = labels.nominals, tags.allowed(labels.nominals)
        self.stretch_follows = tags.allowed(_BIO)
        self.projection = projection
        self.typer, self.roles = typer, roles

    def parse(
        self,
        out: Mapping[str, Any],
        text: str,
        *,
        spans: Sequence[tuple[int, int]],
        paragraph: int,
        starts: Sequence[int] | None = None,
    ) -> list[Parsed]:
        """The sentences of one window; `out` are its outputs ([W, …], slot 0 the root), `spans` its words in `text`.

        `starts` says where sentences start; None leaves it to the model.
        """
        size = len(spans)
        forms = [text[a:b] for a, b in spans]
        if starts is None:
            starts = splitting.starts(out["start"][1 : size + 1].tolist(), forms, spaced=splitting.spaces(spans))
        names = tags.best(out["names"][1 : size + 1], self.name_follows)
        nominals = tags.best(out["nominals"][1 : size + 1], self.nominal_follows)
        upos = [self.upos[number] for number in out["upos"][1 : size + 1].tolist()]
        feats, scripts = out["feats"][1 : size + 1].tolist(), out["lemma"][1 : size + 1].tolist()
        vectors = self._vectors(out["states"][1 : size + 1], starts)
        found: list[Parsed] = []
        for first, last, vector in zip(starts, [*starts[1:], size], vectors):
            slots = np.arange(first, last + 1)
            slots[0] = 0
            heads = trees.heads(out["arcs"][np.ix_(slots, slots)])
            above = slots[heads]
            parsed = Parsed(
                paragraph,
                spans[first:last],
                forms[first:last],
                upos[first:last],
                feats[first:last],
                scripts[first:last],
                (heads - 1).tolist(),
                _phrases(names[first:last], self.names),
                _phrases(nominals[first:last], self.nominals),
                vector,
                out["states"][first + 1 : last + 1],
                out["dependents"][first + 1 : last + 1],
                out["governors"][above],
            )
            found.append(parsed)
        return found

    def sentences(self, found: Sequence[Parsed]) -> tuple[Sentence, ...]:
        """The sentences of a report, numbered from 0."""
        if not found:
            return ()
        dependents = np.concatenate([parsed.dependents for parsed in found])
        governors = np.concatenate([parsed.governors for parsed in found])
        relations = [self.rels[number] for number in self.network.relations(dependents, governors).tolist()]
        words, at = [], 0
        for parsed in found:
            rels = relations[at : at + len(parsed.spans)]
            at += len(parsed.spans)
            reduced.restore(parsed.upos, parsed.heads, rels)
            feats = [self.feats[number] for number in parsed.feats]
            mending.mend(parsed.forms, parsed.upos, feats, parsed.heads, rels)
            words.append(self._words(parsed, rels))
        states = [parsed.states for parsed in found]
        types = self.typer.types(states, words)
        marks = [Marks(own, trimmed(parsed.names, own), parsed.nominals) for parsed, own in zip(found, words)]
        roles = self.roles.opinions(states, marks, types)
        return tuple(
            Sentence(i, parsed.paragraph, own, of.names, parsed.nominals, parsed.vector, chances, told)
            for i, (parsed, own, of, chances, told) in enumerate(zip(found, words, marks, types, roles))
        )

    def _words(self, parsed: Parsed, rels: Sequence[str]) -> tuple[Word, ...]:
        scripts, feats = self.scripts, self.feats
        rows = zip(parsed.forms, parsed.spans, parsed.scripts, parsed.upos, parsed.feats, parsed.heads, rels)
        return tuple(
            [
                Word(i, form, span[0], span[1], lemmatise(scripts[script], form, upos), upos, feats[feat], head, rel)
                for i, (form, span, script, upos, feat, head, rel) in enumerate(rows)
            ]
        )

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
            if not any(chosen):
                continue
            odds = np.exp(mine - mine.max(1, keepdims=True))
            share = 1.0 - odds[:, 0] / odds.sum(1)
            for first, last, _ in tags.spans(chosen, _BIO):
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
