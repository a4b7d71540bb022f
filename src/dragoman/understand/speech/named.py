"""Whom the words of a source name: the one they head, or the one named beside the noun that they head."""

from __future__ import annotations

from dragoman.records import Sentence, Span
from dragoman.understand.draft import Reference
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import At

_NAMED = ("name", "title", "short name")
_BESIDE = ("appos", "flat", "dep", "list", "parataxis", "nmod:desc")  # how a name and what its bearer is hang together
_SUBJECT = ("nsubj", "nsubj:pass")


def named(ground: Ground, at: At, phrase: Span) -> Reference | None:
    """The reference of a source's head, or of the name that its phrase gives whoever the head describes."""
    sentence = ground.sentences[at[0]]
    head = _owned(sentence, _subject(sentence, at[1]), phrase)
    found = ground.draft.reference_at(at[0], head) or _writer(ground, sentence, head)
    if found is not None and (_is_named_person(ground, found) or sentence.words[head].upos == "PRON"):
        return found
    if sentence.words[head].feat("Number") == "Plur" and sentence.words[head].upos == "NOUN":
        return found
    beside = [r for r in _names(ground, sentence, phrase) if _bears(sentence, r, head)]
    people = [r for r in beside if _is_named_person(ground, r)]
    if len(people) == 1:
        return people[0]
    bodies = [r for r in beside if r not in people and not _described(ground, r)]
    return bodies[0] if len(bodies) == 1 and not people and (found is None or _described(ground, found)) else found


def _writer(ground: Ground, sentence: Sentence, head: int) -> Reference | None:
    """Whose paper speaks: "| his | statement says", "| Marosh's | letter warned"."""
    if ground.knowledge.speech.sources.get(sentence.words[head].lemma.lower()) != "document":
        return None
    owners = sentence.dependents(head, "nmod:poss")
    return ground.draft.reference_at(sentence.i, owners[0]) if len(owners) == 1 else None


def _subject(sentence: Sentence, i: int) -> int:
    """The subject that an adverb at the edge stands for where the tree is torn: "Marosh, then | governor"."""
    above = sentence.words[i].head
    if sentence.words[i].upos != "ADV" or above < 0:
        return i
    return next((c for c in sentence.dependents(above, *_SUBJECT) if abs(c - i) == 1), i)


def _owned(sentence: Sentence, head: int, phrase: Span) -> int:
    """The noun behind a possessor that the tree took for the subject too: "Marosh's | supporters said"."""
    marks = [c for c in sentence.dependents(head, "case") if c > head and sentence.words[c].upos == "PART"]
    verb = sentence.words[head].head
    if not marks or verb < 0:
        return head
    nouns = [c for c in sentence.dependents(verb, *_SUBJECT) if c > marks[0] and phrase.covers(sentence.words[c].span)]
    return nouns[0] if nouns else head


def _names(ground: Ground, sentence: Sentence, phrase: Span) -> list[Reference]:
    """The names in a phrase that are no possessor's."""
    refs = [
        r for r in ground.draft.references if r.sentence == sentence.i and r.how in _NAMED and phrase.covers(r.span)
    ]
    return [r for r in refs if not any(w.upos == "PART" for w in sentence.words[r.last : r.last + 1])]


def _bears(sentence: Sentence, ref: Reference, head: int) -> bool:
    """Whether the one named is who the head describes: beside it, under no preposition and in no clause of its own."""
    word, other = sentence.words[ref.head], sentence.words[head]
    both = word.rel in _SUBJECT and other.rel in _SUBJECT and word.head == other.head
    return ref.first <= head < ref.last or both or _up(sentence, ref.head, head) or _up(sentence, head, ref.head)


def _up(sentence: Sentence, low: int, high: int) -> bool:
    while low >= 0 and low != high:
        word = sentence.words[low]
        beside = word.rel in _BESIDE or word.rel.split(":")[0] in _BESIDE
        if not beside or any(sentence.words[c].upos == "ADP" for c in sentence.dependents(low, "case")):
            return False
        low = word.head
    return low == high


def _is_named_person(ground: Ground, ref: Reference) -> bool:
    return ground.draft.actors[ref.actor].kind == "person" and not _described(ground, ref)


def _described(ground: Ground, ref: Reference) -> bool:
    """Whether an actor goes by a description only: "minister", "Oravian minister", "Tovak's lawyer"."""
    name = ground.draft.actors[ref.actor].name
    return ref.how == "nominal" or not name[:1].isupper() or name.split()[-1][:1].islower()
