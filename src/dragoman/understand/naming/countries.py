"""Countries that no title tells, from the sentence."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Office
from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.sights import Sight


def settle_countries(cast: Cast, sights: list[list[Sight]], knowledge: Knowledge) -> None:
    """Give holders of an office of state the nationality of the actor they are named with.

    A president without a country stays without: the report may be about another state than his.
    """
    for figure in cast.figures.values():
        office = _office_of_state(figure, knowledge) if figure.spans else None
        if figure.country is None and office is not None:
            figure.settle(country=_near(figure, cast, sights), why="nationality of the actor named before him")
            figure.settle(country=office.country or None, why=f"only one state has a {office.title}")


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
    """The nationality of the last actor described before it in its sentence: "the Venezuelan army …, the minister"."""
    role = next(iter(figure.roles.values()), None)
    if role is None:
        return None
    for sentence, seen in zip(cast.draft.doc.sentences, sights):
        if sentence.span.covers(role.span):
            states = [s for s in seen if s.entry.kind == "state" and s.entry.country]
            before = [s for s in states if sentence.words[s.first].start < role.span.start]
            if before and _modifies_actor(sentence, before[-1], cast):
                return before[-1].entry.country
    return None


def _modifies_actor(sentence: Sentence, sight: Sight, cast: Cast) -> bool:
    return any(n.first <= sight.first < n.last and n.head >= sight.last for n in cast.within(sentence.i))
