"""What persons decided, brought to bear on the readings at hand: replayed from words, never from ids.

The later of two decisions that contradict each other holds: a merge lifts an earlier split that it reaches across.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar, cast

from msgspec.structs import replace

from dragoman.reconcile.words import place
from dragoman.records import Actor, Anchor, Correction, Event, EventType, Mention, Reading, Reason, Reject, Report, Span

Place = tuple[str, str]  # (report, local id): where a local actor lives
Member = TypeVar("Member", str, Place)


class Rulings:
    """The corrections in force over some readings, oldest first."""

    def __init__(
        self, corrections: Iterable[Correction], reports: Mapping[str, Report], readings: Mapping[str, Reading]
    ) -> None:
        self.corrections = sorted(corrections, key=lambda c: (c.made, c.id))
        meant = {a.sha256 for c in self.corrections for a in (*c.at, *c.apart)}
        self._named: dict[str, list[Reading]] = defaultdict(list)
        for ident, reading in sorted(readings.items()):
            if reports[ident].sha256 in meant:
                self._named[reports[ident].sha256].append(reading)
        self._corrected = {r.report for same in self._named.values() for r in same}
        self._rows: dict[str, set[str]] = defaultdict(set)
        actors = [c for c in self.corrections if c.kind == "actor"]
        mentions = [c for c in self.corrections if c.kind != "actor"]
        self.mentions = {c.id: (self._mentions(c.at), self._mentions(c.apart)) for c in mentions}
        self.places = {c.id: (self._places(c.at), self._places(c.apart)) for c in actors}
        self.parted = _bars(mentions, self.mentions)
        self.parted_rows = {
            place(*one): {place(*other) for other in others} for one, others in _bars(actors, self.places).items()
        }
        self.corrected_places = frozenset(p for ones, others in self.places.values() for p in (*ones, *others))
        self.on_actor = actors

    # --- where the words stand now ---

    def _mentions(self, anchors: Iterable[Anchor]) -> tuple[str, ...]:
        """The mentions whose trigger stands at these words, the nearest where another reading cut them otherwise."""
        found: dict[str, None] = {}
        for anchor in anchors:
            for reading in self._named.get(anchor.sha256, ()):
                there = [m for m in reading.mentions if m.trigger.overlaps(anchor.span)]
                if there:
                    found[min(there, key=lambda m: (-_common(m.trigger, anchor.span), m.id)).id] = None
        return tuple(found)

    def _places(self, anchors: Iterable[Anchor]) -> tuple[Place, ...]:
        found: dict[Place, None] = {}
        for anchor in anchors:
            for reading in self._named.get(anchor.sha256, ()):
                there = [
                    (-_common(e.span, anchor.span), a.id)
                    for a in reading.actors
                    for e in a.spans
                    if e.span.overlaps(anchor.span)
                ]
                if there:
                    found[reading.report, min(there)[1]] = None
        return tuple(found)

    # --- mentions ---

    def over(self, reading: Reading) -> Reading:
        """A reading as a person corrected it: mentions rejected, types changed."""
        if reading.report not in self._corrected:
            return reading
        mentions = {m.id: m for m in reading.mentions}
        rejects = list(reading.rejects)
        for correction in self.corrections:
            for ident in self.mentions.get(correction.id, ((), ()))[0]:
                mention = mentions.get(ident)
                if mention is None:
                    continue
                if correction.action == "reject":
                    del mentions[ident]
                    self._rows[correction.id].add(ident)
                    rejects.append(Reject(report=mention.report, span=mention.trigger, stage="correction",
                                          reason=said(correction)))  # fmt: skip
                elif correction.action == "retype":
                    mentions[ident] = _retyped(mention, correction)
        return replace(reading, mentions=tuple(mentions.values()), rejects=tuple(rejects))

    def same_event(self) -> Iterator[tuple[str, str, str]]:
        """Pairs of mentions that a person holds to be one event, with what he said."""
        for correction in self.corrections:
            if correction.action == "merge" and correction.kind != "actor":
                for one, other in combinations(self.mentions[correction.id][0], 2):
                    yield one, other, said(correction)

    def on_events(self, events: Sequence[Event]) -> list[Event]:
        """The events with what a person decided of them said in `by` and `why`."""
        found = {e.id: e for e in events}
        home = {m: e.id for e in events for m in e.mentions}
        for correction in self.corrections:
            ones, others = self.mentions.get(correction.id, ((), ()))
            held = Counter(home[m] for m in (*ones, *others) if m in home)
            if correction.action == "rename":  # what was one then may be two now: the name stays with the larger part
                held = Counter(dict(held.most_common(1)))
            for ident in held:
                found[ident] = _decided(found[ident], correction)
            if correction.kind == "mention" and correction.action == "retype":
                held = Counter(m for m in ones if m in home)
            self._rows[correction.id].update(held)
        return list(found.values())

    # --- actors ---

    def same_actor(self) -> Iterator[tuple[Place, Place, str]]:
        """Pairs of local actors that a person holds to be one, with what he said."""
        for correction in self.corrections:
            if correction.action == "merge" and correction.kind == "actor":
                for one, other in combinations(self.places[correction.id][0], 2):
                    yield one, other, said(correction)

    def decided(self, actor: Actor, correction: Correction) -> Actor | None:
        """An actor with a decision on it; None where it is held to be none."""
        return None if correction.action == "reject" else _renamed(actor, correction)

    def bears_on(self, correction: Correction, rows: Iterable[str]) -> None:
        """Remember rows that a correction bears on."""
        self._rows[correction.id].update(rows)

    def told(self) -> tuple[Correction, ...]:
        """The corrections, by id, each with the rows it bears on."""
        return tuple(replace(c, rows=tuple(sorted(self._rows[c.id]))) for c in sorted(self.corrections, key=_id))


def said(correction: Correction) -> str:
    """Who decided what, when and why, in one line."""
    done = {"reject": "rejected", "retype": "retyped", "rename": "renamed", "merge": "merged", "split": "split"}
    to = f" to {correction.value}" if correction.value else ""
    return (
        f"{correction.author} {done[correction.action]} it{to} on {correction.made[:10]}: {correction.reason}"
        f" ({correction.id})"
    )


def _bars(
    corrections: Sequence[Correction], meant: Mapping[str, tuple[tuple[Member, ...], tuple[Member, ...]]]
) -> dict[Member, set[Member]]:
    """For each member those that it is kept apart from."""
    bars: dict[Member, set[Member]] = defaultdict(set)
    for n, correction in enumerate(corrections):
        if correction.action != "split":
            continue
        ones, others = meant[correction.id]
        later = [set(meant[c.id][0]) for c in corrections[n + 1 :] if c.action == "merge"]
        if any(merged & set(ones) and merged & set(others) for merged in later):
            continue
        for one in ones:
            for other in others:
                if one != other:
                    bars[one].add(other)
                    bars[other].add(one)
    return dict(bars)


def _common(one: Span, other: Span) -> int:
    """How many characters two spans share, less what only one has: the same words score highest."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared - (max(one.end, other.end) - min(one.start, other.start))


def _retyped(mention: Mention, correction: Correction) -> Mention:
    kind, _, mode = (correction.value or "").partition("/")
    return replace(
        mention,
        type=cast(EventType, kind),
        mode=mode or None,
        cameo=None,
        by="person",
        why=(*mention.why, Reason("type", kind, said(correction))),
    )


def _decided(event: Event, correction: Correction) -> Event:
    """An event with a decision on it."""
    changed: dict[str, object] = {"by": "person", "why": tuple(dict.fromkeys((*event.why, said(correction))))}
    if correction.action == "rename":
        changed["headline"] = correction.value
    elif correction.action == "retype" and correction.kind == "event":
        kind, _, mode = (correction.value or "").partition("/")
        changed |= {"type": kind, "mode": mode or None}
    return replace(event, **changed)


def _renamed(actor: Actor, correction: Correction) -> Actor:
    changed: dict[str, object] = {"by": "person", "why": tuple(dict.fromkeys((*actor.why, said(correction))))}
    if correction.action == "rename" and correction.value:
        aliases = {*actor.aliases, actor.name} - {correction.value}
        changed |= {"name": correction.value, "aliases": tuple(sorted(aliases))}
    elif correction.action == "retype":
        changed["kind"] = correction.value
    return replace(actor, **changed)


def _id(correction: Correction) -> str:
    return correction.id
