"""The word classes that telling who is who needs."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from msgspec import Struct, convert

from dragoman.knowledge.tables import shipped


class ActorWords(Struct, frozen=True):
    """The lists of `actorwords.toml`; all lower case."""

    towns: frozenset[str]
    locative: frozenset[str]
    standing: frozenset[str]
    inward: frozenset[str]
    directed: frozenset[str]
    part_of: frozenset[str]
    motion: frozenset[str]
    unplaced: frozenset[str]
    elsewhere: frozenset[str]
    assault: frozenset[str]
    definite: frozenset[str]
    counting: frozenset[str]
    quantifiers: frozenset[str]
    no_demonym_after: frozenset[str]
    only_plural: frozenset[str]
    capital_only: frozenset[str]
    doubtful: frozenset[str]
    only_specified: frozenset[str]
    relational: frozenset[str]
    allied: frozenset[str]
    passing: frozenset[str]
    abroad: frozenset[str]
    kin: frozenset[str]
    outlets: frozenset[str]
    press: frozenset[str]
    reigning: frozenset[str]
    directions: frozenset[str]
    inner: frozenset[str]
    heading: frozenset[str]
    serving: frozenset[str]
    installing: frozenset[str]
    not_actors: frozenset[str]
    not_persons: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    masculine_names: frozenset[str]
    feminine_names: frozenset[str]
    back_to_state: frozenset[str]
    federations: frozenset[str]
    back_to_body: frozenset[str]
    generic: frozenset[str]
    commercial: frozenset[str]
    forms: frozenset[str]
    named_after: frozenset[str]
    office_complements: frozenset[str]
    office_joins: frozenset[str]
    office_whither: frozenset[str]
    past: frozenset[str]
    epithets: frozenset[str]
    generations: frozenset[str]
    particles: frozenset[str]
    body_names: dict[str, tuple[str, ...]]
    deeds: dict[str, str]
    pronouns: dict[str, str]


def load_actor_words() -> ActorWords:
    """The shipped lists.

    >>> load_actor_words().pronouns["she"]
    'feminine'
    """
    return convert(tomllib.loads(shipped("actorwords.toml")), ActorWords)


@cache
def _particles() -> frozenset[str]:
    return load_actor_words().particles


@cache
def is_capital(word: str) -> bool:
    """Whether a word is written as a name is, a small particle before it apart.

    >>> is_capital("al-Tovar"), is_capital("d'Arvel"), is_capital("pro-Lundian"), is_capital("protesters")
    (True, True, False, False)
    """
    first, *rest = re.split(r"[-'’]", word, maxsplit=1)
    return word[:1].isupper() or (bool(rest) and rest[0][:1].isupper() and first in _particles())
