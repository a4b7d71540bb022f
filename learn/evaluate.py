"""Stage 4: scores the trained reader, fp32 and int8, on the parts that training never saw.

    PYTHONPATH=src python -m learn.evaluate                 # int8, the files of the package; 2 minutes
    PYTHONPATH=src python -m learn.evaluate --weights learn/build/reader.pt     # fp32

Prints one JSON line a set and writes learn/build/scores-{int8,fp32}.json. Words are the gold ones throughout.
`lone`: one gold sentence a window. `run`: as the package reads: paragraphs cut at sure boundaries, predicted sentences.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from dragoman.read import lemma, tags, trees
from dragoman.read.pieces import Pieces
from dragoman.read.session import OnnxModel
from dragoman.read.windows import batches, cut, pack
from learn.agreement import agree
from learn.corpus import BUILD, GROUPS, NO_NAME, UNKNOWN, Document, Sentence, spans
from learn.export import load_reader
from learn.model import Exported
from learn.prepare import load
from learn.shipped import MODEL

Outputs = dict[str, np.ndarray]
Block = list[Sentence]


class Model(Protocol):
    """What is scored: `run` as the package runs it, `relations` for the labels of arcs."""

    def run(self, inputs: dict[str, Any]) -> Outputs: ...

    def relations(self, dependents: np.ndarray, governors: np.ndarray) -> np.ndarray: ...


class TorchModel:
    """A checkpoint in fp32, with the methods of the exported model."""

    def __init__(self, path: Path) -> None:
        self.exported = Exported(load_reader(path)).eval()

    @torch.no_grad()
    def run(self, feed: Mapping[str, Any]) -> Outputs:
        found = self.exported(*(torch.from_numpy(feed[name]) for name in Exported.inputs))
        return dict(zip(Exported.outputs, (one.numpy() for one in found), strict=True))

    @torch.no_grad()
    def relations(self, dependents: np.ndarray, governors: np.ndarray) -> np.ndarray:
        return self.exported.relations(torch.from_numpy(dependents), torch.from_numpy(governors)).numpy()


def blocks(documents: list[Document], *, lone: bool) -> list[Block]:
    """What is read together: sentences, or paragraphs."""
    found: list[Block] = []
    for document in documents:
        for number, sentence in enumerate(document.sentences):
            if lone or sentence.opens_paragraph or not number:
                found.append([])
            found[-1].append(sentence)
    return found


def edges_of(block: Block) -> list[int]:
    """Where the sentences of a block begin, and where the last one ends."""
    return list(accumulate((len(sentence.forms) for sentence in block), initial=0))


def read_blocks(model: Model, pieces: Pieces, found: list[Block], *, lone: bool) -> Iterator[tuple[Block, Outputs]]:
    """Each block with its outputs, one row a word; arcs [words + 1, words + 1] are -1e4 between windows.

    Words are numbered from 1 through the block, 0 is the root; `roots` are the governors of each word's window's root.
    """
    words = [pieces.of([form for sentence in block for form in sentence.forms]) for block in found]
    jobs: list[tuple[int, int, int]] = []
    for number, (block, read) in enumerate(zip(found, words, strict=True)):
        forms = [form for sentence in block for form in sentence.forms]
        starts = [0] if lone else cut(forms, [len(ids) for ids, _ in read])
        ends = [*starts[1:], len(forms)]
        jobs += [(number, low, high) for low, high in zip(starts, ends, strict=True)]
    sizes = [sum(len(ids) for ids, _ in words[number][low:high]) for number, low, high in jobs]
    keep = {number for (number, _, _), size in zip(jobs, sizes, strict=True) if size > 510}
    jobs, sizes = zip(*((job, size) for job, size in zip(jobs, sizes, strict=True) if job[0] not in keep), strict=True)
    merged: dict[int, Outputs] = {}
    for batch in batches(sizes):
        out = model.run(pack([words[jobs[at][0]][jobs[at][1] : jobs[at][2]] for at in batch]))
        for row, at in enumerate(batch):
            number, low, high = jobs[at]
            target = merged.setdefault(number, {})
            _place(target, {key: value[row] for key, value in out.items()}, (low, high), total=len(words[number]))
    for number, block in enumerate(found):
        if number in merged:
            yield block, merged[number]


def _place(target: Outputs, row: Outputs, where: tuple[int, int], *, total: int) -> None:
    low, high = where
    count = high - low
    row["roots"] = np.broadcast_to(row["governors"][:1], row["governors"].shape)
    for key, value in row.items():
        square = key == "arcs"
        if key not in target:
            shape = (total + 1, total + 1) if square else (total, *value.shape[1:])
            target[key] = np.full(shape, -1e4 if square else 0, value.dtype)
        if square:
            target[key][low + 1 : high + 1, low + 1 : high + 1] = value[1 : count + 1, 1 : count + 1]
            target[key][low + 1 : high + 1, 0] = value[1 : count + 1, 0]
        else:
            target[key][low:high] = value[1 : count + 1]
        if key == "start":
            target[key][low] = 1.0


class Scores:
    """Counts of one set, as precision, recall and F1 or as a share."""

    def __init__(self, labels: dict[str, list[str]], model: Model) -> None:
        self.labels, self.model, self.count = labels, model, Counter[str]()
        self.follows = {key: tags.allowed(labels[key]) for key in ("names", "nominals")}
        self.follows |= {group: tags.allowed(["O", "B-x", "I-x"]) for group in GROUPS}

    def found(self, key: str, mine: set[Any], gold: set[Any]) -> None:
        self.count[f"{key} right"] += len(mine & gold)
        self.count[f"{key} mine"] += len(mine)
        self.count[f"{key} gold"] += len(gold)

    def share(self, key: str, right: int, total: int) -> None:
        self.count[f"{key} yes"] += right
        self.count[f"{key} all"] += total

    def tag_spans(self, key: str, logits: np.ndarray, gold: Sequence[str]) -> None:
        """Exact spans of a BIO head, by kind."""
        chosen = tags.best(logits, self.follows[key])
        values = self.labels.get(key, ["O", "B-" + key, "I-" + key])
        mine, real = tags.spans(chosen, values), spans(gold)
        kinds = {value[2:] for value in values if value != "O"}
        for kind in sorted(kinds):
            name = key if kind == key else f"{key} {kind}"
            self.found(name, {span for span in mine if span[2] == kind}, {span for span in real if span[2] == kind})

    def block(self, block: Block, out: Outputs, *, lone: bool) -> None:
        """Score one block of sentences."""
        size = sum(len(sentence.forms) for sentence in block)
        edges = edges_of(block)
        starts = [at for at in range(size) if at == 0 or out["start"][at] > 0] if not lone else [0]
        if not lone:
            self.found("sentences", set(zip(starts, [*starts[1:], size], strict=True)),
                       set(pairwise(edges)))  # fmt: skip
        if block[0].heads:
            mine = self._trees(out, [*starts, size])
            self._words(block, out, mine, edges)
        names = [tag for sentence in block for tag in sentence.names]
        if names and UNKNOWN not in names:
            self.tag_spans("names", out["names"], ["O" if tag == NO_NAME else tag for tag in names])
        if block[0].nominals:
            self.tag_spans("nominals", out["nominals"], [tag for one in block for tag in one.nominals])
        if block[0].attribution:
            for number, group in enumerate(GROUPS):
                bare = [tag for one in block for tag in one.attribution[number]]
                gold = [tag if tag == "O" else f"{tag}-{group}" for tag in bare]
                self.tag_spans(group, out["attribution"][:, 3 * number : 3 * number + 3], gold)

    def _trees(self, out: Outputs, edges: list[int]) -> list[tuple[int, str]]:
        """Head (a place in the block, -1 the root) and relation of every word."""
        found = []
        for low, high in pairwise(edges):
            places = np.array([0, *range(low + 1, high + 1)])
            heads = places[trees.heads(out["arcs"][np.ix_(places, places)])]
            governors = np.where(heads[:, None] > 0, out["governors"][heads - 1], out["roots"][low:high])
            labels = self.model.relations(np.ascontiguousarray(out["dependents"][low:high]), governors)
            found += [(int(head) - 1, self.labels["rel"][label]) for head, label in zip(heads, labels, strict=True)]
        return found

    def _words(self, block: Block, out: Outputs, mine: list[tuple[int, str]], edges: list[int]) -> None:
        at = 0
        for sentence, offset in zip(block, edges, strict=False):
            for word, form in enumerate(sentence.forms):
                head = offset + sentence.heads[word] - 1 if sentence.heads[word] else -1
                self.share("uas", mine[at][0] == head, 1)
                self.share("las", mine[at] == (head, sentence.rels[word]), 1)
                self.share("upos", self.labels["upos"][out["upos"][at]] == sentence.upos[word], 1)
                guess = lemma.apply(self.labels["lemma"][out["lemma"][at]], form)
                self.share("lemma", guess == lemma.apply(sentence.lemma[word], form), 1)
                if sentence.feats:
                    self.share("feats", self.labels["feats"][out["feats"][at]] == sentence.feats[word], 1)
                at += 1

    def table(self) -> dict[str, Any]:
        """Shares as numbers, spans as [precision, recall, F1, gold]."""
        table: dict[str, Any] = {}
        for key in sorted({name.rpartition(" ")[0] for name in self.count}):
            if f"{key} all" in self.count:
                table[key] = round(self.count[f"{key} yes"] / self.count[f"{key} all"], 4)
            elif gold := self.count[f"{key} gold"]:
                right, guessed = self.count[f"{key} right"], self.count[f"{key} mine"]
                table[key] = [round(right / max(1, guessed), 3), round(right / gold, 3),
                              round(2 * right / (guessed + gold), 3), gold]  # fmt: skip
        return table


def vector_scores(means: dict[int, np.ndarray]) -> dict[str, float]:
    """How close the vectors are to the original ones: mean cosine, and correlation of all pairs' cosines.

    `means` are mean states by the number of the sentence in gum_dev.
    """
    numbers = sorted(means)
    mine = np.stack([means[number] for number in numbers]) @ np.load(MODEL / "vector.npy").astype(np.float32)
    mine /= np.linalg.norm(mine, axis=1, keepdims=True)
    theirs = np.load(BUILD / "vectors_dev.npy")[numbers].astype(np.float32)
    upper = np.triu_indices(len(numbers), 1)
    pairs = np.corrcoef((mine @ mine.T)[upper], (theirs @ theirs.T)[upper])[0, 1]
    return {"vector cosine": round(float((mine * theirs).sum(1).mean()), 4), "vector pairs": round(float(pairs), 4)}


def evaluate(model: Model, corpus: dict[str, list[Document]], labels: dict[str, list[str]]) -> dict[str, Any]:
    """All sets in both ways of reading."""
    pieces = Pieces(MODEL / "tokenizer.json")
    results: dict[str, Any] = {}
    for number, sentence in enumerate(one for document in corpus["gum_dev"] for one in document.sentences):
        sentence.number = number
    # the machine's tags as they are, and made to agree within a document as the training's were
    corpus["news_dev agreed"] = deepcopy(corpus["news_dev"])
    agree(corpus["news_dev agreed"])
    for name in ("gum_dev", "ewt_dev", "news_dev", "news_dev agreed"):
        for lone in (True, False):
            if lone and name.startswith("news_dev"):
                continue
            scores, means = Scores(labels, model), dict[int, np.ndarray]()
            for block, out in read_blocks(model, pieces, blocks(corpus[name], lone=lone), lone=lone):
                scores.block(block, out, lone=lone)
                for sentence, (low, high) in zip(block, pairwise(edges_of(block)), strict=True):
                    means[sentence.number] = out["states"][low:high].mean(0)
            table = scores.table() | (vector_scores(means) if name == "gum_dev" else {})
            results[f"{name} {'lone' if lone else 'run'}"] = table
            print(name, "lone" if lone else "run", json.dumps(table), flush=True)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the reading model.")
    parser.add_argument("--weights", type=Path, help="a checkpoint, scored in fp32 (default: the exported int8 model)")
    parser.add_argument("--model", type=Path, default=MODEL, help="a folder of the exported model")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model: Model = TorchModel(options.weights) if options.weights else OnnxModel(options.model)
    labels = json.loads((MODEL / "labels.json").read_text())
    results = evaluate(model, load(), labels)
    (BUILD / f"scores-{'fp32' if options.weights else 'int8'}.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
