"""Countries that no title tells: from the sentence, from the office, from where a report is at home."""

from __future__ import annotations

from collections import Counter

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Office
from dragoman.records import Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.phrases import base, case_of, head_of

LEAST = 2  # signs that make a state the one that a report is at home in


def settle_countries(cast: Cast, sights: list[list[Sight]], knowledge: Knowledge) -> None:
    """Give holders of an office of state their country where no title tells it.

    The nationality of the actor they are named with; else the one state that has such an office; else, for an office
    at home, the state whose bodies the report describes from within.
    """
    home = _home(cast, sights)
    sent_from = home or _sent_from(cast, sights)
    for figure in list(cast.figures.values()):
        office = _office_of_state(figure, knowledge) if figure.spans and figure.key[0] == "person" else None
        if figure.country is None and office is not None:
            figure.settle(country=_near(figure, cast, sights), why="nationality of the actor named before him")
            figure.settle(country=office.country or None, why=f"only one state has a {office.title}")
            if home and _at_home(figure, office, home, cast, knowledge):
                figure.settle(country=home, why="the report describes its bodies from within")
            elif sent_from and _at_home(figure, office, sent_from, cast, knowledge):
                figure.settle(country=sent_from, why="the report comes from its capital and names no state more often")


def _at_home(figure: Figure, office: Office, home: str, cast: Cast, knowledge: Knowledge) -> bool:
    """Whether an office without nationality may be of the state at home: no diplomat, no other state acting beside."""
    titles = {w for role in figure.roles.values() for w in role.title.casefold().split()}
    if titles & knowledge.actor_words.abroad or _held(office, home, cast):
        return False
    for sentence in cast.draft.doc.sentences:
        if any(sentence.span.covers(role.span) for role in figure.roles.values()):
            for near in (n for at in (sentence.i - 1, sentence.i) for n in cast.within(at)):
                word = cast.draft.doc.sentences[near.sentence].words[near.head]
                if base(word.rel) == "nsubj" and near.figure.kind == "state" and near.figure.country != home:
                    return False
    return True


def _home(cast: Cast, sights: list[list[Sight]]) -> str | None:
    """The one state whose police, parliament or capital the report speaks of, and which itself does nothing in it."""
    signs: Counter[str] = Counter()
    bodies: set[str] = set()
    acts: set[str] = set()
    for sentence, seen in zip(cast.draft.doc.sentences, sights):
        for sight in (s for s in seen if s.entry.kind == "state" and s.entry.country):
            country = sight.entry.country or ""
            head = head_of(sentence, sight.first, sight.last)
            rel = base(sentence.words[head].rel)
            if _modifies_body(sentence, sight, cast):
                bodies.add(country)
            if _modifies_actor(sentence, sight, cast) or case_of(sentence, head) in ("in", "near", "outside"):
                signs[country] += 1
            elif (sentence.i, head) in cast.taken and rel in ("nsubj", "obj", "obl", "conj", "iobj"):
                acts.add(country)
    ranked = [(n, c) for c, n in sorted(signs.items())]
    most = max(ranked, default=(0, ""))
    alone = all(n < most[0] for n, c in ranked if c != most[1])
    home = alone and most[1] in bodies and most[1] not in acts
    return most[1] if most[0] >= LEAST and home else None


def _sent_from(cast: Cast, sights: list[list[Sight]]) -> str | None:
    """The state whose capital stands in the place line, and which no other state is named more often than."""
    named: Counter[str] = Counter()
    places = set()
    for sentence, seen in zip(cast.draft.doc.sentences, sights):
        for sight in (s for s in seen if s.entry.kind == "state" and s.entry.country):
            named[sight.entry.country or ""] += 1
            if sight.first == 0 and sight.entry.use == "capital" and sentence.words[0].text.isupper():
                places.add(sight.entry.country)
    place = places.pop() if len(places) == 1 else None
    return place if place and named[place] > LEAST and named[place] == max(named.values()) else None


def _held(office: Office, country: str, cast: Cast) -> bool:
    """Whether somebody else of that country has the office already."""
    others = [f for f in cast.figures.values() if f.country == country and f.spans]
    return any(office.title in role.title.casefold() for f in others for role in f.roles.values())


def _office_of_state(figure: Figure, knowledge: Knowledge) -> Office | None:
    """The office by which a person must belong to some state: a minister does, a union's leader need not."""
    for role in figure.roles.values():
        words = role.title.casefold().split()
        runs = [tuple(words[i:k]) for i in range(len(words)) for k in range(len(words), i, -1)]
        held = [o for run in sorted(runs, key=len, reverse=True) if (o := knowledge.world.offices.get(run))]
        if figure.kind == "person" and role.of is None and held and held[0].scope == "state":
            return held[0]
    return None


def _near(figure: Figure, cast: Cast, sights: list[list[Sight]]) -> str | None:
    """The nationality of the last body described before it in its sentence: "the Venezuelan army …, the minister".

    A person's does not tell: at "the Utopian ambassador's home" the president is another's.
    """
    role = next(iter(figure.roles.values()), None)
    if role is None:
        return None
    for sentence, seen in zip(cast.draft.doc.sentences, sights):
        if sentence.span.covers(role.span):
            states = [s for s in seen if s.entry.kind == "state" and s.entry.country]
            before = [s for s in states if sentence.words[s.first].start < role.span.start]
            before = [s for s in before if not cast.quoted(sentence, s.first)]  # a speaker is not of whom he speaks of
            if before and _modifies_body(sentence, before[-1], cast):
                return before[-1].entry.country
    return None


def _modifies_actor(sentence: Sentence, sight: Sight, cast: Cast) -> bool:
    return any(n.first <= sight.first < n.last and n.head >= sight.last for n in cast.within(sentence.i))


def _modifies_body(sentence: Sentence, sight: Sight, cast: Cast) -> bool:
    near = [n for n in cast.within(sentence.i) if n.first <= sight.first < n.last and n.head >= sight.last]
    return bool(near) and all(n.figure.kind != "person" and _is_body(n.figure) for n in near)


def _is_body(figure: Figure) -> bool:
    """Whether an actor is a body or serves one, not some of a people: "the Venezuelan army", but "Syrian refugees"."""
    agent = figure.agent
    served = agent is not None and (agent.number == "collective" or agent.sector not in _PEOPLE)
    return figure.kind == "organization" or served


_PEOPLE = ("CVL", "REF")
