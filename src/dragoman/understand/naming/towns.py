"""Unknown towns: lone names taken for a person that stand where only a place stands.

The reading model knows few places far away: in "retook Bandalu" it sees a man. Where such a name is that of nobody the
report names in full or by a title, and the report tells somewhere that something is in it, that it is a town, or
that it was retaken, it is a place all over the report.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import fold
from dragoman.records import Doc, Phrase, Sentence
from dragoman.understand.arguments import case_of
from dragoman.understand.draft import Draft
from dragoman.understand.naming.sights import sights_of
from dragoman.understand.naming.titles import title_before

_WHO = frozenset({"ACTOR", "PERSON", "OFFICIAL", "GROUP", "FORCE", "CIVILIANS", "PRISONER"})


def find_towns(draft: Draft, knowledge: Knowledge) -> None:
    """Change the kind of such names in `draft.doc`."""
    towns = unknown_towns(draft.doc, knowledge)
    if towns:
        draft.doc = replace(draft.doc, sentences=tuple(_retyped(s, towns) for s in draft.doc.sentences))


def unknown_towns(doc: Doc, knowledge: Knowledge) -> set[str]:
    """The names, folded, that stand as a town somewhere and as a person nowhere, and are no part of a longer name."""
    whole = {_key(s, i) for s in doc.sentences for n in s.names if n.last > n.first + 1 for i in range(n.first, n.last)}
    lone: dict[str, list[tuple[Sentence, int]]] = defaultdict(list)
    for sentence in doc.sentences:
        for name in sentence.names:
            if _lone_person(name) and sentence.words[name.first].text[1:].islower():
                lone[_key(sentence, name.first)].append((sentence, name.first))
    return {
        key
        for key, places in lone.items()
        if key not in whole
        and any(_stands_as_town(s, i, knowledge) for s, i in places)
        and not any(_stands_as_person(s, i, knowledge) for s, i in places)
    }


def _lone_person(name: Phrase) -> bool:
    return name.kind == "person" and name.last == name.first + 1


def _key(sentence: Sentence, i: int) -> str:
    return fold(sentence.words[i].text).casefold()


def _stands_as_town(sentence: Sentence, i: int, knowledge: Knowledge) -> bool:
    """Something is in it, it is said to be a town, or what is done to it is done to places alone."""
    word, words = sentence.words[i], knowledge.actor_words
    above = sentence.words[word.head] if word.head >= 0 else None
    if case_of(sentence, i) in words.standing and above is not None and word.rel in ("obl", "nmod"):
        return above.lemma.lower() not in words.inward
    nouns = [c for c in sentence.dependents(i, "appos") if sentence.words[c].upos == "NOUN"]
    if word.rel in ("appos", "flat", "nmod:desc") and above is not None and above.upos == "NOUN":
        nouns.append(above.i)  # "the town Mokambo"
    if word.rel == "nmod" and case_of(sentence, i) == "of" and above is not None:
        nouns.append(above.i)  # "the port of Mokambo"
    if any(sentence.words[n].lemma.lower() in words.towns for n in nouns):
        return True
    return word.rel in ("obj", "nsubj:pass") and above is not None and _of_places(above.lemma.lower(), knowledge)


def _of_places(verb: str, knowledge: Knowledge) -> bool:
    """Whether all that this verb's frames ask for as object are places."""
    asked = [
        c.classes for f in knowledge.frames.of("verb", verb) if not f.rest for c in f.companions if "obj" in c.slots
    ]
    return bool(asked) and all("TERRITORY" in classes and not classes & _WHO for classes in asked)


def _stands_as_person(sentence: Sentence, i: int, knowledge: Knowledge) -> bool:
    """A title before it, or it speaks."""
    word = sentence.words[i]
    cue = knowledge.speech.cue(sentence.words[word.head].lemma, "VERB") if word.rel == "nsubj" else None
    return cue is not None or title_before(sentence, i, sights_of(sentence, knowledge), knowledge) is not None


def _retyped(sentence: Sentence, towns: set[str]) -> Sentence:
    names = tuple(
        replace(n, kind="place") if _lone_person(n) and _key(sentence, n.first) in towns else n for n in sentence.names
    )
    return replace(sentence, names=names)
