"""The closed classes of English grammar that finding clauses needs."""

from __future__ import annotations

import tomllib

from msgspec import Struct, convert

from dragoman.knowledge.tables import shipped


class Grammar(Struct, frozen=True):
    """The lists of `grammar.toml`; all lower case."""

    negations: frozenset[str]
    limits: frozenset[str]
    futures: frozenset[str]
    membership: frozenset[str]
    relatives: frozenset[str]
    plain_auxiliaries: frozenset[str]
    never_passive: frozenset[str]
    supports: frozenset[str]
    making: frozenset[str]
    beside: frozenset[str]
    circumstances: frozenset[str]
    of_objects: frozenset[str]
    senders: frozenset[str]
    unchanging: frozenset[str]
    settings: frozenset[str]
    refusing: frozenset[str]
    stating: frozenset[str]
    inner_prepositions: frozenset[str]
    hyphens: frozenset[str]
    neuter: frozenset[str]
    anybody: frozenset[str]
    givers: frozenset[str]
    everybody: frozenset[str]
    none_of: frozenset[str]
    accounts: frozenset[str]
    by_account: frozenset[str]
    awaiting: frozenset[str]
    awaiting_past: frozenset[str]
    fronted: frozenset[str]
    remainders: frozenset[str]
    shelving: frozenset[str]
    occasions: frozenset[str]
    inverted_conditions: frozenset[str]
    interrogatives: frozenset[str]
    deeds: frozenset[str]
    shown: frozenset[str]
    tried: frozenset[str]
    unspoken: frozenset[str]
    meanwhile: frozenset[str]
    heard: frozenset[str]
    wordless: frozenset[str]
    pictures: frozenset[str]


def load() -> Grammar:
    """The shipped lists.

    >>> "never" in load().negations
    True
    """
    return convert(tomllib.loads(shipped("grammar.toml")), Grammar)
