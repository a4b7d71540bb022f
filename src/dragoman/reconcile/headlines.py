"""One line for an event: that of the mention that tells most."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reconcile.casebook import Casebook
from dragoman.records import Mention


def best_mention(book: Casebook, mentions: Sequence[Mention]) -> Mention:
    """The mention that tells most: its own text first, then filled slots, then the earliest."""

    def fullness(m: Mention) -> int:
        return 2 * bool(m.actor_text) + 2 * bool(m.recipient_text) + bool(m.time and m.time.start) + bool(m.numbers)

    return min(mentions, key=lambda m: (book.original(m.report) != m.report, -fullness(m), book.order(m)))


def headline(book: Casebook, mentions: Sequence[Mention]) -> str:
    """The line of the best mention, else the words of its clause."""
    best = best_mention(book, mentions)
    return best.line or " ".join(book.words(best.report, best.span).split())
