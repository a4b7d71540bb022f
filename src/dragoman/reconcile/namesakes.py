"""Local actors as they are held against those of other reports: all that are told in the same way are one row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.spelling import acronym, in_full, initials, is_named
from dragoman.reconcile.weights import is_common
from dragoman.reconcile.words import fold, place, stem, tokens
from dragoman.records import Actor, Report, Span

First = tuple[str, str, Span, str]  # where somebody is first named: (published or "9999", report, span, local id)


class Namesake(Struct, frozen=True, dict=True):
    """How a report tells of an actor; `mark` keeps apart what only looks the same."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    titles: tuple[str, ...]
    mark: str = ""  # the story of a surname alone; the place of a nameless one, and of one that a person corrected

    @cached_property
    def names(self) -> frozenset[str]:
        """Folded proper names, its own and its aliases, as words: a hyphen more or less is the same name."""
        return frozenset(" ".join(tokens(n)) for n in (self.name, *self.aliases) if is_named(n))

    @property
    def sort(self) -> str:
        if self.kind == "state":
            return "state" if self.country else "apart"
        if not self.names:
            return "nameless"
        if self.kind == "person" and not any(len(n.split()) > 1 for n in self.names):
            return "surname"
        return self.kind if self.kind in ("person", "place") else "body"


class Entry(Struct, frozen=True):
    """A local actor: the row that it is told in, and how often."""

    local: str
    node: str
    who: Namesake
    spans: int
    first: First
    texts: tuple[str, ...] = ()  # of the nameless: the words at each place


class Tally(Struct, frozen=True):
    """All local actors told in one way: how many, and where first."""

    who: Namesake
    reports: int
    spans: int
    first: First
    stories: dict[str, int]  # of persons: in how many reports of which stories


class Entered(Struct, frozen=True):
    """The local actors of a report, and the story it was in."""

    story: str
    entries: tuple[Entry, ...]


ENTRIES: Kind[Entered] = Kind("entries", Entered, lambda ident, entered: {e.node for e in entered.entries})


def equal_keys(who: Namesake) -> Iterator[str]:
    """Under what tellings of one actor with an equal name are found: all that have one are one by name."""
    if who.sort == "state":
        yield f"state {who.country}"
    if who.sort in ("person", "place", "body"):
        yield from (f"{who.sort} {name}" for name in who.names if who.kind != "person" or " " in name)


def near_keys(who: Namesake) -> Iterator[str]:
    """Under what tellings with another spelling of the name, or its acronym, are found."""
    yield from _spelt(who)
    yield from _shortened(who, "letters", "words")


def near_asks(who: Namesake) -> Iterator[str]:
    """What one looks under: an acronym under the words that it may be made of, a name of words under its acronyms."""
    yield from _spelt(who)
    yield from _shortened(who, "words", "letters")


def _spelt(who: Namesake) -> Iterator[str]:
    if who.sort == "person":
        for name in who.names:
            first, *rest = name.split()
            first = in_full(first)
            for part in rest:
                yield f"first {first[:2]} {part[-2:]}"
                yield f"last {first[:1]} {part[:2]}"


def _shortened(who: Namesake, short: str, long: str) -> Iterator[str]:
    if who.sort == "body" and who.kind == "organization":
        for sort, is_it in ((short, acronym(who.name)), (long, len(tokens(who.name)) > 1)):
            if is_it:  # "U.S.S.R." is both
                yield from (f"{sort} {letters}" for letters in initials(who.name))


def _keys(ident: str, tally: Tally) -> Iterator[str]:
    who = tally.who
    yield from equal_keys(who)
    yield from near_keys(who)
    if who.sort == "surname":
        yield f"alone {' '.join(tokens(who.name))}"


NODE: Kind[Tally] = Kind("namesake", Tally, _keys)


def entered_of(book: Casebook, report: str) -> Entered | None:
    """The local actors of a report; None when it is not there."""
    reading, collected = book.reading(report), book.collected(report)
    if reading is None or collected is None:
        return None
    published, story = collected.published or "9999", book.story_of(report)
    found = []
    for actor in sorted(reading.actors, key=lambda a: a.id):
        actor = without_capital(actor, collected)
        titles = tuple(sorted({fold(role.title) for role in actor.roles}))
        who = Namesake(actor.name, actor.kind, tuple(sorted(actor.aliases)), actor.country, actor.sector, titles)
        if who.sort == "state":  # one by its code, whatever else it is called: its rows stay few
            who = replace(who, aliases=(), titles=())
        own = place(report, actor.id)
        alone = who.sort in ("nameless", "apart") or (report, actor.id) in book.rulings.corrected_places
        mark = own if alone else story if who.sort == "surname" else ""
        who = replace(who, mark=mark)
        first = min((s.span for s in actor.spans), default=Span(0, 0))
        texts = tuple(sorted({s.span.of(collected.text) for s in actor.spans})) if who.sort == "nameless" else ()
        found.append(
            Entry(
                actor.id,
                own if alone else _digest(who),
                who,
                len(actor.spans),
                (published, report, first, actor.id),
                texts,
            )
        )
    return Entered(story, tuple(found))


def _digest(who: Namesake) -> str:
    return sha256(msgspec.msgpack.encode(who)).hexdigest()[:20]


def without_capital(actor: Actor, report: Report) -> Actor:
    """A common noun that only begins its sentence ("Protesters") is no name."""
    low = actor.name.lower()
    if actor.kind != "group" or not actor.name.istitle():
        return actor
    common = all(is_common(stem(t)) for t in tokens(low)) or re.search(rf"\b{re.escape(low)}\b", report.text)
    return replace(actor, name=low) if common else actor


def enter(book: Casebook, reports: set[str]) -> dict[str, Tally | None]:
    """Enter the local actors of some reports anew; the rows that change by it."""
    memory = book.memory
    old = memory.many(ENTRIES, sorted(reports))
    new: dict[str, Entered | None] = {report: entered_of(book, report) for report in sorted(reports)}
    memory.put(ENTRIES, new)
    gone: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    come: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for sides, entered in ((gone, old.values()), (come, filter(None, new.values()))):
        for one in entered:
            for entry in one.entries:
                sides[entry.node].append((one.story, entry))
    known = memory.many(NODE, sorted({*gone, *come}))
    found = {i: _told(book, i, known.get(i), gone[i], come[i]) for i in sorted({*gone, *come})}
    return {i: tally for i, tally in found.items() if tally != known.get(i)}


def _told(
    book: Casebook, node: str, known: Tally | None, gone: list[tuple[str, Entry]], come: list[tuple[str, Entry]]
) -> Tally | None:
    """A row without the entries that are gone and with those that have come."""
    stories = Counter(known.stories if known else {})
    person = (gone or come)[0][1].who.kind == "person"
    if person:
        stories.subtract(story for story, _ in gone)
        stories.update(story for story, _ in come)
    reports = (known.reports if known else 0) - len(gone) + len(come)
    if not reports:
        return None
    firsts = [entry.first for _, entry in come] + ([known.first] if known else [])
    first = min(firsts)
    if any(entry.first == first for _, entry in gone) and not any(entry.first == first for _, entry in come):
        holders = book.memory.many(ENTRIES, sorted(book.memory.having(ENTRIES, (node,)))).values()
        first = min(e.first for entered in holders for e in entered.entries if e.node == node)
    return Tally(
        (come or gone)[0][1].who,
        reports,
        (known.spans if known else 0) - sum(e.spans for _, e in gone) + sum(e.spans for _, e in come),
        first,
        {story: n for story, n in sorted(stories.items()) if n},
    )
