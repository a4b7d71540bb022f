"""Mentions made ready to be held against each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date

from dragoman.reconcile.acts import Sense, acts_of, head_of, sense
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.telling import Telling, vector_of
from dragoman.records import Mention, Span


def prepare(book: Casebook) -> None:
    """Make every mention of the dossier ready."""
    about = {i: _substance(book, m) for i, m in book.mentions.items()}
    spread = Counter(word for what in about.values() for word in what.stems)
    weights = {w: math.log((1 + len(about)) / (1 + n)) + 0.5 for w, n in spread.items()}
    named = book.named_at
    for ident in sorted(book.mentions):
        mention = book.mentions[ident]
        line = book.line(mention)
        start, end = _days(mention)
        book.tellings[ident] = Telling(
            mention,
            head_of(mention.lemma),
            _acts(mention),
            about[ident],
            sum(weights[s] for s in sorted(about[ident].stems)),
            _within(named.get(mention.report, []), line.span if line else mention.span),
            start,
            end,
            book.published(mention.report),
            vector_of(line.vector) if line else None,
            weights,
            book.affair_of[mention.report],
            _in_title(book, mention),
        )


def _in_title(book: Casebook, mention: Mention) -> bool:
    report = book.reports[mention.report]
    at = report.text.find(report.title) if report.title else -1
    return at >= 0 and at <= mention.trigger.start < at + len(report.title or "")


def _acts(mention: Mention) -> Mapping[str, float]:
    """What its trigger tells; where nobody acts, what its subject tells: "the invasion began"."""
    subject = mention.actor_text[0].lower().split()[-1:] if mention.actor_text and not mention.actor else []
    return {**acts_of(mention.lemma), **(acts_of(subject[0]) if subject else {})}


def _substance(book: Casebook, mention: Mention) -> Sense:
    """What a clause is about: its content without its trigger, its participants and its time."""
    spoken = [book.words(mention.report, mention.trigger), *mention.actor_text, *mention.recipient_text]
    spoken += [mention.time.text] if mention.time else []
    known = frozenset(stem for words in spoken for stem in sense(words).stems)
    return sense(book.words(mention.report, mention.span)).without(known)


def _days(mention: Mention) -> tuple[date | None, date | None]:
    time = mention.time
    if time is None or not time.start:
        return None, None
    start = date.fromisoformat(time.start[:10])
    return start, date.fromisoformat(time.end[:10]) if time.end else start


def _within(spots: list[tuple[Span, str]], span: Span) -> frozenset[str]:
    return frozenset(actor for spot, actor in spots if span.covers(spot))
