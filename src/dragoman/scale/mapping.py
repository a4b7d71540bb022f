"""What a worker does with a shard: collect, read and understand its reports, and write its part.

Before each step it says which one begins, so that whoever holds the worker knows what it died of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from time import monotonic

import msgspec
from msgspec import Struct

from dragoman.collect.reports import Collected, refused
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import Kept, TableError
from dragoman.read.session import ModelError
from dragoman.records import Reject
from dragoman.scale.order import PARTS, Device, Order
from dragoman.scale.schema import Row, write
from dragoman.scale.shards import Shard
from dragoman.scale.slices import Unit, units
from dragoman.store import Reads, version_of
from dragoman.understand import understand


class Step(Struct, frozen=True, order=True):
    """Where a worker is: which unit of the shard, which report in it, found or being read."""

    unit: int
    item: int
    stage: str  # collect, read; end for what cannot be collected although the report itself is passed over


class Job(Struct, frozen=True):
    """A shard to be done; `deadly` are the steps that killed a worker twice, with what is told of them."""

    order: Order
    shard: Shard
    deadly: tuple[tuple[Step, str], ...] = ()


class Done(Struct, frozen=True, kw_only=True, tag=True):
    """What came of a shard."""

    shard: str
    reports: int = 0
    mentions: int = 0
    rejects: dict[str, int] = {}  # how many for which reason
    seconds: float = 0.0


class Begun(Struct, frozen=True, tag=True):
    """A step begins."""

    step: Step


Said = Done | Begun


def work(task: bytes, ask: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Do the job in `task`; gives a `Begun` for each step, and `Done` when the part is there."""
    job = msgspec.msgpack.decode(task, type=Job)
    started, rows = monotonic(), []
    deadly = dict(job.deadly)
    order = job.order
    for n, unit in enumerate(units(job.shard, order.asking)):
        for step, found in _steps(n, unit, deadly):
            yield msgspec.msgpack.encode(Begun(step))
            if found is not None:
                rows.append(_row(found, deadly.get(step), order))
    with order.folder.written(PARTS, f"{job.shard.name}.parquet") as file:
        write(rows, Row, file)
    yield msgspec.msgpack.encode(
        Done(
            shard=job.shard.name,
            reports=sum(row.report is not None for row in rows),
            mentions=sum(len(row.mentions) for row in rows),
            rejects=_counted(rows),
            seconds=round(monotonic() - started, 3),
        )
    )


def _steps(n: int, unit: Unit, deadly: dict[Step, str]) -> Iterator[tuple[Step, Collected | None]]:
    """The steps of a unit: finding a report (None yet), then reading what was found."""
    spoilt = {step.item: what for step, what in deadly.items() if (step.unit, step.stage) == (n, "collect")}
    found, item = unit.found(spoilt), 0
    while True:
        yield Step(n, item, "collect"), None
        if end := deadly.get(Step(n, item, "end")):
            yield Step(n, item, "end"), refused(unit.origin, end + ("; what came before is read" if item else ""))
            return
        one = next(found, None)
        if one is None:
            return
        yield Step(n, item, "read"), one
        item += 1


def _row(found: Collected, died: str | None, order: Order) -> Row:
    if found.report is None:
        return Row(day=None, report=None, aside=found.rejects)
    try:
        reader, knowledge = _tools(order)
        if died:
            raise RuntimeError(died)
        reading = understand(reader.read(found.report), knowledge, version=order.version)
    except (MemoryError, ModelError, TableError):  # no report is to blame for these
        raise
    except Exception as err:  # one report must not cost the others
        reason = died or f"{type(err).__name__}: {err}"
        return Row(day=None, report=None, aside=(Reject(report=found.origin, span=None, stage="read", reason=reason),))
    return Row.of(found.report, reading, aside=found.rejects, model=order.model, ontology=order.coded_by)


def _tools(order: Order) -> tuple[Reads, Knowledge]:
    """What reads and what knows. Raises ModelError when they are not those of the order."""
    reader, knowledge = _made(order.device, order.ontology, order.actors, order.places)
    if version_of(reader.model, knowledge) != order.version:
        raise ModelError(f"this machine has another version of Dragoman than the run was begun with ({order.version})")
    return reader, knowledge


@cache
def _made(device: Device, ontology: Kept | None, actors: Kept | None, places: Kept | None) -> tuple[Reads, Knowledge]:
    import dragoman.read

    return dragoman.read.Reader(device=device), Knowledge(ontology=ontology, actors=actors, places=places)


def _counted(rows: Iterable[Row]) -> dict[str, int]:
    return dict(sorted(Counter(reject.reason for row in rows for reject in row.aside).items()))
