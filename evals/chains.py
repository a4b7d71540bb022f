"""How alike two partitions of mentions into chains are: MUC, B-cubed and entity CEAF, and their mean (CoNLL F1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.stories import b_cubed
from evals.task import Metrics

Labels = Sequence[Hashable]


def conll(gold: Labels, found: Labels) -> Metrics:
    """The four figures for two labels a mention, singletons kept.

    >>> conll("aab", "xxy")["conll_f1"]
    1.0
    """
    muc, b3, ceafe = muc_f1(gold, found), b_cubed(gold, found), ceafe_f1(gold, found)
    return {"conll_f1": (muc + b3 + ceafe) / 3, "muc_f1": muc, "b3_f1": b3, "ceafe_f1": ceafe}


def muc_f1(gold: Labels, found: Labels) -> float:
    """Links kept: for each chain its size less the parts the other side cuts it into."""
    recall, precision = _links(gold, found), _links(found, gold)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _links(one: Labels, other: Labels) -> float:
    parts: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mine, theirs in zip(one, other, strict=True):
        parts[mine].add(theirs)
    sizes = Counter(one)
    total = sum(size - 1 for size in sizes.values())
    return sum(sizes[c] - len(cut) for c, cut in parts.items()) / total if total else 0.0


def ceafe_f1(gold: Labels, found: Labels) -> float:
    """Chains matched one to one, a pair counting 2 |shared| / (|one| + |other|)."""
    sizes, mine = Counter(gold), Counter(found)
    shared = Counter(zip(gold, found, strict=True))
    total = sum(
        best_matching([((g, m), 2 * n / (sizes[g] + mine[m])) for (g, m), n in part]) for part in _parts(shared)
    )
    return 2 * total / (len(sizes) + len(mine))


def _parts(shared: Counter[tuple[Hashable, Hashable]]) -> Iterable[list[tuple[tuple[Hashable, Hashable], int]]]:
    """The pairs of chains that overlap, by connected part: each is matched on its own."""
    home: dict[tuple[int, Hashable], int] = {}
    parts: dict[int, list[tuple[tuple[Hashable, Hashable], int]]] = {}
    for number, (pair, count) in enumerate(shared.items()):
        keys = [(0, pair[0]), (1, pair[1])]
        joined = sorted({home[k] for k in keys if k in home})
        part = [(pair, count)]
        for old in joined:
            part += parts.pop(old)
        parts[number] = part
        for (g, m), _ in part:
            home[0, g] = home[1, m] = number
    return parts.values()


def best_matching(pairs: Sequence[tuple[tuple[Hashable, Hashable], float]]) -> float:
    """The greatest sum of a one-to-one matching.

    >>> best_matching([(("a", "x"), 0.9), (("a", "y"), 0.8), (("b", "x"), 0.5)])
    1.3
    """
    rows = list(dict.fromkeys(g for (g, _), _ in pairs))
    columns = list(dict.fromkeys(m for (_, m), _ in pairs))
    size = max(len(rows), len(columns))
    worth = np.zeros((size, size))
    for (g, m), value in pairs:
        worth[rows.index(g), columns.index(m)] = value
    return float(sum(worth[row, column] for column, row in enumerate(_assign(worth.max() - worth))))


def _assign(cost: NDArray[np.float64]) -> list[int]:
    """For each column its row in an assignment of least cost (the Hungarian method, by shortest augmenting paths)."""
    size = len(cost)
    row_price, column_price = np.zeros(size + 1), np.zeros(size + 1)
    row_of = np.zeros(size + 1, dtype=int)  # 1-based; 0 is free
    for row in range(1, size + 1):
        row_of[0] = row
        least = np.full(size + 1, np.inf)
        before = np.zeros(size + 1, dtype=int)
        done = np.zeros(size + 1, dtype=bool)
        at = 0
        while row_of[at]:
            done[at] = True
            here = row_of[at]
            reduced = np.append(np.inf, cost[here - 1] - row_price[here] - column_price[1:])
            better = ~done & (reduced < least)
            least[better] = reduced[better]
            before[better] = at
            step = int(np.argmin(np.where(done, np.inf, least)))
            delta = least[step]
            row_price[row_of[done]] += delta
            column_price[done] -= delta
            least[~done] -= delta
            at = step
        while at:
            row_of[at] = row_of[before[at]]
            at = int(before[at])
    return [int(row) - 1 for row in row_of[1:]]
