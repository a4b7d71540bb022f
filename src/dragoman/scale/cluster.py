"""The machines of a Ray cluster: an actor for each processor, which holds its worker there.

An actor or a machine may be lost at any time: its shard is done again elsewhere. Machines that join are taken on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from time import monotonic, sleep
from typing import Any

import msgspec

from dragoman.scale.hold import held, job_of
from dragoman.scale.local import WORK
from dragoman.scale.loop import Lost
from dragoman.scale.mapping import Done, Job
from dragoman.scale.order import Order
from dragoman.scale.places import ScaleError
from dragoman.scale.shards import Shard
from dragoman.scale.worker import Died, Worker

PAUSE = 0.5  # seconds to wait for an end
LOOK = 5.0  # seconds between two looks at who is there
PASSED = ("PYTHONPATH", "DRAGOMAN_DATA", "SOURCE_DATE_EPOCH")  # Ray hands on nothing of our environment by itself


class Holder:
    """The actor: holds one worker, does one shard at a time."""

    def __init__(self) -> None:
        self.worker = Worker(WORK)

    def here(self) -> None:
        """Say that it has been given a processor."""

    def do(self, job: bytes) -> bytes:
        given = msgspec.msgpack.decode(job, type=Job)
        try:
            end: Done | Lost = held(self.worker, given)
        except Died as err:
            end = Lost(given.shard.name, str(err))
        return msgspec.msgpack.encode(end)


class Cluster:
    """The cluster at `address` (`auto`, `host:6379`, `local`); `most` bounds how many actors work at once."""

    def __init__(self, address: str, *, most: int | None = None) -> None:
        try:
            import ray
        except ImportError:
            raise ScaleError("--ray needs Ray on every machine: pip install 'dragoman[ray]'") from None
        self._ray: Any = ray
        self._most = most
        passed = {name: os.environ[name] for name in PASSED if name in os.environ}
        try:
            ray.init(address=address, log_to_driver=False, configure_logging=False, runtime_env={"env_vars": passed})
        except (ConnectionError, ValueError, RuntimeError) as err:
            raise ScaleError(
                f"there is no Ray cluster at {address} ({err}); see: ray status --address {address}"
            ) from None
        self._actor: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Holder)
        self._coming: dict[Any, Any] = {}  # actors that have no processor yet, by the call that tells of it
        self._idle: list[Any] = []
        self._busy: dict[Any, tuple[Any, str]] = {}  # of each call its actor and shard
        self._looked = 0.0

    @property
    def free(self) -> int:
        if monotonic() - self._looked > LOOK:
            self._looked = monotonic()
            cpus = int(self._ray.cluster_resources().get("CPU", 0))
            there = len(self._busy) + len(self._idle) + len(self._coming)
            for _ in range(min(cpus, self._most or cpus) - there):
                actor = self._actor.remote()
                self._coming[actor.here.remote()] = actor
        return len(self._idle)

    def start(self, order: Order, shard: Shard) -> None:
        actor = self._idle.pop()
        call = actor.do.remote(msgspec.msgpack.encode(job_of(order, shard)))
        self._busy[call] = (actor, shard.name)

    def ended(self) -> Iterable[Done | Lost]:
        calls = [*self._busy, *self._coming]
        if not calls:  # a cluster without a processor, for now
            sleep(PAUSE)
            return
        ready, _ = self._ray.wait(calls, num_returns=1, timeout=PAUSE)
        for call in ready:
            actor, shard = self._busy.pop(call, (None, ""))
            actor = actor or self._coming.pop(call)
            try:
                end = self._ray.get(call)
            except self._ray.exceptions.RayError as err:  # with the actor, its process or its whole machine
                if shard:
                    yield Lost(shard, f"{type(err).__name__}: the machine or the process that did it is gone")
                continue
            self._idle.append(actor)
            if shard:
                yield msgspec.msgpack.decode(end, type=Done | Lost)

    def close(self) -> None:
        self._ray.shutdown()
