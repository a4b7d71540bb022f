"""The scorer of roles: how likely each noun of a sentence is the one who acts, or is acted on, in what a word tells.

A small net over the states of both words and over how the tree joins them; beside it one that says how likely the word
tells something real: done, being done or firmly announced. What they say is an opinion, as the typer's is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dragoman.read.rolemarks import Marks
from dragoman.read.typer import SPEECH, features
from dragoman.records import TYPES, Word

Floats: TypeAlias = NDArray[np.float32]
FILE = "roles.npz"
_SIZE = len(TYPES) + 1
QUIET = 250  # of 255: a word that tells no event so surely is not asked about


class Roles:
    """The two nets in a folder, with the marks that the first knows and those that the second knows."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / FILE) as parts:
            self._role, self._real = (
                tuple(parts[f"{name}{n}"].astype(np.float32) for n in ("w1", "b1", "w2", "b2"))
                for name in ("role_", "real_")
            )
            size = (len(self._real[0]) - _count(parts["own"])) // 5
            self._marks = Known(parts["marks"], self._role[0][2 * size :])
            self._own = Known(parts["own"], self._real[0][5 * size :])

    def opinions(self, states: Sequence[Floats], sentences: Sequence[Marks], types: Sequence[bytes]) -> list[Opinions]:
        """For each sentence by place of the words that may well tell an event, in 255ths: how likely it is real, then
        for each word of the sentence how likely it is who acts, and who is acted on.

        `states` [n, 384] of each sentence, `types` the typer's shares of it.
        """
        asked = [_asked(of.words, shares) for of, shares in zip(sentences, types)]
        mine = [of for of in zip(states, sentences, types, asked) if of[3]]
        found: list[Opinions] = [{} for _ in sentences]
        if not mine:
            return found
        real, sides, at, pair = self._reals(mine), self._sides(mine), 0, 0
        for opinions, of, places in zip(found, sentences, asked):
            for i in places:
                among = of.candidates(i)
                table = np.zeros((len(of.words), 2), np.uint8)
                table[among] = sides[pair : pair + len(among)]
                opinions[i] = real[at : at + 1].tobytes() + table.tobytes()
                at, pair = at + 1, pair + len(among)
        return found

    def _reals(self, of: Sequence[Scene]) -> NDArray[np.uint8]:
        """[words asked about]: how likely each is real, in 255ths."""
        w1, b1, w2, b2 = self._real
        seen = np.concatenate([real_features(states, marks.words, asked) for states, marks, _, asked in of])
        own = self._own.sums([marks.own(i) for _, marks, _, asked in of for i in asked])
        shares = _shares(seen @ w1[: seen.shape[1]] + own + b1, w2, b2)
        return np.rint(shares[:, 1] * 255).astype(np.uint8)

    def _sides(self, of: Sequence[Scene]) -> NDArray[np.uint8]:
        """[pairs of words, 2]: how likely each other word acts, is acted on, in 255ths; at least 1."""
        w1, b1, w2, b2 = self._role
        size = of[0][0].shape[1]
        hidden, both = [], []
        for states, marks, types, asked in of:
            kinds = np.frombuffer(types, np.uint8).reshape(-1, _SIZE)[asked].astype(np.float32) / 255
            told = states[asked] @ w1[:size] + kinds @ w1[-_SIZE:] + self._marks.sums(map(marks.of_event, asked)) + b1
            among = [marks.candidates(i) for i in asked]
            others = sorted({c for row in among for c in row})
            row = {c: n for n, c in enumerate(others)}
            other = states[others] @ w1[size : 2 * size] + self._marks.sums(map(marks.of_other, others))
            hidden += [told[n] + other[[row[c] for c in own]] for n, own in enumerate(among) if own]
            both += [mark for i, own in zip(asked, among) for mark in marks.of_both(i, own)]
        if not both:
            return np.zeros((0, 2), np.uint8)
        shares = _shares(np.concatenate(hidden) + self._marks.sums(both), w2, b2)
        return np.maximum(np.rint(shares[:, 1:] * 255), 1).astype(np.uint8)  # 0: never asked


Opinions: TypeAlias = dict[int, bytes]
Scene: TypeAlias = tuple[Floats, Marks, bytes, list[int]]  # states, marks, the typer's shares, words asked about


class Known:
    """The marks that a net knows, each with its row of weights [hidden]."""

    def __init__(self, names: NDArray[np.uint8], weights: Floats) -> None:
        self._at: Mapping[str, int] = {mark: n + 1 for n, mark in enumerate(names.tobytes().decode().split("\n"))}
        self._rows = np.concatenate([np.zeros((1, weights.shape[1]), np.float32), weights[: len(self._at)]])

    def sums(self, lists: Iterable[Iterable[str]]) -> Floats:
        """[len(lists), hidden]: the rows of the marks of each list, added up."""
        flat: list[int] = []
        starts: list[int] = []
        for marks in lists:
            starts.append(len(flat))
            flat.append(0)  # so that no list is empty
            flat += [self._at[mark] for mark in marks if mark in self._at]
        if not starts:
            return np.zeros((0, self._rows.shape[1]), np.float32)
        found: Floats = np.add.reduceat(self._rows[flat], starts, axis=0)
        return found


def _count(names: NDArray[np.uint8]) -> int:
    return names.tobytes().count(b"\n") + 1


def _asked(words: Sequence[Word], types: bytes) -> list[int]:
    return [w.i for w in words if w.upos in SPEECH and types[w.i * _SIZE] <= QUIET]


def real_features(states: Floats, words: Sequence[Word], asked: Sequence[int]) -> Floats:
    """[len(asked), 5 · 384]: what the typer sees of a word, and the state of the word above it."""
    above = np.stack([states[words[i].head] if words[i].head >= 0 else np.zeros_like(states[i]) for i in asked])
    return np.concatenate([features(states, words, asked), above], 1)


def _shares(hidden: Floats, w2: Floats, b2: Floats) -> Floats:
    logits = np.maximum(hidden, 0.0) @ w2 + b2
    odds = np.exp(logits - logits.max(1, keepdims=True))
    shares: Floats = odds / odds.sum(1, keepdims=True)
    return shares
