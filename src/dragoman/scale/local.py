"""The processes of this machine: a thread for each, which holds its worker."""

from __future__ import annotations

import os
from collections.abc import Iterable
from queue import Empty, SimpleQueue
from threading import Thread

from dragoman.scale.hold import held, job_of
from dragoman.scale.loop import Lost
from dragoman.scale.mapping import Done
from dragoman.scale.order import Order
from dragoman.scale.shards import Shard
from dragoman.scale.worker import Died, Worker

WORK = "dragoman.scale.mapping:work"
PAUSE = 0.2  # seconds to wait for an end


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Local:
    """`count` workers, each with one shard at a time."""

    def __init__(self, count: int) -> None:
        self._idle = [Worker(WORK) for _ in range(count)]
        self._all = list(self._idle)
        self._ends: SimpleQueue[tuple[Worker, Done | Lost]] = SimpleQueue()

    @property
    def free(self) -> int:
        return len(self._idle)

    def start(self, order: Order, shard: Shard) -> None:
        worker = self._idle.pop()
        Thread(target=self._hold, args=(worker, order, shard), daemon=True).start()

    def _hold(self, worker: Worker, order: Order, shard: Shard) -> None:
        end: Done | Lost
        try:
            end = held(worker, job_of(order, shard))
        except Died as err:
            end = Lost(shard.name, str(err))
        self._ends.put((worker, end))

    def ended(self) -> Iterable[Done | Lost]:
        try:
            worker, end = self._ends.get(timeout=PAUSE)
        except Empty:
            return
        self._idle.append(worker)
        yield end

    def close(self) -> None:
        for worker in self._all:
            worker.close()
