"""A small net of one hidden layer, trained in numpy: from the features of a word to the shares of its classes."""

from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

HIDDEN, EPOCHS, BATCH, RATE, DECAY, DROP = 128, 12, 128, 1e-3, 2e-2, 0.3
Array: TypeAlias = NDArray[Any]


class Net:
    """One hidden layer, trained by Adam with dropout; what comes in is standardised."""

    def __init__(
        self,
        rows: Array,
        classes: Array,
        weights: Array,
        count: int,
        *,
        hidden: int = HIDDEN,
        epochs: int = EPOCHS,
        batch: int = BATCH,
        seed: int = 0,
    ) -> None:
        draw = np.random.default_rng(seed)
        some = rows[:: max(1, len(rows) // 8000)].astype(np.float32)
        self.middle, self.spread = some.mean(0), some.std(0) + 1e-2
        size = rows.shape[1]
        self.parts = []
        for rows_of, columns in ((size, hidden), (hidden, count)):
            self.parts += [draw.normal(0, rows_of**-0.5, (rows_of, columns)), np.zeros(columns)]
        self.parts = [part.astype(np.float32) for part in self.parts]
        first, second = ([np.zeros_like(p) for p in self.parts] for _ in "12")
        step, steps = 0, epochs * (len(rows) // batch)
        for _ in range(epochs):
            order = draw.permutation(len(rows))
            for low in range(0, len(rows) - batch + 1, batch):
                at, step = order[low : low + batch], step + 1
                gradients = self._gradients(rows[at], classes[at], weights[at], draw)
                rate = RATE * (1 - step / (steps + 1))
                for n, (part, gradient) in enumerate(zip(self.parts, gradients)):
                    first[n] += 0.1 * (gradient - first[n])
                    second[n] += 0.001 * (gradient**2 - second[n])
                    move = (first[n] / (1 - 0.9**step)) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                    part -= rate * (move + DECAY * part * (part.ndim > 1))

    def _gradients(self, rows: Array, classes: Array, weights: Array, draw: np.random.Generator) -> list[Array]:
        x = (rows.astype(np.float32) - self.middle) / self.spread
        x *= (draw.random(x.shape, np.float32) > DROP) / np.float32(1 - DROP)
        hidden = np.maximum(x @ self.parts[0] + self.parts[1], 0)
        kept = (draw.random(hidden.shape, np.float32) > DROP) / np.float32(1 - DROP)
        wrong = softmax((hidden * kept) @ self.parts[2] + self.parts[3])
        wrong[np.arange(len(rows)), classes] -= 1
        wrong *= weights[:, None] / len(rows)
        back = (wrong @ self.parts[2].T) * kept * (hidden > 0)
        return [x.T @ back, back.sum(0), (hidden * kept).T @ wrong, wrong.sum(0)]

    def shares(self, rows: Array) -> Array:
        """[n, count]."""
        parts = []
        for low in range(0, len(rows), 4096):
            x = (rows[low : low + 4096].astype(np.float32) - self.middle) / self.spread
            parts.append(np.maximum(x @ self.parts[0] + self.parts[1], 0) @ self.parts[2] + self.parts[3])
        return softmax(np.concatenate(parts))

    def save(self, path: Path) -> None:
        np.savez(path, **self.folded())

    def folded(self) -> dict[str, Array]:
        """The weights, standardisation among them."""
        w1 = self.parts[0] / self.spread[:, None]
        b1 = self.parts[1] - self.middle @ w1
        return {"w1": w1.astype(np.float16), "b1": b1, "w2": self.parts[2], "b2": self.parts[3]}


def softmax(logits: Array) -> Array:
    odds = np.exp(logits - logits.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)
