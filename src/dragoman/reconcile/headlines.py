"""One line for an event, in the words of its best mention: who, what, whom; nothing invented.

What is left out shows as "…"; whom a pronoun stands for is added in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.words import fold, plain_words
from dragoman.records import Mention, Span

LONGEST = 140  # characters of a line
BRIDGE = 45  # characters between who and what that are kept
GAP = " … "
CLOSING = "”\"'’»"
_SPACE = re.compile(r"\s+")


def best_mention(book: Casebook, mentions: Sequence[Mention]) -> Mention:
    """The mention that tells most: no copy's, named people before pronouns, filled slots, then the earliest."""

    def fullness(m: Mention) -> int:
        told = sum(2 - all(map(_is_pronoun, texts)) for texts in (m.actor_text, m.recipient_text) if texts)
        return 2 * told + bool(m.time and m.time.start) + bool(m.numbers)

    return min(mentions, key=lambda m: (book.original(m.report) != m.report, -fullness(m), book.order(m)))


def headline(book: Casebook, mentions: Sequence[Mention]) -> str:
    """The clause of the best mention, with who does it in front where the clause itself does not say."""
    best = best_mention(book, mentions)
    text = book.reports[best.report].text
    clause = _closed(best.span, text)
    who = _who(book, best)
    if who is None or clause.covers(who) or who.end > best.trigger.start:
        line = _cut(text, clause, keep=best.trigger)
        return _named(book, best, _squeeze(line))
    between = text[who.end : clause.start]
    joint = between if len(between) <= BRIDGE and "\n" not in between else GAP
    return _named(book, best, _squeeze(who.of(text) + joint + _cut(text, clause, keep=best.trigger)))


def _is_pronoun(words: str) -> bool:
    return fold(words) in plain_words()


def _closed(span: Span, text: str) -> Span:
    """A clause with the quotation mark that closes it."""
    closes = text[span.end : span.end + 1] in tuple(CLOSING)
    return Span(span.start, span.end + 1) if closes else span


def _who(book: Casebook, mention: Mention) -> Span | None:
    """Where the mention's sentence names its actors, all of a coordination: the place next before the trigger."""
    line = book.line(mention)
    within = line.span if line else mention.span
    text = book.reports[mention.report].text
    found = [
        Span(at, at + len(words))
        for words in mention.actor_text
        if words and (at := text.rfind(words, within.start, mention.trigger.start)) >= 0
    ]
    together = [s for s in found if s.end >= max(f.start for f in found) - LONGEST // 2]
    return Span(min(s.start for s in together), max(s.end for s in together)) if together else None


def _cut(text: str, clause: Span, *, keep: Span) -> str:
    """The clause, cut between words where it is too long; never before the trigger is told."""
    words = clause.of(text)
    if len(words) <= LONGEST:
        return words
    start = clause.start if keep.end - clause.start <= LONGEST else keep.start
    words = text[start : clause.end]
    cut = words.rfind(" ", 0, LONGEST)
    return words[:cut] + " …" if len(words) > LONGEST and cut > keep.end - start else words[:LONGEST]


def _named(book: Casebook, mention: Mention, line: str) -> str:
    """The line, its opening pronoun followed by the one it stands for."""
    first, _, rest = line.partition(" ")
    if len(mention.actor) == 1 and mention.actor_text and _is_pronoun(mention.actor_text[0]):
        actor = book.actors.get(mention.actor[0])
        if actor is not None and fold(first) == fold(mention.actor_text[0]):
            return f"{first} [{actor.name}] {rest}"
    return line


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ,;:")
