"""From a collected report to a reading in the store, and from the store to the dossier."""

from __future__ import annotations

from typing import Literal, Protocol

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.records import Doc, Reject, Report
from dragoman.store.code import code_digest
from dragoman.store.store import Store
from dragoman.understand import understand

Outcome = Literal["read", "known"]


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
    """Read one report into the store, unless this version has read it before."""
    report = store.settled(report)
    version = version_of(reader.model, knowledge)
    if store.has(report, version):
        return "known"
    reading = understand(reader.read(report), knowledge, version=version)
    store.add(report, reading, model=reader.model, ontology=f"plover {knowledge.digest}", rejects=rejects)
    return "read"


def reread(store: Store, ident: str, *, reader: Reads) -> Doc:
    """The words and trees of a stored report, made again for `explain`. Raises KeyError when it is not there."""
    report = store.report(ident)
    if report is None:
        raise KeyError(ident)
    return reader.read(report)
