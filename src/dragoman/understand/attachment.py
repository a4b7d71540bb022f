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
    predicates = {c.predicate: c for c in clauses if c.kind != "nominal"}
    return [_climb(sentence, moment, predicates) for moment in moments]


def _climb(sentence: Sentence, moment: Moment, predicates: dict[int, Clause]) -> Attached:
    inside = set(moment.words)
    at = next((i for i in moment.words if sentence.words[i].head not in inside), moment.words[0])
    nouns: list[int] = []
    cases = [_case(sentence, at, moment)]
    rel = sentence.words[at].rel
    while (head := sentence.words[at].head) >= 0:
        rel, phrase = sentence.words[at].rel, at
        at = head
        if at in predicates:
            at = _lowered(sentence, phrase, _raised(sentence, phrase, predicates[at], predicates))
            return Attached(moment, at, tuple(nouns), tuple(cases), rel)
        nouns.append(at)
        cases.append(case_of(sentence, at))
    return Attached(moment, None, tuple(nouns), tuple(cases), rel)


def _raised(sentence: Sentence, phrase: int, clause: Clause, predicates: dict[int, Clause]) -> int:
    """The predicate of a phrase behind a gerund or infinitive, which a comma or another phrase parts from it.

    "thanked him for coming, on Friday": Friday is the day of the thanks.
    """
    at, first = clause, min(sentence.subtree(phrase))
    while at.tense in ("participle", "infinitive") and at.link in ("advcl", "acl", "xcomp", "ccomp"):
        below = set(sentence.subtree(at.predicate))
        parted = sentence.words[first].text == "," or any(i not in below for i in range(at.predicate + 1, first))
        opened = [i for i in sentence.dependents(at.predicate, "mark", "case") if first < i]
        parted = parted or bool(opened)  # "held on Monday for breaking the curfew": the phrase stands outside
        above = sentence.words[at.predicate].head
        if not parted or above not in predicates:
            break
        at = predicates[above]
    return at.predicate


def _lowered(sentence: Sentence, phrase: int, governor: int) -> int:
    """The predicate of a phrase that ends what is said before the saying: "held since Monday, police said"."""
    subjects = [s for s in sentence.dependents(governor, "nsubj") if s > phrase]
    said = [c for c in sentence.dependents(governor, "ccomp") if c < phrase < governor]
    return said[-1] if said and subjects else governor


def _case(sentence: Sentence, at: int, moment: Moment) -> str:
    """The preposition of the expression: in the tree, else the word right before it."""
    if case := case_of(sentence, at):
        return case
    first = min(moment.words)
    if first and sentence.words[first - 1].upos in ("ADP", "SCONJ"):
        return sentence.words[first - 1].text.lower()
    return ""
