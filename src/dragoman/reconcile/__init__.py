"""From readings to a dossier: a visible list of steps over one `Casebook`.

The dossier is a pure function of the SET of reports and readings: the casebook sorts them by id before any step looks,
so reading in another order, or one by one, gives the same dossier, byte for byte.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.copies import mark_copies
from dragoman.reconcile.events import find_events
from dragoman.reconcile.expectations import find_expectations
from dragoman.reconcile.identities import find_identities
from dragoman.reconcile.positions import find_positions
from dragoman.reconcile.quotations import group_quotations
from dragoman.reconcile.stories import find_stories
from dragoman.reconcile.tellings import prepare
from dragoman.records import Correction, Dossier, Reading, Report

__all__ = ["STEPS", "Step", "reconcile"]


class Step(Struct, frozen=True):
    """One step: its name, its function, what it is about."""

    name: str
    run: Callable[[Casebook], None]
    about: str


STEPS = (
    Step("copies", mark_copies, "who repeats whom: before anything is counted"),
    Step("stories", find_stories, "which reports tell of one development"),
    Step("identities", find_identities, "who is who across reports"),
    Step("tellings", prepare, "what is compared of a mention: acts, words, names nearby, days, vector"),
    Step("events", find_events, "coreferring mentions; where accounts differ, what one alone tells"),
    Step("quotations", group_quotations, "the same utterance in several reports"),
    Step("positions", find_positions, "who stands where toward whom, since when"),
    Step("expectations", find_expectations, "what is to happen, by when, and whether it did"),
)


def reconcile(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    knowledge: Knowledge,
    *,
    corrections: Sequence[Correction] = (),
    today: str | None = None,
    model: str = "",
    ontology: str = "",
) -> Dossier:
    """The dossier of these reports, whatever their order, with what persons decided about it.

    `today` is the day it speaks from: what was due before and is not told is no longer open. Without it that day, and
    `read_at`, is the latest day of publication; where no report has one, SOURCE_DATE_EPOCH; never the clock.
    """
    book = Casebook.of(reports, readings, knowledge, corrections=corrections, today=today)
    with _uncollected():
        for step in STEPS:
            step.run(book)
    return Dossier(
        dragoman=__version__,
        model=model,
        ontology=ontology,
        read_at=book.latest or _epoch(),
        reports=tuple(_with_sentences(book, r) for r in book.reports.values()),
        actors=tuple(book.actors.values()),
        mentions=tuple(book.mentions[i] for i in sorted(book.mentions)),
        events=tuple(book.events),
        claims=tuple(book.claims),
        positions=tuple(book.positions),
        expectations=tuple(book.expectations),
        stories=tuple(sorted(book.stories, key=lambda s: s.id)),
        rejects=tuple(
            sorted(
                (*(reject for reading in book.readings.values() for reject in reading.rejects), *book.rulings.rejects),
                key=lambda r: (r.report, r.span.start if r.span else -1, r.stage, r.reason),
            )
        ),
        corrections=book.rulings.told(),
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: millions of records live, none in a cycle, and each search looks at them all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _with_sentences(book: Casebook, report: Report) -> Report:
    reading = book.readings.get(report.id)
    return replace(report, sentences=tuple(line.span for line in reading.lines)) if reading else report


def _epoch() -> str | None:
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if seconds else None
