"""Making a correction: what a person wants changed of a dossier, as a row that holds when the reports are read again.

An event is anchored on the triggers of its mentions, an actor on where the texts name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import get_args

import msgspec
from msgspec.structs import replace

from dragoman.knowledge import ontology
from dragoman.reconcile.words import fold
from dragoman.records import (
    Actor,
    ActorKind,
    Anchor,
    Correction,
    CorrectionAction,
    Dossier,
    Event,
    EventType,
    Evidence,
    Mention,
)

Row = Event | Mention | Actor


class ImpossibleCorrection(ValueError):
    """What is asked for cannot be done; the message is for a person and names the next step."""


def correct(
    dossier: Dossier,
    action: CorrectionAction,
    idents: Sequence[str],
    *,
    to: str | None = None,
    author: str,
    reason: str,
    made: str,
) -> Correction:
    """The row that makes a change to a dossier.

    `idents` are ids of events (former ones too), mentions or actors, all of one kind; to split, the first is what is
    split and the others the part that leaves: mentions of an event, or reports. `to` is the new type (`PROTEST`,
    `PROTEST/riot`), the kind of an actor, the headline or the name. `made` is ISO time. Raises ImpossibleCorrection.
    """
    if not reason.strip():
        raise ImpossibleCorrection("a correction needs a reason; say in a few words why, with --reason")
    if not idents:
        raise ImpossibleCorrection(f"name what to {action}, by its id")
    if (action in ("retype", "rename")) is not bool(to and to.strip()):
        raise ImpossibleCorrection(
            f"name the new {'type' if action == 'retype' else 'name'} with --to"
            if not to
            else f"to {action} needs no --to; leave it out"
        )
    desk = _Desk(dossier)
    first, *rest = idents[:1] if action == "split" else idents
    rows = [desk.row(ident) for ident in (first, *rest)]
    if len({isinstance(row, Actor) for row in rows}) > 1:
        raise ImpossibleCorrection(f"actors and events cannot be {action}d together; name ids of one kind")
    apart: tuple[Anchor, ...] = ()
    if action == "split":
        at, apart = desk.split(rows[0], idents[1:])
    else:
        at = tuple(dict.fromkeys(a for row in rows for a in desk.anchors(row)))
        to = desk.value(action, rows, (to or "").strip() or None)
    made_of = Correction(
        id="",
        action=action,
        kind="actor"
        if isinstance(rows[0], Actor)
        else "event"
        if any(isinstance(r, Event) for r in rows)
        else "mention",
        about="; ".join(dict.fromkeys(_words(row) for row in rows)),
        at=at,
        apart=apart,
        value=to,
        author=author,
        reason=" ".join(reason.split()),
        made=made,
    )
    return replace(made_of, id=f"k-{sha256(msgspec.json.encode(made_of)).hexdigest()[:8]}")


class _Desk:
    """Look-ups over the dossier that is corrected."""

    def __init__(self, dossier: Dossier) -> None:
        self.digests = {r.id: r.sha256 for r in dossier.reports}
        self.texts = {r.id: r.text for r in dossier.reports}
        self.mentions = {m.id: m for m in dossier.mentions}
        self.rows: dict[str, Row] = {old: e for e in dossier.events for old in e.was}
        self.rows |= {a.id: a for a in dossier.actors} | self.mentions | {e.id: e for e in dossier.events}
        self.others = {r.id for rows in (dossier.claims, dossier.positions, dossier.expectations, dossier.stories)
                       for r in rows} | set(self.digests)  # fmt: skip

    def row(self, ident: str) -> Row:
        found = self.rows.get(ident)
        if found is None and ident in self.others:
            raise ImpossibleCorrection(f"{ident} is no event, mention or actor; only those can be corrected")
        if found is None:
            raise ImpossibleCorrection(
                f"no event, mention or actor has the id {ident!r}; `dragoman explain DOSSIER A7` shows the ids of what"
                " stands in sentence 7 of report A"
            )
        return found

    def anchors(self, row: Row) -> Iterable[Anchor]:
        if isinstance(row, Actor):
            return self._namings(row.spans, row)
        told = [row] if isinstance(row, Mention) else [self.mentions[m] for m in row.mentions]
        return [Anchor(self.digests[m.report], m.trigger) for m in told]

    def _namings(self, spans: Iterable[Evidence], actor: Actor) -> list[Anchor]:
        """Where texts name an actor: once for each form of the name."""
        first: dict[str, Evidence] = {}
        for spot in sorted(spans):
            first.setdefault(fold(spot.span.of(self.texts[spot.report])), spot)
        if not first:
            raise ImpossibleCorrection(f"no report names {actor.name} in words of its own; correct its events instead")
        return [Anchor(self.digests[s.report], s.span) for s in first.values()]

    def value(self, action: CorrectionAction, rows: Sequence[Row], to: str | None) -> str | None:
        """The new value, found to be possible."""
        if action == "merge":
            if len({r.id for r in rows}) < 2:
                raise ImpossibleCorrection(f"{rows[0].id} is one already; name two different ids to merge")
        elif action == "rename":
            if any(isinstance(r, Mention) for r in rows) or len(rows) > 1:
                raise ImpossibleCorrection("one event or one actor is renamed at a time; a mention has no name")
        elif action == "retype" and to:
            to = _kind(to) if isinstance(rows[0], Actor) else _type(to)
            if all(_is(row, to) for row in rows):
                raise ImpossibleCorrection(f"{', '.join(r.id for r in rows)} is {to} already")
        return to

    def split(self, row: Row, parts: Sequence[str]) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
        """The part that leaves and what it leaves."""
        if isinstance(row, Mention):
            raise ImpossibleCorrection(f"{row.id} is a mention, which cannot be split; name its event")
        if isinstance(row, Actor):
            reports = sorted({s.report for s in row.spans})
            going = set(self._known(row, parts, reports, "named in"))
            sides = [[s for s in row.spans if (s.report in going) is leaves] for leaves in (True, False)]
            at, apart = ([a for r in reports for a in self._in(side, r, row)] for side in sides)
        else:
            told = [self.mentions[m] for m in row.mentions]
            known = [*row.mentions, *row.reports]
            going = set(self._known(row, parts, known, "made of"))
            leaving = {m.id for m in told if m.id in going or m.report in going}
            at, apart = ([a for m in told if (m.id in leaving) is side for a in self.anchors(m)]
                         for side in (True, False))  # fmt: skip
        if not apart:
            raise ImpossibleCorrection(f"that is all of {row.id}; name the part that is to leave it")
        return tuple(at), tuple(apart)

    def _in(self, spans: Sequence[Evidence], report: str, actor: Actor) -> list[Anchor]:
        here = [s for s in spans if s.report == report]
        return self._namings(here, actor) if here else []

    def _known(self, row: Event | Actor, parts: Sequence[str], known: Sequence[str], how: str) -> Sequence[str]:
        few = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
        if len(known if isinstance(row, Actor) else row.mentions) < 2:
            raise ImpossibleCorrection(f"{row.id} is {how} {few} alone; there is nothing to split")
        if not parts or (wrong := next((p for p in parts if p not in known), None)):
            what = f"{wrong!r} is no part of {row.id}" if parts else f"name what is to leave {row.id}"
            raise ImpossibleCorrection(f"{what}; it is {how} {few}")
        return parts


def _is(row: Row, to: str) -> bool:
    if isinstance(row, Actor):
        return row.kind == to
    kind, _, mode = to.partition("/")
    return row.type == kind and (row.mode == mode or not mode)


def _kind(to: str) -> str:
    if to not in get_args(ActorKind):
        raise ImpossibleCorrection(f"{to!r} is no kind of actor; one of: {', '.join(get_args(ActorKind))}")
    return to


def _type(to: str) -> str:
    kind, slash, mode = to.partition("/")
    types = {str(name): row for name, row in ontology.load().items()}
    kind, mode = kind.strip().upper(), mode.strip().lower()
    if kind not in types:
        raise ImpossibleCorrection(f"{kind!r} is no type of event; one of: {', '.join(get_args(EventType))}")
    if slash and mode not in types[kind].mode_names:
        modes = ", ".join(sorted(types[kind].mode_names)) or "it has none"
        raise ImpossibleCorrection(f"{mode!r} is no mode of {kind}: {modes}")
    return f"{kind}/{mode}" if slash else kind


def _words(row: Row) -> str:
    return row.name if isinstance(row, Actor) else row.headline if isinstance(row, Event) else row.line or row.lemma
