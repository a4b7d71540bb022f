"""Who is who across reports: the local actors of readings become the dossier's, each merge with its reason.

Names decide, descriptions only confirm: equal names first, then spellings of one name, then surnames that only one
known person can have. Nameless groups ("protesters") are one only inside a story and a country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import combinations

from msgspec.structs import replace

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.circles import Circle, Circles, Local, Place
from dragoman.reconcile.descriptions import join_described, join_homelands
from dragoman.reconcile.spelling import is_acronym, one_name, surname_of
from dragoman.reconcile.words import slug, tokens
from dragoman.records import Actor, Role, Span

FAR_MORE = 3  # times as many reports that make one namesake the one meant


def locals_of(book: Casebook) -> list[Local]:
    """All actors of all readings; a common noun that only begins its sentence ("Protesters") is no name."""
    return [
        Local(report, book.story_of.get(report, report), _without_capital(actor, book))
        for report in sorted(book.readings)
        for actor in sorted(book.readings[report].actors, key=lambda a: a.id)
    ]


def _without_capital(actor: Actor, book: Casebook) -> Actor:
    low = actor.name.lower()
    common = actor.kind == "group" and actor.name.istitle() and low in book.small_words
    return replace(actor, name=low) if common else actor


def join_states(circles: Circles) -> None:
    """States are one by their code."""
    first: dict[str, Circle] = {}
    for circle in list(circles):
        if circle.kind == "state" and circle.country:
            circles.join(first.setdefault(circle.country, circle), circle, reason=f"same state {circle.country}")


def join_names(circles: Circles) -> None:
    """Named actors of one sort with an equal name or alias, where country or office does not speak against it.

    One word alone is no name of a person here: surnames are judged last.
    """
    having: dict[tuple[str, str], list[Circle]] = defaultdict(list)
    for circle in list(circles):
        if circle.kind == "state":
            continue
        for name in sorted(circle.names):
            if circle.kind != "person" or len(name.split()) > 1:
                having[sort_of(circle), name].append(circle)
    for (_, name), found in sorted(having.items(), key=lambda item: item[0]):
        circles.gather(found, reason=f"same name: {name}")


def sort_of(circle: Circle) -> str:
    return "person" if circle.kind == "person" else "place" if circle.kind == "place" else "body"


def join_spellings(circles: Circles) -> None:
    """Other spellings of one name, and acronyms of an organisation's."""
    blocks: dict[tuple[str, str], list[Circle]] = defaultdict(list)
    for circle in list(circles):
        if circle.kind == "person" and len(circle.name.split()) > 1:
            for part in {t[:2] for n in circle.names for t in n.split()}:
                blocks["person", part].append(circle)
        elif circle.kind == "organization":
            for initial in {n[:1] for n in circle.names}:
                blocks["organization", initial].append(circle)
    for (sort, _), found in sorted(blocks.items(), key=lambda item: item[0]):
        same = one_name if sort == "person" else is_acronym
        for one, other in combinations(found, 2):
            one, other = circles.of[one.key], circles.of[other.key]
            if one is not other and same(one.name, other.name) and one.agrees(other):
                circles.join(one, other, reason=f"{one.name} = {other.name}: one name in two forms")


def join_surnames(circles: Circles) -> None:
    """A surname alone is the one person who can have it: in its story first, else in the whole dossier."""
    full: dict[str, list[Circle]] = defaultdict(list)
    alone: list[Circle] = []
    for circle in list(circles):
        if circle.kind != "person" or not circle.names:
            continue
        if len(circle.name.split()) == 1:
            alone.append(circle)
        else:
            for part in sorted({p for n in circle.names for p in surname_of(n)}):
                full[part].append(circle)
    for short in alone:
        live = [circles.of[c.key] for c in full[" ".join(tokens(short.name))]]
        may = sorted({c.key: c for c in live if c.agrees(short)}.items())
        near = [c for _, c in may if c.stories & short.stories]
        chosen = _foremost(near if near else [c for _, c in may])
        if chosen is not None:
            circles.join(chosen, circles.of[short.key], reason=f"only {chosen.name} can be {short.name}")
    same: dict[str, list[Circle]] = defaultdict(list)
    for short in alone:
        circle = circles.of[short.key]
        if len(circle.name.split()) == 1:
            same[" ".join(tokens(circle.name))].append(circle)
    for name, found in sorted(same.items()):
        for one, other in combinations(found, 2):
            one, other = circles.of[one.key], circles.of[other.key]
            if one is not other and one.agrees(other) and one.stories & other.stories and not full[name]:
                circles.join(one, other, reason=f"same surname in one story: {name}")


def _foremost(found: Sequence[Circle]) -> Circle | None:
    """The only one, or the one who is named in far more reports than the next: a president before his family."""
    ranked = sorted(found, key=lambda c: (-len(c.reports), c.key))
    if len(ranked) > 1 and len(ranked[0].reports) < FAR_MORE * len(ranked[1].reports):
        return None
    return ranked[0] if ranked else None


def join_groups(circles: Circles) -> None:
    """Nameless groups and bodies: the same words, in one story, of one country (or of none that is told)."""
    found: dict[tuple[str, str], list[Circle]] = defaultdict(list)
    for circle in list(circles):
        if not circle.names and circle.kind != "state":
            found[sort_of(circle), _plain_words_of(circle)].append(circle)
    for (_, words), same in sorted(found.items(), key=lambda item: item[0]):
        for story, here in sorted(_by_story(same).items()):
            told = {c.country for c in here if c.country}
            by_country: dict[str, list[Circle]] = defaultdict(list)
            for circle in here:
                by_country[(circle.country or "") if len(told) > 1 else ""].append(circle)
            for _, alike in sorted(by_country.items()):
                circles.gather(alike, reason=f"same words in one story ({story}): {words}")


def _plain_words_of(circle: Circle) -> str:
    """The words of a nameless group without its nationality: "Venezuelan security forces" → "security forces"."""
    words = circle.name.split()
    capital = [w for w in words if w[:1].isupper()]
    if circle.country and len(capital) == 1 and len(words) > 1:
        words.remove(capital[0])
    return " ".join(tokens(" ".join(words)))


def _by_story(found: Iterable[Circle]) -> dict[str, list[Circle]]:
    by: dict[str, list[Circle]] = defaultdict(list)
    for circle in found:
        for story in sorted(circle.stories):
            by[story].append(circle)
    return by


def named_by(circle: Circle) -> Actor:
    """The dossier's actor of a circle; its id is given later."""
    members = sorted(circle.members, key=lambda m: m.place)
    name = circle.name
    aliases = {n for m in members for n in (m.actor.name, *m.actor.aliases)} - {name}
    roles: list[Role] = sorted(
        {role for m in members for role in m.actor.roles}, key=lambda r: (r.report, r.span, r.title)
    )
    sectors = Counter(sorted(m.actor.sector for m in members if m.actor.sector))
    return Actor(
        id="",
        name=name,
        kind=circle.kind,  # type: ignore[arg-type]
        aliases=tuple(sorted(aliases)),
        country=circle.country,
        sector=sectors.most_common(1)[0][0] if sectors else None,
        roles=tuple(roles),
        spans=tuple(sorted({s for m in members for s in m.actor.spans})),
        why=tuple(dict.fromkeys([*(w for m in members for w in m.actor.why), *circle.why])),
    )


def give_ids(found: Sequence[tuple[Place, Actor]], book: Casebook) -> dict[Place, Actor]:
    """Ids are slugs of names; of several with one slug, the first named has it plain.

    The others add six digits made of where they are first named, so that ids stay when later reports are read.
    """
    by: dict[str, list[tuple[tuple[str, str, Span], Place, Actor]]] = defaultdict(list)
    for key, actor in found:
        spots = ((book.reports[s.report].published or "9999", s.report, s.span) for s in actor.spans)
        first = min(spots, default=("9999", key[0], Span(0, 0)))
        by[slug(actor.name) or "actor"].append((first, key, actor))
    given: dict[Place, Actor] = {}
    taken = set(by)
    for base in sorted(by):
        for n, ((_, report, span), key, actor) in enumerate(sorted(by[base], key=lambda item: item[:2])):
            digest = sha256(f"{report} {span.start} {key[1]}".encode()).hexdigest()
            longer = (f"{base}-{digest[:digits]}" for digits in range(6, len(digest)))
            ident = base if n == 0 else next(ident for ident in longer if ident not in taken)
            taken.add(ident)
            given[key] = replace(actor, id=ident)
    return given


def find_identities(book: Casebook) -> None:
    """Make the dossier's actors, and put their ids into every mention and claim."""
    circles = Circles(locals_of(book), parted=book.rulings.parted_actors)
    for join in (join_states, join_names, join_spellings, join_surnames, join_groups):
        join(circles)
    join_described(circles, book)
    join_homelands(circles)
    for one, other, reason in book.rulings.same_actor():  # last: whole circles are merged, as the person saw them
        circles.join(circles.of[one], circles.of[other], reason=reason)
    given = give_ids([(circle.key, named_by(circle)) for circle in circles], book)
    book.actors = {actor.id: actor for actor in sorted(given.values(), key=lambda a: a.id)}
    known = {place: given[circle.key].id for place, circle in circles.of.items()}
    book.rulings.on_actors(book.actors, known)
    for report, reading in book.readings.items():

        def told(local: str | None, report: str = report) -> str | None:
            return known.get((report, local)) if local else None

        for m in reading.mentions:
            book.mentions[m.id] = replace(
                m,
                actor=_each(map(told, m.actor)),
                recipient=_each(map(told, m.recipient)),
                attribution=tuple(replace(a, actor=told(a.actor)) for a in m.attribution),
            )
        book.claims += [replace(c, actor=told(c.actor)) for c in reading.claims]


def _each(ids: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for i in ids if i))
