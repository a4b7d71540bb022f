"""Stage 2: trains the reading model; rerun it to go on from the last finished epoch.

    PYTHONPATH=src python -m learn.train                    # 14 + 2 epochs, about 50 minutes on two free cores
    PYTHONPATH=src python -m learn.train --from shipped     # epochs more of the model that is shipped, with the events

Writes learn/build/reader.pt (weights, optimiser, epoch) after every epoch and a line of scores to reader.curve.jsonl.
An epoch: all of GUM and twice EWT, a slice of the news, all of Wikigold; the last two take a larger slice at a low
rate, for names and attributions. The learning rate follows the share of batches done, never the clock; every epoch
seeds its own randomness, so a resumed run equals an unbroken one.
From the shipped model, all epochs see the machine's own name tags too, and the labels of events (`learn.events`).
"""

import argparse
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from dragoman.read.pieces import Pieces
from learn import batches
from learn.batches import MASK, SKIP, TAGS, Arrays, Index, Window, collate, encode, pack
from learn.corpus import BUILD, GROUPS, Corpus, Document, Sentence, original
from learn.events import Events, taught
from learn.model import Reader
from learn.prepare import load
from learn.shipped import MODEL, shipped
from learn.swap import make_pool, swap_names

SEED, BUDGET, WARM_UP = 1, 1600, 0.06
WEIGHTS = {
    "upos": 1.0, "feats": 0.5, "lemma": 0.5, "start": 1.0, "names": 1.0, "nominals": 0.5,
    "source": 0.6, "cue": 0.6, "content": 0.6, "heads": 1.0, "rels": 1.0, "vector": 2.0, "events": 1.5, "sides": 0.7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long, how fast and on how much of the news a reader is trained; an epoch of `last` is one after `epochs`.

    From epoch `swap_from` on, a share of the names of the news is exchanged for others; a share `machine` of its
    sentences is learned with the machine's own name tags, not the cleaned ones.
    """

    epochs: int = 14
    news_words: int = 160_000
    last_epochs: int = 2
    last_news_words: int = 400_000
    last_rate: float = 0.35
    rate_encoder: float = 1e-4
    rate_heads: float = 1e-3
    swap_from: int = 10
    swap_share: float = 0.3
    machine: float = 0.0
    weights: dict[str, float] = field(default_factory=lambda: WEIGHTS)

    @property
    def all_epochs(self) -> int:
        return self.epochs + self.last_epochs


FULL = Recipe()
FURTHER = Recipe(
    epochs=4, news_words=200_000, last_epochs=2, last_news_words=200_000, rate_encoder=7e-5, rate_heads=4e-4,
    swap_from=0, swap_share=0.15, machine=1.0,
    weights={**WEIGHTS, "names": 2.0, "source": 1.0, "cue": 1.0, "content": 1.0},
)  # fmt: skip


def sizes(vocabulary: dict[str, list[str]]) -> dict[str, int]:
    """The tag heads and their numbers of classes; the three attribution groups lie side by side."""
    heads = ("upos", "feats", "lemma", "names", "nominals", "attribution")
    return {**{head: len(vocabulary[head]) for head in heads}, "start": 1}


def build(vocabulary: dict[str, list[str]]) -> Reader:
    """An untrained reader for a vocabulary."""
    return Reader(sizes(vocabulary), len(vocabulary["rel"]))


def epoch_items(corpus: Corpus, epoch: int, index: Index, recipe: Recipe) -> list[dict[str, object]]:
    """The encoded windows of one epoch. News rotates: document by document, where the last epoch stopped."""
    rng = random.Random(f"{SEED}-{epoch}-windows")
    chosen: list[Document] = corpus["gum_train"] + 2 * corpus["ewt_train"] + corpus["wiki_train"]
    chosen += _slice(corpus["news_train"], epoch, recipe) + corpus.get("events", [])
    found = list(batches.windows(chosen, rng))
    if epoch >= recipe.swap_from:  # the last epochs: by then the frequent names are known
        pool = make_pool(corpus)
        for window in found:
            if window.origin in ("news", "wiki") and window.cut is None:
                window.sentences = [swap_names(one, pool, rng, share=recipe.swap_share) for one in window.sentences]
    if recipe.machine:
        for window in found:
            window.sentences = [_as_tagged(one, rng, recipe.machine) for one in window.sentences]
    return [encode(window, index, _loudness(window, rng)) for window in found]


def _as_tagged(sentence: Sentence, rng: random.Random, share: float) -> Sentence:
    """Now and then a sentence whose names were cleaned is shown as the machine had tagged it."""
    if not sentence.machine or rng.random() >= share or sentence.machine == sentence.names:
        return sentence
    return replace(sentence, names=sentence.machine)


def _slice(news: list[Document], epoch: int, recipe: Recipe) -> list[Document]:
    order = list(news)
    random.Random(SEED).shuffle(order)
    counts = np.array([sum(len(sentence.forms) for sentence in document.sentences) for document in order])
    begin, wanted = epoch * recipe.news_words, recipe.news_words
    if (more := epoch - recipe.epochs) >= 0:
        begin = recipe.epochs * recipe.news_words + more * recipe.last_news_words
        wanted = recipe.last_news_words
    at = int(np.searchsorted(np.cumsum(counts), begin % counts.sum(), side="right"))
    taken, words = [], 0
    while words < wanted:
        taken.append(order[at % len(order)])
        words += int(counts[at % len(order)])
        at += 1
    return taken


def rate_factor(progress: float, recipe: Recipe) -> float:
    """The share of the full learning rate after `progress` epochs: up, down, and once more down from a third."""
    if progress >= recipe.epochs:
        return max(0.01, recipe.last_rate * (1 - (progress - recipe.epochs) / recipe.last_epochs))
    share = progress / recipe.epochs
    return max(0.01, min(share / WARM_UP, (1 - share) / (1 - WARM_UP)))


def _loudness(window: Window, rng: random.Random) -> int:
    """Now and then a lone sentence is shown as a headline: title case or capitals."""
    roll = rng.random()
    if len(window.sentences) > 1 or roll > 0.12:
        return 0
    return 6 if roll < 0.08 else 4


def tag_losses(tags: dict[str, Tensor], batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mean loss of every tag head over the words it is trained on."""
    logits = dict(tags)
    for number, group in enumerate(GROUPS):
        logits[group] = tags["attribution"][..., 3 * number : 3 * number + 3]
    losses = {}
    for key in TAGS:
        gold, trust = batch[key], batch[f"trust_{key}"]
        known = gold != SKIP
        if not known.any():
            continue
        if key == "start":
            each = F.binary_cross_entropy_with_logits(logits[key][..., 0].float()[known], gold[known].float(),
                                                      reduction="none")  # fmt: skip
        else:
            scores = logits[key][known].float().log_softmax(-1)
            if key == "names":  # the extra class: O, or a name that is no person, place or organisation
                anything = scores[:, [0, 7, 8]].logsumexp(-1, keepdim=True)
                scores = torch.cat([scores, anything], -1)
            each = F.nll_loss(scores, gold[known], reduction="none")
        losses[key] = (each * trust[known]).mean()
    return losses


def vector_loss(words: Tensor, owner: Tensor, projection: torch.nn.Linear, vectors: Tensor) -> Tensor:
    """1 - cosine of the projected mean state of each whole sentence and its original vector."""
    places = (owner >= 0).nonzero(as_tuple=True)
    numbers, which = torch.unique(owner[places] + places[0] * 10_000_000, return_inverse=True)
    states = words[places].float()
    total = torch.zeros(len(numbers), states.shape[1]).index_add(0, which, states)
    count = torch.zeros(len(numbers)).index_add(0, which, torch.ones(len(which)))
    with torch.autocast("cpu", enabled=False):
        mine = projection(total / count[:, None])
    theirs = vectors[numbers % 10_000_000].float()
    enough = count >= 3
    return (1 - F.cosine_similarity(mine, theirs, dim=-1))[enough].sum() / max(1, int(enough.sum()))


def batch_losses(reader: Reader, events: Events, batch: dict[str, Tensor], vectors: Tensor) -> dict[str, Tensor]:
    """All losses of one batch."""
    with torch.autocast("cpu", torch.bfloat16):
        words = reader.words(batch["ids"], batch["shapes"], batch["mask"], batch["starts"])
        out = reader.heads(words)
        labels = reader.labels_for(out, batch["heads"].clamp(min=0))
    losses = tag_losses(out.tags, batch)
    if (batch["heads"] != SKIP).any():
        arcs = out.arcs.float().masked_fill(~batch["real"][:, None, :], -1e4)
        losses["heads"] = F.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten())
        losses["rels"] = F.cross_entropy(labels.float().flatten(0, 1), batch["rels"].flatten())
    losses["vector"] = vector_loss(words, batch["owner"], reader.vector, vectors)
    return losses | events.losses(words, batch)


def to_tensors(arrays: Arrays, *, masked: float = 0.0) -> dict[str, Tensor]:
    """Arrays as tensors; a share of the words is hidden behind [MASK]."""
    batch = {key: torch.from_numpy(value) for key, value in arrays.items()}
    if masked:
        hidden = (torch.rand(batch["starts"].shape) < masked) & batch["real"]
        hidden[:, 0] = False
        rows, words = hidden.nonzero(as_tuple=True)
        batch["ids"][rows, batch["starts"][rows, words]] = MASK
    return batch


@torch.no_grad()
def quick_scores(reader: Reader, documents: list[Document], index: Index) -> dict[str, float]:
    """Greedy scores with one sentence a window: enough to follow the training; learn.evaluate gives the real ones."""
    reader.eval()
    count: Counter[str] = Counter()
    lone = [Window([sentence], document.origin) for document in documents for sentence in document.sentences]
    for group in pack([encode(window, index) for window in lone], random.Random(0), 4000):
        batch = to_tensors(collate(group))
        with torch.autocast("cpu", torch.bfloat16):
            out = reader.heads(reader.words(batch["ids"], batch["shapes"], batch["mask"], batch["starts"]))
            arcs = out.arcs.float().masked_fill(~batch["real"][:, None, :], -1e4)
            heads = arcs.diagonal_scatter(torch.full(arcs.shape[:2], -1e4), dim1=1, dim2=2).argmax(-1)
            labels = reader.labels_for(out, heads).argmax(-1)
        right = (heads == batch["heads"]) & (batch["heads"] != SKIP)
        count["n"] += int((batch["heads"] != SKIP).sum())
        count["uas"] += int(right.sum())
        count["las"] += int((right & (labels == batch["rels"])).sum())
        for key in ("upos", "feats", "lemma", "names"):
            known = batch[key] != SKIP
            count["n_" + key] += int(known.sum())
            count[key] += int(((out.tags[key].argmax(-1) == batch[key]) & known).sum())
    reader.train()
    scores = {key: count[key] / max(1, count["n"]) for key in ("uas", "las")}
    scores |= {key: count[key] / max(1, count["n_" + key]) for key in ("upos", "feats", "lemma", "names")}
    return {key: round(value, 4) for key, value in scores.items()}


def begin(vocabulary: dict[str, list[str]], *, further: bool) -> Reader:
    """A reader to train: MiniLM with new heads, or the shipped model."""
    reader, minilm = build(vocabulary), original() / "model.safetensors"
    if further:
        if any(json.loads((MODEL / "labels.json").read_text())[head] != vocabulary[head] for head in vocabulary):
            raise SystemExit("the shipped model knows other classes: train without --from shipped")
        reader.load_state_dict(shipped(MODEL, minilm))
    else:
        reader.encoder.load_original(minilm)
    return reader


def train(
    corpus: Corpus, vocabulary: dict[str, list[str]], *, recipe: Recipe, further: bool, until: int, weights: Path
) -> None:
    """Train up to epoch `until`, going on from `weights` where that exists."""
    index, vectors = batches.make_index(vocabulary), torch.from_numpy(np.load(BUILD / "vectors.npy"))
    torch.manual_seed(SEED)
    reader, events = begin(vocabulary, further=further), Events()
    fast = [p for name, p in reader.named_parameters() if not name.startswith("encoder.") or "shapes" in name]
    fast += events.parameters()
    slow = [p for name, p in reader.named_parameters() if name.startswith("encoder.") and "shapes" not in name]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "base": recipe.rate_encoder}, {"params": fast, "base": recipe.rate_heads}],
        lr=1e-4, betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    done = 0
    if weights.exists():
        state = torch.load(weights)
        if state.get("further", False) != further:
            raise SystemExit(f"{weights} is of the other run (--from): move it away to begin anew")
        reader.load_state_dict(state["model"])
        events.load_state_dict(state["events"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["epoch"]
    for epoch in range(done, until):
        began = time.time()
        torch.manual_seed(SEED * 1000 + epoch)
        groups = pack(epoch_items(corpus, epoch, index, recipe), random.Random(f"{SEED}-{epoch}"), BUDGET)
        sums: Counter[str] = Counter()
        reader.train()
        for number, group in enumerate(groups):
            factor = rate_factor(epoch + number / len(groups), recipe)
            for parameters in optimiser.param_groups:
                parameters["lr"] = parameters["base"] * factor
            losses = batch_losses(reader, events, to_tensors(collate(group), masked=0.04), vectors)
            loss = torch.stack([recipe.weights[key] * value for key, value in losses.items()]).sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*reader.parameters(), *events.parameters()], 5.0)
            optimiser.step()
            for key, value in losses.items():
                sums[key] += value.item()
                sums["n_" + key] += 1
            if number % 50 == 49:
                means = {key: round(sums[key] / sums["n_" + key], 3) for key in WEIGHTS if sums["n_" + key]}
                place = f"epoch {epoch + 1} batch {number + 1}/{len(groups)}"
                print(place, f"{time.time() - began:.0f} s", means, flush=True)
        record = {
            "from": "shipped" if further else "minilm",
            "epoch": epoch + 1,
            "batches": len(groups),
            "seconds": round(time.time() - began, 1),
            "gum_dev": quick_scores(reader, corpus["gum_dev"], index),
        }
        print(json.dumps(record), flush=True)
        with weights.with_suffix(".curve.jsonl").open("a") as curve:
            curve.write(json.dumps(record) + "\n")
        state = {"model": reader.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch + 1,
                 "events": events.state_dict(), "further": further}  # fmt: skip
        torch.save(state, weights.with_suffix(".part"))
        weights.with_suffix(".part").replace(weights)


def load_corpus() -> tuple[Corpus, dict[str, list[str]]]:
    """The prepared corpus with its pieces, and the vocabulary."""
    corpus = load()
    pieces = Pieces(original() / "tokenizer.json")
    for documents in corpus.values():
        batches.add_pieces(documents, pieces)
    return corpus, json.loads((BUILD / "vocabulary.json").read_text())


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the reading model, or go on training it.")
    parser.add_argument("--from", dest="origin", choices=("minilm", "shipped"), default="minilm",
                        help="what to begin with: all-MiniLM-L6-v2, or the model in the package")  # fmt: skip
    parser.add_argument("--until", type=int, help="stop after this epoch")
    parser.add_argument("--weights", type=Path, default=BUILD / "reader.pt")
    parser.add_argument("--threads", type=int, default=2, help="one is faster than two where the cores are shared")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    corpus, vocabulary = load_corpus()
    further = options.origin == "shipped"
    if further:
        corpus["events"] = taught()
        batches.add_pieces(corpus["events"], Pieces(original() / "tokenizer.json"))
    recipe = FURTHER if further else FULL
    until = recipe.all_epochs if options.until is None else options.until
    train(corpus, vocabulary, recipe=recipe, further=further, until=until, weights=options.weights)


if __name__ == "__main__":
    main()
