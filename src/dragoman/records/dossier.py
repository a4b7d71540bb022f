"""What `reconcile` gives: what all reports say together."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dragoman.records.correction import Correction
from dragoman.records.reading import Actor, Claim, Due, Evidence, Mention, Place, Time
from dragoman.records.report import Reject, Report
from dragoman.records.span import Span
from dragoman.records.terms import Auxiliary, Certainty, EventType, Slot


class Value(Struct, frozen=True, kw_only=True):
    """One account's value of a slot on which accounts differ."""

    value: str
    reports: tuple[str, ...]
    mentions: tuple[str, ...]
    spans: tuple[Evidence, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """A slot on which accounts of one event differ; `kind` tells a contradiction from an update in time."""

    slot: Slot
    values: tuple[Value, ...]
    kind: Literal["differ", "update", "denial"] = "differ"
    line: str = ""  # one line a person can read


class Addition(Struct, frozen=True, kw_only=True):
    """What only one report tells of an event."""

    report: str
    slot: Slot
    value: str
    span: Span


class Event(Struct, frozen=True, kw_only=True):
    """ONE event as all reports tell it: a chain of coreferring mentions."""

    id: str
    was: tuple[str, ...] = ()
    type: EventType
    mode: str | None = None
    mentions: tuple[str, ...]
    reports: tuple[str, ...]
    independent: int
    accounts: tuple[tuple[str, ...], ...] = ()  # its reports, those together that are one account
    time: Time | None = None
    place: Place | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    auxiliary: tuple[Auxiliary, ...] = ()
    certainty: Certainty = "certain"
    headline: str = ""
    differences: tuple[Difference, ...] = ()
    added: tuple[Addition, ...] = ()
    by: Literal["rule", "person"] = "rule"  # who decided last about its type, its headline or what belongs to it
    why: tuple[str, ...] = ()


class Position(Struct, frozen=True, kw_only=True):
    """Who stands where: the stance of one actor toward another, with the mentions that show it."""

    id: str
    actor: str
    toward: str
    stance: Literal["supports", "opposes", "neutral"]
    since: str | None
    until: str | None
    evidence: tuple[str, ...]
    reports: tuple[str, ...]


class Expectation(Struct, frozen=True, kw_only=True):
    """What is to happen, by when, and what became of it; `mention` and `event` are empty where it is no event's."""

    id: str
    mention: str
    event: str
    report: str = ""
    trigger: Span | None = None  # the predicate's own words
    who: tuple[str, ...] = ()  # ids of the actors it tells of
    text: str = ""  # its clause in one line
    due: Due
    status: Literal["open", "met", "missed", "unknown"]
    met_by: tuple[str, ...] = ()


class Story(Struct, frozen=True, kw_only=True):
    """Reports of one development."""

    id: str
    title: str
    reports: tuple[str, ...]
    start: str | None
    end: str | None


class Dossier(Struct, frozen=True, kw_only=True):
    """What Dragoman knows. Every list is sorted by `id`."""

    dragoman: str
    model: str
    ontology: str
    read_at: str | None
    reports: tuple[Report, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    positions: tuple[Position, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    stories: tuple[Story, ...] = ()
    rejects: tuple[Reject, ...] = ()
    corrections: tuple[Correction, ...] = ()
