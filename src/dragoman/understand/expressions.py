"""Expressions of several words: the verb and the rest of it, wherever the tree hangs the rest."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Sentence
from dragoman.understand.company import Company
from dragoman.understand.draft import Argument, Clause

_REACH = 8  # words between the first and the last word of an expression


@dataclass(frozen=True)
class Expression:
    """Where the rest of an expression stands, and the company of the whole."""

    words: tuple[int, ...]
    company: Company


def expression(
    sentence: Sentence, clause: Clause, rest: tuple[str, ...], beside: Company, *, particles: frozenset[str]
) -> Expression | None:
    """The words of `rest` after the predicate, or None.

    A verb with one of the `particles` that the lexicon knows it with is another word than the verb alone.
    """
    if not rest:
        bound = any(sentence.plain[p] in particles for p in clause.particles)
        return None if bound else Expression((), beside)
    if not sentence.forms.issuperset(rest):
        return None
    if len(rest) == 1:
        return _particle(sentence, clause, rest[0], beside)
    below = [w for w in sentence.subtree(clause.predicate) if clause.predicate < w <= clause.predicate + _REACH]
    found: list[int] = []
    for part in rest:
        place = next((w for w in below if (not found or w > found[-1]) and _is(sentence, w, part)), None)
        if place is None or (found and any(sentence.words[w].upos == "VERB" for w in range(found[-1] + 1, place))):
            return None  # "called on them to disobey the order" is no "call to order"
        found.append(place)
    return Expression(tuple(found), beside)


def _is(sentence: Sentence, i: int, form: str) -> bool:
    return sentence.plain[i] == form or sentence.lemmas[i] == form


def _particle(sentence: Sentence, clause: Clause, part: str, beside: Company) -> Expression | None:
    """The particle among what hangs on the verb, or right after it as a preposition ("carried out an attack")."""
    for c in sentence.children[clause.predicate]:
        rel = sentence.words[c].rel
        if c > clause.predicate and rel in ("compound:prt", "advmod", "xcomp", "obl") and _is(sentence, c, part):
            return Expression((c,), beside)
    after = clause.predicate + 1
    if after >= len(sentence.words) or sentence.plain[after] != part:
        return None
    if sentence.words[after].rel != "case":
        return Expression((after,), beside)
    taken = [a for a in beside.get(part, []) if a.role == "oblique"]
    if not taken:  # "walk out of talks": the particle is part of the preposition
        return Expression((after,), beside)
    if beside.get("obj") or beside.get("that"):
        return None
    whole = dict(beside)
    whole["obj"] = [Argument("object", a.words, shared="particle") for a in taken]
    return Expression((after,), whole)
