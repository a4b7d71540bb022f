"""What the words of a clause's company are to the frames: their names, their classes, their clause."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Sentence
from dragoman.understand.draft import Clause
from dragoman.understand.kinds import Kinds, of_what

COMPLEMENTS = frozenset({"inf", "that", "ger", "xcomp"})


@dataclass(frozen=True, slots=True)
class Filler:
    """The head of an argument as frames ask for it."""

    names: frozenset[str]
    kinds: frozenset[str]
    every: frozenset[str]  # names and kinds: what a frame may bar
    clause: Clause | None = None  # of a complement
    third: bool = False  # a pronoun of the third person


class Fillers:
    """The fillers of one draft, looked up once each: dozens of frames ask the same of the same word."""

    def __init__(self, clauses: dict[tuple[int, int], Clause], kinds: Kinds) -> None:
        self._clauses = clauses
        self._kinds = kinds
        self._known: dict[tuple[int, int, bool, bool], Filler] = {}

    def of(self, sentence: Sentence, head: int, slot: str, *, clausal: bool) -> Filler:
        """The word as what fills `slot`; `clausal` says that its argument is a clause."""
        key = (sentence.i, head, clausal or slot in COMPLEMENTS, slot == "xcomp")
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._look(sentence, *key[1:])
        return found

    def _look(self, sentence: Sentence, head: int, is_clause: bool, is_predicate: bool) -> Filler:
        clause = self._clauses.get((sentence.i, head)) if is_clause else None
        names = frozenset(self._kinds.expressions(sentence, head))
        kinds = self._kinds.of(sentence, head) if not is_clause or is_predicate else frozenset()
        if clause is not None:
            names |= {clause.lemma}
        elif "QUANTITY" in kinds and (whole := of_what(sentence, head)) is not None:
            names |= frozenset(self._kinds.expressions(sentence, whole))  # "a set of resolutions"
        return Filler(names, kinds, names | kinds, clause, sentence.words[head].feat("Person") == "3")
