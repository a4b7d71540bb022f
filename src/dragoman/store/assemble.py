"""The dossier, made from the readings of a store."""

from __future__ import annotations

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier
from dragoman.store.store import Store


def assemble(store: Store, knowledge: Knowledge) -> Dossier:
    """What all reports of the store say together, and what was set aside when they were collected."""
    dossier = reconcile(
        store.reports(),
        store.readings(),
        knowledge,
        model=" + ".join(store.models()),
        ontology=" + ".join(store.ontologies()),
    )
    if not (aside := store.rejects()):
        return dossier
    both = sorted(
        (*dossier.rejects, *aside), key=lambda r: (r.report, r.span.start if r.span else -1, r.stage, r.reason)
    )
    return msgspec.structs.replace(dossier, rejects=tuple(both))
