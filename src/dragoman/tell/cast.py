"""The actors: who they are called, what offices the texts give them, what they do and say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from dragoman.records import Actor
from dragoman.tell.view import View
from dragoman.tell.words import plain


class ActorRow(Struct, frozen=True, kw_only=True):
    """One actor in the list."""

    id: str
    name: str
    kind: str
    country: str
    sector: str
    aliases: tuple[str, ...]
    role: str
    events: int
    named: int


class RoleRow(Struct, frozen=True):
    """An office or description, with the footnote of its words."""

    title: str
    of: str
    marks: tuple[str, ...]


class ActorSheet(Struct, frozen=True, kw_only=True):
    """One actor."""

    row: ActorRow
    roles: tuple[RoleRow, ...]
    marks: tuple[str, ...]  # where the texts name it
    why: tuple[str, ...]


def actor_rows(view: View) -> tuple[ActorRow, ...]:
    """All actors, the busiest first."""
    taking = Counter(a for e in view.dossier.events for a in {*e.actor, *e.recipient})
    rows = [_row(actor, taking[actor.id]) for actor in view.actors.values()]
    return tuple(sorted(rows, key=lambda r: (-r.events, -r.named, r.name, r.id)))


def named(rows: Iterable[ActorRow], *, words: str = "", kind: str = "") -> tuple[ActorRow, ...]:
    """Those of the actors whose name, aliases or office have all `words`."""
    sought = words.casefold().split()
    return tuple(
        r
        for r in rows
        if (not kind or r.kind == kind)
        and (not sought or all(w in " ".join((r.name, r.role, *r.aliases)).casefold() for w in sought))
    )


def actor_sheet(view: View, ident: str) -> ActorSheet:
    """The actor with this id. Raises KeyError."""
    actor = view.actors[ident]
    roles: dict[tuple[str, str], dict[str, None]] = {}
    for role in sorted(actor.roles, key=lambda r: (r.title, r.of or "", r.report, r.span)):
        roles.setdefault((plain(role.title), plain(role.of or "")), {})[view.notes.mark(role.report, role.span)] = None
    named = dict.fromkeys(view.notes.mark(e.report, e.span) for e in sorted(actor.spans))
    taking = sum(ident in e.actor or ident in e.recipient for e in view.dossier.events)
    return ActorSheet(
        row=_row(actor, taking), roles=tuple(RoleRow(*key, tuple(marks)) for key, marks in roles.items()),
        marks=tuple(named), why=tuple(plain(line) for line in actor.why),
    )  # fmt: skip


def _row(actor: Actor, events: int) -> ActorRow:
    role = actor.roles[0] if actor.roles else None
    of = f" of {plain(role.of)}" if role and role.of else ""
    return ActorRow(
        id=actor.id, name=plain(actor.name), kind=actor.kind, country=actor.country or "", sector=actor.sector or "",
        aliases=tuple(plain(a) for a in actor.aliases), role=f"{plain(role.title)}{of}" if role else "",
        events=events, named=len(actor.spans),
    )  # fmt: skip
