"""What the stages of understanding pass along: one `Draft` for a report, filled step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from dragoman.knowledge.world import Entry
from dragoman.records import Actor, Claim, Doc, Mention, Number, Place, Planned, Reject, Span, Time


class Argument(Struct, frozen=True):
    """What fills a slot of a clause: the heads of its coordinated phrases, and the preposition or marker before it."""

    role: str  # subject, object, iobject, oblique, agent, of, possessive, modifier, clause (ccomp), infinitive (xcomp)
    words: tuple[int, ...]  # places in the sentence, first conjunct first
    case: str = ""  # the preposition, lower case: "against", "because of"
    shared: str = ""  # why it is here though its tree hangs elsewhere: control, relative, coordination, participle


class Clause(Struct, frozen=True):
    """A predicate with its arguments as the grammar has them; `passive` says that the subject is acted on."""

    i: int  # place in the draft's list
    sentence: int
    predicate: int
    kind: str  # verbal, nominal, copular
    lemma: str  # with particle: "break off"
    particles: tuple[int, ...]
    passive: bool
    tense: str  # past, present, future, infinitive, participle, none
    perfect: bool
    negation: tuple[int, ...]
    modals: tuple[int, ...]  # auxiliaries and semi-auxiliaries: may, could, "be about to"
    arguments: tuple[Argument, ...]
    parent: int | None  # the clause this one is embedded in
    link: str  # how: root, ccomp, xcomp, advcl, acl, relcl, conj, parataxis, csubj, nominal
    marker: str = ""  # if, whether, after, to, that …

    def filled(self, *roles: str) -> list[Argument]:
        return [a for a in self.arguments if a.role in roles]


class Reference(Struct, frozen=True):
    """A phrase that denotes an actor: its head word, its words, and the local actor it stands for."""

    sentence: int
    head: int
    first: int
    last: int  # exclusive
    span: Span
    actor: str  # id of a local actor
    how: str  # name, short name, title, nominal, pronoun, metonym, demonym


class Moment(Struct, frozen=True):
    """A time expression: where it stands and what it means."""

    sentence: int
    words: tuple[int, ...]
    time: Time
    kind: str  # DATE, TIME, DURATION, SET
    beside: int | None = None  # it names no day: so many days from the one that the story stands at


class Spot(Struct, frozen=True):
    """A place named in the text."""

    sentence: int
    head: int
    place: Place


class Sight(Struct, frozen=True):
    """A name of the lexicon in words `[first, last)`."""

    first: int
    last: int
    entry: Entry
    name: str = ""  # its first word as written


class Count(Struct, frozen=True):
    """A quantity: the number, and the head word of what is counted."""

    sentence: int
    words: tuple[int, ...]
    counted: int | None
    number: Number


@dataclass
class Draft:
    """A report on its way through the stages; each stage says what it needs and what it gives (`dragoman stages`)."""

    doc: Doc
    clauses: list[Clause] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    today: str | None = None  # the day its words count from: that of publication, or of writing where they part
    spots: list[Spot] = field(default_factory=list)
    sights: list[list[Sight]] = field(default_factory=list)  # by sentence
    counts: list[Count] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    # by place, made anew when there are more of them
    _placed: dict[tuple[int, int], Clause] = field(default_factory=dict, repr=False)
    _beside: dict[int, list[Reference]] = field(default_factory=dict, repr=False)
    _told: int = 0

    @property
    def text(self) -> str:
        return self.doc.report.text

    def reference_at(self, sentence: int, word: int) -> Reference | None:
        """The reference whose head is this word, or the smallest one that covers it."""
        best: Reference | None = None
        for ref in self._by_sentence(sentence):
            if ref.head == word:
                return ref
            if ref.first <= word < ref.last and (best is None or ref.last - ref.first < best.last - best.first):
                best = ref
        return best

    def clause_at(self, sentence: int, predicate: int) -> Clause | None:
        if len(self._placed) != len(self.clauses):
            self._placed = {(c.sentence, c.predicate): c for c in self.clauses}
        return self._placed.get((sentence, predicate))

    def _by_sentence(self, sentence: int) -> Sequence[Reference]:
        if self._told != len(self.references):
            self._told, self._beside = len(self.references), {}
            for ref in self.references:
                self._beside.setdefault(ref.sentence, []).append(ref)
        return self._beside.get(sentence, ())

    def reject(self, span: Span | None, *, stage: str, reason: str) -> None:
        self.rejects.append(Reject(report=self.doc.report.id, span=span, stage=stage, reason=reason))
