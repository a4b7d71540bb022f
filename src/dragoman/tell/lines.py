"""The events of a dossier as lines that can be filtered and paged: what the board in the browser is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from dragoman.records import CERTAINTIES, Certainty, Event, EventType, Mention, Time
from dragoman.tell.view import Contrast, Section, View, section_of
from dragoman.tell.words import plain

SURENESS: dict[str, int] = {certainty: n for n, certainty in enumerate(CERTAINTIES)}


class Line(Struct, frozen=True, kw_only=True):
    """One event in one line; `news` is the day of its latest report, by which lines stand newest first."""

    id: str
    section: Section
    start: str | None
    end: str | None
    news: str | None
    day: str
    text: str
    note: str
    type: EventType
    mode: str | None
    actors: tuple[str, ...]  # ids, recipients included
    place: str
    certainty: Certainty
    accounts: int  # independent ones
    reports: tuple[str, ...]
    marks: tuple[str, ...]
    contrasts: tuple[Contrast, ...] = ()


class Wanted(Struct, frozen=True, kw_only=True):
    """What a reader wants; empty fields want everything. Days are ISO; actors, places and reports may be names."""

    since: str = ""
    until: str = ""
    actor: str = ""
    type: str = ""
    place: str = ""
    report: str = ""
    certainty: str = ""  # at least as sure as this
    accounts: int = 0  # at least so many independent ones
    words: str = ""
    copies: bool = True  # False: what only copies tell is left out, and copies are not named


def lines(view: View, *, copies: bool = True) -> tuple[Line, ...]:
    """Every event of a dossier as a line, newest first."""
    aside = frozenset() if copies else frozenset(r.id for r in view.dossier.reports if r.copy_of)
    found = []
    for event in view.dossier.events:
        told = [m for m in view.told(event) if m.report not in aside]
        if told:
            found.append(_line(view, event, told))
    return tuple(sorted(sorted(found, key=lambda line: (line.start or "", line.id)), key=_news, reverse=True))


def select(rows: Iterable[Line], wanted: Wanted, view: View) -> tuple[Line, ...]:
    """The lines that a reader wants, in their order."""
    named = _named(view, wanted.actor)
    reports = _reports(view, wanted.report)
    words, place = wanted.words.casefold().split(), wanted.place.casefold()
    return tuple(
        line
        for line in rows
        if (not wanted.since or (line.end or line.news or "") >= wanted.since)
        and (not wanted.until or (line.start or line.news or "9999") <= wanted.until + "~")
        and (named is None or not named.isdisjoint(line.actors))
        and (not wanted.type or line.type == wanted.type)
        and (not place or place in line.place.casefold())
        and (reports is None or not reports.isdisjoint(line.reports))
        and (not wanted.certainty or SURENESS[line.certainty] <= SURENESS.get(wanted.certainty, 2))
        and line.accounts >= wanted.accounts
        and (not words or all(word in line.text.casefold() for word in words))
    )


def near(rows: Iterable[Line], line: Line, *, most: int = 20) -> tuple[Line, ...]:
    """Events that could be the same as this one: those that share most of actors, kind, days and words."""
    words = set(line.text.casefold().split())

    def likeness(other: Line) -> float:
        shared = len(words & set(other.text.casefold().split())) / (len(words) or 1)
        sides = len(set(line.actors) & set(other.actors)) / (len(set(line.actors)) or 1)
        return shared + sides + (other.type == line.type) + 0.5 * (bool(line.start) and other.start == line.start)

    ranked = sorted(((likeness(o), o) for o in rows if o.id != line.id), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(o for how, o in ranked[:most] if how > 0.5)


def offered(rows: Iterable[Line], view: View, *, most: int = 200) -> dict[str, list[str]]:
    """What a reader may filter by, the most frequent first: `actor`, `place` and `type`."""
    actors: Counter[str] = Counter()
    places: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for line in rows:
        actors.update(view.name(a) for a in line.actors)
        places.update([line.place] if line.place else [])
        types[line.type] += 1
    ranked = {"actor": actors, "place": places, "type": types}
    return {key: [name for name, _ in counted.most_common(most)] for key, counted in ranked.items()}


def _news(line: Line) -> str:
    return line.news or ""


def _line(view: View, event: Event, told: list[Mention]) -> Line:
    row = view.row(event)
    time = event.time if isinstance(event.time, Time) else None
    reports = tuple(dict.fromkeys(m.report for m in told))
    place = event.place
    return Line(
        id=event.id, section=section_of(event), day=row.day, text=row.text, note=row.note,
        start=time.start if time else None, end=time.end if time else None,
        news=max((view.notes.reports[r].published or "" for r in reports), default="") or None,
        type=event.type, mode=event.mode, actors=tuple(dict.fromkeys((*event.actor, *event.recipient))),
        place=plain(place.name or place.text) if place else "", certainty=event.certainty,
        accounts=event.independent, reports=reports, marks=view.marks(told), contrasts=view.contrasts(event),
    )  # fmt: skip


def _named(view: View, wanted: str) -> frozenset[str] | None:
    """The actors that an id or a part of a name stands for; None when none is asked for."""
    if not wanted:
        return None
    if wanted in view.actors:
        return frozenset([wanted])
    sought = wanted.casefold()
    return frozenset(a.id for a in view.actors.values() if any(sought in n.casefold() for n in (a.name, *a.aliases)))


def _reports(view: View, wanted: str) -> frozenset[str] | None:
    if not wanted:
        return None
    by_letter = {letter: ident for ident, letter in view.notes.letters.items()}
    if wanted in view.notes.reports or wanted.upper() in by_letter:
        return frozenset([by_letter.get(wanted.upper(), wanted)])
    sought = wanted.casefold()
    return frozenset(
        r.id for r in view.notes.reports.values() if sought in f"{r.outlet or ''} {r.title or ''} {r.origin}".casefold()
    )
