"""The dossier, made from the readings of a store."""

from __future__ import annotations

import os
from collections.abc import Collection

import msgspec

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier, Report
from dragoman.store.code import code_digest
from dragoman.store.store import Store


def knowledge_in(store: Store) -> Knowledge:
    """The knowledge that a dossier was read with: the shipped tables, and the user's own that it keeps."""
    kept = store.tables()
    return Knowledge(ontology=kept.get("ontology"), actors=kept.get("actors"))


def assemble(store: Store, knowledge: Knowledge, *, as_of: str | None = None, without: Collection[str] = ()) -> Dossier:
    """What all reports of the store say together, and what was set aside when they were collected.

    `as_of` (an ISO day) gives what could be known on that day: reports of later days, or of none, are left out.
    `without` names reports to leave out. The whole dossier is kept, where it may be written, until something changes.
    """
    if as_of is not None or without:
        return _assembled(store, knowledge, as_of=as_of, without=without)
    key = _key(knowledge)
    dossier = store.assembled(key)
    if dossier is None:
        dossier = _assembled(store, knowledge, as_of=None, without=())
        store.keep_assembled(key, dossier)
    return dossier


def _key(knowledge: Knowledge) -> str:
    """What an assembled dossier depends on besides what the store holds."""
    code = code_digest("reconcile", "store", "knowledge", "records.py")
    return " ".join((__version__, code, knowledge.digest, os.environ.get("SOURCE_DATE_EPOCH", "")))


def _assembled(store: Store, knowledge: Knowledge, *, as_of: str | None, without: Collection[str]) -> Dossier:
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
    if not aside:
        return dossier
    both = sorted(
        (*dossier.rejects, *aside), key=lambda r: (r.report, r.span.start if r.span else -1, r.stage, r.reason)
    )
    return msgspec.structs.replace(dossier, rejects=tuple(both))


def _known_by(report: Report, day: str) -> bool:
    return report.published is not None and report.published[:10] <= day
