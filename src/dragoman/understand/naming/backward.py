"""Whom a definite description points back to: the minister, the country, the bloc, the opposition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.knowledge import Knowledge
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.described import body

if TYPE_CHECKING:
    from dragoman.understand.naming.nominals import Nominal


def points_back(nominal: Nominal, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The earlier figure that a definite singular means, by its office or by its kind."""
    words = knowledge.actor_words
    earlier = (n.figure for n in cast.back_from(nominal.sentence.i, nominal.first))
    if nominal.title is not None and not (nominal.agent and nominal.agent.number == "collective"):
        quoted = cast.quoted(nominal.sentence, nominal.head)  # a speaker's minister is his own
        return None if quoted else _holder(nominal, earlier, knowledge)
    if nominal.lemma in words.back_to_state:
        own = nominal.country or (nominal.owner.country if nominal.owner else None)  # "the state of X", "her country"
        if own or nominal.owner:
            return cast.state(own) if own else None
        states = [f for f in earlier if f.kind == "state" and nominal.country in (None, f.country)]
        meant = _state_beside(nominal, states, cast)
        return None if meant and nominal.lemma == "state" and meant.country in words.federations else meant
    if nominal.lemma in words.back_to_body and nominal.country is None and len(nominal.core) == 1:
        before = list(cast.back_from(nominal.sentence.i, nominal.first))[::-1]
        if meant := body(nominal.lemma, nominal.sentence, before, cast, knowledge):
            return meant
        one = [f for f in earlier if f.kind in ("organization", "group") and not f.plural]
        bodies = [f for f in one if _by_name(f)]
        named = [f for f in one if " " in f.name and nominal.lemma in " ".join([f.name, *f.aliases]).casefold().split()]
        if named:
            return named[0]
        open_ = nominal.lemma in words.generic and nominal.lemma not in words.commercial
        return bodies[0] if bodies and open_ else None
    return None


def _by_name(figure: Figure) -> bool:
    """Whether a body goes by a name, be it one that tells what it is: "the Harbour Authority"."""
    return figure.agent is None or (figure.kind == "organization" and " " in figure.name and figure.name.istitle())


def _state_beside(nominal: Nominal, states: list[Figure], cast: Cast) -> Figure | None:
    """The last state named in this sentence, or a person's; else the last in the sentence before; else the topic."""
    for at in (nominal.sentence.i, nominal.sentence.i - 1):
        told = [(n.first, n.figure.country) for n in cast.within(at) if _tells(n, here=at == nominal.sentence.i)]
        told += [(s.head, s.place.country) for s in cast.draft.spots if s.sentence == at and s.place.geonames is None]
        for first, country in sorted(told, key=lambda t: -t[0]):
            if country and (at < nominal.sentence.i or first < nominal.first) and country in cast.world.countries:
                return cast.state(country)
    return max(dict.fromkeys(states), key=lambda f: (len(f.spans), f.key), default=None)


def _tells(naming: Naming, *, here: bool) -> bool:
    """Whether a phrase may tell which country "the country" is."""
    return (naming.figure.kind == "state" and naming.how != "demonym") or (here and naming.figure.kind == "person")


def _holder(nominal: Nominal, earlier: Iterable[Figure], knowledge: Knowledge) -> Figure | None:
    """The last person named with this office, be it abbreviated ("Sen. Marosh"), and no other country."""
    if nominal.title is None:
        return None
    asked, full = set(nominal.title.office.title.split()), knowledge.world.full
    past = knowledge.actor_words.past
    asked |= {w.text.lower() for w in nominal.sentence.words[nominal.first : nominal.head]} & past
    whose = nominal.title.of.entry.name if nominal.title.of else None
    for figure in earlier:
        if figure.kind != "person" or (nominal.country and figure.country and figure.country != nominal.country):
            continue
        roles = figure.roles.values()
        held = [r for r in roles if asked <= {full.get(w, w) for w in r.title.casefold().split()}]
        if any(None in (whose, role.of) or whose == role.of for role in held):
            return figure
    return None


def same_noun(nominal: Nominal, cast: Cast) -> Figure | None:
    """The one earlier figure of the same noun: "the opposition" after "the Venezuelan opposition"."""
    if nominal.agent is None or (nominal.owner is not None and nominal.owner.kind != "state"):
        return None
    fits = [
        f
        for f in cast.figures.values()
        if f.agent == nominal.agent
        and f.key[0] in ("group", "organization")
        and f.spans
        and nominal.country in (None, f.country)
        and f.plural == nominal.plural
        and (len(nominal.core) == 1 or f.key[-1] == nominal.noun.casefold())
    ]
    return fits[0] if len(fits) == 1 else None
