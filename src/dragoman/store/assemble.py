"""The dossier, made from the readings of a store."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.reconcile import Casebook, Memory, reconcile, update, whole
from dragoman.records import Dossier, Reject, Report
from dragoman.store.code import code_digest
from dragoman.store.store import Store


def knowledge_in(store: Store) -> Knowledge:
    """The knowledge that a dossier was read with: the shipped tables, and the user's own that it keeps."""
    kept = store.tables()
    return Knowledge(ontology=kept.get("ontology"), actors=kept.get("actors"), places=kept.get("places"))


def assemble(store: Store, knowledge: Knowledge, *, as_of: str | None = None, without: Collection[str] = ()) -> Dossier:
    """What all reports of the store say together, and what was set aside when they were collected.

    `as_of` (an ISO day) gives what could be known on that day: reports of later days, or of none, are left out.
    `without` names reports to leave out. The whole dossier is kept, where it may be written, until something changes.
    """
    if as_of is not None or without:
        return _without(store, knowledge, as_of=as_of, without=without)
    key = _key(knowledge, os.environ.get("SOURCE_DATE_EPOCH", ""))
    dossier = store.assembled(key)
    if dossier is None:
        with brought_up_to_date(store, knowledge) as book:
            dossier = whole(book, model=" + ".join(store.models()), ontology=" + ".join(store.ontologies()))
            dossier = _with_rejects(dossier, store.rejects())
        store.keep_assembled(key, dossier)
    return dossier


@contextmanager
def brought_up_to_date(store: Store, knowledge: Knowledge) -> Iterator[Casebook]:
    """What is known of all reports, with those reconciled that came or changed since; kept where it may be written.

    Only what they touch is loaded and written. Where other code or knowledge made the rows, all is made anew.
    """
    key = _key(knowledge)
    with store.deriving() as (derived, kept):
        fresh = derived.made_by() == key
        if not fresh and kept:
            derived.forget()
        memory = Memory(derived, blank=not fresh)
        book = Casebook(memory, knowledge, corrections=store.corrections())
        waiting = derived.stale() if fresh else derived.everything()
        if waiting:
            update(book, waiting)
        if kept and (waiting or not fresh):
            derived.keep(memory.changes(), made_by=key)
        yield book


def _key(knowledge: Knowledge, *more: str) -> str:
    """What is made of readings depends on this besides what the store holds."""
    return " ".join((__version__, code_digest("reconcile", "store", "knowledge", "records"), knowledge.digest, *more))


def _without(store: Store, knowledge: Knowledge, *, as_of: str | None, without: Collection[str]) -> Dossier:
    with store.snapshot():  # beside one who writes, no report without its reading
        reports, readings, corrections, aside = store.reports(), store.readings(), store.corrections(), store.rejects()
        models, ontologies = store.models(), store.ontologies()
    dossier = reconcile(
        [r for r in reports if r.id not in without and (as_of is None or _known_by(r, as_of))],
        readings,
        knowledge,
        corrections=corrections,
        today=as_of,
        model=" + ".join(models),
        ontology=" + ".join(ontologies),
    )
    return _with_rejects(dossier, aside)


def _with_rejects(dossier: Dossier, aside: Sequence[Reject]) -> Dossier:
    if not aside:
        return dossier
    both = sorted(
        (*dossier.rejects, *aside), key=lambda r: (r.report, r.span.start if r.span else -1, r.stage, r.reason)
    )
    return msgspec.structs.replace(dossier, rejects=tuple(both))


def _known_by(report: Report, day: str) -> bool:
    return report.published is not None and report.published[:10] <= day
