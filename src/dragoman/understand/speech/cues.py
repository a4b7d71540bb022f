"""Cues in the trees: reporting verbs, nouns and adjectives, and prepositions such as "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Span
from dragoman.understand.speech.ground import Ground

LONGEST = 4  # words of a preposition such as "in the words of"
_PREPOSED = ("case", "advmod", "mark", "advcl", "fixed", "amod", "acl", "obl", "parataxis")


def cues_of(ground: Ground, sentence: Sentence) -> Iterator[tuple[int, Cue]]:
    """Each word of the sentence that is, or heads, a reporting expression, with its row of the table."""
    openers = ground.knowledge.speech.openers
    for word, plain, lemma in zip(sentence.words, sentence.plain, sentence.lemmas):
        found = preposition(ground, sentence, word.i) if plain in openers["ADP"] else None
        if not found and lemma in openers.get("VERB" if word.upos == "AUX" else word.upos, ()):
            found = content_word(ground, sentence, word.i)
        if found:
            yield word.i, found


def content_word(ground: Ground, sentence: Sentence, i: int) -> Cue | None:
    """The cue that a verb, noun or adjective is, particles and "clear" of "make clear" included."""
    word = sentence.words[i]
    pos = "VERB" if word.upos in ("VERB", "AUX") else word.upos
    if word.upos == "AUX" and word.rel != "root":
        return None
    lemma = sentence.lemmas[i]
    for c in sentence.dependents(i, "compound:prt", "advmod", "xcomp", "obl"):
        other = sentence.words[c]
        case = next((sentence.lemmas[k] for k in sentence.dependents(c, "case")), "")
        added = case if other.rel == "obl" else sentence.lemmas[c]
        if added and (found := ground.knowledge.speech.cue(f"{lemma} {added}", pos)):
            return found
    return ground.knowledge.speech.cue(lemma, pos)


def preposition(ground: Ground, sentence: Sentence, i: int) -> Cue | None:
    """The cue of an "according to X" whose first word this is; the phrase's noun is the word's head."""
    word = sentence.words[i]
    if word.rel.split(":")[0] not in _PREPOSED or word.head < 0:
        return None
    fixed = " ".join([word.text, *(sentence.words[c].text for c in sentence.dependents(i, "fixed"))]).lower()
    ahead = sentence.plain[i : i + LONGEST]
    for phrase in (fixed, " ".join(ahead[:2]), " ".join(ahead)):
        if found := ground.knowledge.speech.cue(phrase, "ADP"):
            return found
    return None


def cue_span(sentence: Sentence, i: int, cue: Cue) -> Span:
    """The words of a cue: auxiliaries of tense, adverbs between, the verb, its particle and its preposition."""
    words = sentence.words
    if cue.pos == "ADP":
        count = len(cue.cue.split())
        return Span(words[i].start, words[min(i + count, len(words)) - 1].end)
    first = last = i
    while first > 0 and words[first - 1].head == i and words[first - 1].rel in ("aux", "aux:pass", "advmod", "cop"):
        first -= 1
    while words[first].rel == "advmod" and first < i:  # an adverb before all auxiliaries is not the cue's
        first += 1
    while last + 1 < len(words) and words[last + 1].head == i and words[last + 1].rel == "compound:prt":
        last += 1
    if " " in cue.cue and last + 1 < len(words) and words[last + 1].lemma.lower() == cue.cue.split()[-1]:
        last += 1
    return Span(words[first].start, words[last].end)
