"""Windows of sentences as arrays.

Sizes: B windows, T pieces, W words and the root. -100 marks a word that a head is not trained on.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dragoman.read.pieces import CLS, SEP, Pieces
from learn.corpus import GROUPS, NO_NAME, Asked, Document, Sentence

MASK = 103
SKIP = -100
WINDOW = 150
TAGS = ("upos", "feats", "lemma", "start", "names", "nominals", *GROUPS)
# how much the loss of a head counts in windows of an origin; 1 where nothing is said
TRUST = {("gum", "names"): 0.3, ("news", "start"): 0.2}
Arrays = dict[str, np.ndarray]
Index = dict[str, dict[str, int]]


def add_pieces(documents: list[Document], pieces: Pieces) -> None:
    """Fill pieces and shapes of all sentences."""
    for document in documents:
        for sentence in document.sentences:
            read = pieces.of(sentence.forms)
            sentence.pieces, sentence.shapes = [ids for ids, _ in read], [shape for _, shape in read]


@dataclass(slots=True)
class Window:
    """Consecutive sentences read in one pass; of the last one only the first `cut` words, if not None."""

    sentences: list[Sentence]
    origin: str
    cut: int | None = None


def length(sentence: Sentence) -> int:
    """Pieces of a sentence."""
    return sum(map(len, sentence.pieces))


def windows(
    documents: list[Document], rng: random.Random, *, single: float = 0.3, paragraph: float = 0.5, cut: float = 0.1
) -> Iterator[Window]:
    """Cut documents into windows of up to 150 pieces; the shares say how many hold one sentence, stop at a paragraph,
    or end within a sentence. News windows stop at paragraphs more often, since that is how the model is run."""
    for document in documents:
        sentences, at = document.sentences, 0
        if document.origin in ("news", "events"):
            single, paragraph, cut = 0.05, 0.8, 0.05
        while at < len(sentences):
            limit = WINDOW if rng.random() > 0.25 else rng.randint(40, WINDOW)
            alone, stop, part = rng.random() < single, rng.random() < paragraph, rng.random() < cut
            window = Window([sentences[at]], document.origin)
            size, at = length(sentences[at]), at + 1
            while not alone and at < len(sentences) and not (stop and sentences[at].opens_paragraph):
                if size + length(sentences[at]) > limit:
                    if part and size < limit:
                        _add_part(window, sentences[at], limit - size)
                    break
                window.sentences.append(sentences[at])
                size, at = size + length(sentences[at]), at + 1
            yield window


def _add_part(window: Window, sentence: Sentence, room: int) -> None:
    words = 0
    for pieces in sentence.pieces:
        room -= len(pieces)
        if room < 0:
            break
        words += 1
    if 0 < words < len(sentence.forms):
        window.sentences.append(sentence)
        window.cut = words


def encode(window: Window, index: Index, loud: int = 0) -> dict[str, Any]:
    """One window as lists: pieces, gold classes of each word, the sentence number of each word.

    `loud` replaces the shapes: 6 reads it as a headline in title case, 4 as one in capitals.
    """
    ids, shapes, starts = [CLS], [0], [0]
    gold: dict[str, list[int]] = {key: [SKIP] for key in (*TAGS, "heads", "rels")}
    owner = [-1]
    asked: list[Asked] = []
    for sentence in window.sentences:
        last = sentence is window.sentences[-1] and window.cut is not None
        count = window.cut if last and window.cut else len(sentence.forms)
        count = _fits(sentence, count, 510 - len(ids))
        offset = len(starts) - 1
        for at in range(count):
            starts.append(len(ids))
            ids += sentence.pieces[at]
            word_shape = loud if loud and sentence.shapes[at] in (3, 6) else sentence.shapes[at]
            shapes += [word_shape] * len(sentence.pieces[at])
        owner += [-1 if last else sentence.number] * count
        _gold(gold, sentence, count, offset, index=index)
        if count == len(sentence.forms):
            asked += [_moved(one, offset + 1) for one in sentence.asked]
    return {"ids": [*ids, SEP], "shapes": [*shapes, 0], "starts": starts, "owner": owner, **gold,
            "origin": window.origin, "asked": asked}  # fmt: skip


def _moved(one: Asked, by: int) -> Asked:
    """A word asked about, in the places of its window."""
    groups = [[at + by for at in group] for group in one.groups]
    return Asked(one.word + by, one.kind, groups, [at + by for at in one.among], one.sides)


def _fits(sentence: Sentence, count: int, room: int) -> int:
    for at in range(count):
        room -= len(sentence.pieces[at])
        if room < 0:
            return at
    return count


def _gold(gold: dict[str, list[int]], sentence: Sentence, count: int, offset: int, *, index: Index) -> None:
    columns: dict[str, list[str]] = {
        "upos": sentence.upos, "feats": sentence.feats, "lemma": sentence.lemma,
        "names": sentence.names, "nominals": sentence.nominals,
    }  # fmt: skip
    for number, group in enumerate(GROUPS):
        columns[group] = sentence.attribution[number] if sentence.attribution else []
    for key, column in columns.items():
        classes = index[key]
        gold[key] += [classes.get(value, SKIP) for value in column[:count]] if column else [SKIP] * count
    # a sentence start is known wherever sentences are: not in Wikigold, which has no order worth learning
    gold["start"] += [int(at == 0) if sentence.upos or sentence.attribution else SKIP for at in range(count)]
    if not sentence.heads:
        gold["heads"] += [SKIP] * count
        gold["rels"] += [SKIP] * count
        return
    for head, rel in zip(sentence.heads[:count], sentence.rels[:count], strict=True):
        inside = head <= count
        gold["heads"].append((offset + head if head else 0) if inside else SKIP)
        gold["rels"].append(index["rel"].get(rel, SKIP) if inside else SKIP)


def make_index(vocabulary: dict[str, list[str]]) -> Index:
    """Class numbers by value; `NO_NAME` is an extra class of the names, "any of O and OTHER"."""
    index = {key: {value: number for number, value in enumerate(values)} for key, values in vocabulary.items()}
    index["names"][NO_NAME] = len(vocabulary["names"])
    return {**index, **{group: {"O": 0, "B": 1, "I": 2} for group in GROUPS}}


def collate(items: list[dict[str, Any]]) -> Arrays:
    """Pad encoded windows to one batch: ids, shapes, mask [B, T]; starts, real, owner, gold, trust [B, W]."""
    batch = len(items)
    pieces, words = max(len(item["ids"]) for item in items), max(len(item["starts"]) for item in items)
    out: Arrays = {key: np.zeros((batch, pieces), np.int64) for key in ("ids", "shapes", "mask")}
    out["starts"], out["real"] = np.zeros((batch, words), np.int64), np.zeros((batch, words), bool)
    out["owner"] = np.full((batch, words), -1, np.int64)
    for key in (*TAGS, "heads", "rels"):
        out[key] = np.full((batch, words), SKIP, np.int64)
    for row, item in enumerate(items):
        size = len(item["ids"])
        out["ids"][row, :size], out["shapes"][row, :size], out["mask"][row, :size] = item["ids"], item["shapes"], 1
        size = len(item["starts"])
        out["real"][row, :size] = True
        for key in ("starts", "owner", *TAGS, "heads", "rels"):
            out[key][row, :size] = item[key]
    _collate_asked(out, items)
    for key in TAGS:
        trust = np.array([TRUST.get((item["origin"], key), 1.0) for item in items], np.float32)
        out[f"trust_{key}"] = np.repeat(trust[:, None], words, 1)
    return out


def _collate_asked(out: Arrays, items: list[dict[str, Any]]) -> None:
    """Of n words asked about: `asked` [n, 3] window, word and class; `pooled` [m, 4] number, group, window and word of
    the states to average; `pairs` [p, 4] window, word, word that may take part, side."""
    asked = [(row, one) for row, item in enumerate(items) for one in item["asked"]]
    groups = [(n, part, row, of) for n, (row, one) in enumerate(asked) for part, of in enumerate(one.groups)]
    pooled = [(n, part, row, at) for n, part, row, of in groups for at in of]
    pairs = [(row, one.word, at, side) for row, one in asked for at, side in zip(one.among, one.sides, strict=True)]
    out["asked"] = np.array([(row, one.word, one.kind) for row, one in asked], np.int64).reshape(-1, 3)
    out["pooled"], out["pairs"] = (np.array(of, np.int64).reshape(-1, 4) for of in (pooled, pairs))


def pack(items: list[dict[str, Any]], rng: random.Random, budget: int) -> list[list[dict[str, Any]]]:
    """Group windows of like length into batches of at most `budget` padded pieces, in random order."""
    keyed = sorted(((len(item["ids"]) + rng.random() * 6, number) for number, item in enumerate(items)))
    batches: list[list[dict[str, Any]]] = []
    batch: list[dict[str, Any]] = []
    widest = 0
    for _, number in keyed:
        item = items[number]
        widest = max(widest, len(item["ids"]))
        if batch and widest * (len(batch) + 1) > budget:
            batches.append(batch)
            batch, widest = [], len(item["ids"])
        batch.append(item)
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    return batches
