"""Whether the name of a country, a capital or a palace is an actor where it stands, or a place."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.phrases import base, case_of, first_conjunct, head_of


def how_acts(sentence: Sentence, sight: Sight, knowledge: Knowledge) -> str | None:
    """`name`, `metonym` or `demonym` when the name denotes the state as an actor here; None for a place.

    "Moscow warned" and "Washington's calls" are acts; "in Moscow", "the streets of Moscow", "left Moscow" are places.
    """
    entry, words = sight.entry, knowledge.actor_words
    head = head_of(sentence, sight.first, sight.last)
    word = sentence.words[head]
    rel = base(first_rel := sentence.words[first_conjunct(sentence, head)].rel)
    if entry.use in ("demonym", "people"):
        return "demonym"
    if first_rel == "nmod:poss" or word.rel == "nmod:poss":
        return "name" if entry.use == "name" else "metonym"
    if rel in ("compound", "amod", "nmod:desc") or word.rel in ("compound", "amod", "nmod:desc"):
        return "demonym" if entry.use == "name" else "metonym" if entry.use == "metonym" else None
    if rel in ("flat", "appos", "nmod:unmarked", "list", "dep"):
        return None if rel in ("flat", "list", "dep") or entry.use == "capital" else "name"
    if entry.use == "capital" and _cleft(sentence, head):
        return "metonym"
    if entry.use == "capital" and (rel == "root" or _opens_dateline(sentence, sight.last)):
        return None
    beside = {w.lemma.lower() for w in sentence.words[max(sight.first - 2, 0) : sight.first]}
    if entry.use == "capital" and beside & words.towns:
        return None
    if entry.use == "capital" and _among_places(sentence, head):
        return None
    case = case_of(sentence, head) or case_of(sentence, first_conjunct(sentence, head))
    if entry.use == "metonym" and case not in ("in", "at", "near", "outside", "inside"):
        return "metonym"
    if entry.use == "name":
        if case in words.locative and case not in words.directed:
            return None
        return None if rel in ("obj", "obl") and _motion(sentence, head, words.motion) else "name"
    if case in words.locative or case in words.directed or (case == "of" and rel == "nmod"):
        return None
    if rel in ("obj", "obl") and _motion(sentence, head, words.motion | words.assault):
        return None
    return "metonym"


def _cleft(sentence: Sentence, head: int) -> bool:
    """ "It was Paris that sent them": the capital does what the relative clause says."""
    opened = {sentence.plain[c] for c in sentence.dependents(head, "expl", "nsubj")}
    after = sentence.words[head + 1] if head + 1 < len(sentence.words) else None
    doing = after is not None and after.upos == "PRON" and after.rel == "nsubj" and after.head > after.i
    return sentence.words[head].rel == "root" and "it" in opened and doing


def _opens_dateline(sentence: Sentence, after: int) -> bool:
    """ "Washington (Wire) –", "MOSCOW –"."""
    return after < len(sentence.words) and sentence.words[after].text in ("(", "–", "—", "--")


def _among_places(sentence: Sentence, head: int) -> bool:
    """ "In Ismailia, Port Said and Cairo": a preposition of place anywhere in the coordination."""
    first = first_conjunct(sentence, head)
    members = [first, *sentence.dependents(first, "conj")]
    return len(members) > 1 and any(case_of(sentence, m) in ("in", "at", "near") for m in members)


def _motion(sentence: Sentence, i: int, motion: frozenset[str]) -> bool:
    governor = sentence.words[first_conjunct(sentence, i)].head
    return governor >= 0 and sentence.words[governor].lemma.lower() in motion
