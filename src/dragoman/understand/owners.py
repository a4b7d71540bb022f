"""Whose an act or a thing is: "the sanctions of X and Y", "their visit", "a decree signed by Lund"."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.records import Sentence
from dragoman.understand.aftermath import STRIKING
from dragoman.understand.company import lost_case
from dragoman.understand.draft import Reference
from dragoman.understand.matching import Matcher

_OWNERS = (
    ("nmod:poss",), ("nmod", "by"), ("nmod", "of"), ("compound",), ("amod",), ("nmod:desc",), ("nmod", "with"),
    ("nmod", "between"),
)  # fmt: skip
_BARE_NAMES = ("compound", "nmod:desc")


class Owners:
    """Finds those whose an act or a thing is, among those whom `reference` knows."""

    def __init__(self, matcher: Matcher, reference: Callable[[Sentence, int], Reference | None]) -> None:
        self._matcher = matcher
        self._reference = reference

    def of(self, sentence: Sentence, word: int, depth: int = 0) -> list[Reference]:
        """Those whose act or thing this is: "the sanctions of X and Y", "the resumption of ties with X"."""
        struck = bool(self._matcher.kinds.noun(sentence, word) & STRIKING)
        for rel, *case in _OWNERS:
            for c in sentence.dependents(word, rel) if not (struck and case == ["of"]) else ():
                if case and case[0] not in (*sentence.cases[c].split(), lost_case(sentence, c)):
                    continue
                if rel in _BARE_NAMES and self._topic(sentence, word, c):
                    continue
                sharing = [c, *sentence.dependents(c, "conj")] if rel.startswith("nmod") else [c]
                if found := [ref for w in sharing if (ref := self._reference(sentence, w))]:
                    return found
                if depth < 2 and rel in ("nmod", "nmod:poss") and (found := self.of(sentence, c, depth + 1)):
                    return found
        authors = [k for c in sentence.dependents(word, "acl") if self._made(sentence, c) for k in sentence.children[c]]
        return [
            ref
            for k in authors
            if sentence.words[k].rel.startswith("obl") and sentence.cases[k] in ("by", "with")
            if (ref := self._reference(sentence, k))
        ]

    def _made(self, sentence: Sentence, i: int) -> bool:
        """Whether a participle tells whose a thing is: "a decree signed by Lund", "agreements reached with them"."""
        past = sentence.words[i].feat("VerbForm") == "Part" and sentence.words[i].feat("Tense") == "Past"
        return past and sentence.lemmas[i] in self._matcher.grammar.making

    def _topic(self, sentence: Sentence, word: int, name: int) -> bool:
        """Whether a country stands before an act or thing as what it is about: "the Oravia inquiry", not "Oravian"."""
        ref = self._reference(sentence, name)
        if ref is None or self._matcher.draft.actors[ref.actor].kind != "state" or sentence.words[name].upos != "PROPN":
            return False
        if sentence.words[name].text != self._matcher.draft.actors[ref.actor].name.split()[-1]:
            return False  # "Oravian"
        short = "." in sentence.words[name].text or sentence.words[name].text.isupper()  # "U.S. sanctions"
        return not short and "ACTOR" not in self._matcher.kinds.of(sentence, word)
