"""FollowTheMoney: actors, reports and events as entities, one JSON object a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.records import Actor, Dossier, Event, Report
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.tables import NOT_DONE
from dragoman.tell.words import plain

SCHEMA = {"person": "Person", "organization": "Organization", "state": "PublicBody", "group": "Organization"}
LONGEST = 60  # characters of an id that stay readable


class Entity(msgspec.Struct, frozen=True):
    """An entity: its id, its schema, the values of its properties."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The entities, by id; what did not happen is left out unless `everything`."""
    found = sorted(entities(dossier, knowledge, everything=everything), key=lambda entity: entity.id)
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in found)


def entities(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> Iterator[Entity]:
    """Actors, reports and events as entities; a place is none of theirs."""
    known = {actor.id for actor in dossier.actors if actor.kind in SCHEMA}
    for report in dossier.reports:
        yield _article(report)
    for actor in dossier.actors:
        if actor.id in known:
            yield _actor(actor, knowledge)
    notes = Footnotes(dossier)
    for event in dossier.events:
        if everything or not NOT_DONE & set(event.auxiliary):
            yield _event(event, dossier, notes, known)


def key(ident: str) -> str:
    """An id that FollowTheMoney takes: letters, digits, hyphens, and a digest where something was cut."""
    plainly = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in ident).strip("-")
    if plainly == ident and len(ident) <= LONGEST:
        return f"dragoman-{ident}"
    return f"dragoman-{plainly[:LONGEST].strip('-')}-{hashlib.sha256(ident.encode()).hexdigest()[:8]}"


def _given(**values: str | list[str] | None) -> dict[str, list[str]]:
    listed = {name: [value] if isinstance(value, str) else value or [] for name, value in values.items()}
    plainly = {name: list(dict.fromkeys(filter(None, map(plain, value)))) for name, value in listed.items()}
    return {name: value for name, value in plainly.items() if value}


def _article(report: Report) -> Entity:
    page = report.url if report.url and report.url.startswith(("http://", "https://")) else None
    return Entity(
        key(report.id),
        "Article",
        _given(title=report.title, publisher=report.outlet, publishedAt=report.published, sourceUrl=page,
               language="eng", contentHash=hashlib.sha1(report.text.encode()).hexdigest(), fileName=report.origin),
    )  # fmt: skip


def _actor(actor: Actor, knowledge: Knowledge) -> Entity:
    country = knowledge.world.countries.get(actor.country or "")
    where = country.iso2.lower() if country else None
    roles = [role.title for role in actor.roles]
    values = _given(name=actor.name, alias=[a for a in actor.aliases if a != actor.name], country=where)
    return Entity(
        key(actor.id),
        SCHEMA[actor.kind],
        values | (_given(position=roles) if actor.kind == "person" else _given(summary=roles)),
    )


def _event(event: Event, dossier: Dossier, notes: Footnotes, known: set[str]) -> Entity:
    mentions = {m.id: m for m in dossier.mentions}
    told = [mentions[ident] for ident in event.mentions]
    parties = [ident for ident in (*event.actor, *event.recipient) if ident in known]
    quotes = [notes.words(m.report, notes.sentence(m.report, m.trigger)) for m in told]
    one_day = event.time is not None and event.time.start == event.time.end
    start = event.time.start if event.time else None
    return Entity(
        key(event.id),
        "Event",
        _given(
            name=event.headline,
            keywords=[event.type, *([event.mode] if event.mode else []), *event.auxiliary, event.certainty],
            date=start if one_day else None,
            startDate=None if one_day else start,
            endDate=event.time.end if event.time and not one_day else None,
            location=(event.place.name or event.place.text) if event.place else None,
            involved=[key(ident) for ident in parties],
            organizer=[key(ident) for ident in event.actor if ident in known],
            proof=[key(ident) for ident in event.reports],
            summary=quotes,
            recordId=event.id,
        ),
    )
