"""What it costs to name as the machine that tagged the news names: a new names head for each mix of its tags and ours.

    PYTHONPATH=src python -m learn.teacher          # 5 minutes on one core

The encoder stays the shipped one; only the linear layer for names is fitted again, on the news (a share of the
machine's own tags, the rest cleaned by `learn.agreement`) with the treebanks and Wikigold beside it. Prints one line a
share with F1 of PER, LOC, ORG on the held-out news as the machine tagged it, on the same made to agree with itself,
and on EWT dev, whose names are people's work; first of all the score of the cleaned tags against the machine's.
"""

import json
from collections import Counter
from copy import deepcopy
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from dragoman.read import tags
from dragoman.read.pieces import Pieces
from learn.agreement import agree
from learn.batches import SKIP, make_index
from learn.corpus import BUILD, NO_NAME, UNKNOWN, Document, Span, spans
from learn.evaluate import Model, blocks, onnx_model, read_blocks
from learn.prepare import load
from learn.shipped import MODEL

SHARES = (0.0, 0.5, 0.65, 0.8, 1.0)
KINDS = ("PER", "LOC", "ORG")
EPOCHS, ROWS, RATE = 3, 8192, 3e-3
BESIDE = {"ewt_train": 2.0, "wiki_train": 1.0, "gum_train": 0.3}


class Read(NamedTuple):
    """Words of a part of the corpus: states [words, 384] float16; tags of every sentence, ours and the machine's."""

    states: Tensor
    names: list[list[str]]
    machine: list[list[str]]


def states_of(model: Model, documents: list[Document]) -> Read:
    """Read documents as the package does, paragraph by paragraph; of treebanks sentence by sentence."""
    lone = documents[0].origin != "news"
    states, names, machine = [], [], []
    for block, out in read_blocks(model, Pieces(MODEL / "tokenizer.json"), blocks(documents, lone=lone), lone=lone):
        states.append(out["states"].astype(np.float16))
        names += [sentence.names for sentence in block]
        machine += [sentence.machine or sentence.names for sentence in block]
    return Read(torch.from_numpy(np.concatenate(states)), names, machine)


def counted(mine: set[Span], gold: set[Span], count: Counter[str]) -> None:
    """Add right, found and gold names of each kind."""
    for kind in KINDS:
        for label, group in (("right", mine & gold), ("mine", mine), ("gold", gold)):
            count[f"{kind} {label}"] += sum(span[2] == kind for span in group)


def f1(count: Counter[str]) -> str:
    """F1 of the three kinds.

    >>> f1(Counter({"PER right": 1, "PER mine": 2, "PER gold": 2}))
    'PER .500'
    """
    found = {kind: count[f"{kind} mine"] + count[f"{kind} gold"] for kind in KINDS}
    return " ".join(
        f"{kind} {2 * count[f'{kind} right'] / total:.3f}".replace("0.", ".") for kind, total in found.items() if total
    )


def gold_of(column: list[str]) -> set[Span]:
    """The names of a sentence's tags; other kinds count as none."""
    return {span for span in spans(["O" if tag == NO_NAME else tag for tag in column]) if span[2] in KINDS}


def score(logits: np.ndarray, golden: list[list[str]], labels: list[str]) -> Counter[str]:
    """Counts of a head's names against a part's tags."""
    count, follows, at = Counter[str](), tags.allowed(labels), 0
    for column in golden:
        chosen = tags.best(logits[at : at + len(column)], follows)
        at += len(column)
        if UNKNOWN not in column:
            counted(set(tags.spans(chosen, labels)), gold_of(column), count)
    return count


def fit(parts: list[tuple[Tensor, Tensor, float]], classes: int) -> torch.nn.Linear:
    """A linear layer on (states, classes of words, weight of the part); the class beyond the last is "O or other"."""
    torch.manual_seed(1)
    states, gold = torch.cat([part[0] for part in parts]), torch.cat([part[1] for part in parts])
    weight = torch.cat([torch.full((len(part[1]),), part[2]) for part in parts])
    known = (gold != SKIP).nonzero()[:, 0]
    head = torch.nn.Linear(states.shape[1], classes)
    optimiser = torch.optim.Adam(head.parameters(), lr=RATE)
    steps = EPOCHS * (len(known) // ROWS)
    for step in range(steps):
        at = step * ROWS % (len(known) // ROWS * ROWS)
        if not at:
            known = known[torch.randperm(len(known))]
        rows = known[at : at + ROWS]
        scores = head(states[rows].float()).log_softmax(-1)
        scores = torch.cat([scores, scores[:, [0, 7, 8]].logsumexp(-1, keepdim=True)], -1)
        each = F.nll_loss(scores, gold[rows], reduction="none") * weight[rows]
        optimiser.param_groups[0]["lr"] = RATE * max(0.02, 1 - step / steps)
        optimiser.zero_grad()
        (each.sum() / weight[rows].sum()).backward()
        optimiser.step()
    return head.eval()


def main() -> None:
    torch.set_num_threads(1)
    corpus, model = load(), onnx_model(MODEL / "reader.onnx")
    vocabulary = json.loads((BUILD / "vocabulary.json").read_text())
    labels, index = vocabulary["names"], make_index(vocabulary)["names"]
    agreed = deepcopy(corpus["news_dev"])
    agree(agreed)
    for document, clean in zip(corpus["news_dev"], agreed, strict=True):
        for sentence, other in zip(document.sentences, clean.sentences, strict=True):
            sentence.machine, sentence.names = sentence.names, other.names
    read = {part: states_of(model, corpus[part]) for part in ("news_train", "news_dev", "ewt_dev", *BESIDE)}
    dev, ewt = read["news_dev"], read["ewt_dev"]
    ceiling = Counter[str]()
    for clean, raw in zip(dev.names, dev.machine, strict=True):
        counted(gold_of(clean), gold_of(raw), ceiling)
    print("cleaned tags against the machine's:", f1(ceiling), flush=True)

    def classes(columns: list[list[str]]) -> Tensor:
        return torch.tensor([index.get(tag, SKIP) for column in columns for tag in column])

    news = read["news_train"]
    beside = [(read[part].states, classes(read[part].names), weight) for part, weight in BESIDE.items()]
    for share in SHARES:
        parts = [(news.states, classes(news.machine), share), (news.states, classes(news.names), 1 - share)]
        head = fit([part for part in parts if part[2]] + beside, len(labels))
        with torch.no_grad():
            at_dev, at_ewt = head(dev.states.float()).numpy(), head(ewt.states.float()).numpy()
        sets = {"machine": (at_dev, dev.machine), "agreed": (at_dev, dev.names), "EWT": (at_ewt, ewt.names)}
        found = "; ".join(f"{name} {f1(score(*pair, labels))}" for name, pair in sets.items())
        print(f"share of the machine's tags {share}: {found}", flush=True)


if __name__ == "__main__":
    main()
