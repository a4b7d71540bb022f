"""Countries that no title tells: from the sentence, or from what the whole report is about."""

from __future__ import annotations

from collections import Counter

from dragoman.knowledge import Knowledge
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.sights import Sight

DOMINANT = 0.4  # share of a report's mentions of countries that makes it a report on that one


def settle_countries(cast: Cast, sights: list[list[Sight]], knowledge: Knowledge) -> None:
    """Give holders of an office of state the country of the one state that their sentence, or the report, is about."""
    told = Counter(s.entry.country for seen in sights for s in seen if s.entry.kind == "state" and s.entry.country)
    first = max(told.values(), default=0)
    best = [c for c, n in told.items() if n == first]
    main = best[0] if len(best) == 1 and first >= DOMINANT * sum(told.values()) else None
    for figure in cast.figures.values():
        if figure.country is None and figure.spans and _national(figure, knowledge):
            near = _near(figure, cast, sights)
            figure.settle(country=near or main, why="country of its sentence" if near else "country of the report")


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
    """The last country that the sentence of its first role names before it, or the only one."""
    role = next(iter(figure.roles.values()), None)
    if role is None:
        return None
    for sentence, seen in zip(cast.draft.doc.sentences, sights):
        if sentence.span.covers(role.span):
            states = [s for s in seen if s.entry.kind == "state" and s.entry.country]
            before = [s for s in states if sentence.words[s.first].start < role.span.start]
            if before:
                return before[-1].entry.country
            return states[0].entry.country if len({s.entry.country for s in states}) == 1 else None
    return None
