"""A reading model without weights: its outputs are drawn from the pieces, so they depend on the window alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from dragoman.read import Reader
from dragoman.read.session import Labels

LABELS = Labels(
    upos=["NOUN", "VERB", "PUNCT"],
    feats=["_", "Number=Plur"],
    lemma=["lower 0+ 0+", "lower 0+ 1+", "=be"],
    rel=["nsubj", "obj", "punct", "root"],
    names=["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-OTHER", "I-OTHER"],
    nominals=["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"],
)


class FakeModel:
    """`run` gives random outputs of the right shapes; with `by_batch` they depend on the whole batch, as int8 does."""

    labels = LABELS

    def __init__(self, *, by_batch: bool = False) -> None:
        self.by_batch = by_batch

    def run(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        words = inputs["starts"].shape[1]
        rows = [self._row(int(ids.sum()), words) for ids in inputs["ids"]]
        if self.by_batch:
            rows = [self._row(int(inputs["ids"].sum()) + k, words) for k in range(len(rows))]
        return {name: np.stack([row[name] for row in rows]) for name in rows[0]}

    def relations(self, dependents: Any, governors: Any) -> Any:
        return (dependents + governors).argmax(1).astype(np.uint8)

    def _row(self, seed: int, words: int) -> dict[str, Any]:
        draw = np.random.default_rng(seed)
        real = {"names": 9, "nominals": 7, "attribution": 9, "arcs": words, "states": 384}
        real |= {"dependents": 4, "governors": 4}
        found = {name: draw.normal(size=(words, size)).astype(np.float32) for name, size in real.items()}
        found["start"] = (draw.normal(size=words) - 1.5).astype(np.float32)
        for name, most, kind in (("upos", 3, np.uint8), ("feats", 2, np.int16), ("lemma", 3, np.int16)):
            found[name] = draw.integers(0, most, words).astype(kind)
        return found


def reader(folder: Path, *, by_batch: bool = False) -> Reader:
    """A Reader over the fake model, its tokenizer knowing single letters."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,;:!?'\"()-"
    vocabulary = {"[PAD]": 0, "[UNK]": 100} | {char: 200 + i for i, char in enumerate(letters)}
    vocabulary |= {"##" + char: 300 + i for i, char in enumerate(letters)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    np.save(folder / "vector.npy", np.eye(384, dtype=np.float32))
    draw, hidden = np.random.default_rng(0), 4
    np.savez(folder / "typer.npz", w1=draw.normal(size=(4 * 384, hidden)).astype(np.float16), b1=np.zeros(hidden),
             w2=draw.normal(size=(hidden, 17)), b2=np.zeros(17))  # fmt: skip
    roles = {"role_w1": draw.normal(size=(2 * 384 + 1 + 17, hidden)), "role_w2": draw.normal(size=(hidden, 3)),
             "real_w1": draw.normal(size=(5 * 384 + 1, hidden)), "real_w2": draw.normal(size=(hidden, 2))}  # fmt: skip
    roles |= {name.replace("w", "b"): np.zeros(roles[name].shape[1]) for name in roles}
    np.savez(folder / "roles.npz", marks=np.array([b"rel=nsubj"]), own=np.array([b"0 root"]), **roles)
    for name in ("reader.onnx", "relations.onnx", "labels.json"):
        (folder / name).write_bytes(b"")
    return Reader(folder, network=FakeModel(by_batch=by_batch))
