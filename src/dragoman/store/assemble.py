"""The dossier, made from the readings of a store."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier, Report
from dragoman.store.store import Store


def knowledge_in(store: Store) -> Knowledge:
    """The knowledge that a dossier was read with: the shipped tables, and the user's own that it keeps."""
    kept = store.tables()
    return Knowledge(ontology=kept.get("ontology"), actors=kept.get("actors"))


def assemble(store: Store, knowledge: Knowledge, *, as_of: str | None = None, without: Collection[str] = ()) -> Dossier:
    """What all reports of the store say together, and what was set aside when they were collected.

    `as_of` (an ISO day) gives what could be known on that day: reports of later days, or of none, are left out.
    `without` names reports to leave out.
    """
    dossier = reconcile(
        [r for r in store.reports() if r.id not in without and (as_of is None or _known_by(r, as_of))],
        store.readings(),
        knowledge,
        corrections=store.corrections(),
        today=as_of,
        model=" + ".join(store.models()),
        ontology=" + ".join(store.ontologies()),
    )
    if not (aside := store.rejects()):
        return dossier
    both = sorted(
        (*dossier.rejects, *aside), key=lambda r: (r.report, r.span.start if r.span else -1, r.stage, r.reason)
    )
    return msgspec.structs.replace(dossier, rejects=tuple(both))


def _known_by(report: Report, day: str) -> bool:
    return report.published is not None and report.published[:10] <= day
