"""The example crises as dossiers, read once a session with the shipped model and knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dragoman.collect import collect
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import Kept
from dragoman.read import Reader
from dragoman.records import Correction, Dossier, Report
from dragoman.store import Store, assemble, ingest, knowledge_in

EXAMPLES = Path(__file__).parents[1] / "examples"
CRISES = ("oravia", "suez-1956")


@cache
def reader() -> Reader:
    return Reader()


@cache
def knowledge(actors: Path | None = None) -> Knowledge:
    return Knowledge(actors=actors)


def knowledge_of(crisis: str) -> Knowledge:
    actors = EXAMPLES / crisis / "actors.tsv"
    return knowledge(actors if actors.exists() else None)


def reports(crisis: str) -> list[Report]:
    folder = EXAMPLES / crisis
    found = collect(sorted(folder.glob("*.txt")), dates=folder / "dates.tsv")
    return [item.report for item in found if item.report is not None]


@cache
def dossier(crisis: str) -> Dossier:
    return dossier_of(tuple(reports(crisis)), knowledge_of(crisis))


def write(crisis: str, path: Path) -> Path:
    """A dossier file of a crisis."""
    own = EXAMPLES / crisis / "actors.tsv"
    with Store.open(path, writable=True) as store:
        store.keep_tables({"actors": Kept(own.name, own.read_text(encoding="utf-8"))} if own.exists() else {})
        for report in reports(crisis):
            ingest(store, report, reader=reader(), knowledge=knowledge_in(store))
    return path


def dossier_of(given: tuple[Report, ...], known: Knowledge, corrections: Iterable[Correction] = ()) -> Dossier:
    with Store.in_memory() as store:
        for correction in corrections:
            store.correct(correction)
        for report in given:
            ingest(store, report, reader=reader(), knowledge=known)
        return assemble(store, known)
