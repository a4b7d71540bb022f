"""The scorer of roles: how likely each noun of a sentence is the one who acts, or is acted on, in what a word tells.

A small net over the states of both words and over how the tree joins them; beside it one that says how likely the word
tells something real: done, being done or firmly announced. What they say is an opinion, as the typer's is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dragoman.read.typer import SPEECH, features
from dragoman.records import TYPES, Phrase, Word

Floats: TypeAlias = NDArray[np.float32]
FILE = "roles.npz"
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})  # parts of speech of who takes part
_BARE = frozenset({"NOUN", "PROPN", "PRON"})  # those that do in any relation
_PHRASE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "conj", "root"})
_FAR = 5  # steps in the tree
_SIZE = len(TYPES) + 1
QUIET = 250  # of 255: a word that tells no event so surely is not asked about


def candidates(words: Sequence[Word], i: int) -> list[int]:
    """Those who may take part in what word `i` tells: nouns, names, pronouns, and what stands in the place of one."""
    return [
        word.i
        for word in words
        if word.i != i and (word.upos in _BARE or (word.upos in NAMING and word.rel in _PHRASE) or _demonym(word))
    ]


def _demonym(word: Word) -> bool:
    """ "Syrian troops", "the Armenian genocide"."""
    return word.upos == "ADJ" and word.text[:1].isupper()


def paths(words: Sequence[Word], below: Sequence[Sequence[int]], i: int) -> dict[int, tuple[str, int, int]]:
    """From word `i` to all near it in the tree: the relations on the way, steps up and steps down."""
    found = {i: ("", 0, 0)}
    todo = [i]
    for at in todo:
        way, up, down = found[at]
        if up + down >= _FAR:
            continue
        word = words[at]
        if down == 0 and word.head >= 0 and word.head not in found:
            found[word.head] = (f"{way}^{word.rel}", up + 1, 0)
            todo.append(word.head)
        for c in below[at]:
            if c not in found:
                found[c] = (f"{way}.{words[c].rel}", up, down + 1)
                todo.append(c)
    return found


def marks(
    words: Sequence[Word], names: Sequence[Phrase], nominals: Sequence[Phrase], i: int, among: Sequence[int]
) -> Iterator[list[str]]:
    """For each candidate what is to be said of it and word `i` without their states."""
    below: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head >= 0:
            below[word.head].append(word.i)
    ways = paths(words, below, i)
    here = words[i]
    passive = any(words[c].rel in ("nsubj:pass", "aux:pass", "obl:agent") for c in below[i])
    form = f"{here.upos}{here.feat('VerbForm') or ''}{'P' if passive else ''}"
    own = [f"form={form}", f"own={here.rel}"]
    for c in among:
        word = words[c]
        way, up, down = ways.get(c, ("far", 9, 9))
        case = " ".join(words[k].text.lower() for k in below[c] if words[k].rel == "case")
        near = abs(c - i)
        side = "-" if c < i else "+"
        found = [
            *own,
            f"way={way}",
            f"way={way}{form}",
            f"way={way}{case}",
            f"rel={word.rel}",
            f"case={case}",
            f"steps={up}.{down}",
            f"side={side}{min(near, 4) if near < 5 else 6 if near < 8 else 8 if near < 14 else 14}",
            f"upos={word.upos}",
            *(f"name={p.kind}" for p in names if p.first <= c < p.last),
            *(f"nominal={p.kind}" for p in nominals if p.first <= c < p.last),
        ]
        if word.upos == "PRON":
            found.append(f"word={word.text.lower()}")
        if any(words[k].rel == "nmod:poss" for k in below[c]):
            found.append("owned")
        if any(words[k].upos == "PART" and words[k].rel == "case" for k in below[c]):
            found.append("owns")
        yield found


class Roles:
    """The two nets in a folder, with the marks that the first knows and those that the second knows."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / FILE) as parts:
            self._marks, self._own = (
                {mark: n for n, mark in enumerate(parts[name].tobytes().decode().split("\n"))}
                for name in ("marks", "own")
            )
            self._role, self._real = (
                tuple(parts[f"{name}{n}"].astype(np.float32) for n in ("w1", "b1", "w2", "b2"))
                for name in ("role_", "real_")
            )

    def opinions(
        self,
        states: Floats,
        words: Sequence[Word],
        names: Sequence[Phrase],
        nominals: Sequence[Phrase],
        types: bytes,
    ) -> dict[int, bytes]:
        """By place of the words that may well tell an event, in 255ths: how likely it is real, then for each word of
        the sentence how likely it is who acts, and who is acted on.
        """
        shares = np.frombuffer(types, np.uint8).reshape(-1, _SIZE)
        asked = [w.i for w in words if w.upos in SPEECH and shares[w.i, 0] <= QUIET]
        found: dict[int, bytes] = {}
        if not asked:
            return found
        size = states.shape[1]
        w1, b1, w2, b2 = self._role
        others = states @ w1[size : 2 * size]
        told = real_features(states, words, asked) @ self._real[0][: 5 * size]
        for i, row in zip(asked, told):
            among = candidates(words, i)
            table = np.zeros((len(words), 2), np.uint8)
            if among:
                mine = states[i] @ w1[:size] + shares[i].astype(np.float32) / 255 @ w1[-_SIZE:] + b1
                hidden = others[among] + mine
                for k, of in enumerate(marks(words, names, nominals, i, among)):
                    known = [2 * size + self._marks[mark] for mark in of if mark in self._marks]
                    hidden[k] += w1[known].sum(0)
                table[among] = np.maximum(np.rint(_shares(hidden, w2, b2)[:, 1:] * 255), 1)  # 0: never asked
            known = [5 * size + self._own[mark] for mark in own_marks(words, i) if mark in self._own]
            hidden = row + self._real[0][known].sum(0) + self._real[1]
            real = np.rint(_shares(hidden[None], *self._real[2:])[0, 1] * 255).astype(np.uint8)
            found[i] = real.tobytes() + table.tobytes()
        return found


def real_features(states: Floats, words: Sequence[Word], asked: Sequence[int]) -> Floats:
    """[len(asked), 5 · 384]: what the typer sees of a word, and the state of the word above it."""
    above = np.stack([states[words[i].head] if words[i].head >= 0 else np.zeros_like(states[i]) for i in asked])
    return np.concatenate([features(states, words, asked), above], 1)


def own_marks(words: Sequence[Word], i: int) -> list[str]:
    """What the second net is told of a word beside the states: its form, its helpers, and those of the words above."""
    found, at = [], i
    for level in range(3):
        word = words[at]
        form = f"{word.upos} {word.feat('VerbForm') or ''} {word.feat('Tense') or ''} {word.feat('Mood') or ''}"
        found += [f"{level} {form}", f"{level} {word.rel}"]
        if level:
            found.append(f"{level} {word.lemma.lower()}")
        found += [
            f"{level} {c.rel.split(':')[0]} {c.lemma.lower()}"
            for c in words
            if c.head == at and c.upos in ("AUX", "ADV", "PART", "SCONJ", "DET", "ADP", "CCONJ")
        ]
        if word.head < 0:
            break
        at = word.head
    last = words[-1].text
    return [*found, f"end {last}"] if last in ("?", ".", "!") else found


def _shares(hidden: Floats, w2: Floats, b2: Floats) -> Floats:
    logits = np.maximum(hidden, 0.0) @ w2 + b2
    odds = np.exp(logits - logits.max(1, keepdims=True))
    shares: Floats = odds / odds.sum(1, keepdims=True)
    return shares
