"""From chains of coreferring mentions to events: what they agree on, where they part, what one alone tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TypeVar

from dragoman.reconcile.additions import additions
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.chains import GROWN, find_chains
from dragoman.reconcile.differences import differences
from dragoman.reconcile.headlines import headline
from dragoman.reconcile.independence import accounts
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.rows import ACTOR, EVENT, HOME, REPORT, Home
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.tellings import told_of
from dragoman.records import CERTAINTIES, Event, Mention, Place, Time

T = TypeVar("T")


def event_id(mention: str) -> str:
    """The id that an event takes from its first mention."""
    return f"e-{sha256(mention.encode()).hexdigest()[:8]}"


def find_events(book: Casebook, changed: Mapping[str, Telling | None]) -> None:
    """Put the changed mentions, and all that they touch, into events, alone or with those that tell the same."""
    memory = book.memory
    chains, mentions = find_chains(book, changed)
    kin = Kinship(book.actors)
    shared = [c for c in chains if len(c.mentions) > 1]
    memory.load(REPORT, {book.mentions[i].report for c in shared for i in c.mentions})
    memory.load(ACTOR, {i for c in shared for m in c.mentions for i in told_of(book.mentions[m])})
    old = {home.event for home in memory.many(HOME, sorted(mentions)).values()}
    events = [event_of(book, [book.mentions[i] for i in c.mentions], kin, why=c.why) for c in chains]
    homes: dict[str, Home | None] = dict.fromkeys(mentions)
    homes.update((m, Home(event.id)) for event in events for m in event.mentions)
    memory.put(HOME, homes)
    grown = {event.id: tuple(chain.grown) or None for event, chain in zip(events, chains, strict=True)}
    memory.put(GROWN, {**dict.fromkeys(sorted(old)), **grown})
    memory.put(EVENT, {**dict.fromkeys(sorted(old)), **{e.id: e for e in events}})


def event_of(book: Casebook, mentions: Sequence[Mention], kin: Kinship, *, why: Sequence[str]) -> Event:
    """An event from its mentions, oldest first."""
    first = mentions[0]
    kind = _most(m.type for m in mentions)
    reports = sorted({m.report for m in mentions})
    told = accounts(book, mentions)
    return Event(
        id=event_id(first.id),
        was=tuple(sorted({event_id(m.id) for m in mentions[1:]})),
        type=kind,
        mode=_most([m.mode for m in mentions if m.mode and m.type == kind] or [None]),
        mentions=tuple(sorted(m.id for m in mentions)),
        reports=tuple(reports),
        independent=len(told),
        accounts=told,
        time=_finest(mentions),
        place=_place(mentions),
        actor=_ordered(m.actor for m in mentions),
        recipient=_ordered(m.recipient for m in mentions),
        auxiliary=_most(m.auxiliary for m in mentions),
        certainty=min((m.certainty for m in mentions), key=CERTAINTIES.index),
        headline=headline(book, mentions),
        differences=differences(book, mentions, kin),
        added=additions(book, mentions),
        why=tuple(why),
    )


def _most(values: Iterable[T]) -> T:
    """The commonest value; the earliest among equals."""
    return Counter(values).most_common(1)[0][0]


def _ordered(slots: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All ids of a slot, commonest first, then by first mention."""
    return tuple(i for i, _ in Counter(i for slot in slots for i in slot).most_common())


def _finest(mentions: Sequence[Mention]) -> Time | None:
    """The time that says most: the shortest interval, the earliest mention among equals."""
    dated = [m.time for m in mentions if m.time and m.time.start and m.time.end]
    if dated:
        return min(dated, key=lambda t: _length(t))
    return next((m.time for m in mentions if m.time), None)


def _length(time: Time) -> int:
    start, end = time.start or "", time.end or ""
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days


def _place(mentions: Sequence[Mention]) -> Place | None:
    """The place most told; one that the gazetteer knows before one that it does not."""
    told = [m.place for m in mentions if m.place]
    known = [p for p in told if p.lat is not None] or told
    if not known:
        return None
    most = _most(p.name or p.text for p in known)
    return next(p for p in known if (p.name or p.text) == most)
