"""Who may stand for a pronoun: what number and sex allow, who speaks its words, which subjects are near."""

from __future__ import annotations

from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.phrases import base

FULL = ("name", "title", "short name")


def is_saying(sentence: Sentence, i: int, cast: Cast) -> bool:
    """Whether a word is the subject of a verb that only somebody can be: to say, to promise."""
    word = sentence.words[i]
    return base(word.rel) == "nsubj" and word.head >= 0 and sentence.words[word.head].lemma.lower() in cast.saying


def tells_it(sentence: Sentence, i: int, cast: Cast) -> bool:
    """Whether a word is who says what its sentence says: the subject of a main verb of saying, or of an aside's."""
    verb = sentence.words[i].head
    return is_saying(sentence, i, cast) and sentence.words[verb].rel in ("root", "parataxis")


def speakers_of(sentence: Sentence, i: int, cast: Cast) -> set[Figure]:
    """Who speaks a quotation that word `i` stands in: not whom its "he" or "they" means."""
    if not cast.quoted(sentence, i):
        return set()
    found = set()
    for near in cast.draft.doc.sentences[max(sentence.i - 2, 0) : sentence.i + 2]:
        if near.paragraph == sentence.paragraph:
            for naming in cast.within(near.i):
                verb = near.words[near.words[naming.head].head] if near.words[naming.head].head >= 0 else None
                says = verb is not None and verb.lemma.lower() in cast.saying and not cast.quoted(near, verb.i)
                if says and base(near.words[naming.head].rel) == "nsubj":
                    found.add(naming.figure)
    return found


def spoken_of(sentence: Sentence, i: int, cast: Cast) -> set[Figure]:
    """Whom the pronoun's own predicate names below it: "he said Marosh's plan would fail" is not Marosh's word."""
    word = sentence.words[i]
    if base(word.rel) != "nsubj" or word.head < 0:
        return set()
    below = sentence.subtree(word.head)
    return {n.figure for n in cast.within(sentence.i) if n.head > i and n.head in below and n.how in FULL}


def beside(sentence: Sentence, i: int, cast: Cast) -> set[Figure]:
    """Whom a relative pronoun beside the pronoun stands for: in "Marosh, whom he called a thief" he is not Marosh."""
    word = sentence.words[i]
    if base(word.rel) != "nsubj" or word.head < 0:
        return set()
    others = [n for n in cast.within(sentence.i) if n.how == "pronoun" and n.head < i]
    return {
        n.figure
        for n in others
        if sentence.words[n.head].head == word.head and base(sentence.words[n.head].rel) in ("obj", "iobj")
    }


def predicates_above(sentence: Sentence, i: int) -> list[int]:
    """The predicates that govern a word, the nearest first: their subjects are its likeliest antecedents."""
    found = []
    at = sentence.words[i].head
    while at >= 0:
        found.append(at)
        at = sentence.words[at].head
    return found


def has_subject(sentence: Sentence, predicate: int, i: int) -> bool:
    """Whether a predicate has a subject other than word `i`."""
    return any(c != i for c in sentence.dependents(predicate, "nsubj", "nsubj:pass", "nsubj:outer"))


def fits(naming: Naming, stands_for: str) -> bool:
    """Whether number, sex and kind let somebody stand for a pronoun of this sort."""
    figure = naming.figure
    if naming.how == "demonym":
        return False
    if stands_for in ("masculine", "feminine"):
        return figure.kind == "person" and not figure.plural and figure.gender in (None, stands_for)
    if stands_for == "thing":
        return figure.kind in ("state", "organization") or (figure.kind == "group" and not figure.plural)
    return figure.plural or figure.kind == "group" or (figure.agent is not None and figure.agent.number == "collective")
