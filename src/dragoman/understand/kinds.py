"""What kind of thing a word stands for: the classes that frames ask of their fillers."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.grammar import Grammar
from dragoman.knowledge.lemmas import singulars
from dragoman.knowledge.nounclasses import NounClasses, Sector
from dragoman.records import Actor, Sentence, Word
from dragoman.understand.draft import Draft

POLITICAL = frozenset({"person", "organization", "state", "group"})

_OF_KIND = {
    "person": ("PERSON", "OFFICIAL", "ACTOR"),
    "organization": ("ORGANIZATION", "ACTOR"),
    "state": ("STATE", "ACTOR", "TERRITORY", "PLACE"),
    "group": ("GROUP", "ACTOR"),
    "place": ("PLACE", "TERRITORY"),
}
_OF_NAME = {
    "person": ("PERSON", "OFFICIAL", "ACTOR"), "organization": ("ORGANIZATION", "ACTOR"),
    "place": ("PLACE", "TERRITORY"),
}  # fmt: skip
PUBLIC = frozenset({"STATE", "OFFICIAL", "FORCE", "POLICE", "DIPLOMAT", "COURT", "DECREE"})
HARMING = frozenset({"ATTACK", "BOMB", "WEAPON", "FORCE"})
_FORMS = 3  # of a noun, at most: as written, without its ending, with another
_ARMED = frozenset({"REBEL", "POLICE"})


class Kinds:
    """Classes of words of one draft, looked up once each."""

    def __init__(self, draft: Draft, classes: NounClasses, sectors: dict[str, Sector], grammar: Grammar) -> None:
        self._draft = draft
        self._grammar = grammar
        self._classes = classes
        self._sectors = sectors
        self._known: dict[tuple[int, int], frozenset[str]] = {}
        self._nouns: dict[tuple[int, int], frozenset[str]] = {}
        self._expressions: dict[tuple[int, int], list[str]] = {}

    def of(self, sentence: Sentence, word: int) -> frozenset[str]:
        """The classes of what this word stands for, from its noun, its name and its reference."""
        key = (sentence.i, word)
        if key not in self._known:
            self._known[key] = self._look(sentence, word)
        return self._known[key]

    def public(self, actor: Actor) -> bool:
        """Whether an actor is one of politics: a state, or of a public sector."""
        sector = self._sectors.get(actor.sector or "")
        return actor.kind == "state" or (sector is not None and sector.public == "yes")

    def noun(self, sentence: Sentence, word: int) -> frozenset[str]:
        """The classes of the noun alone, whoever it refers to."""
        key = (sentence.i, word)
        if key not in self._nouns:
            self._nouns[key] = self._classes.of(sentence.lemmas[word], *_forms(sentence.plain[word]))
        return self._nouns[key]

    def expressions(self, sentence: Sentence, word: int) -> Sequence[str]:
        """The noun as the tables may have it: `emergency`, `state of emergency`, `war game`."""
        key = (sentence.i, word)
        if key not in self._expressions:
            self._expressions[key] = _expressions(sentence, word)
        return self._expressions[key]

    def anybody(self, sentence: Sentence, word: int) -> bool:
        """Whether a pronoun stands for all who do something: "anyone who comes", "those who stay"."""
        if sentence.words[word].text.lower() not in self._grammar.anybody:
            return False
        if sentence.words[word].text.lower() in self._grammar.everybody:
            return True
        after = sentence.words[word + 1].text.lower() if word + 1 < len(sentence.words) else ""
        return after in self._grammar.relatives or bool(sentence.dependents(word, "acl:relcl", "acl"))

    def _look(self, sentence: Sentence, word: int) -> frozenset[str]:
        found: set[str] = set()
        if sentence.words[word].upos in ("NOUN", "PROPN", "ADJ", "NUM", "VERB", "PRON", "DET", "SYM"):
            found |= self._classes.of(*self.expressions(sentence, word))
        actor = None
        if reference := self._draft.reference_at(sentence.i, word):
            actor = self._draft.actors.get(reference.actor)
        if actor is not None:
            found.update(_OF_KIND[actor.kind])
            sector = self._sectors.get(actor.sector or "")
            if sector is not None and sector.kind:
                found.add(sector.kind)
        else:
            if _somebody(sentence.words[word]) or self.anybody(sentence, word):
                found.update(("PERSON", "GROUP", "ACTOR"))  # somebody, though the reading does not know who
            for name in sentence.names:
                if name.first <= word < name.last:
                    found.update(_OF_NAME.get(name.kind, ()))
        storm = [c for c in sentence.dependents(word, "compound", "nmod:desc") if sentence.words[c].upos == "PROPN"]
        if any("DISASTER" in self.noun(sentence, c) for c in storm):
            return frozenset({"DISASTER"})  # Hurricane Harvey is nobody
        if _counted(sentence, word, self._grammar.remainders):
            found.update(("HUMAN", "CIVILIANS", "ACTOR"))
        if "QUANTITY" in found and (whole := of_what(sentence, word)) is not None:
            found |= self.of(sentence, whole)
        if found & _ARMED:
            found.add("FORCE")
        return frozenset(found)


def _counted(sentence: Sentence, i: int, remainders: frozenset[str]) -> bool:
    """Whether a bare number stands for people: "at least 82 were killed", not "rose to 82" nor "82 %".

    So do "the rest", "dozens" and "others" where no "of" says what is counted.
    """
    word = sentence.words[i]
    if word.rel not in ("nsubj", "nsubj:pass", "obj"):
        return False
    if word.text.lower() in remainders:
        return of_what(sentence, i) is None and not sentence.dependents(i, "compound", "amod", "nmod:poss", "acl")
    if word.upos != "NUM":
        return False
    bare = not sentence.dependents(i, "compound", "nummod", "case")
    year = word.text.isdigit() and len(word.text) == 4
    return bare and not year and i + 1 < len(sentence.words) and sentence.words[i + 1].upos != "SYM"


def _somebody(word: Word) -> bool:
    """Whether a pronoun may stand for people: "what" and "which" do not."""
    kind = word.feat("PronType")
    return word.upos == "PRON" and (kind in ("Prs", "Dem") or (kind == "Rel" and word.lemma.lower() != "what"))


def of_what(sentence: Sentence, word: int) -> int | None:
    """The noun after "of": countries, in "a string of countries"."""
    for c in sentence.dependents(word, "nmod", "obl"):
        if any(sentence.plain[k] == "of" for k in sentence.dependents(c, "case")):
            return c
    return None


def _forms(form: str) -> tuple[str, ...]:
    """A noun as it is written, and what it may be the plural of."""
    return (form, *singulars(form))


def _expressions(sentence: Sentence, word: int) -> list[str]:
    lemma = sentence.lemmas[word]
    found = [lemma, *_forms(sentence.plain[word])]
    if word > 1 and sentence.words[word - 1].text == "-" and sentence.words[word - 1].end == sentence.words[word].start:
        found += [f"{sentence.plain[word - 2]}-{noun}" for noun in found]  # cut at its hyphen
    for c in sentence.dependents(word, "compound", "amod"):
        plain = [noun for noun in found[: 1 + _FORMS] if " " not in noun]
        for modifier in {sentence.lemmas[c]: 1, sentence.plain[c]: 1}:  # "armoured vehicles"
            found += [f"{modifier} {noun}" for noun in plain]
    if (whole := of_what(sentence, word)) is not None:
        found.append(f"{lemma} of {sentence.lemmas[whole]}")
    return found
