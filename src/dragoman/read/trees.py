"""Trees from arc scores: the best head of every word, repaired to one tree with one root only where that is none.

Repair is Chu and Liu's and Edmonds' maximum arborescence (Edmonds 1967); one root is had by a charge on every root arc
that no other gain outweighs, so that the best tree uses one.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
_NEVER = -1e30


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
    finite = scores[1:]
    charge = float(finite.max() - finite.min()) * size + 1.0
    table[1:, 0] -= charge
    repaired: Ints = _arborescence(table)[1:]
    return repaired


def is_tree(best: Ints) -> bool:
    """Whether every word reaches 0 by following its head; `best` has 0 at place 0."""
    reach = best
    for _ in range(len(best).bit_length()):
        reach = reach[reach]
    return not reach.any()


def _cycle(best: Ints) -> list[int]:
    """The words of one cycle, none if there is none."""
    state = [0] * len(best)
    follow = best.tolist()
    for start in range(1, len(follow)):
        at, path = start, []
        while at and not state[at]:
            state[at] = start
            path.append(at)
            at = follow[at]
        if at and state[at] == start:
            return path[path.index(at) :]
    return []


def _arborescence(table: Floats) -> Ints:
    """Heads of the maximum arborescence rooted at 0 of `table` [dependent, head] with an impossible diagonal."""
    best: Ints = table.argmax(1)
    best[0] = 0
    cycle = _cycle(best)
    if not cycle:
        return best
    ring = np.array(cycle)
    inside = np.zeros(len(table), bool)
    inside[ring] = True
    rest = np.flatnonzero(~inside)  # 0 stays at place 0
    last = len(rest)
    kept = table[ring, best[ring]]
    small = np.full((last + 1, last + 1), _NEVER)
    small[:last, :last] = table[np.ix_(rest, rest)]
    entering = table[np.ix_(ring, rest)] - kept[:, None]  # what breaking the ring at a word gains
    small[last, :last] = entering.max(0)
    leaving = table[np.ix_(rest, ring)]
    small[:last, last] = leaving.max(1)
    small[0] = _NEVER
    found = _arborescence(small)
    out: Ints = best.copy()
    for place in range(1, last):
        head = found[place]
        out[rest[place]] = ring[leaving[place].argmax()] if head == last else rest[head]
    entry = found[last]
    out[ring[entering[:, entry].argmax()]] = rest[entry]
    return out
