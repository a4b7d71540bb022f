"""What only one report tells of an event: figures, place, time, source, and phrases that no other account has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.casebook import Casebook
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
    telling = Counter(w for own in words.values() for w in own)  # in how many reports
    for report, mine in sorted(by_report.items()):
        others = [m for r, ms in by_report.items() if r != report for m in ms]
        heard = frozenset(w for w, n in telling.items() if n > (w in words[report]))
        for mention in mine:
            for slot, value, span in _told_by(book, mention, others, heard):
                found.setdefault(
                    (report, slot, fold(value)), Addition(report=report, slot=slot, value=value, span=span)
                )
    return tuple(sorted(found.values(), key=lambda a: (a.report, a.span, a.slot)))


def _sentence(book: Casebook, mention: Mention) -> str:
    line = book.line(mention)
    return book.words(mention.report, line.span if line else mention.span)


def _told_by(
    book: Casebook, mention: Mention, others: Sequence[Mention], heard: frozenset[str]
) -> Iterator[tuple[Slot, str, Span]]:
    taken = [mention.trigger, *(a.span for a in mention.attribution if a.span)]
    for number in mention.numbers:
        taken.append(number.span)
        alone = not any(n.unit == number.unit or n.value == number.value for m in others for n in m.numbers)
        if alone and mention.span.covers(number.span):
            yield "number", number.text, number.span
    place, time = mention.place, mention.time
    if place and place.span:
        taken.append(place.span)
        if not any(m.place for m in others) and _new(place.text, heard):
            yield "place", place.text, place.span
    if time and time.span:
        taken.append(time.span)
        if time.start and not any(m.time and m.time.start for m in others):
            yield "time", time.text, time.span
    if mention.attribution and not any(m.attribution for m in others):
        source = mention.attribution[-1]
        if source.span and source.source:
            yield "attribution", source.source, source.span
    spoken = {w for text in (*mention.actor_text, *mention.recipient_text) for w in content(text)}
    for span in phrases(book.words(mention.report, mention.span), offset=mention.span.start):
        words = span.of(book.reports[mention.report].text)
        if span.end - span.start <= LONG and not any(span.overlaps(t) for t in taken) and _new(words, heard | spoken):
            yield "detail", words, span


def _new(words: str, heard: frozenset[str]) -> bool:
    """Whether a phrase has content and none of it stands in the other accounts."""
    stems = set(content(words))
    return bool(stems) and not stems & heard


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
