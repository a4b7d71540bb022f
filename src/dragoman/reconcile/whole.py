"""The whole dossier, put together from the rows that reconciling keeps."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from dragoman import __version__
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.cast import KNOWN, full_actors, no_actors
from dragoman.reconcile.expectations import OUTCOME, expectations
from dragoman.reconcile.identities import CIRCLE, HELD
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.namesakes import ENTRIES, NODE
from dragoman.reconcile.positions import positions
from dragoman.reconcile.quotations import GROUP, grouped
from dragoman.reconcile.rows import COPY, EVENT, HOME, READING, REPORT, STORY, TELLING
from dragoman.records import Dossier, Report

# all of it is at hand before single rows are asked for
ASKED: tuple[Kind[Any], ...] = (
    REPORT, READING, COPY, TELLING, ENTRIES, NODE, HELD, CIRCLE, KNOWN, GROUP, HOME, OUTCOME,
)  # fmt: skip


def whole(book: Casebook, *, model: str = "", ontology: str = "") -> Dossier:
    """All that is known, each list by id."""
    memory = book.memory
    for kind in ASKED:
        memory.every(kind)  # all of it at hand: what follows asks for single rows
    reports = tuple(_with_sentences(book, r) for r in book.reports.values())
    actors = {a.id: a for a in full_actors(book)}
    events = book.rulings.on_events(list(memory.every(EVENT).values()))
    rejects = [*(x for r in book.readings.values() for x in r.rejects), *no_actors(book)]
    return Dossier(
        dragoman=__version__,
        model=model,
        ontology=ontology,
        read_at=book.latest or _epoch(),
        reports=reports,
        actors=tuple(actors[i] for i in sorted(actors)),
        mentions=tuple(book.mentions.values()),
        events=tuple(sorted(events, key=lambda e: e.id)),
        claims=tuple(sorted((c for r in book.reports for c in grouped(book, r)), key=lambda c: c.id)),
        positions=tuple(sorted(positions(book), key=lambda p: p.id)),
        expectations=tuple(sorted(expectations(book), key=lambda e: e.id)),
        stories=tuple(sorted(memory.every(STORY).values(), key=lambda s: s.id)),
        rejects=tuple(sorted(rejects, key=lambda r: (r.report, r.span.start if r.span else -1, r.stage, r.reason))),
        corrections=book.rulings.told(),
    )


def _with_sentences(book: Casebook, report: Report) -> Report:
    reading = book.reading(report.id)
    return replace(report, sentences=tuple(line.span for line in reading.lines)) if reading else report


def _epoch() -> str | None:
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if seconds else None
