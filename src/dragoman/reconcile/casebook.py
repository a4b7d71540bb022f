"""What the steps of reconciling pass along: one `Casebook`, filled step by step from reports and readings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dragoman.knowledge import Knowledge
from dragoman.reconcile.rulings import Rulings
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.words import plain_name
from dragoman.records import (
    Actor,
    Claim,
    Correction,
    Event,
    Expectation,
    Line,
    Mention,
    Position,
    Reading,
    Report,
    Span,
    Story,
)

SMALL = re.compile(r"\b[a-z]{3,}\b")


@dataclass
class Casebook:
    """All reports and readings, sorted by id so that no step can see in which order they came."""

    knowledge: Knowledge
    reports: dict[str, Report]
    readings: dict[str, Reading]
    rulings: Rulings
    today: str | None = None
    stories: list[Story] = field(default_factory=list)
    affair_of: dict[str, str] = field(default_factory=dict)  # of each report: stories of one long crisis are one affair
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    tellings: dict[str, Telling] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        reports: Iterable[Report],
        readings: Iterable[Reading],
        knowledge: Knowledge,
        *,
        corrections: Iterable[Correction] = (),
        today: str | None = None,
    ) -> Casebook:
        """Open a casebook; a report given twice counts once, a reading without its report not at all."""
        known = {r.id: r for r in sorted(reports, key=lambda r: (r.id, r.sha256, r.published or ""))}
        read = {r.report: r for r in sorted(readings, key=lambda r: (r.report, r.version)) if r.report in known}
        rulings = Rulings(corrections, known, read)
        return cls(knowledge, known, {i: rulings.over(r) for i, r in read.items()}, rulings, today)

    @cached_property
    def latest(self) -> str | None:
        """The day the dossier speaks from: the one it is asked for, else the latest day of publication."""
        return self.today or max((r.published[:10] for r in self.reports.values() if r.published), default=None)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """All words that stand somewhere in small letters: what is capital elsewhere only begins a sentence."""
        return frozenset(w for r in self.reports.values() for w in SMALL.findall(r.text))

    @cached_property
    def story_of(self) -> dict[str, str]:
        """The story of each report; ask for it only after the stories were found."""
        return {report: story.id for story in self.stories for report in story.reports}

    @cached_property
    def named_at(self) -> dict[str, list[tuple[Span, str]]]:
        """For each report where its actors are named; ask for it only after the identities were found."""
        found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for actor in self.actors.values():
            for spot in actor.spans:
                found[spot.report].append((spot.span, actor.id))
        return {report: sorted(spots) for report, spots in found.items()}

    def published(self, report: str) -> date | None:
        found = self.reports[report].published
        return date.fromisoformat(found[:10]) if found else None

    def words(self, report: str, span: Span) -> str:
        return span.of(self.reports[report].text)

    def original(self, report: str) -> str:
        """The report that this one repeats, or itself."""
        return self.reports[report].copy_of or report

    def repeats(self, mention: Mention) -> bool:
        """Whether a mention stands in what its report repeats of another; a round-up has much that is its own."""
        report = self.reports[mention.report]
        if report.copy_of is None:
            return False
        shared = sum(p.span.end - p.span.start for p in report.shared)
        roundup = 0 < shared < len(report.text) / 2
        return not roundup or any(p.span.overlaps(mention.trigger) for p in report.shared)

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The names of all outlets that it has reports of, as names are compared."""
        return frozenset(plain_name(r.outlet) for r in self.reports.values() if r.outlet)

    def line(self, mention: Mention) -> Line | None:
        """The sentence of a mention."""
        return line_at(self.readings[mention.report].lines, mention.trigger, near=mention.sentence)

    def order(self, mention: Mention) -> tuple[str, str, int, str]:
        """By (published, report, start): what decides which mention of an event is its first."""
        return (self.reports[mention.report].published or "9999", mention.report, mention.trigger.start, mention.id)


def line_at(lines: Sequence[Line], span: Span, *, near: int = 0) -> Line | None:
    """The sentence in which a span begins."""
    if 0 <= near < len(lines) and lines[near].span.start <= span.start < lines[near].span.end:
        return lines[near]
    return next((line for line in lines if line.span.start <= span.start < line.span.end), None)
