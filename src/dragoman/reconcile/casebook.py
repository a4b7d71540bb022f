"""What the steps of reconciling look things up in: reports, readings, mentions and actors, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.reconcile.memory import Memory
from dragoman.reconcile.rows import ACTOR, COPY, PLACED, READING, REPORT, TELLING
from dragoman.reconcile.rulings import Rulings
from dragoman.records import Actor, Correction, Line, Mention, Reading, Report, Span

T = TypeVar("T")


class Shelf(Mapping[str, T]):
    """Rows by id that are made or loaded when one asks for them."""

    def __init__(self, find: Callable[[str], T | None], all_of: Callable[[], Iterable[str]]) -> None:
        self._find, self._all = find, all_of

    def __getitem__(self, ident: str) -> T:
        found = self._find(ident)
        if found is None:
            raise KeyError(ident)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(list(self._all()))


class Casebook:
    """All that is known of some reports, over a `Memory`; nothing in it depends on the order in which they came."""

    def __init__(
        self,
        memory: Memory,
        knowledge: Knowledge,
        *,
        corrections: Iterable[Correction] = (),
        today: str | None = None,
    ) -> None:
        self.memory, self.knowledge, self.today = memory, knowledge, today
        corrections = tuple(corrections)
        meant = {a.sha256 for c in corrections for a in (*c.at, *c.apart)}
        named = memory.many(REPORT, sorted(memory.having(REPORT, meant)))
        self.rulings = Rulings(corrections, named, memory.many(READING, named))
        self.reports: Mapping[str, Report] = Shelf(self._report, lambda: memory.every(REPORT))
        self.readings: Mapping[str, Reading] = Shelf(self.reading, lambda: memory.every(READING))
        self.actors: Mapping[str, Actor] = Shelf(lambda i: memory.get(ACTOR, i), lambda: memory.every(ACTOR))
        self.mentions: Mapping[str, Mention] = Shelf(self._mention, lambda: memory.every(TELLING))
        self._over: dict[str, Reading] = {}
        self.spread: dict[str, Mapping[str, int]] = {}  # of proper names over a report's sentences: see `noted`
        self.named: dict[str, list[tuple[Span, str]]] = {}  # where reports name actors: see `cast.named_in`

    def collected(self, ident: str) -> Report | None:
        """A report as it was collected, before anything was found out about copies."""
        return self.memory.get(REPORT, ident)

    def reading(self, ident: str) -> Reading | None:
        """A reading as persons corrected it; None where its report is not there."""
        if ident not in self._over:
            reading = self.memory.get(READING, ident)
            if reading is None or self.collected(ident) is None:
                return None
            self._over[ident] = self.rulings.over(reading)
        return self._over[ident]

    def _report(self, ident: str) -> Report | None:
        report, copy = self.collected(ident), self.memory.get(COPY, ident)
        return replace(report, copy_of=copy.original, shared=copy.shared) if report and copy else report

    def _mention(self, ident: str) -> Mention | None:
        telling = self.memory.get(TELLING, ident)
        return telling.mention if telling else None

    def story_of(self, report: str) -> str:
        """The first report of the story that one belongs to; empty when it is not there."""
        placed = self.memory.get(PLACED, report)
        return placed.first if placed else ""

    @cached_property
    def latest(self) -> str | None:
        """The day the dossier speaks from: the one it is asked for, else the latest day of publication."""
        days = (r.published[:10] for r in self.memory.every(REPORT).values() if r.published)
        return self.today or max(days, default=None)

    def published(self, report: str) -> date | None:
        found = self.collected(report)
        return date.fromisoformat(found.published[:10]) if found and found.published else None

    def words(self, report: str, span: Span) -> str:
        found = self.collected(report)
        return span.of(found.text) if found else ""

    def original(self, report: str) -> str:
        """The report that this one repeats, or itself."""
        copy = self.memory.get(COPY, report)
        return copy.original if copy else report

    def repeats(self, mention: Mention) -> bool:
        """Whether a mention stands in what its report repeats of another; a round-up has much that is its own."""
        report = self.reports[mention.report]
        if report.copy_of is None:
            return False
        shared = sum(p.span.end - p.span.start for p in report.shared)
        roundup = 0 < shared < len(report.text) / 2
        return not roundup or any(p.span.overlaps(mention.trigger) for p in report.shared)

    def line(self, mention: Mention) -> Line | None:
        """The sentence of a mention."""
        return line_at(self.readings[mention.report].lines, mention.trigger, near=mention.sentence)

    def order(self, mention: Mention) -> tuple[str, str, int, str]:
        """By (published, report, start): what decides which mention of an event is its first."""
        report = self.collected(mention.report)
        published = (report.published if report else None) or "9999"
        return (published, mention.report, mention.trigger.start, mention.id)


def line_at(lines: Sequence[Line], span: Span, *, near: int = 0) -> Line | None:
    """The sentence in which a span begins."""
    if 0 <= near < len(lines) and lines[near].span.start <= span.start < lines[near].span.end:
        return lines[near]
    return next((line for line in lines if line.span.start <= span.start < line.span.end), None)
