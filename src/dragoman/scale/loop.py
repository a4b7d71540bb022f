"""The one loop: shards to whatever works, their parts back, until all are there.

Done is what has its part; so a run that was stopped or killed goes on where it was, and one that is done does nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from msgspec import Struct

from dragoman.scale.mapping import Done
from dragoman.scale.order import PARTS, Order
from dragoman.scale.places import Folder
from dragoman.scale.shards import Shard

TRIES = 5  # of a shard whose worker, or whose machine, is lost


class Lost(Struct, frozen=True, tag=True):
    """A shard that came to nothing through no fault of its reports; it is tried again."""

    shard: str
    reason: str


class Hands(Protocol):
    """What does shards: the processes of this machine, or a cluster's."""

    @property
    def free(self) -> int:
        """How many shards could be begun now."""
        ...

    def start(self, order: Order, shard: Shard) -> None: ...

    def ended(self) -> Iterable[Done | Lost]:
        """Those that have come to an end; waits a little for the first."""
        ...

    def close(self) -> None:
        """Stop everything that still goes on."""
        ...


class Result(Struct):
    """What came of a run."""

    done: list[Done]
    lost: list[Lost]
    before: int = 0  # shards that were done before


def parts_in(folder: Folder) -> set[str]:
    """The names of the parts that are there."""
    return {name.removesuffix(".parquet") for name in folder.names(PARTS, ending=".parquet")}


def run(order: Order, shards: Iterable[Shard], hands: Hands, *, told: Callable[[Done, Shard], None]) -> Result:
    """Do all shards that have no part yet, the largest first; `told` hears of each that is done."""
    known = {shard.name: shard for shard in shards}
    there = parts_in(order.folder) & known.keys()
    todo = deque(sorted((s for s in known.values() if s.name not in there), key=lambda s: -s.size))
    tries = dict.fromkeys(known, 0)
    result, busy = Result([], [], len(there)), 0
    try:
        while todo or busy:
            while todo and hands.free > 0:
                hands.start(order, todo.popleft())
                busy += 1
            for ended in hands.ended():
                busy -= 1
                shard = known[ended.shard]
                if isinstance(ended, Done):
                    result.done.append(ended)
                    told(ended, shard)
                    continue
                tries[shard.name] += 1
                if tries[shard.name] < TRIES:
                    todo.append(shard)
                else:
                    result.lost.append(ended)
    finally:
        hands.close()
    return result
