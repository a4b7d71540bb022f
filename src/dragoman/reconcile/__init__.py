"""From readings to a dossier: a visible list of steps over a `Casebook`, each for what the changed reports touch.

What is found about a report, a name or a mention depends on what shares a key with it and on nothing else, so that the
dossier is the same in whatever order and in whatever portions reports come, byte for byte, and one report more costs
what it touches.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from dragoman.knowledge import Knowledge
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.cast import recast
from dragoman.reconcile.copies import mark_copies
from dragoman.reconcile.events import find_events
from dragoman.reconcile.expectations import find_expectations
from dragoman.reconcile.identities import find_identities
from dragoman.reconcile.memory import Backing, Memory, Spread, in_turn
from dragoman.reconcile.positions import find_positions
from dragoman.reconcile.quotations import group_quotations
from dragoman.reconcile.rows import READING, REPORT
from dragoman.reconcile.stories import find_stories
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.tellings import find_tellings
from dragoman.reconcile.whole import whole
from dragoman.records import Correction, Dossier, Reading, Report

__all__ = ["STEPS", "Backing", "Casebook", "Memory", "Spread", "Touched", "reconcile", "update", "whole"]


class Touched:
    """What the steps so far have found to be touched."""

    def __init__(self, reports: Iterable[str]) -> None:
        self.reports = set(reports)  # that came, went, or were read or corrected anew
        self.recopied: set[str] = set()  # that repeat another report than before
        self.moved: set[str] = set()  # that are of another story than before
        self.recast: set[str] = set()  # that tell of actors who are others, or known otherwise, than before
        self.actors: set[str] = set()  # those actors
        self.mentions: dict[str, Telling | None] = {}  # told otherwise than before


def _copies(book: Casebook, touched: Touched) -> None:
    touched.recopied = mark_copies(book, touched.reports)


def _stories(book: Casebook, touched: Touched) -> None:
    touched.moved = find_stories(book, touched.reports, touched.recopied)


def _identities(book: Casebook, touched: Touched) -> None:
    circles, rows = find_identities(book, touched.reports | touched.moved)
    touched.recast, touched.actors = recast(book, circles, rows)


def _tellings(book: Casebook, touched: Touched) -> None:
    touched.mentions = find_tellings(book, touched.recast, touched.reports | touched.recopied, touched.actors)


def _events(book: Casebook, touched: Touched) -> None:
    find_events(book, touched.mentions)


def _quotations(book: Casebook, touched: Touched) -> None:
    group_quotations(book, touched.reports | touched.recast)


def _positions(book: Casebook, touched: Touched) -> None:
    find_positions(book, touched.reports | touched.recast)


def _expectations(book: Casebook, touched: Touched) -> None:
    find_expectations(book, touched.mentions)


STEPS = {
    "copies": _copies,  # who repeats whom: before anything is counted
    "stories": _stories,  # which reports tell of one development
    "identities": _identities,  # who is who across reports
    "tellings": _tellings,  # what is compared of a mention: acts, words, names nearby, days, vector
    "events": _events,  # coreferring mentions; where accounts differ, what one alone tells
    "quotations": _quotations,  # the same utterance in several reports
    "positions": _positions,  # who stands where toward whom, since when
    "expectations": _expectations,  # what is to happen, by when, and what became of it
}


def update(book: Casebook, reports: Iterable[str]) -> None:
    """Bring what is known up to date with the reports that came, went, or were read or corrected anew."""
    touched = Touched(reports)
    with _uncollected():
        for step in STEPS.values():
            step(book, touched)


def reconcile(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    knowledge: Knowledge,
    *,
    corrections: Sequence[Correction] = (),
    today: str | None = None,
    model: str = "",
    ontology: str = "",
    spread: Spread = in_turn,
) -> Dossier:
    """The dossier of these reports, whatever their order, with what persons decided about it.

    `today` is the day it speaks from: what was due before and is not told is no longer open. Without it that day, and
    `read_at`, is the latest day of publication; where no report has one, SOURCE_DATE_EPOCH; never the clock. `spread`
    says how pairs are held against each other, side by side or in turn: it makes no difference to what is found.
    """
    memory = Memory(spread=spread)
    known = {r.id: r for r in sorted(reports, key=lambda r: (r.id, r.sha256, r.published or ""))}
    memory.put(REPORT, known)
    memory.put(
        READING, {r.report: r for r in sorted(readings, key=lambda r: (r.report, r.version)) if r.report in known}
    )
    book = Casebook(memory, knowledge, corrections=corrections, today=today)
    update(book, known)
    return whole(book, model=model, ontology=ontology)


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
