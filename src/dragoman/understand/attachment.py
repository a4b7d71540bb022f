"""Which clause a time expression belongs to, by the trees: the way up from the words to their predicate."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from dragoman.records import Sentence
from dragoman.understand.arguments import case_of
from dragoman.understand.draft import Clause, Moment


class Attached(Struct, frozen=True):
    """A moment and its way up: the nouns passed, the prepositions met, the predicate that governs it."""

    moment: Moment
    governor: int | None
    nouns: tuple[int, ...]  # from the moment outward
    cases: tuple[str, ...]  # the moment's own first
    rel: str  # of the phrase that hangs on the governor


def attach(sentence: Sentence, moments: Iterable[Moment], clauses: Iterable[Clause]) -> list[Attached]:
    """Every moment of the sentence with its way up to the nearest verbal or copular predicate."""
    predicates = {c.predicate for c in clauses if c.kind != "nominal"}
    return [_climb(sentence, moment, predicates) for moment in moments]


def _climb(sentence: Sentence, moment: Moment, predicates: set[int]) -> Attached:
    inside = set(moment.words)
    at = next((i for i in moment.words if sentence.words[i].head not in inside), moment.words[0])
    nouns: list[int] = []
    cases = [_case(sentence, at, moment)]
    rel = sentence.words[at].rel
    while (head := sentence.words[at].head) >= 0:
        rel = sentence.words[at].rel
        at = head
        if at in predicates:
            return Attached(moment, at, tuple(nouns), tuple(cases), rel)
        nouns.append(at)
        cases.append(case_of(sentence, at))
    return Attached(moment, None, tuple(nouns), tuple(cases), rel)


def _case(sentence: Sentence, at: int, moment: Moment) -> str:
    """The preposition of the expression: in the tree, else the word right before it."""
    if case := case_of(sentence, at):
        return case
    first = min(moment.words)
    if first and sentence.words[first - 1].upos in ("ADP", "SCONJ"):
        return sentence.words[first - 1].text.lower()
    return ""
