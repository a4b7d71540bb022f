"""The vocabulary of Dragoman: frozen records that every room speaks, and nothing else.

`Report` (what was collected) → `Doc` (its words and trees) → `Reading` (what this one report says) → `Dossier` (what
all say together). The fields of the dossier's rows are a contract with its users (`docs/dossier.md`): fields are added,
none is renamed. This module imports nothing of ours.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Literal, get_args

from msgspec import Struct

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
TYPES: tuple[EventType, ...] = get_args(EventType)
Auxiliary = Literal["historical", "future", "hypothetical", "negation"]
AUXILIARIES: tuple[Auxiliary, ...] = get_args(Auxiliary)
Certainty = Literal["certain", "probable", "possible"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)  # the surest first
Precision = Literal["minute", "hour", "part of day", "day", "week", "month", "season", "quarter", "year", "decade",
                    "interval", "vague"]  # fmt: skip
ActorKind = Literal["person", "organization", "state", "group", "place"]
SourceKind = Literal["named", "anonymous", "witness", "media", "organization"]
CorrectionAction = Literal["reject", "retype", "rename", "merge", "split"]
Slot = Literal[
    "actor", "recipient", "time", "place", "number", "certainty", "attribution", "auxiliary", "type", "detail"
]


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of a report's text, `[start, end)` in Unicode code points; written as a two-element list in JSON.

    >>> Span(4, 9).of("The pact holds")
    'pact '
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


# --- collect -------------------------------------------------------------------------------------------------------


class Passage(Struct, frozen=True):
    """A stretch of one report that stands in another too: `span` here, `theirs` in `report`."""

    report: str
    span: Span
    theirs: Span


class Report(Struct, frozen=True, kw_only=True):
    """One report as it was collected; `text` is what every offset counts in."""

    id: str
    origin: str
    text: str
    sha256: str
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None  # ISO date
    published_from: str | None = None  # table, front matter, page, column, feed, mail, dateline, option, file
    modified: str | None = None  # ISO date of the last change, where a page or a feed tells it
    language: str = "en"
    copy_of: str | None = None
    shared: tuple[Passage, ...] = ()  # what it has in common with the report it repeats; filled in the dossier
    boilerplate: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()  # as they were read; filled in the dossier


class Reject(Struct, frozen=True, kw_only=True, order=True):
    """Something that was found and not taken, with the reason."""

    report: str
    span: Span | None
    stage: str
    reason: str


# --- read ----------------------------------------------------------------------------------------------------------


class Word(Struct, frozen=True):
    """A syntactic word of a sentence; `head` is the place of its head in the sentence, -1 for the root."""

    i: int
    text: str
    start: int
    end: int
    lemma: str
    upos: str
    feats: str
    head: int
    rel: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def feat(self, name: str) -> str | None:
        """One morphological feature: `word.feat("Tense")` → `"Past"` or None."""
        return _features(self.feats).get(name)


@cache
def _features(feats: str) -> dict[str, str]:
    """Features by their names; of a name that stands twice the first. There are some hundred such strings."""
    return {key: value for key, _, value in (pair.partition("=") for pair in reversed(feats.split("|")))}


class Phrase(Struct, frozen=True):
    """A name or a nominal found by the reading model: words `[first, last)` of one sentence."""

    first: int
    last: int
    kind: str  # person, organization, place, other


class Stretch(Struct, frozen=True):
    """A proposal of the attribution head: a span of the report that may be a source, a cue or a content."""

    role: Literal["source", "cue", "content"]
    span: Span
    score: float  # 0..1, mean probability over its words


class Sentence(Struct, frozen=True, dict=True):
    """A sentence with its tree; offsets of words are offsets into the report."""

    i: int
    paragraph: int
    words: tuple[Word, ...]
    names: tuple[Phrase, ...] = ()
    nominals: tuple[Phrase, ...] = ()
    vector: bytes = b""  # 384 signed bytes: a unit vector times 127
    types: bytes = b""  # 17 bytes a word: how likely a verb tells no event, or one of each of `TYPES`, in 255ths

    @cached_property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple([word.text.lower() for word in self.words])

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the places of its dependents, left to right."""
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                below[word.head].append(word.i)
        return tuple(map(tuple, below))

    @property
    def root(self) -> int:
        return next(word.i for word in self.words if word.head < 0)

    def dependents(self, i: int, *rels: str) -> list[int]:
        """Dependents of word `i` whose relation is one of `rels` (all when none is given)."""
        below = self.children[i]
        if not below or not rels:
            return list(below)
        words = self.words
        return [c for c in below if words[c].rel in rels]

    def chance(self, i: int, type: EventType | None) -> float:
        """How likely the reading model holds verb `i` to tell an event of this type, or none of any; 0..1."""
        at = i * (len(TYPES) + 1) + (TYPES.index(type) + 1 if type else 0)
        return self.types[at] / 255 if at < len(self.types) else 0.0

    def subtree(self, i: int) -> list[int]:
        """Places of word `i` and all below it, in order of the text."""
        children = self.children
        found = [i]
        for at in found:  # grows as it is walked
            found += children[at]
        return sorted(found)

    def span_of(self, places: list[int] | tuple[int, ...]) -> Span:
        """The stretch of text from the first to the last of these words."""
        return Span(self.words[min(places)].start, self.words[max(places)].end)


class Doc(Struct, frozen=True):
    """A report with its words, trees, names and vectors: what the reading model makes of it in one pass."""

    report: Report
    sentences: tuple[Sentence, ...]
    stretches: tuple[Stretch, ...] = ()
    model: str = ""


# --- understand ----------------------------------------------------------------------------------------------------


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


class Time(Struct, frozen=True, kw_only=True):
    """When: the words, the interval of days they mean (ISO 8601, both ends included), its precision and the reason."""

    text: str
    start: str | None
    end: str | None
    precision: Precision | None
    value: str | None = None  # TIMEX3 value
    span: Span | None = None
    why: str | None = None


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
    lines: tuple[Line, ...] = ()
    rejects: tuple[Reject, ...] = ()


# --- reconcile -----------------------------------------------------------------------------------------------------


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


class Due(Struct, frozen=True):
    """The day or days on which something must have happened."""

    start: str
    end: str


class Expectation(Struct, frozen=True, kw_only=True):
    """What is to happen, by when, and what became of it."""

    id: str
    mention: str
    event: str
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


class Anchor(Struct, frozen=True, order=True):
    """Words of a report, named by the digest of its text: they stay when ids that were made from them change."""

    sha256: str
    span: Span


class Correction(Struct, frozen=True, kw_only=True):
    """What a person decided about events, mentions or actors; replayed over every reading of the same texts."""

    id: str
    action: CorrectionAction
    kind: Literal["mention", "event", "actor"]
    about: str  # the headline or name it was about on the day it was made
    at: tuple[Anchor, ...]  # what is corrected; of a split the part that leaves
    apart: tuple[Anchor, ...] = ()  # of a split: what that part is kept from
    value: str | None = None  # the new type ("ASSAULT", "PROTEST/riot"), kind, headline or name
    author: str
    reason: str
    made: str  # ISO time, UTC
    rows: tuple[str, ...] = ()  # in a dossier: the rows it bears on; none when its reports are not there


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
