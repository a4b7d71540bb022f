"""What one dossier says that another did not: rows added, changed, withdrawn.

Events and actors are matched by what they are made of (mentions, the words that name them), not by their ids: an event
that an earlier report joins takes that report's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from dragoman.records import Actor, Correction, Difference, Dossier, Event, Evidence, Expectation, Mention, Position
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.words import manner, plain, when

Sign = Literal["added", "changed", "withdrawn"]
Kind = Literal["report", "event", "difference", "position", "expectation", "actor", "correction"]
_KINDS: tuple[Kind, ...] = ("report", "difference", "expectation", "event", "position", "correction", "actor")
_SIGNS: tuple[Sign, ...] = ("changed", "added", "withdrawn")


class Turn(Struct, frozen=True):
    """A slot that says something else now."""

    slot: str
    before: str
    after: str


class Change(Struct, frozen=True, kw_only=True):
    """One row that was added, changed or withdrawn."""

    sign: Sign
    kind: Kind
    id: str  # in the new dossier; of what was withdrawn, in the old
    was: tuple[str, ...] = ()  # its ids in the old dossier, where they were others
    day: str = ""
    line: str
    slots: tuple[Turn, ...] = ()
    marks: tuple[str, ...] = ()  # sentences of the new dossier; of what was withdrawn, of the old


class Changes(Struct, frozen=True, kw_only=True):
    """All changes between two dossiers that speak from the days `old` and `new`: by kind, the most telling first."""

    old: str | None
    new: str | None
    rows: tuple[Change, ...] = ()


def changes(old: Dossier, new: Dossier) -> Changes:
    """What `new` adds to `old`, says otherwise, and says no more.

    >>> empty = Dossier(dragoman="", model="", ontology="", read_at=None)
    >>> changes(empty, empty).rows
    ()
    """
    was, now = _Side(old), _Side(new)
    rows = [*_reports(was, now), *_events(was, now), *_expectations(was, now), *_positions(was, now),
            *_corrections(was, now), *_actors(was, now)]  # fmt: skip
    weight = {e.id: ("historical" in e.auxiliary, -e.independent) for d in (old, new) for e in d.events}
    weight |= {a.id: (a.kind == "group", -len(a.spans)) for d in (old, new) for a in d.actors}

    def order(row: Change) -> tuple[object, ...]:
        return _KINDS.index(row.kind), _SIGNS.index(row.sign), *weight.get(row.id, (False, 0)), row.day, row.id

    return Changes(old=old.read_at, new=new.read_at, rows=tuple(sorted(rows, key=order)))


class _Side:
    """Look-ups over one of the two dossiers."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.notes = Footnotes(dossier)
        self.mentions = {m.id: m for m in dossier.mentions}
        self.events = {e.id: e for e in dossier.events}
        self.home = {m: e for e in dossier.events for m in e.mentions}
        self.names = {a.id: plain(a.name) for a in dossier.actors}
        self.named = {spot: a for a in dossier.actors for spot in a.spans}

    def told(self, idents: Iterable[str]) -> list[Mention]:
        return [self.mentions[i] for i in idents if i in self.mentions]

    def marks(self, idents: Iterable[str]) -> tuple[str, ...]:
        spots = sorted({(self.notes.order[m.report], m.trigger, m.report) for m in self.told(idents)})
        return tuple(dict.fromkeys(self.notes.mark(report, trigger) for _, trigger, report in spots))

    def who(self, idents: Iterable[str]) -> str:
        return ", ".join(self.names.get(i, i) for i in idents)

    def outlets(self, reports: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(self.notes.teller(r) for r in reports if r in self.notes.reports))


def _turns(pairs: Iterable[tuple[str, str, str]]) -> tuple[Turn, ...]:
    return tuple(Turn(slot, before, after) for slot, before, after in pairs if before != after)


# --- reports -------------------------------------------------------------------------------------------------------


def _reports(was: _Side, now: _Side) -> Iterator[Change]:
    for ident in sorted(was.notes.reports.keys() | now.notes.reports.keys()):
        old, new = was.notes.reports.get(ident), now.notes.reports.get(ident)
        side, report = (now, new) if new else (was, old)
        assert report is not None
        slots: tuple[Turn, ...] = ()
        if old and new:
            slots = _turns([("published", old.published or "", new.published or ""),
                            ("copy of", old.copy_of or "", new.copy_of or ""),
                            ("outlet", old.outlet or "", new.outlet or "")])  # fmt: skip
            if not slots:
                continue
        yield Change(
            sign="changed" if old and new else "added" if new else "withdrawn",
            kind="report", id=ident, day=report.published or "", slots=slots,
            line=plain(report.title or report.outlet or report.origin), marks=(side.notes.letters[ident],),
        )  # fmt: skip


# --- events --------------------------------------------------------------------------------------------------------


def _events(was: _Side, now: _Side) -> Iterator[Change]:
    for event in now.dossier.events:
        before = {e.id: e for m in event.mentions if (e := was.home.get(m))}
        if not before:
            yield _event(now, event, "added")
            yield from _differences(now, event, old=())
            continue
        fresh = [m for m in event.mentions if m not in was.home]
        slots = tuple(_slots(was, now, list(before.values()), event))
        former = tuple(sorted(before))
        if slots or fresh or len(before) > 1:
            marks = now.marks(fresh or event.mentions)
            yield _event(now, event, "changed", was=former if former != (event.id,) else (), slots=slots, marks=marks)
        yield from _differences(now, event, old=[d for e in before.values() for d in e.differences])
    for event in was.dossier.events:
        if not any(m in now.home for m in event.mentions):
            yield _event(was, event, "withdrawn")


def _event(
    side: _Side,
    event: Event,
    sign: Sign,
    *,
    was: tuple[str, ...] = (),
    slots: tuple[Turn, ...] = (),
    marks: tuple[str, ...] | None = None,
) -> Change:
    return Change(
        sign=sign, kind="event", id=event.id, was=was, day=when(event.time), line=plain(event.headline), slots=slots,
        marks=side.marks(event.mentions) if marks is None else marks,
    )  # fmt: skip


def _slots(was: _Side, now: _Side, before: Sequence[Event], event: Event) -> Iterator[Turn]:
    """What is told of an event otherwise than before; of several that became one, by the one that most tell."""
    old = max(before, key=lambda e: (e.independent, len(e.mentions), e.id == event.id, e.id))
    own = {m for m in event.mentions if m in was.home}
    yield from _turns([
        ("told by", was.outlets(sorted({r for e in before for r in e.reports})), now.outlets(event.reports)),
        ("accounts", str(old.independent), str(event.independent)),
        ("events", str(len(before)), "1" if len(before) > 1 else str(len(before))),
        ("mentions left", "", str(len(set(old.mentions) - own)) if set(old.mentions) - own else ""),
        ("type", old.type, event.type),
        ("when", when(old.time), when(event.time)),
        ("where", _place(old), _place(event)),
        ("actor", was.who(old.actor), now.who(event.actor)),
        ("recipient", was.who(old.recipient), now.who(event.recipient)),
        ("certainty", old.certainty, event.certainty),
        ("how told", _manner(was, old), _manner(now, event)),
        ("headline", plain(old.headline), plain(event.headline)),
    ])  # fmt: skip


def _place(event: Event) -> str:
    return plain(event.place.name or event.place.text) if event.place else ""


def _manner(side: _Side, event: Event) -> str:
    told = side.told(event.mentions)
    return manner(told[0]) if told else ""


def _differences(now: _Side, event: Event, *, old: Sequence[Difference]) -> Iterator[Change]:
    """Where accounts part that did not before, or over other values."""
    known = {(d.slot, tuple(sorted(v.value for v in d.values))) for d in old}
    slots = {d.slot for d in old}
    for difference in event.differences:
        values = tuple(sorted(v.value for v in difference.values))
        if (difference.slot, values) in known or difference.slot == "detail":
            continue
        slot = difference.slot if difference.kind == "differ" else f"{difference.slot} ({difference.kind})"
        tellers = "; ".join(f"{now.outlets(v.reports)} “{plain(v.value)}”" for v in difference.values)
        yield Change(
            sign="changed" if difference.slot in slots else "added", kind="difference", id=event.id,
            day=when(event.time), line=plain(event.headline), slots=(Turn(slot, "", tellers),),
            marks=now.marks(m for v in difference.values for m in v.mentions),
        )  # fmt: skip


# --- the rest ------------------------------------------------------------------------------------------------------


def _expectations(was: _Side, now: _Side) -> Iterator[Change]:
    before = {e.id: e for e in was.dossier.expectations}
    after = {e.id: e for e in now.dossier.expectations}

    def row(side: _Side, e: Expectation, sign: Sign, slots: tuple[Turn, ...] = ()) -> Change:
        event = side.events.get(e.event)
        line = plain(event.headline if event else e.text) or e.id
        marks = side.marks((e.mention, *e.met_by))
        return Change(sign=sign, kind="expectation", id=e.id, day=when(e.due), line=line, slots=slots, marks=marks)

    for ident in sorted(before.keys() | after.keys()):
        if ident not in after:
            yield row(was, before[ident], "withdrawn")
        elif ident not in before:
            yield row(now, after[ident], "added", (Turn("status", "", after[ident].status),))
        elif slots := _turns([("status", before[ident].status, after[ident].status),
                              ("due", when(before[ident].due), when(after[ident].due))]):  # fmt: skip
            yield row(now, after[ident], "changed", slots)


def _positions(was: _Side, now: _Side) -> Iterator[Change]:
    def keyed(side: _Side) -> dict[tuple[str, str, str, str], Position]:
        return {(p.actor, p.toward, p.stance, p.since or ""): p for p in side.dossier.positions}

    def row(side: _Side, p: Position, sign: Sign, slots: tuple[Turn, ...] = ()) -> Change:
        line = f"{side.who([p.actor])} {p.stance} {side.who([p.toward])}"
        return Change(sign=sign, kind="position", id=p.id, day=p.since or "", line=line, slots=slots,
                      marks=side.marks(p.evidence))  # fmt: skip

    before, after = keyed(was), keyed(now)
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            yield row(was, before[key], "withdrawn")
        elif key not in before:
            yield row(now, after[key], "added")
        elif slots := _turns([("until", before[key].until or "", after[key].until or "")]):
            yield row(now, after[key], "changed", slots)


def _corrections(was: _Side, now: _Side) -> Iterator[Change]:
    def keyed(side: _Side) -> Mapping[str, Correction]:
        return {c.id: c for c in side.dossier.corrections}

    before, after = keyed(was), keyed(now)
    for ident in sorted(before.keys() ^ after.keys()):
        c = after.get(ident) or before[ident]
        to = f" to {plain(c.value)}" if c.value else ""
        line = f"{plain(c.author)}: {c.action} {c.kind}{to}: {plain(c.about)} ({plain(c.reason)})"
        sign: Sign = "added" if ident in after else "withdrawn"
        yield Change(sign=sign, kind="correction", id=ident, day=c.made[:10], line=line)


def _actors(was: _Side, now: _Side) -> Iterator[Change]:
    """Named anew, known no more, renamed, or held to be one; staff and crowds count as others do."""
    for actor in now.dossier.actors:
        before = {a.id: a for spot in actor.spans if (a := was.named.get(spot))}
        if not before:
            yield _actor(now, actor, "added")
            continue
        former = tuple(sorted(before))
        names = ", ".join(dict.fromkeys(was.names[i] for i in former))
        slots = _turns([("name", names, now.names[actor.id]),
                        ("country", ", ".join(sorted({a.country or "" for a in before.values()})), actor.country or ""),
                        ("kind", ", ".join(sorted({a.kind for a in before.values()})), actor.kind)])  # fmt: skip
        if slots:
            yield _actor(now, actor, "changed", was=former if former != (actor.id,) else (), slots=slots)
    for actor in was.dossier.actors:
        if not any(spot in now.named for spot in actor.spans):
            yield _actor(was, actor, "withdrawn")


def _actor(side: _Side, actor: Actor, sign: Sign, *, was: tuple[str, ...] = (), slots: tuple[Turn, ...] = ()) -> Change:
    spots: Sequence[Evidence] = sorted(actor.spans, key=lambda s: (side.notes.order[s.report], s.span))
    marks = tuple(dict.fromkeys(side.notes.mark(s.report, s.span) for s in spots))[:3]
    return Change(sign=sign, kind="actor", id=actor.id, was=was, line=plain(actor.name), slots=slots, marks=marks)
