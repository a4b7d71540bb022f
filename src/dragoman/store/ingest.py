"""From a collected report to a reading in the store, and from the store to the dossier."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.records import Doc, Reject, Report
from dragoman.store.code import code_digest
from dragoman.store.store import Store

Outcome = Literal["read", "known", "refused"]


class Taken(Struct, frozen=True, kw_only=True):
    """What became of a report, or of what should have been one; `messages` are for a person."""

    origin: str
    outcome: Outcome
    report: str = ""
    published: str | None = None
    messages: tuple[str, ...] = ()
    at: int = 0  # bytes of all files that are done with


class Reads(Protocol):
    """What turns a report into words and trees: the shipped model, or a stand-in."""

    @property
    def model(self) -> str: ...

    def read(self, report: Report) -> Doc: ...


def version_of(model: str, knowledge: Knowledge) -> str:
    """What a reading depends on besides its report: code, model and knowledge."""
    return f"{__version__}+{code_digest('read', 'understand', 'knowledge')} {model} {knowledge.digest}"


def ingest(
    store: Store, report: Report, *, reader: Reads, knowledge: Knowledge, rejects: tuple[Reject, ...] = ()
) -> Outcome:
    """Read one report into the store, in this process, unless this version has read it before."""
    from dragoman.understand import understand  # not above: a command that reads in a worker never needs it

    version = version_of(reader.model, knowledge)
    settled = wanted(store, report, version)
    if settled is None:
        return "known"
    reading = understand(reader.read(settled), knowledge, version=version)
    store.add(settled, reading, model=reader.model, ontology=ontology_of(knowledge), rejects=rejects)
    return "read"


def wanted(store: Store, report: Report, version: str) -> Report | None:
    """The report as it is to be read, with the day of publication that holds; None when this version has read it."""
    settled = store.settled(report)
    return None if store.has(settled, version) else settled


def ontology_of(knowledge: Knowledge) -> str:
    """What a dossier calls the knowledge that its reports were read with."""
    return f"plover {knowledge.digest}"


def reread(store: Store, ident: str, *, reader: Reads) -> Doc:
    """The words and trees of a stored report, made again for `explain`. Raises KeyError when it is not there."""
    report = store.report(ident)
    if report is None:
        raise KeyError(ident)
    return reader.read(report)
