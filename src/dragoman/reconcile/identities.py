"""Who is who across reports: tellings of actors become circles, and circles the dossier's actors.

By name over the whole dossier, by surname among those of that surname, nameless within a story: so what a report tells
of somebody changes the circles of his name, his surname and his story, and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.circles import Circle, Circles, Known
from dragoman.reconcile.links import Links, parts, relink
from dragoman.reconcile.memory import Kind, Memory
from dragoman.reconcile.nameless import Present, settle
from dragoman.reconcile.names import alone, circles_of, first_names_of, join_surnames, near_name, surnames_of
from dragoman.reconcile.namesakes import ENTRIES, NODE, Entry, Tally, enter, equal_keys, near_asks
from dragoman.reconcile.offices import offices
from dragoman.reconcile.rows import PLACED

NAME = "="  # begins what stands for a name among rows
KIN: Kind[Links[bool]] = Kind("kin", dict[str, bool])  # names in two forms; equal ones meet by their keys


class Circled(Struct, frozen=True):
    """A circle: its rows, and what its surname, its story and its actor are judged by."""

    rows: tuple[str, ...]
    name: str
    kind: str
    country: str | None
    known: Known
    stories: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def bearing(self) -> tuple[object, ...]:
        """What a story's nameless may be told by."""
        return (self.kind, self.name, self.country, self.known.names, self.known.countries,
                self.known.titles & offices())  # fmt: skip


def _parts_of(ident: str, circled: Circled) -> Iterator[str]:
    if circled.kind == "person":
        yield from (f"part {part}" for part in surnames_of(circled.known.names))
        yield from (f"first {part}" for part in first_names_of(circled.known.names))


CIRCLE: Kind[Circled] = Kind("circle", Circled, _parts_of)


class Held(Struct, frozen=True):
    """The circle of a row, or the row that it is one with and why."""

    circle: str
    via: str = ""
    why: str = ""


HELD: Kind[Held] = Kind("held", Held, lambda ident, held: (held.via,) if held.via else ())


class _Recast:
    """Rows of circles while they change: what they were, what they are."""

    def __init__(self, book: Casebook) -> None:
        self.book, self.memory = book, book.memory
        self.before: dict[str, Circled | None] = {}
        self.held_before: dict[str, Held | None] = {}

    def hold(self, held: Mapping[str, Held | None]) -> None:
        self.memory.load(HELD, held)
        for row, was in ((row, self.memory.get(HELD, row)) for row in held):
            self.held_before.setdefault(row, was)
        self.memory.put(HELD, held)

    def encircle(self, old: Iterable[str], new: Mapping[str, Circled]) -> None:
        """Put the new circles in the place of the old ones."""
        circles: dict[str, Circled | None] = {**dict.fromkeys(old), **new}
        self.memory.load(CIRCLE, circles)
        for ident in circles:
            self.before.setdefault(ident, self.memory.get(CIRCLE, ident))
        self.memory.put(CIRCLE, circles)
        self.hold({row: Held(ident) for ident, circled in new.items() for row in circled.rows})

    def circles_of(self, rows: Iterable[str]) -> set[str]:
        """The circles that rows are in by themselves."""
        return {held.circle for held in self.memory.many(HELD, rows).values() if not held.via}

    @property
    def changed(self) -> set[str]:
        """Circles that are not what they were."""
        return {i for i, was in self.before.items() if was != self.memory.get(CIRCLE, i)}


def circled(circle: Circle) -> Circled:
    """A circle as a row."""
    person = circle.kind == "person"
    return Circled(
        tuple(sorted(circle.members)),
        circle.name,
        circle.kind,
        circle.country,
        Known(circle.names, circle.countries, circle.titles),
        tuple(sorted(circle.stories)) if person else (),
        tuple(circle.why),
    )


def find_identities(book: Casebook, reports: set[str]) -> tuple[set[str], set[str]]:
    """Circles anew for the local actors of some reports; the circles to be judged anew, and the rows that moved."""
    memory, recast = book.memory, _Recast(book)
    stories = {entered.story for entered in memory.many(ENTRIES, sorted(reports)).values()}
    tallies = enter(book, reports)
    told = [*memory.many(NODE, tallies).values(), *filter(None, tallies.values())]
    surnames = {alone(t) for t in told if t.who.sort == "surname"}
    names = {key for tally in told for key in equal_keys(tally.who)}
    touched = relink(memory, NODE, KIN, tallies, asks=lambda tally: near_asks(tally.who), link=near_name)
    touched |= memory.having(NODE, names)
    memory.load(HELD, touched)
    gone = {i for i, tally in tallies.items() if tally is None}
    _by_name(recast, touched)
    stories |= _by_surname(recast, surnames | _surnames_of(recast), gone)
    stories |= {book.story_of(r) for r in reports} | _told_in(recast)
    _by_story(recast, stories - {""}, gone)
    recast.hold(dict.fromkeys(sorted(gone)))
    moved = {i for i, was in recast.held_before.items() if was != memory.get(HELD, i)}
    left = (recast.held_before[i] for i in moved)
    circles = recast.changed | {was.circle or circle_of(memory, was.via) for was in left if was is not None}
    circles |= {circle_of(memory, row) for row in (*tallies, *moved)}  # more or less often told, too
    return circles - {""}, moved


def _by_name(recast: _Recast, touched: Iterable[str]) -> None:
    """Circles of all tellings that names link to the touched."""
    memory, bars = recast.memory, recast.book.rulings.parted_rows
    old: set[str] = set()
    new: dict[str, Circled] = {}

    def beside(todo: list[str]) -> Mapping[str, Iterable[str]]:
        """The rows that links lead to, and the names; beside a name all who have it, who are asked for once."""
        names = [i for i in todo if i.startswith(NAME)]
        memory.find(NODE, [name.removeprefix(NAME) for name in names])
        found: dict[str, Iterable[str]] = {i: memory.having(NODE, (i.removeprefix(NAME),)) for i in names}
        near, told = memory.many(KIN, todo), memory.many(NODE, todo)
        for i in todo:
            if i not in found:
                own = (f"{NAME}{key}" for key in equal_keys(told[i].who)) if i in told else ()
                found[i] = {*own, *near.get(i, ())}
        return found

    for whole in parts(touched, beside):
        part = [i for i in whole if not i.startswith(NAME)]
        rows = memory.many(NODE, part)
        named = {i: t for i, t in rows.items() if t.who.sort not in ("surname", "nameless")}
        old |= recast.circles_of(i for i in part if i in named or i not in rows)
        new |= {c.key: circled(c) for c in circles_of(named, bars)}
    recast.encircle(old, new)


def _surnames_of(recast: _Recast) -> set[str]:
    """The surnames of the persons whose circles changed."""
    found = (c for i in recast.changed for c in (recast.before[i], recast.memory.get(CIRCLE, i)) if c)
    names = {name for c in found if c.kind == "person" for name in c.known.names}
    return surnames_of(names) | first_names_of(names)


def _by_surname(recast: _Recast, surnames: set[str], gone: set[str]) -> set[str]:
    """Whom surnames alone mean, each among all of that surname; the stories in which that changed."""
    memory, bars = recast.memory, recast.book.rulings.parted_rows
    old = recast.circles_of(gone)
    new: dict[str, Circled] = {}
    held: dict[str, Held | None] = {}
    stories: set[str] = set()
    for surname in sorted(surnames):
        rows = memory.many(NODE, sorted(memory.having(NODE, (f"alone {surname}",))))
        if not rows:
            continue
        named: dict[str, Circled] = {}
        having: list[list[Circle]] = []
        for key in (f"part {surname}", f"first {surname}"):
            found = memory.many(CIRCLE, sorted(memory.having(CIRCLE, (key,)) - named.keys()))
            named.update(found)
            having.append(
                [Circle.of(memory.many(NODE, c.rows)) for c in found.values() if not rows.keys() & set(c.rows)]
            )
        circles = Circles(rows, parted=bars)
        meant = join_surnames(circles, *having)
        old |= recast.circles_of(rows)
        new |= {c.key: circled(c) for c in circles if c.key not in meant}
        for row, to in meant.items():
            held[row] = Held("", to, f"only {named[to].name} can be {rows[row].who.name}")
            if held[row] != memory.get(HELD, row):
                stories |= rows[row].stories.keys()
        stories |= {s for row in rows.keys() - meant.keys() for s in rows[row].stories
                    if (was := memory.get(HELD, row)) is None or was.via}  # fmt: skip
    recast.encircle(old, new)
    recast.hold(held)
    return stories


def _told_in(recast: _Recast) -> set[str]:
    """Stories that tell of persons of whom something else is known now, or who are one or two now."""
    memory, stories = recast.memory, set[str]()
    for ident in recast.changed:
        was = recast.before[ident]
        if was is None or was.kind != "person":
            continue
        left = [row for row in was.rows if memory.get(NODE, row) is not None]
        now = memory.many(CIRCLE, recast.circles_of(left))
        whole = next(iter(now.values())) if len(now) == 1 else None
        if whole is not None and whole.bearing == was.bearing and set(left) == _lasting(recast, whole):
            continue
        rows = {*was.rows, *(row for c in now.values() for row in c.rows)}
        rows |= memory.having(HELD, rows)
        stories |= {s for t in memory.many(NODE, sorted(rows)).values() for s in t.stories}
    return stories


def _lasting(recast: _Recast, whole: Circled) -> set[str]:
    """The rows of a circle that were there before."""
    return {row for row in whole.rows if recast.held_before.get(row, True) is not None}


def _by_story(recast: _Recast, stories: set[str], gone: set[str]) -> None:
    """The nameless of some stories anew."""
    memory, bars = recast.memory, recast.book.rulings.parted_rows
    old = recast.circles_of(gone)
    new: dict[str, Circled] = {}
    held: dict[str, Held | None] = {}
    for story in sorted(stories):
        reports = sorted(memory.having(PLACED, (f"in {story}",)))
        told = [(r, e) for r, entered in memory.many(ENTRIES, reports).items() for e in entered.entries]
        nameless = [(r, e) for r, e in told if e.who.sort == "nameless"]
        if not nameless:
            continue
        found = settle(story, nameless, _present(recast, [x for x in told if x[1].who.sort != "nameless"]), bars)
        old |= recast.circles_of(e.node for _, e in nameless)
        tallies = {e.node: Tally(e.who, 1, e.spans, e.first, {}) for _, e in nameless}
        for rows, why in found.circles:
            to, reason = found.meant.get(rows[0], ("", ""))
            if to:
                held |= {row: Held("", to, reason) for row in rows}
            else:
                whole = circled(Circle.of({row: tallies[row] for row in rows}))
                new[rows[0]] = replace(whole, why=why)
    recast.encircle(old, new)
    recast.hold(held)


def _present(recast: _Recast, told: Sequence[tuple[str, Entry]]) -> list[Present]:
    """The named actors of a story's reports, each with what is known of him anywhere."""
    by: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for report, entry in told:
        by[circle_of(recast.memory, entry.node)].append((report, entry))
    found = []
    for ident, circled in recast.memory.many(CIRCLE, sorted(by)).items():
        entries = tuple(sorted(by[ident], key=lambda x: (x[1].node, x[0])))
        here = Known(
            frozenset().union(*(e.who.names for _, e in entries)),
            frozenset(e.who.country for _, e in entries if e.who.country),
            frozenset(title for _, e in entries for title in e.who.titles),
        )
        known = Known(circled.known.names | here.names, circled.known.countries | here.countries,
                      circled.known.titles | here.titles)  # fmt: skip
        found.append(Present(entries[0][1].node, circled.name, circled.country, known, entries))
    return found


def circle_of(memory: Memory, row: str) -> str:
    """The circle that a row is in, by itself or through the row that it is one with; empty when there is none."""
    held = memory.get(HELD, row)
    while held is not None and held.via:
        held = memory.get(HELD, held.via)
    return held.circle if held is not None else ""
