"""`python -m learn.pairing`: how surely two given mentions are one event, learnt on ECB+ train in a minute.

A logistic regression over `evals.triggers.FEATURES`, all pairs of a story. Writes `evals/coreference.toml`, and prints
the CoNLL F1 on the training part for each threshold on the mean log odds of two chains.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.chains import conll
from evals.coreference import asked
from evals.task import find, json_lines
from evals.triggers import FEATURES, Weights, chains, corpus, features, odds

TRAIN = "coreference/train.jsonl"
OUT = Path(__file__).resolve().parent.parent / "evals" / "coreference.toml"
RIDGE = 1.0  # L2 penalty on the weights, not on the bias
STEPS = 25  # of Newton's method; it stands still after ten
THRESHOLDS = tuple(-1.5 + 0.25 * n for n in range(8))
ENOUGH = -0.75  # the weights fit the training part best: it wants -0.5, unseen reports (ECB+ dev) -0.75 to -1


def fitted(values: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights and, last, the bias of a logistic regression, by Newton's method.

    >>> fitted(np.array([[0.0], [1.0]] * 20), np.array([0.0, 1.0] * 20)).round(1)
    array([ 3.3, -1.6])
    """
    rows = np.c_[values, np.ones(len(values))]
    ridge = RIDGE * np.r_[np.ones(values.shape[1]), 0.0]
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (sure - right) + ridge * found
        bend = (rows * (sure * (1 - sure))[:, None]).T @ rows + np.diag(ridge)
        found -= np.linalg.solve(bend, slope)
    return found


def main() -> None:
    """Learn and write the weights."""
    records = json_lines(find(TRAIN))
    wanted = {r["doc"]: asked(r) for r in records}
    known = corpus(records, wanted)
    gold = [m["chain"] for r in records for m in wanted[r["doc"]]]
    pairs = known.pairs()
    values = np.array([features(known, known.mentions[a], known.mentions[b]) for a, b in pairs])
    found = fitted(values, np.array([float(gold[a] == gold[b]) for a, b in pairs]))
    weights = {name: round(float(weight), 3) for name, weight in zip(FEATURES, found[:-1], strict=True)}
    by = Weights(round(float(found[-1]), 3), ENOUGH, weights)
    near = list(odds(list(values), by))
    scores = {t: conll(gold, chains(len(gold), pairs, near, enough=t))["conll_f1"] for t in THRESHOLDS}
    OUT.write_text(written(by, scores[ENOUGH]), encoding="utf-8")
    print({t: round(f1, 4) for t, f1 in scores.items()})


def written(by: Weights, f1: float) -> str:
    """The weights as TOML, with how they came about."""
    head = (
        "# Log odds that two given mentions of one story are one event: `python -m learn.pairing` on ECB+ train (575\n"
        f"# documents), where it has a CoNLL F1 of {f1:.3f}. What each feature is: evals/triggers.py, `features`.\n"
    )
    rows = "\n".join(f"{name} = {weight}" for name, weight in by.weights.items())
    bounds = f"bias = {by.bias}\nenough = {by.enough}  # mean log odds of two chains from which on they are one\n"
    return f"{head}{bounds}\n[weights]\n{rows}\n"


if __name__ == "__main__":
    main()
