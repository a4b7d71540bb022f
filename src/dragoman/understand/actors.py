"""Who is who: every phrase that denotes an actor is tied to one local actor, with what the report says of it.

First the names of the whole report (a headline's "Marosh" is explained by a later line), then, sentence by sentence,
roles, common nouns and pronouns; at last countries that only the report as a whole tells.
"""

from __future__ import annotations

from collections import defaultdict

from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.naming.bodies import name_sights, name_speaking, name_unlisted
from dragoman.understand.naming.cast import Cast
from dragoman.understand.naming.countries import settle_countries
from dragoman.understand.naming.described import tell
from dragoman.understand.naming.namesakes import group_people
from dragoman.understand.naming.nominals import NOUNS, name_nominal
from dragoman.understand.naming.people import people_of, place_names, place_people, settle_sights
from dragoman.understand.naming.pronouns import PRONOUNS, name_pronoun
from dragoman.understand.naming.roles import find_roles, tell_sexes
from dragoman.understand.naming.sights import at_home
from dragoman.understand.naming.surnames import met_again, mostly_persons


def name_actors(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.actors` and `draft.references`; every reference is keyed by the head of its phrase."""
    cast = Cast(draft, knowledge)
    sentences = draft.doc.sentences
    sights = at_home(draft.sights, knowledge)
    people = [p for s, seen in zip(sentences, sights) for p in people_of(s, seen, knowledge)]
    places = place_names(sentences) - {(word,) for word in mostly_persons(sentences, people)}
    people = sorted(people + met_again(sentences, people, sights, knowledge), key=lambda p: (p.sentence, p.first))
    people, sights = settle_sights(people, sights, places)
    place_people(people, group_people(people, cast, knowledge), sights, cast, knowledge)
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in draft.clauses:
        clauses[clause.sentence].append(clause)
    for s, seen in zip(sentences, sights):
        name_sights(s, seen, cast, knowledge)
        name_unlisted(s, seen, cast, knowledge)
        name_speaking(s, seen, cast, knowledge)
        tell_sexes(s, cast, knowledge)
    for s, seen in zip(sentences, sights):
        for word in s.words:
            if word.upos in PRONOUNS:
                name_pronoun(s, word.i, cast, knowledge)
            elif word.upos in NOUNS:
                name_nominal(s, word.i, seen, cast, knowledge)
        find_roles(s, clauses[s.i], seen, cast, knowledge)
        tell(s, clauses[s.i], cast, knowledge)
        for word in s.words:
            if word.upos in PRONOUNS:
                name_pronoun(s, word.i, cast, knowledge)
    settle_countries(cast, sights, knowledge)
    cast.freeze()
