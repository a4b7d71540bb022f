"""The dossier's actors: whom each circle became, under what id, and by what others know it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.circles import Circle, voted
from dragoman.reconcile.identities import CIRCLE, HELD, circle_of
from dragoman.reconcile.memory import Kind, Memory
from dragoman.reconcile.namesakes import ENTRIES, NODE, First, without_capital
from dragoman.reconcile.offices import office_of
from dragoman.reconcile.rows import ACTOR
from dragoman.reconcile.rulings import said
from dragoman.reconcile.words import fold, place, slug
from dragoman.records import Actor, Evidence, Reject, Role, Span

MERGED: Kind[dict[str, str]] = Kind("merged", dict[str, str])  # one row: circles that a person merged into others
ONE = "one"
DIGITS = 6
NAMED = Evidence("", Span(0, 0))  # for each place where an actor is named, up to two: where it is does not matter


class Known(Struct, frozen=True):
    """Whom a circle became: what others know of it, and by what its id was given."""

    actor: Actor | None  # aliases, most roles and spans left out; None: a person holds it to be no actor
    slug: str
    first: First


def _keys(ident: str, known: Known) -> Iterator[str]:
    yield f"slug {known.slug}"
    yield _nearly(known)
    if known.actor is not None:
        yield f"id {known.actor.id}"
        if known.actor.country:
            yield f"of {known.actor.country}"


KNOWN: Kind[Known] = Kind("known", Known, _keys)
FOREMOST: Kind[tuple[First, str]] = Kind("foremost", tuple[First, str])  # of a slug: who is named first, and where


def recast(book: Casebook, circles: set[str], rows: set[str]) -> tuple[set[str], set[str]]:
    """Actors anew for circles and rows that changed: the reports that tell of others now, and the changed actors."""
    memory = book.memory
    merged = _merged(book)
    was = memory.get(MERGED, ONE) or {}
    circles = circles | {c for i in was.keys() | merged.keys() if was.get(i) != merged.get(i)
                         for c in (i, was.get(i), merged.get(i)) if c}  # fmt: skip
    circles |= {merged[c] for c in circles if c in merged} | {was[c] for c in circles if c in was}
    circles |= {merged.get(c, c) for row in sorted(rows) if (c := circle_of(memory, row))}
    memory.put(MERGED, {ONE: merged or None})
    old = memory.many(KNOWN, sorted(circles))
    memory.load(NODE, [row for c in memory.many(CIRCLE, sorted(circles)).values() for row in c.rows])
    found = {i: None if i in merged else _known(book, i, merged) for i in sorted(circles)}
    memory.put(KNOWN, found)
    peers, plain = _peers(memory, old, found)
    old |= {i: known for i, known in peers.items() if i not in found}
    given = _given(peers, plain)
    settled = {i: _decided(book, i, replace(known, actor=known.actor and replace(known.actor, id=given[i])), merged)
               for i, known in peers.items()}  # fmt: skip
    memory.put(KNOWN, settled)
    differ = sorted(i for i in {*old, *settled} if _told(old.get(i)) != _told(settled.get(i)))
    gone = {k.actor.id for i in differ if (k := old.get(i)) and k.actor}
    come = {k.actor.id: k.actor for i in differ if (k := settled.get(i)) and k.actor}
    memory.put(ACTOR, {i: come.get(i) for i in sorted(gone | come.keys())})
    others = {*differ, *(m for m, to in merged.items() if to in differ)}
    own = {row for circled in memory.many(CIRCLE, sorted(others)).values() for row in circled.rows}
    changed = rows | own
    changed |= memory.having(HELD, changed)
    changed |= memory.having(HELD, changed)
    return memory.having(ENTRIES, changed), gone | come.keys()


def _told(known: Known | None) -> Actor | None:
    return known.actor if known else None


def _merged(book: Casebook) -> dict[str, str]:
    """For each circle that a person merged into another: the first of those that are one."""
    one: dict[str, str] = {}

    def top(ident: str) -> str:
        while ident in one:
            ident = one[ident]
        return ident

    for here, there, _ in book.rulings.same_actor():
        pair = sorted({top(c) for p in (here, there) if (c := circle_of(book.memory, place(*p)))})
        if len(pair) == 2:
            one[pair[1]] = pair[0]
    return {i: top(i) for i in sorted(one)}


def whole(memory: Memory, ident: str, merged: Mapping[str, str]) -> Circle | None:
    """A circle with all that a person merged into it."""
    circles = memory.many(CIRCLE, [ident, *(i for i in sorted(merged) if merged[i] == ident)])
    tallies = memory.many(NODE, [row for c in circles.values() for row in c.rows])
    return Circle.of(tallies) if tallies else None


def _known(book: Casebook, ident: str, merged: Mapping[str, str]) -> Known | None:
    """What is known of a circle; where its own rows give no country or sector, descriptions of it may."""
    circle = whole(book.memory, ident, merged)
    if circle is None:
        return None
    country, sector = circle.country, circle.sector
    if country is None or sector is None:
        via = book.memory.having(HELD, circle.members)
        others = book.memory.many(NODE, sorted(via | book.memory.having(HELD, via))).values()
        country = country or voted((t.who.country, t.reports) for t in others)
        sector = sector or voted((t.who.sector, t.reports) for t in others)
    first = min(t.first for t in circle.tallies)
    spans = min(sum(t.spans for t in circle.tallies), 2)
    titles = circle.titles if circle.kind == "person" else ()
    held: set[tuple[str, str | None]] = {(office, None) for title in titles if (office := office_of(title))}
    held |= {(title, body) for title in titles if (body := title.partition(" of ")[2])}  # by which it acts for a body
    actor = Actor(id="", name=circle.name, kind=circle.kind, country=country, sector=sector,  # type: ignore[arg-type]
                  roles=tuple(Role(title=t, of=body, report="", span=Span(0, 0)) for t, body in sorted(held, key=str)),
                  spans=(NAMED,) * spans)  # fmt: skip
    return Known(actor, slug(circle.name) or "actor", first)


def _peers(
    memory: Memory, old: Mapping[str, Known], found: Mapping[str, Known | None]
) -> tuple[dict[str, Known], set[str]]:
    """The changed circles with those whose ids may change by it; and of each slug the one that is named first."""
    slugs: dict[str, set[str]] = {}
    for ident, known in (*old.items(), *found.items()):
        if known is not None:
            slugs.setdefault(known.slug, set()).add(ident)
    was = memory.many(FOREMOST, sorted(slugs))
    now: dict[str, tuple[First, str] | None] = {}
    for name, changed in slugs.items():
        ranks = [(k.first, i) for i in changed if (k := found.get(i)) is not None and k.slug == name]
        before = was.get(name)
        if before is not None and before[1] not in changed:
            ranks.append(before)
        elif before is not None and (not ranks or min(ranks) > before):  # it left, or is named first elsewhere
            all_of = memory.many(KNOWN, sorted(memory.having(KNOWN, (f"slug {name}",))))
            ranks = [(k.first, i) for i, k in all_of.items()]
        now[name] = min(ranks, default=None)
    memory.put(FOREMOST, now)
    firsts = {rank[1] for rank in (*was.values(), *now.values()) if rank is not None}
    alike = {_nearly(k) for k in (*old.values(), *found.values()) if k is not None}
    alike |= {_nearly(k) for k in memory.many(KNOWN, sorted(firsts)).values()}
    peers = memory.many(KNOWN, sorted(firsts | memory.having(KNOWN, sorted(alike))))
    return peers, {rank[1] for rank in now.values() if rank is not None}


def _digest(first: First) -> str:
    _, report, span, local = first
    return sha256(f"{report} {span.start} {local}".encode()).hexdigest()


def _nearly(known: Known) -> str:
    """A key of all who would have one id where it is not plain."""
    return f"{known.slug}-{_digest(known.first)[:DIGITS]}"


def _given(peers: Mapping[str, Known], plain: Set[str]) -> dict[str, str]:
    """Ids are slugs of names; of several with one slug, the first named has it plain.

    The others add six digits made of where they are first named, so that ids stay when later reports are read.
    """
    given: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for ident, known in sorted(peers.items(), key=lambda item: (item[1].slug, item[1].first, item[0])):
        digest = _digest(known.first)
        longer = (f"{known.slug}-{digest[:digits]}" for digits in range(DIGITS, len(digest)))
        given[ident] = known.slug if ident in plain else next(n for n in longer if (known.slug, n) not in taken)
        taken.add((known.slug, given[ident]))
    return given


def _decided(book: Casebook, ident: str, known: Known, merged: Mapping[str, str]) -> Known:
    """With what persons decided of it."""
    actor = known.actor
    for correction in book.rulings.on_actor:
        if actor is not None and ident in _meant(book, correction.id, merged):
            actor = book.rulings.decided(actor, correction)
    return replace(known, actor=actor)


def _meant(book: Casebook, correction: str, merged: Mapping[str, str]) -> set[str]:
    ones, others = book.rulings.places[correction]
    circles = {circle_of(book.memory, place(*p)) for p in (*ones, *others)}
    return {merged.get(c, c) for c in circles}


def local_ids(book: Casebook, report: str) -> dict[str, str]:
    """For each local actor of a report the dossier's."""
    memory = book.memory
    entered = memory.get(ENTRIES, report)
    merged = memory.get(MERGED, ONE) or {}
    found: dict[str, str] = {}
    memory.load(HELD, [entry.node for entry in entered.entries] if entered else ())
    circles = {e.local: circle_of(memory, e.node) for e in (entered.entries if entered else ())}
    memory.load(KNOWN, [merged.get(circle, circle) for circle in circles.values()])
    for local, circle in circles.items():
        known = memory.get(KNOWN, merged.get(circle, circle))
        if known is not None and known.actor is not None:
            found[local] = known.actor.id
    return found


def named_in(book: Casebook, report: str) -> list[tuple[Span, str]]:
    """Where a report names actors, in order of the text."""
    found = book.named.get(report)
    if found is None:
        ids, reading = local_ids(book, report), book.reading(report)
        found = sorted((s.span, ids[a.id]) for a in (reading.actors if reading else ()) if a.id in ids for s in a.spans)
        book.named[report] = found
    return found


def full_actors(book: Casebook) -> Iterator[Actor]:
    """All actors with everything that reports tell of them."""
    memory = book.memory
    merged = memory.get(MERGED, ONE) or {}
    members: dict[str, list[Actor]] = {}
    attached: dict[str, list[str]] = {}
    for report in sorted(memory.every(ENTRIES)):
        ids = local_ids(book, report)
        for actor in book.readings[report].actors:
            if actor.id in ids:
                members.setdefault(ids[actor.id], []).append(without_capital(actor, book.reports[report]))
    for row, held in memory.every(HELD).items():
        if held.via:
            circle = circle_of(memory, row)
            attached.setdefault(merged.get(circle, circle), []).append(held.why)
    for ident, known in sorted(memory.every(KNOWN).items()):
        if known.actor is None:
            continue
        circles = memory.many(CIRCLE, [ident, *(i for i in sorted(merged) if merged[i] == ident)])
        own = members.get(known.actor.id, [])
        why = [
            *(w for m in own for w in m.why),
            *(w for c in circles.values() for w in c.why),
            *_one_state(own),
            *attached.get(ident, ()),
            *_said(book, ident, merged),
            *known.actor.why,
        ]
        yield replace(
            known.actor,
            aliases=_aliases(known.actor, own),
            roles=_roles(own),
            spans=tuple(sorted({s for m in own for s in m.spans})),
            why=tuple(dict.fromkeys(why)),
        )


def _one_state(members: Iterable[Actor]) -> Iterator[str]:
    """Why tellings are one state; their other names are left out where they are held against each other."""
    told = {(m.country, m.name, m.aliases, m.sector, tuple(sorted({fold(r.title) for r in m.roles})))
            for m in members if m.kind == "state" and m.country}  # fmt: skip
    yield from (f"same state {country}" for country in sorted({t[0] or "" for t in told}) if len(told) > 1)


def _aliases(actor: Actor, members: Iterable[Actor]) -> tuple[str, ...]:
    names = {n for m in members for n in (m.name, *m.aliases)} | set(actor.aliases)
    return tuple(sorted(names - {actor.name}))


def _roles(members: Iterable[Actor]) -> tuple[Role, ...]:
    return tuple(sorted({role for m in members for role in m.roles}, key=lambda r: (r.report, r.span, r.title)))


def _said(book: Casebook, ident: str, merged: Mapping[str, str]) -> Iterator[str]:
    """What persons said who merged others into it."""
    for here, there, reason in book.rulings.same_actor():
        circles = {circle_of(book.memory, place(*p)) for p in (here, there)}
        if len(circles) == 2 and {merged.get(c, c) for c in circles} == {ident}:
            yield reason


def no_actors(book: Casebook) -> Iterator[Reject]:
    """Where those are named whom a person holds to be no actors; every decision on actors is told what it bears on."""
    memory = book.memory
    merged = memory.get(MERGED, ONE) or {}
    for correction in book.rulings.on_actor:
        ones, _ = book.rulings.places[correction.id]
        meant = sorted(_meant(book, correction.id, merged) - {""})
        known = memory.many(KNOWN, meant)
        book.rulings.bears_on(correction, (k.actor.id for k in known.values() if k.actor))
        if correction.action == "reject":
            book.rulings.bears_on(correction, (report for report, _ in ones))
            for ident in (i for i, k in known.items() if k.actor is None):
                for report, span in _spots(book, ident, merged):
                    yield Reject(report=report, span=span, stage="correction", reason=said(correction))


def _spots(book: Casebook, ident: str, merged: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    """Everywhere that a circle is named."""
    memory = book.memory
    circle = whole(memory, ident, merged)
    rows = set(circle.members) if circle else set()
    rows |= memory.having(HELD, rows)
    rows |= memory.having(HELD, rows)
    for report, entered in memory.many(ENTRIES, sorted(memory.having(ENTRIES, rows))).items():
        named = {e.local for e in entered.entries if e.node in rows}
        for actor in book.readings[report].actors:
            if actor.id in named:
                yield from ((s.report, s.span) for s in actor.spans)
