"""The cast of a report: actors as they take shape, before they are frozen into records."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Agent, Entry, fold
from dragoman.records import Actor, ActorKind, Evidence, Role, Sentence, Span
from dragoman.understand.draft import Draft, Reference
from dragoman.understand.speech.marks import paragraphs_of, quotations


@dataclass(eq=False)
class Figure:
    """An actor in the making; `key` is what makes two phrases the same one."""

    key: tuple[str, ...]
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    plural: bool = False
    gender: str | None = None
    agent: Agent | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    roles: dict[tuple[str, str | None], Role] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    why: dict[str, None] = field(default_factory=dict)
    id: str = ""

    def settle(self, *, country: str | None = None, sector: str | None = None, why: str = "") -> None:
        """Fill country and sector where they are still open; what was told first stands."""
        if country and not self.country:
            self.country = country
            if why:
                self.why[why] = None
        if sector and (not self.sector or self.sector == "UNK"):
            self.sector = sector


class Naming(Struct, frozen=True):
    """A phrase tied to a figure."""

    sentence: int
    head: int
    first: int
    last: int
    figure: Figure
    how: str


def slug(name: str) -> str:
    """A name as an identifier.

    >>> slug("Édouard Benès"), slug("the UN's envoy")
    ('edouard-benes', 'the-uns-envoy')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name).casefold().replace("'", "")).strip("-") or "actor"


class Cast:
    """All figures and the phrases that name them, in the order in which they were found."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft = draft
        self.world = knowledge.world
        self.saying = knowledge.speech.verbs
        quoted = sorted((q.inner for q in quotations(draft.text, paragraphs_of(draft.doc))), key=lambda s: s.start)
        self._quoted_from = [span.start for span in quoted]
        self._quoted_to = list(accumulate((span.end for span in quoted), max))  # the farthest end of those so far
        self.figures: dict[tuple[str, ...], Figure] = {}
        self.namings: list[Naming] = []
        self.taken: dict[tuple[int, int], Naming] = {}  # by sentence and head
        self.by_sentence: dict[int, list[Naming]] = {}
        self.told: dict[str, dict[Figure, None]] = {}  # by the noun that the report says they are

    def quoted(self, sentence: Sentence, i: int) -> bool:
        """Whether a word stands between quotation marks."""
        word = sentence.words[i]
        before = bisect_right(self._quoted_from, word.start)
        return before > 0 and word.end <= self._quoted_to[before - 1]

    def figure(self, key: tuple[str, ...], name: str, kind: ActorKind) -> Figure:
        """The figure of this key, made when it is new."""
        if key not in self.figures:
            self.figures[key] = Figure(key, name, kind)
        return self.figures[key]

    def state(self, iso3: str) -> Figure:
        found = self.figure(("state", iso3), self.world.countries[iso3].name, "state")
        found.country, found.sector = (iso3 if len(iso3) == 3 and iso3.isupper() else None), "GOV"
        return found

    def listed(self, entry: Entry) -> Figure:
        """The figure of a name in the lexicon."""
        if entry.kind == "state" and entry.country:
            return self.state(entry.country)
        found = self.figure(("listed", entry.name), entry.name, entry.kind)
        found.settle(country=entry.country, sector=entry.sector)
        found.why["lexicon"] = None
        return found

    def name(
        self, figure: Figure, sentence: int, words: tuple[int, int], *, head: int, how: str, alias: str = ""
    ) -> None:
        """Tie the words `[first, last)` to a figure; a head that is tied already stays as it is."""
        if (sentence, head) in self.taken:
            return
        first, last = words
        naming = Naming(sentence, head, first, last, figure, how)
        self.taken[sentence, head] = naming
        self.namings.append(naming)
        self.by_sentence.setdefault(sentence, []).append(naming)
        figure.spans.append(self.draft.doc.sentences[sentence].span_of((first, last - 1)))
        if alias and alias != figure.name:
            figure.aliases[alias] = None

    def within(self, sentence: int) -> list[Naming]:
        """What is tied in a sentence so far."""
        return self.by_sentence.get(sentence, [])

    def back_from(self, sentence: int, word: int) -> Iterator[Naming]:
        """What is tied before a word, the nearest first."""
        for at in range(sentence, -1, -1):
            for naming in sorted(self.within(at), key=lambda n: n.first)[::-1]:
                if at < sentence or naming.first < word:
                    yield naming

    def claim(self, figure: Figure, sentence: int, words: tuple[int, int], *, head: int) -> None:
        """A description turns out to be of this figure: tie it, and whatever was tied to the unnamed one it made."""
        old = self.taken.get((sentence, head))
        if old is None:
            self.name(figure, sentence, words, head=head, how="title")
        elif old.figure is not figure and old.figure.key[0] == "group":
            unnamed = old.figure
            for i, n in enumerate(self.namings):
                if n.figure is unnamed and n.sentence == sentence:
                    new = Naming(n.sentence, n.head, n.first, n.last, figure, n.how)
                    self.namings[i] = self.taken[n.sentence, n.head] = new
                    self.by_sentence[sentence][self.by_sentence[sentence].index(n)] = new
                    figure.spans.append(self.draft.doc.sentences[sentence].span_of((n.first, n.last - 1)))
            figure.settle(country=unnamed.country, sector=unnamed.sector)

    def role(self, figure: Figure, *, title: str, of: str | None, span: Span) -> None:
        """Note an office that the text gives a figure; the first evidence of it stands."""
        told = Role(title=title, of=of, report=self.draft.doc.report.id, span=span)
        if (title.casefold(), of) not in figure.roles:
            figure.roles[title.casefold(), of] = told

    def freeze(self) -> None:
        """Fill the draft's actors and references."""
        used: dict[str, Figure] = {}
        order = sorted(self.namings, key=lambda n: (n.sentence, n.first, -n.last, n.head))
        for figure in dict.fromkeys(n.figure for n in order):
            wanted = slug(figure.name)
            number = 2
            figure.id = wanted
            while figure.id in used:
                figure.id = f"{wanted}-{number}"
                number += 1
            used[figure.id] = figure
            self.draft.actors[figure.id] = self._actor(figure)
        for n in order:
            span = self.draft.doc.sentences[n.sentence].span_of((n.first, n.last - 1))
            self.draft.references.append(Reference(n.sentence, n.head, n.first, n.last, span, n.figure.id, n.how))

    def _actor(self, figure: Figure) -> Actor:
        report = self.draft.doc.report.id
        return Actor(
            id=figure.id,
            name=figure.name,
            kind=figure.kind,
            aliases=tuple(a for a in figure.aliases if a != figure.name),
            country=figure.country,
            sector=None if figure.sector == "STATE" else figure.sector,
            roles=tuple(sorted(figure.roles.values(), key=lambda r: (r.span, r.title))),
            spans=tuple(Evidence(report, s) for s in sorted(set(figure.spans))),
            why=tuple(figure.why),
        )
