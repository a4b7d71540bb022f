"""Trees from arc scores: the best head of every word, repaired to one tree with one root only where that is none.

Repair is Chu and Liu's and Edmonds' maximum arborescence (Edmonds 1967), for one root after the other, the most
promising first, until what the next could reach at most is no better than what was found.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
_NEVER = -1e12  # below any sum of scores, and small enough to leave them their digits


def heads(scores: NDArray[np.float32]) -> Ints:
    """Heads of a sentence's n words (0 the root, else 1..n) from `scores` [n+1, n+1] (dependent, head).

    Row 0 is unused. The tree has exactly one root and the greatest sum of scores.

    >>> heads(np.array([[0, 0, 0], [2, 0, 5], [1, 4, 0]], dtype=np.float32)).tolist()
    [0, 1]
    """
    size = len(scores)
    if size == 2:
        return np.zeros(1, np.int64)
    table = scores.astype(np.float64)
    np.fill_diagonal(table, _NEVER)
    best: Ints = table.argmax(1)
    best[0] = 0
    if np.count_nonzero(best[1:] == 0) == 1 and is_tree(best):
        return np.delete(best, 0)
    return _repaired(table[1:])


def _repaired(table: Floats) -> Ints:
    """The best heads with one root; `table` [n, n+1] without the root's row."""
    inner, at_root = table[:, 1:], table[:, 0]
    most = inner.max(1)
    bound = most.sum() - most + at_root  # of a tree with this root: every other word has the head it likes most
    words = np.arange(len(inner))
    found, best = np.zeros(len(inner), np.int64), -np.inf
    for root in np.argsort(-bound, kind="stable"):
        if bound[root] <= best:
            break
        heads = _arborescence(inner, int(root))
        gains = inner[words, heads]
        gains[root] = at_root[root]
        score = gains.sum()
        if score > best:
            found, best = heads + 1, score
            found[root] = 0
    return found


def is_tree(best: Ints) -> bool:
    """Whether every word reaches 0 by following its head; `best` has 0 at place 0."""
    reach = best
    for _ in range(len(best).bit_length()):
        reach = reach[reach]
    return not reach.any()


def _cycle(best: Ints, root: int) -> list[int]:
    """The words of one cycle, none if there is none; the root is its own head."""
    state = [0] * len(best)
    follow = best.tolist()
    state[root] = -1
    for start in range(len(follow)):
        at, path = start, []
        while not state[at]:
            state[at] = start + 1
            path.append(at)
            at = follow[at]
        if path and state[at] == start + 1:
            return path[path.index(at) :]
    return []


def _arborescence(table: Floats, root: int) -> Ints:
    """Heads of the maximum arborescence of `table` [dependent, head] from `root`, which is its own head.

    The diagonal of `table` is impossible.
    """
    best: Ints = table.argmax(1)
    best[root] = root
    cycle = _cycle(best, root)
    if not cycle:
        return best
    ring = np.array(cycle)
    inside = np.zeros(len(table), bool)
    inside[ring] = True
    rest = np.flatnonzero(~inside)
    last = len(rest)
    kept = table[ring, best[ring]]
    small = np.full((last + 1, last + 1), _NEVER)
    small[:last, :last] = table[rest][:, rest]
    entering = table[ring][:, rest] - kept[:, None]  # what breaking the ring at a word gains
    small[last, :last] = entering.max(0)
    leaving = table[rest][:, ring]
    small[:last, last] = leaving.max(1)
    found = _arborescence(small, int(np.searchsorted(rest, root)))
    out: Ints = best.copy()
    for place, word in enumerate(rest.tolist()):
        head = found[place]
        out[word] = ring[leaving[place].argmax()] if head == last else rest[head]
    entry = found[last]
    out[ring[entering[:, entry].argmax()]] = rest[entry]
    return out
