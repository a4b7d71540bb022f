"""Countries that no title tells, from the sentence."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.sights import Sight


def settle_countries(cast: Cast, sights: list[list[Sight]], knowledge: Knowledge) -> None:
    """Give holders of an office of state the nationality of the actor they are named with.

    A president without a country stays without: the report may be about another state than his.
    """
    for figure in cast.figures.values():
        if figure.country is None and figure.spans and _national(figure, knowledge):
            figure.settle(country=_near(figure, cast, sights), why="nationality of the actor named before him")


def _national(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure must belong to some state: a minister does, a union's leader need not."""
    if figure.kind != "person":
        return False
    offices = knowledge.world.offices
    for role in figure.roles.values():
        words = role.title.casefold().split()
        for size in range(len(words), 0, -1):
            for at in range(len(words) - size + 1):
                if (office := offices.get(tuple(words[at : at + size]))) and office.scope == "state":
                    return role.of is None
    return False


def _near(figure: Figure, cast: Cast, sights: list[list[Sight]]) -> str | None:
    """The nationality of the last actor described before it in its sentence: "the Venezuelan army …, the minister"."""
    role = next(iter(figure.roles.values()), None)
    if role is None:
        return None
    for sentence, seen in zip(cast.draft.doc.sentences, sights):
        if sentence.span.covers(role.span):
            states = [s for s in seen if s.entry.kind == "state" and s.entry.country]
            before = [s for s in states if sentence.words[s.first].start < role.span.start]
            if before and before[-1].entry.use == "demonym" and _modifies_actor(sentence, before[-1], cast):
                return before[-1].entry.country
    return None


def _modifies_actor(sentence: Sentence, sight: Sight, cast: Cast) -> bool:
    return any(n.first <= sight.first < n.last and n.head >= sight.last for n in cast.within(sentence.i))
