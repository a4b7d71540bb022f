"""One line for an event, in the words of its best mention: who, the trigger, whom, when; nothing invented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reconcile.casebook import Casebook
from dragoman.records import Mention, Span

LONGEST = 140  # characters of a line
BRIDGE = 45  # characters between two parts that are kept instead of a mark of omission
GAP = " … "
_SPACE = re.compile(r"\s+")


def best_mention(book: Casebook, mentions: Sequence[Mention]) -> Mention:
    """The mention that tells most: its own text first, then filled slots, then the earliest."""

    def fullness(m: Mention) -> int:
        return 2 * bool(m.actor_text) + 2 * bool(m.recipient_text) + bool(m.time and m.time.start) + bool(m.numbers)

    return min(mentions, key=lambda m: (book.original(m.report) != m.report, -fullness(m), book.order(m)))


def headline(book: Casebook, mentions: Sequence[Mention]) -> str:
    """The clause of the best mention when it is short, else its parts in the order of the text."""
    best = best_mention(book, mentions)
    clause = _squeeze(book.words(best.report, best.span))
    parts = _parts(book, best)
    outside = [p for p in parts if not best.span.covers(p)]
    if len(clause) <= LONGEST and not outside:
        return clause
    line, last = "", None
    for part in parts:
        between = book.words(best.report, Span(last.end, part.start)) if last else ""
        joint = between if last and len(between) <= BRIDGE and "\n" not in between else GAP if last else ""
        grown = line + joint + book.words(best.report, part)
        if line and len(grown) > LONGEST:
            break
        line, last = grown, part
    return _squeeze(line)


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ,;:")


def _parts(book: Casebook, mention: Mention) -> list[Span]:
    """Spans of who, trigger, whom, when and where in the mention's sentence, in order, without overlap."""
    line = book.line(mention)
    within = line.span if line else mention.span
    text = book.reports[mention.report].text
    spans = [mention.trigger]
    for words in (*mention.actor_text, *mention.recipient_text):
        places = [m.start() for m in re.finditer(re.escape(words), text[within.start : within.end])]
        if words and places:
            at = within.start + min(places, key=lambda p: (abs(within.start + p - mention.trigger.start), p))
            spans.append(Span(at, at + len(words)))
    spans += [s for s in (mention.time and mention.time.span, mention.place and mention.place.span) if s]
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if within.covers(span) and not any(span.overlaps(k) for k in kept):
            kept.append(span)
    return sorted(kept)
