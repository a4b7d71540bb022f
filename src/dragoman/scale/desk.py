"""What a clerk's process does: opens files and pages, and reads the reports in them.

For every report it asks whether that is wanted; what it makes of it goes back as a `Read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetched
from dragoman.collect.found import Found
from dragoman.collect.inputs import Input, collected
from dragoman.collect.reports import Collected
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import Kept, TableError
from dragoman.records import Reading, Report

if TYPE_CHECKING:
    from dragoman.store import Reads


class Open(Struct, frozen=True, kw_only=True, tag=True):
    """Open this and read what is wanted of it, from part `start` on; `ontology`, `actors` and `places` are the user's
    own tables, `spoilt` the parts that took a process with them, with what happened."""

    given: Input
    start: int = 0
    spoilt: dict[int, str] = {}
    ontology: Kept | None = None
    actors: Kept | None = None
    places: Kept | None = None


class List(Struct, frozen=True, tag=True):
    """List what this feed announces."""

    feed: Fetched


class Opened(Struct, frozen=True, kw_only=True, tag=True):
    """Part `number` of what was opened, and the model that would read it."""

    number: int
    found: Collected
    model: str


class Answer(Struct, frozen=True):
    """Whether a report is wanted, the version its reading will have, and what the dossier knows of its publication."""

    wanted: bool
    version: str = ""
    published: str | None = None
    published_from: str | None = None
    outlet: str | None = None


class Read(Struct, frozen=True, tag=True):
    """What the report asked for last says."""

    reading: Reading


class Listed(Struct, frozen=True, tag=True):
    """What a feed announces, or why that cannot be told."""

    found: tuple[Found, ...] = ()
    wrong: str = ""


class Failed(Struct, frozen=True, tag=True):
    """The report asked for last could not be read; `always` says that none could."""

    words: str
    always: bool = False


Task = Open | List
Message = Read | Listed | Failed

_task = msgspec.msgpack.Decoder(Task)
_answer = msgspec.msgpack.Decoder(Answer)
_encode = msgspec.msgpack.encode


def prepare() -> None:
    """Load the model and the tables before the first task comes, by reading a line."""
    from dragoman.understand import understand

    line = Report(id="", origin="", text="The envoys left Karsh on Sunday.\n", sha256="")
    understand(_reader().read(line), _knowledge(None, None), version="")


def work(task: bytes, ask: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Do a task; see the module."""
    given = _task.decode(task)
    if isinstance(given, List):
        yield _encode(_listed(given.feed))
        return
    for number, found in enumerate(collected(given.given, spoilt=given.spoilt)):
        if number >= given.start:
            yield from map(_encode, _one(given, number, found, ask))


def _one(given: Open, number: int, found: Collected, ask: Callable[[bytes], bytes]) -> Iterator[Message]:
    from dragoman.read.session import ModelError
    from dragoman.understand import understand

    reader = _reader()
    answer = _answer.decode(ask(_encode(Opened(number=number, found=found, model=reader.model))))
    if found.report is None or not answer.wanted:
        return
    report = replace(found.report, published=answer.published, published_from=answer.published_from,
                     outlet=answer.outlet)  # fmt: skip
    try:
        knowledge = _knowledge(given.ontology, given.actors, given.places)
        yield Read(understand(reader.read(report), knowledge, version=answer.version))
    except (ModelError, TableError) as err:
        yield Failed(str(err), always=True)
    except MemoryError:
        raise
    except Exception as err:  # one report must not cost the others
        yield Failed(f"{type(err).__name__}: {err}")


def _listed(feed: Fetched) -> Listed:
    from dragoman.collect.formats.feed import entries

    try:
        return Listed(tuple(entry.found for entry in entries(feed.body or b"", feed.url)))
    except BadInput as err:
        return Listed(wrong=str(err))


@cache
def _reader() -> Reads:
    from dragoman import read

    return read.Reader()


@cache
def _knowledge(ontology: Kept | None, actors: Kept | None, places: Kept | None) -> Knowledge:
    return Knowledge(ontology=ontology, actors=actors, places=places)
