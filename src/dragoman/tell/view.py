"""Look-ups over one dossier, and its rows as a reader is shown them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from dragoman.records import ASKED, Claim, Difference, Dossier, Event, Expectation, Mention, Span
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.words import SURELY, chain, days, manner, plain, when

Section = Literal["agree", "differ", "alone"]
LIMITS = {"agree": 8, "differ": 6, "alone": 10, "sides": 8, "due": 6, "quoted": 5, "timeline": 12}


class Row(Struct, frozen=True):
    """One line of a section: a day, a headline, how surely and by whom it is told, and its footnotes."""

    id: str
    day: str
    text: str
    note: str
    marks: tuple[str, ...]


class Contrast(Struct, frozen=True):
    """A slot on which accounts differ: who tells it, the words, and the footnotes, once for each account."""

    slot: str
    kind: str
    sides: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def asked(self) -> str:
        """The slot as a reader would ask for it."""
        return ASKED[self.slot]


class Quoted(Struct, frozen=True):
    """An utterance: the speaker, and the words with their footnote, once for each report that has them."""

    speaker: str
    versions: tuple[tuple[str, str], ...]


class Side(Struct, frozen=True):
    """Who takes one stance toward somebody."""

    toward: str
    stance: str
    actors: tuple[tuple[str, tuple[str, ...]], ...]


def section_of(event: Event) -> Section:
    """Whether independent accounts of an event agree or differ, or only one tells of it."""
    if event.independent < 2:
        return "alone"
    return "differ" if any(d.slot != "detail" for d in event.differences) else "agree"


class View:
    """Look-ups over one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.notes = Footnotes(dossier)
        self.mentions = {m.id: m for m in dossier.mentions}
        self.actors = {a.id: a for a in dossier.actors}
        self.events = {e.id: e for e in dossier.events}
        self.event_of = {m: e for e in dossier.events for m in e.mentions}
        self.expected = {x.id: x for x in dossier.expectations}

    def told(self, event: Event) -> list[Mention]:
        return [self.mentions[m] for m in event.mentions if m in self.mentions]

    @cached_property
    def _by_report(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.dossier.mentions:
            found[mention.report].append(mention)
        return found

    @cached_property
    def _claims_by_report(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.dossier.claims:
            found[claim.report].append(claim)
        return found

    @cached_property
    def _named(self) -> dict[str, list[tuple[Span, str]]]:
        found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for actor in self.dossier.actors:
            for evidence in actor.spans:
                found[evidence.report].append((evidence.span, actor.id))
        return found

    def named_in(self, report: str) -> list[tuple[Span, str]]:
        """Where a report names actors: the span, and the actor's id."""
        return self._named.get(report, [])

    @cached_property
    def dated(self) -> tuple[Event, ...]:
        """The events that have a day or days, the most telling first."""
        known = (
            e for e in self.dossier.events if e.time and e.time.start and e.time.end and e.time.precision != "vague"
        )
        return tuple(sorted(known, key=self.telling))

    @cached_property
    def formerly(self) -> dict[str, Event]:
        """Events by the ids they once had."""
        return {old: event for event in self.dossier.events for old in event.was}

    def mentions_of(self, report: str) -> list[Mention]:
        return self._by_report.get(report, [])

    def claims_of(self, report: str) -> list[Claim]:
        return self._claims_by_report.get(report, [])

    def speaker(self, claim: Claim) -> str:
        """Who makes a claim, by name where it is known."""
        return self.name(claim.actor) if claim.actor else plain(claim.source) or "somebody unnamed"

    def name(self, actor: str) -> str:
        return plain(self.actors[actor].name) if actor in self.actors else actor

    def telling(self, event: Event) -> tuple[object, ...]:
        """Sort key: the most telling first. Reports put their news on top, so early sentences count."""
        told = self.told(event)
        sides = bool(event.actor) + bool(event.recipient)
        background = "historical" in event.auxiliary
        first = min((m.sentence for m in told), default=0)
        return (background, -event.independent, -sides, first, event.id)

    def marks(self, mentions: list[Mention]) -> tuple[str, ...]:
        found = {self.notes.mark(m.report, m.trigger): (m.report, m.trigger) for m in mentions}
        return tuple(sorted(found, key=lambda k: (self.notes.letters[found[k][0]], found[k][1].start)))

    def marks_of(self, expected: Iterable[Expectation]) -> tuple[str, ...]:
        """The marks of what is expected, events or not."""
        spots = sorted(
            (self.notes.letters[e.report], e.trigger.start, e.trigger, e.report) for e in expected if e.trigger
        )
        return tuple(dict.fromkeys(self.notes.mark(report, trigger) for *_, trigger, report in spots))

    def row(self, event: Event) -> Row:
        told = self.told(event)
        text = plain(event.headline or (self.notes.words(told[0].report, told[0].span) if told else event.id))
        sources = sorted(source for source in self._said_by(told) if source.casefold() not in text.casefold())
        everyone = all(m.attribution for m in told)
        note = [manner(told[0])] if told and manner(told[0]) else []
        if sources:
            note.append(("according to " if everyone else "also from ") + "; ".join(sources[:2]))
        if event.by == "person":
            note.append("corrected")
        return Row(event.id, when(event.time), text, ", ".join(note), self.marks(told))

    def _said_by(self, told: list[Mention]) -> set[str]:
        """Who says so, each once: by the fuller words where two accounts have others for one source."""
        said: dict[tuple[str, ...], str] = {}
        for mention in told:
            who = tuple(link.actor or link.source.casefold() for link in mention.attribution)
            words = chain(mention.attribution, self.name)
            said[who] = max(said.get(who, ""), words, key=lambda words: (len(words), words))
        return set(said.values()) - {""}

    def report(self, ident: str) -> Row:
        report = self.notes.reports[ident]
        copy = f"copy of {self.notes.letters.get(report.copy_of, report.copy_of)}" if report.copy_of else ""
        outlet = report.outlet or report.origin
        day = days(report.published, report.published)
        return Row(ident, day, plain(report.title or outlet), plain(copy or outlet), (self.notes.letters[ident],))

    def contrasts(self, event: Event) -> tuple[Contrast, ...]:
        """Where the accounts of an event differ, but for what one tells in more detail."""
        return tuple(self.contrast(d) for d in event.differences if d.slot != "detail")

    def contrast(self, difference: Difference) -> Contrast:
        sides = []
        for value in difference.values:
            marks = sorted({self.notes.mark(e.report, e.span) for e in value.spans})
            tellers = dict.fromkeys(map(self.notes.teller, value.reports))
            words = _days(value.value) if difference.slot == "time" else plain(value.value)
            words = SURELY.get(words, words) if difference.slot == "certainty" else words
            sides.append((", ".join(tellers), words, tuple(marks)))
        return Contrast(difference.slot, difference.kind, tuple(sides))

    def sides(self) -> list[Side]:
        grouped: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for p in self.dossier.positions:
            if p.stance == "neutral" or p.until:
                continue
            evidence = [self.mentions[m] for m in p.evidence if m in self.mentions]
            grouped[p.toward, p.stance][p.actor].update(self.marks(evidence))
        found = []
        for (toward, stance), actors in grouped.items():
            own = {a: marks for a, marks in actors.items() if not self._is_shadow(a, actors)}
            listed = sorted(((self.name(a), tuple(sorted(marks, key=_place))) for a, marks in own.items()))
            found.append(Side(self.name(toward), stance, tuple(listed)))
        return sorted(found, key=lambda s: (-len(s.actors), s.toward, s.stance))

    def _is_shadow(self, ident: str, beside: Mapping[str, set[str]]) -> bool:
        """Whether an actor is a state that only stands beside those who act for it, in the very same sentences."""
        state = self.actors.get(ident)
        if state is None or state.kind not in ("state", "place") or not state.country:
            return False
        return any(
            marks >= beside[ident] and (other := self.actors.get(who)) is not None
            and other.kind not in ("state", "place") and other.country == state.country
            for who, marks in beside.items()
        )  # fmt: skip

    def due(self, *, of: str = "") -> list[Row]:
        """What is to happen, by its days; `of` one event, when its id is given."""
        rows = []
        expected = (e for e in self.dossier.expectations if not of or e.event == of)
        for e in sorted(expected, key=lambda e: (e.due.start, e.due.end, e.id)):
            mention, event = self.mentions.get(e.mention), self.events.get(e.event)
            if mention is None and e.mention:
                continue
            own = self.notes.words(mention.report, mention.span) if mention else e.text
            text = event.headline if event and event.headline else own
            rows.append(Row(e.id, when(e.due), plain(text), e.status, self.marks_of([e])))
        return rows

    def quoted(self) -> list[Quoted]:
        """Direct speech of more than a few words; what several reports quote comes first, each utterance once."""
        groups: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.dossier.claims:
            if claim.direct and (claim.group or len(claim.content.of(self._text(claim)).split()) >= 5):
                groups[claim.group or f"{claim.report}:{claim.content.start}"].append(claim)
        found = []
        for claims in groups.values():
            claims.sort(key=lambda c: (self.notes.letters[c.report], c.content))
            first = claims[0]
            speaker = self.speaker(first)
            told = {
                self.notes.words(c.report, c.content).rstrip(","): c for c in reversed(claims)
            }  # a copy's words: once
            versions = tuple((words, self.notes.mark(c.report, c.content)) for words, c in reversed(told.items()))
            at = (-len({c.report for c in claims}), self.notes.letters[first.report], first.content.start)
            found.append((at, Quoted(speaker, versions)))
        return [quoted for _, quoted in sorted(found, key=lambda f: f[0])]

    def _text(self, claim: Claim) -> str:
        return self.notes.reports[claim.report].text

    def timeline(self, *, everything: bool) -> list[Row]:
        dated = [e for e in self.dossier.events if e.time and e.time.start and e.time.precision != "vague"]
        chosen = sorted(dated, key=self.telling)
        if not everything:
            chosen = chosen[: LIMITS["timeline"]]
        chosen.sort(key=lambda e: (e.time.start if e.time else "", e.time.end if e.time else "", e.id))
        return [self.row(e) for e in chosen]


def _days(value: str) -> str:
    """An interval as a difference has it, for a reader: `2031-03-12` or `2031-03-12 to 2031-03-13`."""
    start, _, end = value.partition(" to ")
    return days(start, end or start) or plain(value)


def _place(mark: str) -> tuple[str, int]:
    head = mark.rstrip("0123456789")
    return head, int(mark[len(head) :] or 0)
