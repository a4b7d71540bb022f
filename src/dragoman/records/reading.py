"""What `understand` gives: what one report says, each statement with its words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dragoman.records.report import Reject
from dragoman.records.span import Span
from dragoman.records.terms import ActorKind, Auxiliary, Certainty, EventType, Precision, SourceKind


class Role(Struct, frozen=True, kw_only=True, order=True):
    """An office or description that a report gives an actor: `title` of whom (`of`), with the words."""

    title: str
    of: str | None
    report: str
    span: Span


class Actor(Struct, frozen=True, kw_only=True):
    """A person, group, state, organisation or place; its `id` is local in a Reading, the dossier's elsewhere."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None  # PLOVER sector
    roles: tuple[Role, ...] = ()
    spans: tuple[Evidence, ...] = ()  # where the texts name it
    by: Literal["rule", "person"] = "rule"  # who decided last about its name, its kind or whom it is
    why: tuple[str, ...] = ()  # merges and lookups that made it


class Evidence(Struct, frozen=True, order=True):
    """A span of a report."""

    report: str
    span: Span


GOES_ON = "the story goes on"  # how the reason of a day begins that was carried on from what was told before


class Time(Struct, frozen=True, kw_only=True):
    """When: the words, the interval of days they mean (ISO 8601, both ends included), its precision and the reason."""

    text: str
    start: str | None
    end: str | None
    precision: Precision | None
    value: str | None = None  # TIMEX3 value
    span: Span | None = None
    why: str | None = None

    @property
    def carried(self) -> bool:
        """Whether it is the day of the story before it, not one that is told of this event."""
        return (self.why or "").startswith(GOES_ON)


class Place(Struct, frozen=True, kw_only=True):
    """Where: the words and, where the gazetteer knows it, the place meant."""

    text: str
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    span: Span | None = None


class Number(Struct, frozen=True, kw_only=True):
    """A quantity as an interval: `at least 14 people` is value 14, low 14, high None, unit people."""

    value: float
    low: float | None
    high: float | None
    unit: str | None
    text: str
    span: Span


class Due(Struct, frozen=True):
    """The day or days on which something must have happened."""

    start: str
    end: str


class Attribution(Struct, frozen=True, kw_only=True):
    """One link of a chain of sources, outermost first."""

    source: str
    span: Span | None
    actor: str | None
    cue: str | None
    kind: SourceKind
    direct: bool = False
    hedge: str | None = None


class Reason(Struct, frozen=True):
    """Why a slot has its value: `Reason("type", "REQUEST", "frame urge.obj.xcomp")`."""

    slot: str
    value: str
    reason: str


class Mention(Struct, frozen=True, kw_only=True):
    """An event as ONE report tells it. One mention a trigger."""

    id: str
    report: str
    trigger: Span
    span: Span
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    actor_text: tuple[str, ...] = ()
    recipient_text: tuple[str, ...] = ()
    place: Place | None = None
    time: Time | None = None
    due: Due | None = None  # the deadline by which what is asked, promised or planned must have happened
    auxiliary: tuple[Auxiliary, ...] = ()
    certainty: Certainty = "certain"
    hedge: str | None = None  # the words that make it less than certain
    numbers: tuple[Number, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    confidence: float = 1.0
    by: Literal["rule", "model", "person"] = "rule"
    why: tuple[Reason, ...] = ()
    line: str = ""  # its clause in one line, a pronoun replaced by the name it stands for
    lemma: str = ""  # of the trigger, particles included: "break off"
    sentence: int = 0  # place in the report


class Claim(Struct, frozen=True, kw_only=True):
    """Who said what: a source, a cue and a content, each with its span."""

    id: str
    report: str
    source: str
    source_span: Span | None
    actor: str | None
    cue: str | None
    cue_span: Span | None
    content: Span
    direct: bool
    kind: SourceKind
    hedge: str | None = None
    group: str | None = None


class Planned(Struct, frozen=True, kw_only=True):
    """What a report says is to happen on or by a day, told by words that are no event's."""

    id: str
    report: str
    trigger: Span
    span: Span
    lemma: str
    who: tuple[str, ...] = ()  # whom it tells of; ids of actors
    text: str = ""  # its clause in one line
    due: Due


class Line(Struct, frozen=True):
    """A sentence as a Reading keeps it: where it stands and what it is near to."""

    span: Span
    paragraph: int
    vector: bytes


class Reading(Struct, frozen=True, kw_only=True):
    """What one report says. Made once, never changed; ids of actors are local to it."""

    report: str
    version: str  # of the code, model and knowledge that made it
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    planned: tuple[Planned, ...] = ()
    lines: tuple[Line, ...] = ()
    rejects: tuple[Reject, ...] = ()
