"""What only one report tells of an event: figures, place, time, source, and phrases that no other account has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.rows import TELLING
from dragoman.reconcile.words import content, fold
from dragoman.records import Addition, Mention, Slot, Span


class Opener(Struct, frozen=True):
    """A row of `detail_openers.tsv`: a word that opens a phrase of circumstance."""

    word: str


@cache
def _openers() -> re.Pattern[str]:
    words = sorted(
        (re.escape(row.word) for row in tables.rows("detail_openers.tsv", Opener)), key=lambda w: (-len(w), w)
    )
    return re.compile(rf"\b(?:{'|'.join(words)})\b|[,;:()—–“”]", re.IGNORECASE)


T = TypeVar("T")
LONG = 90  # characters beyond which a phrase is no detail but a clause


def additions(book: Casebook, mentions: Sequence[Mention]) -> tuple[Addition, ...]:
    """Per report what the others do not tell; nothing for an event that only one report (or its copies) has."""
    by_report: dict[str, list[Mention]] = {}
    for mention in mentions:
        if book.original(mention.report) == mention.report:
            by_report.setdefault(mention.report, []).append(mention)
    if len(by_report) < 2:
        return ()
    found: dict[tuple[str, str, str], Addition] = {}
    words = {r: {w for m in ms for w in content(_sentence(book, m))} for r, ms in by_report.items()}
    slots = {r: {slot for m in ms for slot in _slots(m)} for r, ms in by_report.items()}
    telling, filled = _often(words), _often(slots)
    for report, mine in sorted(by_report.items()):
        elsewhere = Elsewhere(words[report], telling, slots[report], filled)
        for mention in mine:
            for slot, value, span in _told_by(book, mention, elsewhere):
                found.setdefault(
                    (report, slot, fold(value)), Addition(report=report, slot=slot, value=value, span=span)
                )
    return tuple(sorted(found.values(), key=lambda a: (a.report, a.span, a.slot)))


def _slots(mention: Mention) -> Iterator[Hashable]:
    """What a mention fills, as others are asked whether they do."""
    yield from (key for n in mention.numbers for key in (("unit", n.unit), ("value", n.value)))
    if mention.place:
        yield "place"
    if mention.time and mention.time.start:
        yield "time"
    if mention.attribution:
        yield "attribution"


def _often(told: Mapping[str, Iterable[T]]) -> Counter[T]:
    """In how many reports each stands."""
    return Counter(one for own in told.values() for one in own)


class Elsewhere(NamedTuple):
    """What the other reports tell: of all how often it is told, and what this one has."""

    words: Container[str]
    telling: Mapping[str, int]
    slots: Container[Hashable]
    filled: Mapping[Hashable, int]

    def heard(self, stem: str) -> bool:
        return self.telling.get(stem, 0) > (stem in self.words)

    def fills(self, slot: Hashable) -> bool:
        return self.filled.get(slot, 0) > (slot in self.slots)


def _sentence(book: Casebook, mention: Mention) -> str:
    telling = book.memory.get(TELLING, mention.id)
    return book.words(mention.report, telling.sentence if telling else mention.span)


def _told_by(book: Casebook, mention: Mention, elsewhere: Elsewhere) -> Iterator[tuple[Slot, str, Span]]:
    taken = [mention.trigger, *(a.span for a in mention.attribution if a.span)]
    for number in mention.numbers:
        taken.append(number.span)
        alone = not (elsewhere.fills(("unit", number.unit)) or elsewhere.fills(("value", number.value)))
        if alone and mention.span.covers(number.span):
            yield "number", number.text, number.span
    place, time = mention.place, mention.time
    if place and place.span:
        taken.append(place.span)
        if not elsewhere.fills("place") and _new(place.text, elsewhere):
            yield "place", place.text, place.span
    if time and time.span:
        taken.append(time.span)
        if time.start and not elsewhere.fills("time"):
            yield "time", time.text, time.span
    if mention.attribution and not elsewhere.fills("attribution"):
        source = mention.attribution[-1]
        if source.span and source.source:
            yield "attribution", source.source, source.span
    spoken = {w for text in (*mention.actor_text, *mention.recipient_text) for w in content(text)}
    for span in phrases(book.words(mention.report, mention.span), offset=mention.span.start):
        words = span.of(book.reports[mention.report].text)
        if (
            span.end - span.start <= LONG
            and not any(span.overlaps(t) for t in taken)
            and _new(words, elsewhere, spoken)
        ):
            yield "detail", words, span


def _new(words: str, elsewhere: Elsewhere, spoken: Container[str] = ()) -> bool:
    """Whether a phrase has content and none of it stands in the other accounts, or is of those who take part."""
    stems = content(words)
    return bool(stems) and not any(elsewhere.heard(stem) or stem in spoken for stem in stems)


def phrases(clause: str, *, offset: int = 0) -> list[Span]:
    """The phrases of circumstance of a clause: from an opening word (or comma) to the next.

    >>> [s.of("left in a convoy with an escort") for s in phrases("left in a convoy with an escort")]
    ['in a convoy', 'with an escort']
    """
    cuts = [(m.start(), m.group()) for m in _openers().finditer(clause)] + [(len(clause), "")]
    found = []
    for (start, opener), (end, _) in pairwise(cuts):
        if not opener[:1].isalpha():
            continue
        words = clause[start:end].rstrip(" ,;:.")
        found.append(Span(offset + start, offset + start + len(words)))
    return found
