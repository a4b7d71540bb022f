"""The reading model: MiniLM, one linear layer for all tags, a biaffine parser; and its form beside the exported one.

Sizes: B windows, T pieces, W words and the root (slot 0 = [CLS]), H = 384.
"""

import math
from pathlib import Path
from typing import NamedTuple, Self

import torch
import torch.nn.functional as F
from torch import Tensor, nn

H, HEADS, LAYERS, INNER = 384, 12, 6, 1536
ARC, LABEL = 256, 96


class Dropout(nn.Module):
    """One mask per window and channel: cheap on a CPU, and as good as element-wise here."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:  # [B, n, c]
        if not self.training:
            return x
        return x * ((torch.rand(x.shape[0], 1, x.shape[2]) > self.share).to(x.dtype) / (1 - self.share))


class Layer(nn.Module):
    """One BERT layer with q, k, v apart."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = nn.Linear(H, H), nn.Linear(H, H), nn.Linear(H, H)
        self.out, self.norm1 = nn.Linear(H, H), nn.LayerNorm(H, 1e-12)
        self.inner, self.outer, self.norm2 = nn.Linear(H, INNER), nn.Linear(INNER, H), nn.LayerNorm(H, 1e-12)
        self.drop = Dropout(0.1)
        # places where learn.smooth puts scales for the export
        self.before_attention, self.before_inner, self.before_outer = nn.Identity(), nn.Identity(), nn.Identity()

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:  # [B, T, H], [B, 1, 1, T]
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, H // HEADS).transpose(1, 2)

        y = self.before_attention(x)
        q, k, v = split(self.query(y)), split(self.key(y)), split(self.value(y))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(H // HEADS) + bias
        context = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, length, H)
        x = self.norm1(self.drop(self.out(context)) + x)
        return self.norm2(self.drop(self.outer(self.before_outer(F.gelu(self.inner(self.before_inner(x)))))) + x)


class Encoder(nn.Module):
    """MiniLM with an embedding of word shapes added to its input; the vocabulary is uncased, the shapes tell case."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens, self.positions = nn.Embedding(30522, H), nn.Embedding(512, H)
        self.kind = nn.Parameter(torch.zeros(H))
        self.shapes = nn.Embedding(8, H)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(H, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = Dropout(0.1)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:  # all [B, T] -> [B, T, H]
        positions = self.positions(torch.arange(ids.shape[1], device=ids.device))[None]
        x = self.drop(self.norm(self.tokens(ids) + positions + self.kind + self.shapes(shapes)))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_original(self, path: Path) -> Self:
        """Take the weights of all-MiniLM-L6-v2."""
        from safetensors.torch import load_file

        theirs = {key.removeprefix("bert."): value for key, value in load_file(path).items()}
        ours = {
            "tokens.weight": theirs["embeddings.word_embeddings.weight"],
            "positions.weight": theirs["embeddings.position_embeddings.weight"],
            "kind": theirs["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": theirs["embeddings.LayerNorm.weight"],
            "norm.bias": theirs["embeddings.LayerNorm.bias"],
            "shapes.weight": self.shapes.weight.data,
        }
        parts = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
            "inner": "intermediate.dense", "outer": "output.dense", "norm2": "output.LayerNorm",
        }  # fmt: skip
        for layer in range(LAYERS):
            for part, name in parts.items():
                for which in ("weight", "bias"):
                    ours[f"layers.{layer}.{part}.{which}"] = theirs[f"encoder.layer.{layer}.{name}.{which}"]
        self.load_state_dict(ours)
        return self


class Heads(NamedTuple):
    """What every word gets: logits of each tag head [B, W, classes], arcs [B, W, W], halves of the label scores."""

    tags: dict[str, Tensor]
    arcs: Tensor
    dependents: Tensor
    governors: Tensor


class Reader(nn.Module):
    """The whole model; `sizes` gives the tag heads and how many classes each has."""

    def __init__(self, sizes: dict[str, int], labels: int) -> None:
        super().__init__()
        self.sizes, self.labels = sizes, labels
        self.encoder = Encoder()
        self.drop, self.deep_drop = Dropout(0.2), Dropout(0.33)
        self.tags = nn.Linear(H, sum(sizes.values()))
        self.deep = nn.Linear(H, 2 * ARC + 2 * LABEL)
        self.arc, self.arc_bias = nn.Parameter(torch.zeros(ARC, ARC)), nn.Parameter(torch.zeros(ARC))
        nn.init.orthogonal_(self.arc)
        self.label = nn.Parameter(torch.randn(labels, LABEL, LABEL) * 0.02)
        self.of_dependent, self.of_governor = nn.Linear(LABEL, labels), nn.Linear(LABEL, labels, bias=False)
        self.vector = nn.Linear(H, H, bias=False)
        nn.init.eye_(self.vector.weight)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, starts: Tensor) -> Tensor:
        """States of the first pieces, [B, W, H]."""
        return self.encoder(ids, shapes, mask).gather(1, starts[:, :, None].expand(-1, -1, H))

    def heads(self, words: Tensor) -> Heads:
        """All heads but the labels of arcs."""
        tags = self.tags(self.drop(words)).split(list(self.sizes.values()), -1)
        deep = self.deep_drop(F.gelu(self.deep(self.drop(words))))
        dependent, governor, dependents, governors = deep.split([ARC, ARC, LABEL, LABEL], -1)
        arcs = (dependent @ self.arc + self.arc_bias) @ governor.transpose(1, 2) / math.sqrt(ARC)
        return Heads(dict(zip(self.sizes, tags, strict=True)), arcs, dependents, governors)

    def labels_for(self, out: Heads, heads: Tensor) -> Tensor:
        """Label scores of one head per word ([B, W]): [B, W, labels]."""
        governors = out.governors.gather(1, heads[:, :, None].expand(-1, -1, LABEL))
        halves = torch.einsum("bwd,rde->bwre", out.dependents, self.label)
        scores = (halves @ governors[..., None]).squeeze(-1) * (4 / math.sqrt(LABEL))
        return scores + self.of_dependent(out.dependents) + self.of_governor(governors)


class Exported(nn.Module):
    """The model with the outputs of the exported one (`learn.graph`), which is held against it.

    Best classes where nothing else is needed, logits where a decoder follows.
    """

    inputs = ("ids", "shapes", "mask", "starts")
    outputs = ("upos", "feats", "lemma", "start", "names", "nominals", "attribution", "arcs", "dependents", "governors",
               "states")  # fmt: skip

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, starts: Tensor) -> tuple[Tensor, ...]:
        words = self.reader.words(ids, shapes, mask, starts)
        out = self.reader.heads(words)
        tags = out.tags
        return (
            tags["upos"].argmax(-1).to(torch.uint8),
            tags["feats"].argmax(-1).to(torch.int16),
            tags["lemma"].argmax(-1).to(torch.int16),
            tags["start"][..., 0],
            tags["names"],
            tags["nominals"],
            tags["attribution"],
            out.arcs,
            out.dependents,
            out.governors,
            words,
        )

    def relations(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """The best label of n arcs, from the halves of their dependents and heads, [n, 96] each."""
        out = Heads({}, dependents, dependents[None], governors[None])
        return self.reader.labels_for(out, torch.arange(len(dependents))[None])[0].argmax(-1).to(torch.uint8)
