"""The typer: how likely a word tells an event of each type, from the states of the same pass.

A small net over the own state of a verb, noun or adjective, its neighbourhood's in the tree, and those of who acts and
what is acted on. What it says is an opinion; the room that understands holds it against the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dragoman.records import TYPES, Word

Floats: TypeAlias = NDArray[np.float32]
FILE = "typer.npz"
SPEECH = frozenset({"VERB", "NOUN", "ADJ"})  # the words it is asked about
_DOERS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "obl:agent", "nmod:poss"})
_OTHERS = frozenset({"obj", "iobj", "obl", "nmod", "xcomp", "ccomp", "advcl"})


class Typer:
    """The net in a folder: `w1` [4 · 384, hidden], `b1`, `w2` [hidden, 17], `b2`; class 0 is none of the types."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / FILE) as parts:
            self._w1, self._b1, self._w2, self._b2 = (
                parts[name].astype(np.float32) for name in ("w1", "b1", "w2", "b2")
            )

    def types(self, states: Sequence[Floats], sentences: Sequence[Sequence[Word]]) -> list[bytes]:
        """For every word of each sentence 17 shares of 255, none of the types first; all 0 for words not in `SPEECH`.

        `states` [n, 384] of each sentence.
        """
        found = [np.zeros((len(words), len(TYPES) + 1), np.uint8) for words in sentences]
        asked = [[word.i for word in words if word.upos in SPEECH] for words in sentences]
        if any(asked):
            rows = [features(*of) for of in zip(states, sentences, asked) if of[2]]
            hidden = np.maximum(np.concatenate(rows) @ self._w1 + self._b1, 0.0)
            logits = hidden @ self._w2 + self._b2
            odds = np.exp(logits - logits.max(1, keepdims=True))
            shares, at = np.rint(odds / odds.sum(1, keepdims=True) * 255), 0
            for table, places in zip(found, asked):
                table[places] = shares[at : at + len(places)]
                at += len(places)
        return [table.tobytes() for table in found]


def features(states: Floats, words: Sequence[Word], asked: Sequence[int]) -> Floats:
    """[len(asked), 4 · 384]: a word's state, the mean of it and its dependents, of who acts, of what is acted on."""
    rows, columns, shares = [], [], []
    for at, group in enumerate(group for own in groups(words, asked) for group in own):
        rows += [at] * len(group)
        columns += group
        shares += [1.0 / len(group)] * len(group) if group else []
    means = np.zeros((4 * len(asked), len(words)), np.float32)
    means[rows, columns] = shares
    found: Floats = (means @ states).reshape(len(asked), -1)
    return found


def groups(words: Sequence[Word], asked: Sequence[int]) -> Iterator[list[list[int]]]:
    """For each word asked about the four groups of words whose mean states are its features."""
    below: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head >= 0:
            below[word.head].append(word.i)
    for i in asked:
        yield [
            [i],
            [i, *below[i]],
            [c for c in below[i] if words[c].rel in _DOERS],
            [c for c in below[i] if words[c].rel in _OTHERS],
        ]
