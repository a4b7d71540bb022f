"""The dossier, made from the readings of a store."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import msgspec

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier, Report
from dragoman.store.store import Store


def assemble(store: Store, knowledge: Knowledge) -> Dossier:
    """What all reports of the store say together: a pure function of its readings."""
    reports, readings = store.reports(), store.readings()
    dossier = reconcile(reports, readings, knowledge)
    return msgspec.structs.replace(
        dossier,
        dragoman=__version__,
        model=store.meta("model") or "",
        ontology=store.meta("ontology") or f"plover {knowledge.digest}",
        read_at=read_at(dossier.reports),
        rejects=tuple(sorted({*dossier.rejects, *store.rejects()}, key=lambda r: (r.report, r.span is not None, r))),
    )


def read_at(reports: tuple[Report, ...]) -> str | None:
    """The latest publication date, else SOURCE_DATE_EPOCH as a date; never the clock."""
    if days := [report.published for report in reports if report.published]:
        return max(days)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else None
