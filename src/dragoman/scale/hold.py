"""Holding a worker while it does a shard: what kills it twice at one step is passed over, and the rest is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from dragoman.scale.mapping import Done, Job, Said, Step
from dragoman.scale.order import Order
from dragoman.scale.shards import Shard
from dragoman.scale.slices import named
from dragoman.scale.worker import Died, Worker

TWICE = 2  # deaths at one step after which the report is held to blame; one alone may be somebody's kill


def job_of(order: Order, shard: Shard) -> Job:
    """A shard with what of the order it needs: of the table of dates only its own files."""
    names = {named(url) for url in shard.files}
    dates = {name: day for name, day in order.asking.dates.items() if name in names}
    return Job(replace(order, asking=replace(order.asking, dates=dates)), shard)


def held(worker: Worker, job: Job, *, begun: Callable[[Step], None] = lambda step: None) -> Done:
    """The end of a job, however often its worker must be started anew.

    Raises Died for what no report is to blame for.
    """
    deaths: Counter[Step | None] = Counter()
    while True:
        at: Step | None = None
        try:
            for message in worker.steps(msgspec.msgpack.encode(job)):
                said = msgspec.msgpack.decode(message, type=Said)
                if isinstance(said, Done):
                    done = said
                else:
                    at = said.step
                    begun(at)
            return done
        except Died as err:
            deaths[at] += 1
            if err.reason == "exception" or (at is None and deaths[at] >= TWICE):
                raise
            if at is not None and deaths[at] >= TWICE:
                step = at if deaths[at] == TWICE else replace(at, stage="end")
                job = replace(job, deadly=(*job.deadly, (step, str(err))))
